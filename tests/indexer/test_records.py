"""Records of a JSON Lines file: one that is held is not read again, and nothing comes of it."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

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
    from corpus.readers.jsonl import read

    folder = tmp_path / "in"
    folder.mkdir()
    _write(folder, A, D)
    _index(folder, tmp_path / "index")
    numbers: list[int] = []
    parse = read._document

    def noted(record: dict[str, object], path: Path, number: int, digest: str) -> object:
        numbers.append(number)
        return parse(record, path, number, digest)

    monkeypatch.setattr(read, "_document", noted)
    _write(folder, A, (D[0], "Its text has changed."))
    report = _index(folder, tmp_path / "index")
    assert numbers == [2]
    assert (report.updated, report.unchanged, report.removed) == (1, 1, 0)
    assert _texts(tmp_path / "index") == ["Its text has changed.", "One text."]


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
