"""`precedent collections`, `searches`, `alerts` and `library` over a small index."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.build import build_from_documents
from indexer.snapshot import Snapshot
from library import collections, entries
from library.file import Library
from library.records import PassageCopy
from precedent.cli import run
from search_api.engine import Engine
from tests.fakes import FakeEncoder, document

WATER = document("SAMPLE/2022/SR/1", "Water reaches every village.", "Water is dear.", year=2022)
WELLS = document("SAMPLE/2023/SR/2", "Water comes from wells.", year=2023)

Call = Callable[..., int]
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    build_from_documents([WATER], tmp_path / "index", encoder=FakeEncoder())
    return tmp_path / "index"


@pytest.fixture
def call(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("PRECEDENT_LIBRARY", str(tmp_path / "library.sqlite"))
    monkeypatch.setattr(
        Engine, "open", lambda *_args, **_kw: Engine(Snapshot.open(index), FakeEncoder())
    )
    return lambda *arguments: run(list(arguments))


def test_passages_are_kept_listed_and_taken_out(call: Call, capsys: Captured) -> None:
    one = "SAMPLE/2022/SR/1, para. 1"
    add = ("collections", "add", "Wells", one, "SAMPLE/9, para. 9", "--note", "ask", "--tag", "x")
    assert call(*add) == 0
    shown = capsys.readouterr()
    assert shown.out == "Wells: 1 added, 0 there already\n"
    assert "left out: SAMPLE/9" in shown.err
    assert call(*add) == 0
    assert capsys.readouterr().out == "Wells: 0 added, 1 there already\n"
    assert call("collections", "show", "WELLS", "--tag", "X") == 0
    shown = capsys.readouterr()
    assert "Water reaches every village." in shown.out
    assert "Note: ask" in shown.out
    assert call("collections", "show", "Wells", "--json") == 0
    entries = json.loads(capsys.readouterr().out)["entries"]
    assert [entry["state"] for entry in entries] == ["same"]
    assert call("collections", "remove", "Wells", "SAMPLE/2022/SR/1, para. 7") == 1
    assert call("collections", "remove", "Wells", one) == 0
    assert call("collections", "remove", "Wells", "--all", "--yes") == 0
    capsys.readouterr()
    assert call("collections", "list", "--json") == 0
    assert json.loads(capsys.readouterr().out)["collections"] == []
    assert call("collections", "show", "Wells") == 1
    assert "no such collection" in capsys.readouterr().err


def test_a_search_is_piped_into_a_collection(
    call: Call, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("search", "water", "--json") == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(capsys.readouterr().out))
    assert call("collections", "add", "Water", "-") == 0
    assert capsys.readouterr().out == "Water: 2 added, 0 there already\n"


def test_alerts_say_by_their_exit_code_whether_something_is_new(
    call: Call, index: Path, capsys: Captured
) -> None:
    assert call("searches", "save", "Water", "water", "village", "--best", "5") == 0
    assert call("alerts") == 0
    capsys.readouterr()
    build_from_documents([WATER, WELLS], index, encoder=FakeEncoder())
    for _ in range(2):
        assert call("alerts") == 4
        shown = capsys.readouterr().out
        assert shown.startswith("Water: 1 new, 0 changed since ")
        assert "Water comes from wells." in shown
    assert call("alerts", "WATER", "--json", "--seen") == 4
    (found,) = json.loads(capsys.readouterr().out)
    assert [hit["citation"] for hit in found["new"]] == ["SAMPLE/2023/SR/2, para. 1"]
    assert call("alerts") == 0
    assert capsys.readouterr().out == "", "cron mails what is written"
    assert call("alerts", "Nothing") == 1
    assert "no such saved search" in capsys.readouterr().err
    assert call("searches", "list") == 0
    assert "water village" in capsys.readouterr().out
    assert call("searches", "remove", "Water") == 0
    assert call("alerts") == 0


def test_one_search_that_fails_does_not_silence_the_others(
    call: Call, index: Path, capsys: Captured
) -> None:
    from library.file import Library
    from library.place import library_path

    assert call("searches", "save", "Water", "water") == 0
    assert call("searches", "save", "Odd", "water") == 0
    with Library(library_path()).writing() as connection:
        connection.execute("UPDATE searches SET request = '{}' WHERE name = 'Odd'")
    build_from_documents([WATER, WELLS], index, encoder=FakeEncoder())
    capsys.readouterr()
    assert call("alerts") == 1
    shown = capsys.readouterr()
    assert "Water: 1 new" in shown.out
    assert "Odd: was saved by another version" in shown.err


def test_what_is_kept_goes_out_comes_in_and_is_wiped(
    call: Call, tmp_path: Path, capsys: Captured
) -> None:
    file = tmp_path / "out.json"
    assert call("collections", "add", "Wells", "SAMPLE/2022/SR/1, para. 1") == 0
    assert call("collections", "export", "-o", str(file)) == 0
    assert call("collections", "export", "-o", str(file)) == 1
    assert call("collections", "import", str(file)) == 1
    assert "a collection has this name" in capsys.readouterr().err
    assert call("collections", "import", str(file), "--rename") == 0
    assert "made: Wells (2)" in capsys.readouterr().out
    assert call("library", "wipe", "--yes") == 0
    assert not (tmp_path / "library.sqlite").exists()
    assert call("collections", "import", str(file), "--json") == 0
    capsys.readouterr()
    assert call("collections", "export", "wells") == 0
    written = json.loads(capsys.readouterr().out)
    assert written == json.loads(file.read_text())
    assert call("library", "where") == 0
    assert capsys.readouterr().out == f"{tmp_path / 'library.sqlite'}\n"


@pytest.mark.parametrize("content", ["", "[]", "{", '{"format": "other"}', "[" * 100_000])
def test_a_file_that_is_none_is_told_in_a_line(
    call: Call, tmp_path: Path, capsys: Captured, content: str
) -> None:
    file = tmp_path / "in.json"
    file.write_text(content)
    assert call("collections", "import", str(file)) == 1
    said = capsys.readouterr().err
    assert "is no file of collections" in said
    assert len(said.splitlines()) == 1


def test_a_removal_takes_what_is_shown_and_no_more(
    call: Call, capsys: Captured, tmp_path: Path
) -> None:
    library = Library(tmp_path / "library.sqlite")
    with library.writing() as connection:
        at = collections.create(connection, "Wells").collection_id
        for passage_id in ("A_1:en:1", "A_2@witness:en:1", "A_3@casework:en:1"):
            copy = PassageCopy(passage_id, "A_1", f"of {passage_id}", "Words.",
                               None, None, None, None, None, None, counts=True)  # fmt: skip
            entries.add_entry(connection, at, copy, note="mine")

    def left() -> list[str]:
        with library.reading() as connection:
            return [one.copy.passage_id for one in entries.entries_of(connection, at)]

    assert call("collections", "remove", "Wells", "A_2@witness:en:1") == 1
    assert "is not in Wells" in capsys.readouterr().err
    assert call("collections", "remove", "Wells", "--all", "--yes") == 0
    assert capsys.readouterr().out == (
        "Wells: 1 passage removed; it stays, with passages of restricted collections that "
        "--restricted did not name\n"
    )
    assert left() == ["A_2@witness:en:1", "A_3@casework:en:1"]
    removed = ("collections", "remove", "Wells", "A_2@witness:en:1", "--restricted", "witness")
    assert call(*removed) == 0
    assert left() == ["A_3@casework:en:1"]
    assert call("collections", "remove", "Wells", "--all", "--yes", "--restricted", "casework") == 0
    assert capsys.readouterr().out.endswith("Wells: removed\n")
    assert call("collections", "show", "Wells") == 1
