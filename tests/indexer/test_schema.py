"""Old catalogues and old snapshots: brought up to date, or refused with the way out."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from corpus.errors import IndexMismatchError
from indexer.build import build_from_documents, build_index
from indexer.catalogue import Catalogue
from indexer.centring.measuring import parallel_keys
from indexer.linked import documents_judged
from indexer.manifest import current_dir
from indexer.rows import concerns_in
from indexer.schema import CATALOGUE_VERSION
from indexer.snapshot import Snapshot
from tests.fakes import FakeEncoder, document

V1 = Path(__file__).with_name("catalogue_v1.sql")
"""Dump of a catalogue that version 1 wrote: one document of two paragraphs, embedded."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """An index whose catalogue is of version 1, with the file it was read from."""
    folder = tmp_path / "documents"
    folder.mkdir()
    record = {
        "symbol": "SAMPLE/2024/SR/1",
        "title": "T",
        "language": "en",
        "year": 2024,
        "paragraphs": [{"number": "1", "text": "One word."}, {"number": "2", "text": "Two words."}],
    }
    (folder / "reports.jsonl").write_text(json.dumps(record) + "\n")
    index_dir = tmp_path / "index"
    index_dir.mkdir()
    connection = sqlite3.connect(index_dir / "catalogue.sqlite")
    connection.executescript(V1.read_text().replace("FOLDER", str(folder)))
    connection.close()
    return index_dir


def test_an_old_catalogue_keeps_what_it_holds(old: Path) -> None:
    with Catalogue(old / "catalogue.sqlite") as catalogue:
        (version,) = catalogue.connection.execute("PRAGMA user_version").fetchone()
        assert version == CATALOGUE_VERSION
        assert catalogue.symbols() == {"SAMPLE/2024/SR/1", "SAMPLE_2024_SR_1:en"}
        row = catalogue.connection.execute(
            "SELECT mandate_holder, relations, concerns FROM documents"
        ).fetchone()
        assert row == (None, "[]", None)
        row = catalogue.connection.execute("SELECT boxes, ocr FROM paragraphs").fetchone()
        assert row == (None, 0)
    with Catalogue(old / "catalogue.sqlite"):
        pass  # a second opening finds nothing left to do


def test_documents_of_an_old_catalogue_are_served_and_read_again(old: Path) -> None:
    other = document("SAMPLE/2024/SR/9", "Something else.")
    build_from_documents([other], old, encoder=FakeEncoder(dim=8))
    snapshot = Snapshot.open(old)
    before = {row["document_id"]: row["concerns"] for row in documents_judged(snapshot)}
    snapshot.close()
    assert before["SAMPLE_2024_SR_1:en"] is None
    assert [c.code for c in concerns_in(None)] == ["read-before"]

    encoder = FakeEncoder(dim=8)
    report = build_index([old.parent / "documents"], old, encoder=encoder)
    assert (report.updated, report.unchanged) == (1, 0)
    assert encoder.embedded == 0, "its texts are the same and have their vectors"
    snapshot = Snapshot.open(old)
    after = {row["document_id"]: row["concerns"] for row in documents_judged(snapshot)}
    snapshot.close()
    assert after["SAMPLE_2024_SR_1:en"] is not None


def test_a_later_catalogue_is_refused(old: Path) -> None:
    connection = sqlite3.connect(old / "catalogue.sqlite")
    connection.execute(f"PRAGMA user_version = {CATALOGUE_VERSION + 1}")
    connection.close()
    with pytest.raises(IndexMismatchError, match="install the newer Precedent"):
        Catalogue(old / "catalogue.sqlite")


def test_an_old_snapshot_is_refused_and_published_anew(tmp_path: Path) -> None:
    made = [document("SAMPLE/2024/SR/1", "One.")]
    build_from_documents(made, tmp_path, encoder=FakeEncoder())
    path = current_dir(tmp_path) / "manifest.json"
    path.write_text(path.read_text().replace('"snapshot_version": 4', '"snapshot_version": 1'))
    with pytest.raises(IndexMismatchError, match=r"precedent index .* publish it anew"):
        Snapshot.open(tmp_path)
    report = build_from_documents(made, tmp_path, encoder=FakeEncoder())
    assert (report.embedded, report.generation) == (0, 2)
    Snapshot.open(tmp_path).close()


def test_words_of_another_analysis_are_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [document(f"SAMPLE/2024/SR/{n}", "One.", "Two.") for n in range(9)]
    build_from_documents(made, tmp_path, encoder=FakeEncoder())
    for module in ("manifest", "publish"):
        monkeypatch.setattr(f"indexer.{module}.ANALYSIS_VERSION", 999)
    with pytest.raises(IndexMismatchError, match="analyses questions by version 999"):
        Snapshot.open(tmp_path)
    report = build_from_documents(made, tmp_path, encoder=FakeEncoder())
    assert (report.unchanged, report.embedded, report.generation) == (9, 0, 2)
    folder = current_dir(tmp_path)
    shared = [file for file in folder.rglob("*") if file.is_file() and file.stat().st_nlink > 1]
    assert shared == [], "nothing of the earlier analysis is gone on from"
    Snapshot.open(tmp_path).close()


def test_vectors_that_no_passage_needs_are_dropped(tmp_path: Path) -> None:
    made = [document("SAMPLE/2024/SR/1", "One.", "Two."), document("SAMPLE/2024/SR/2", "One.")]
    build_from_documents(made, tmp_path, encoder=FakeEncoder())
    changed = document("SAMPLE/2024/SR/1", "Two.", "Three.")
    encoder = FakeEncoder()
    assert build_from_documents([changed], tmp_path, encoder=encoder).embedded == 1
    changed = document("SAMPLE/2024/SR/2", "Four.")
    build_from_documents([changed], tmp_path, encoder=encoder)
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        parallel = len(set(parallel_keys()))
        assert catalogue.count("vectors") == 3 + parallel
        assert catalogue.count("touched") == 0
