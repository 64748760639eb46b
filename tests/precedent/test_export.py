"""`precedent export` and `precedent table` over a small index."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import rispy

from indexer.snapshot import Snapshot
from precedent.cli import run
from search_api.engine import Engine
from tests.fakes import FakeEncoder
from tests.indexer.linking import made, published


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    words = ["One well for each village.", "Two wells for each town."]
    report = made("A/HRC/15/16", words, kind="upr-report", title="A report", year=2010)
    draft = made("A/HRC/59/L.17", ["Urges no one;"], kind="draft-resolution", status="draft")
    published(folder, report, draft).close()
    return folder


@pytest.fixture
def call(index: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    monkeypatch.setattr(
        Engine, "open", lambda *_args, **_kw: Engine(Snapshot.open(index), FakeEncoder())
    )
    return lambda *arguments: run(list(arguments))


Call = Callable[..., int]
Captured = pytest.CaptureFixture[str]


def test_footnotes_go_to_stdout_and_what_is_missing_to_stderr(call: Call, capsys: Captured) -> None:
    assert call("export", "A_HRC_15_16:en:1", "A/HRC/15/16, para. 2", "A/HRC/9/9, para. 1") == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines() == [
        "1. “A report” (A/HRC/15/16, 2024), para. 1.",
        "2. A/HRC/15/16, para. 2.",
    ]
    assert shown.err.startswith("left out: A/HRC/9/9: is not in this index")


def test_nothing_left_is_an_error(call: Call, capsys: Captured) -> None:
    assert call("export", "A/HRC/9/9, para. 1") == 1
    assert "export: no passage is left; check the names above" in capsys.readouterr().err


def test_the_answer_of_a_search_is_piped_in(
    call: Call, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("search", "wells", "village", "--json") == 0
    answer = capsys.readouterr().out
    expected = [hit["passage_id"] for hit in json.loads(answer)["hits"]]
    assert len(expected) >= 2
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    assert call("export", "--format", "json", "-") == 0
    exported = json.loads(capsys.readouterr().out)
    assert [each["passage_id"] for each in exported["passages"]] == expected

    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    assert call("export", "--format", "ris", "-") == 0
    records = rispy.loads(capsys.readouterr().out)
    assert "A/HRC/15/16" in [record["number"] for record in records]


def test_passages_of_groups_count_and_those_named_beside_hits_do_not(
    call: Call, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    hit = {"passage_id": "A_HRC_15_16:en:2", "also_in": [{"passage_id": "A_HRC_59_L.17:en:1"}]}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps({"groups": [{"hits": [hit]}]})))
    assert call("export", "-") == 0
    assert capsys.readouterr().out == "“A report” (A/HRC/15/16, 2024), para. 2.\n"


@pytest.mark.parametrize(
    ("given", "cause"), [("not json", "stdin: is not JSON"), ("{}", "stdin: holds no passage")]
)
def test_what_is_no_answer_is_said(
    call: Call, capsys: Captured, monkeypatch: pytest.MonkeyPatch, given: str, cause: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(given))
    assert call("export", "-") == 1
    assert cause in capsys.readouterr().err


def test_a_file_that_is_there_is_kept_unless_forced(
    call: Call, capsys: Captured, tmp_path: Path
) -> None:
    target = tmp_path / "quotes.docx"
    target.write_bytes(b"mine")
    command = ("export", "--format", "docx", "-o", str(target), "A_HRC_15_16:en:1")
    assert call(*command) == 1
    assert "is there already; give --force" in capsys.readouterr().err
    assert target.read_bytes() == b"mine"
    assert call(*command, "--force", "--title", "Wells") == 0
    assert docx.Document(str(target)).paragraphs[0].text == "Wells"
    assert "1 passage" in capsys.readouterr().err


def test_a_table_goes_from_passages_over_csv_to_word(
    call: Call, capsys: Captured, tmp_path: Path
) -> None:
    saved, word = tmp_path / "t.csv", tmp_path / "t.docx"
    ids = ("--passage", "A/HRC/15/16, para. 2", "--passage", "A_HRC_59_L.17:en:1")
    assert call("table", *ids, "-o", str(saved)) == 0
    edited = saved.read_text(encoding="utf-8-sig").replace('"A report"', '"Wells"')
    saved.write_text(edited, encoding="utf-8-sig")
    assert call("table", str(saved), "--title", "Draft 15", "-o", str(word)) == 0
    (table,) = docx.Document(str(word)).tables
    cells = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert cells[0][:2] == ["Wells", "Two wells for each town."]
    assert cells[1][4].startswith("WARNING: Not precedent (Draft)")


@pytest.mark.parametrize(
    ("arguments", "code", "cause"),
    [
        (["-o", "t.docx"], 2, "nothing to make a table of"),
        (["--passage", "A/HRC/9/9, para. 1"], 1, "no row is left"),
        (["--passage", "A_HRC_15_16:en:1", "-o", "t.pdf"], 1, "is neither .docx nor .csv"),
        (["nowhere.csv"], 1, "No such file"),
    ],
)
def test_a_table_that_cannot_be_made_is_said(
    call: Call, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: list[str], code: int, cause: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert call("table", *arguments) == code
    assert cause in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
