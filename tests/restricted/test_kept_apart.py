"""Ways on which a restricted document could come back to the public index, and does not."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest

from corpus.errors import InputError
from indexer.build import BuildReport, move_documents
from indexer.repair import repair_index
from indexer.restricted.moving import Moved
from tests.fakes import FakeEncoder
from tests.restricted.world import Record, ids_in, index, jsonl, texts_in
from tests.search_api.intake import a_text

SECRET = "zebrafinch"
OPEN = "A_HRC_90_1:en"


def _set(what: str, index_dir: Path) -> list[Moved]:
    return move_documents([what], index_dir, "witness", encoder=FakeEncoder())[0]


def _release(what: str, index_dir: Path) -> tuple[list[Moved], BuildReport]:
    return move_documents([what], index_dir, None, encoder=FakeEncoder())


def _text(path: Path, symbol: str, words: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(a_text(symbol, words))
    return path


def _titles(index_dir: Path, name: str = "") -> dict[str, str]:
    folder = index_dir / "restricted" / name if name else index_dir
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as held:
        return dict(held.execute("SELECT title, document_id FROM documents"))


def test_copies_go_with_a_document_and_come_back_with_it(tmp_path: Path) -> None:
    own, index_dir = tmp_path / "own", tmp_path / "index"
    _text(own / "z.en.txt", "A/HRC/90/1", "Lawyers are public.")
    for name in "ab":
        _text(own / f"{name}.en.txt", "A/HRC/96/1", f"Lawyers wait {SECRET}.")
    index(own, index_dir)
    (moved,) = _set("A/HRC/96/1", index_dir)
    assert moved.copies == (str(own / "b.en.txt"),)
    (own / "b.en.txt.toml").write_text('title = "A better title"\n')
    index(own, index_dir)
    assert ids_in(index_dir) == [OPEN]
    (own / "b.en.txt.toml").unlink()
    index(own, index_dir)
    _release("A/HRC/96/1", index_dir)
    index(own, index_dir)
    assert ids_in(index_dir, "witness") == ids_in(index_dir) == [OPEN, "A_HRC_96_1:en"]


def test_a_record_that_was_marked_stays_when_its_file_changes(tmp_path: Path) -> None:
    own, index_dir = tmp_path / "own", tmp_path / "index"
    jsonl(own / "a.jsonl", [Record("A/HRC/96/1", ("Public text.",))])
    secret, other = Record("A/HRC/96/1", (f"Other {SECRET}.",)), Record("A/HRC/96/3", ("Three.",))
    jsonl(own / "b.jsonl", [secret, other])
    index(own, index_dir)
    (marked,) = (each for each in ids_in(index_dir) if each.startswith("A_HRC_96_1~"))
    _set(marked, index_dir)
    for words in ("Other", "Corrected"):
        changed = Record("A/HRC/96/3", (f"Three, {words}.",))
        jsonl(own / "b.jsonl", [Record("A/HRC/96/1", (f"{words} {SECRET}.",)), changed])
        index(own, index_dir)
        assert ids_in(index_dir) == ["A_HRC_96_1:en", "A_HRC_96_3:en"]
        assert SECRET not in texts_in(index_dir)


def _note(title: str, words: str) -> str:
    paragraphs = [{"number": "1", "text": words}]
    return json.dumps({"title": title, "language": "en", "paragraphs": paragraphs}) + "\n"


@pytest.mark.parametrize("number", [0, 1])
def test_a_record_without_a_symbol_stays_when_lines_come_before_it(
    tmp_path: Path, number: int
) -> None:
    own, index_dir = tmp_path / "n.jsonl", tmp_path / "index"
    lines = [_note("One", "Public words."), _note("Two", f"Secret {SECRET} words.")]
    own.write_text("".join(lines))
    index(own, index_dir)
    _set(_titles(index_dir)["Two"], index_dir)
    lines.insert(number, _note("Zero", "A new line."))
    own.write_text("".join(lines))
    index(own, index_dir)
    assert "Two" in _titles(index_dir, "witness")
    assert "Two" not in _titles(index_dir)
    assert len(ids_in(index_dir)) == len(_titles(index_dir))


def test_records_in_a_file_that_is_copied_stay(tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    jsonl(tmp_path / "open" / "p.jsonl", [Record("A/HRC/90/1", ("Public.",))])
    closed = jsonl(tmp_path / "closed" / "w.jsonl", [Record("A/HRC/96/1", (SECRET,))])
    index(tmp_path / "open", index_dir)
    index(tmp_path / "closed", index_dir, restricted="witness")
    shutil.copy(closed, tmp_path / "open" / "w.jsonl")
    index(tmp_path / "open", index_dir)
    assert ids_in(index_dir) == [OPEN]


def test_an_upload_that_is_cut_while_it_moves_is_restricted(tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    place = index_dir / "uploads" / "files" / "0f"
    place.mkdir(parents=True)
    _text(place / "a.en.txt", "A/HRC/96/1", f"Lawyers wait {SECRET}.")
    own = _text(tmp_path / "open" / "z.en.txt", "A/HRC/90/1", "Lawyers are public.")
    index([place, own], index_dir)
    with (
        patch("indexer.restricted.moving.withdraw", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        _set("A/HRC/96/1", index_dir)
    index(own, index_dir)
    assert ids_in(index_dir) == [OPEN]


def test_an_upload_may_come_again_after_one_like_it_was_restricted(tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    place = index_dir.absolute() / "uploads" / "files" / "0f"
    place.mkdir(parents=True)
    file = _text(place / "a.en.txt", "A/HRC/96/1", "Lawyers wait.")
    index(file, index_dir)
    _set("A/HRC/96/1", index_dir)
    place.mkdir(parents=True, exist_ok=True)
    _text(file, "A/HRC/96/1", "Lawyers wait.")
    index(file, index_dir, asked=True)
    index(file, index_dir, asked=True)
    assert ids_in(index_dir) == ["A_HRC_96_1:en"]


def test_a_file_that_may_be_restricted_from_now_on_leaves_the_public_index(tmp_path: Path) -> None:
    own, index_dir = tmp_path / "own", tmp_path / "index"
    _text(own / "z.en.txt", "A/HRC/90/1", "Lawyers are public.")
    file = _text(own / "a.en.txt", "A/HRC/96/1", f"Lawyers wait {SECRET}.")
    index(own, index_dir)
    file.with_name("a.en.txt.toml").write_text('restricted = "witness\n')
    report = index(own, index_dir)
    assert [each.kind for each in report.failed] == ["sidecar"]
    assert ids_in(index_dir) == [OPEN]


def test_release_is_refused_while_a_sidecar_cannot_be_read(tmp_path: Path) -> None:
    own, index_dir = tmp_path / "own", tmp_path / "index"
    file = _text(own / "a.en.txt", "A/HRC/96/1", f"Lawyers wait {SECRET}.")
    sidecar = file.with_name("a.en.txt.toml")
    sidecar.write_text('restricted = "witness"\n')
    index(own, index_dir)
    sidecar.write_text('restricted = "witness"\ntitle = "broken\n')
    with pytest.raises(InputError, match="may be restricted by what stands beside"):
        _release("A/HRC/96/1", index_dir)


def test_what_is_released_names_nothing_that_is_not(tmp_path: Path) -> None:
    own, index_dir = tmp_path / "own", tmp_path / "index"
    _text(own / "a.en.txt", "A/HRC/96/1", "Lawyers wait.")
    _text(own / "b.en.txt", "A/HRC/96/1", "Lawyers are another text.")
    index(own, index_dir, restricted="witness")
    (marked,) = (each for each in ids_in(index_dir, "witness") if "~" in each)
    _release(marked, index_dir)
    assert len(ids_in(index_dir)) == 1
    with closing(sqlite3.connect(index_dir / "catalogue.sqlite")) as held:
        assert "witness" not in "\n".join(held.iterdump())
    assert "@witness" not in texts_in(index_dir)


def test_folders_that_a_repair_cannot_read_are_claimed_again(tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    _text(tmp_path / "open" / "z.en.txt", "A/HRC/90/1", "Lawyers are public.")
    mixed = _text(tmp_path / "open" / "m.en.txt", "A/HRC/96/2", "Lawyers are mixed.")
    _text(tmp_path / "closed" / "a.en.txt", "A/HRC/96/1", f"Lawyers wait {SECRET}.")
    index(tmp_path / "open", index_dir)
    index(tmp_path / "closed", index_dir, restricted="witness")
    _set(str(mixed), index_dir)
    for file in (index_dir / "restricted" / "witness").glob("catalogue.sqlite*"):
        file.unlink()
    repaired = repair_index(index_dir)
    assert "folders" in repaired.collections["witness"].unread
    _text(tmp_path / "closed" / "late.en.txt", "A/HRC/97/1", f"Late {SECRET}.")
    _text(tmp_path / "open" / "late.en.txt", "A/HRC/98/1", "Lawyers are late.")
    index([tmp_path / "open", tmp_path / "closed"], index_dir)
    assert ids_in(index_dir) == [OPEN, "A_HRC_98_1:en"]
