"""Records of a JSON Lines file: one that is held is not read again, and nothing comes of it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.readers.jsonl.known import Known
from corpus.sandbox.records import Record, RecordReader
from indexer.build import BuildReport, build_index
from indexer.snapshot import Snapshot
from tests.fakes import FakeEncoder

A, B, C = (("SAMPLE/2024/SR/1", text) for text in ("One text.", "Another text.", "A third."))
D = ("SAMPLE/2024/SR/2", "A text of its own.")
NAMELESS = (None, "A text without a symbol.")


def _write(folder: Path, *records: tuple[str | None, str]) -> None:
    lines = [
        json.dumps({"symbol": symbol, "title": "T", "paragraphs": [{"number": "1", "text": text}]})
        for symbol, text in records
    ]
    (folder / "records.jsonl").write_text("\n".join(lines) + "\n")


def _index(folder: Path, index_dir: Path) -> BuildReport:
    return build_index([folder], index_dir, encoder=FakeEncoder(), workers=1)


def _texts(index_dir: Path) -> list[str]:
    snapshot = Snapshot.open(index_dir)
    with snapshot.reading() as connection:
        found = [row[0] for row in connection.execute("SELECT text FROM paragraphs ORDER BY text")]
    snapshot.close()
    return found


def test_records_that_are_held_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    _write(folder, A, D)
    _index(folder, tmp_path / "index")
    answers: list[str] = []
    read = RecordReader.read

    def noted(reader: RecordReader, path: Path, known: Known | None = None) -> Iterator[Record]:
        for found in read(reader, path, known):
            answers.append(type(found).__name__)
            yield found

    monkeypatch.setattr(RecordReader, "read", noted)
    _write(folder, A, (D[0], "Its text has changed."))
    report = _index(folder, tmp_path / "index")
    assert answers == ["KnownRecord", "Document"]
    assert (report.updated, report.unchanged, report.removed) == (1, 1, 0)
    assert _texts(tmp_path / "index") == ["Its text has changed.", "One text."]


def test_a_record_that_an_earlier_one_has_become_is_read_after_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    _write(folder, A)
    _index(folder, tmp_path / "index")
    lines: list[Known | None] = []
    read = RecordReader.read

    def noted(reader: RecordReader, path: Path, known: Known | None = None) -> Iterator[Record]:
        lines.append(known)
        return read(reader, path, known)

    monkeypatch.setattr(RecordReader, "read", noted)
    _write(folder, B, D, A)
    report = _index(folder, tmp_path / "index")
    assert [known and known.lines for known in lines] == [None, {3}]
    assert (report.updated, report.added, report.duplicates) == (1, 2, 0)
    assert _texts(tmp_path / "index") == sorted([A[1], B[1], D[1]])


ORDERS = [
    *itertools.permutations({"A": A, "B": B, "D": D, "nameless": NAMELESS}.items(), 2),
    *itertools.permutations({"A": A, "B": B, "C": C}.items(), 3),
]


@pytest.mark.parametrize(
    "after",
    [[record for _, record in order] for order in ORDERS],
    ids=["-".join(name for name, _ in order) for order in ORDERS],
)
def test_whatever_a_file_becomes_no_text_is_lost(
    after: list[tuple[str | None, str]], tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    _write(folder, A, D, NAMELESS)
    _index(folder, tmp_path / "index")
    _write(folder, *after)
    _index(folder, tmp_path / "index")
    assert _texts(tmp_path / "index") == sorted(text for _, text in after)


def test_a_record_that_comes_twice_is_held_once(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    _write(folder, A, D)
    _index(folder, tmp_path / "index")
    _write(folder, A, A, D)
    report = _index(folder, tmp_path / "index")
    assert (report.unchanged, report.duplicates) == (2, 1)
    assert _texts(tmp_path / "index") == ["A text of its own.", "One text."]
