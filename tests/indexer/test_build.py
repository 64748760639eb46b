"""Building an index from files: what is new, changed, removed, unreadable, interrupted."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import (
    IndexBusyError,
    IndexDamagedError,
    IndexMismatchError,
    InputError,
    NoIndexError,
    UnknownNameError,
)
from indexer.build import build_from_documents, build_index, remove_documents
from indexer.guard import only_writer
from indexer.manifest import Manifest, current_dir
from indexer.snapshot import Snapshot
from tests.fakes import FakeEncoder, document


def _record(symbol: str, *texts: str, **fields: object) -> str:
    paragraphs = [{"number": str(n), "text": text} for n, text in enumerate(texts, 1)]
    return json.dumps({"symbol": symbol, "title": "T", "language": "en", "year": 2024,
                       "paragraphs": paragraphs, **fields})  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documents"
    made.mkdir()
    (made / "reports.jsonl").write_text(
        "\n".join(
            [_record("SAMPLE/2024/SR/1", "One.", "Two."), _record("SAMPLE/2024/SR/2", "Three.")]
        )
    )
    (made / "note.txt").write_text(
        "A note of an invented body.\n\nIt has two paragraphs of words.\n"
    )
    (made / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing follows")
    return made


def test_good_files_are_indexed_and_bad_ones_named(folder: Path, tmp_path: Path) -> None:
    report = build_index([folder], tmp_path / "index", encoder=FakeEncoder())
    assert report.documents == 3
    assert [Path(f.source).name for f in report.failed] == ["broken.pdf"]
    assert report.failed[0].reason
    assert report.generation == 1


def test_an_unchanged_run_does_nothing(folder: Path, tmp_path: Path) -> None:
    build_index([folder], tmp_path / "index", encoder=FakeEncoder())
    encoder = FakeEncoder()
    report = build_index([folder], tmp_path / "index", encoder=encoder)
    assert (report.added, report.updated, report.embedded, encoder.embedded) == (0, 0, 0, 0)
    assert report.unchanged == 2
    assert report.generation == 1


def test_a_changed_record_updates_only_itself(folder: Path, tmp_path: Path) -> None:
    build_index([folder], tmp_path / "index", encoder=FakeEncoder())
    (folder / "reports.jsonl").write_text(
        "\n".join(
            [_record("SAMPLE/2024/SR/1", "One.", "Two."), _record("SAMPLE/2024/SR/2", "Four.")]
        )
    )
    report = build_index([folder], tmp_path / "index", encoder=FakeEncoder())
    assert (report.added, report.updated, report.removed, report.embedded) == (0, 1, 0, 1)
    assert report.generation == 2


def test_a_record_gone_from_its_file_is_removed(folder: Path, tmp_path: Path) -> None:
    build_index([folder], tmp_path / "index", encoder=FakeEncoder())
    (folder / "reports.jsonl").write_text(_record("SAMPLE/2024/SR/1", "One.", "Two."))
    report = build_index([folder], tmp_path / "index", encoder=FakeEncoder())
    assert (report.removed, report.documents) == (1, 2)


def test_the_same_text_is_embedded_once(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    made = [document("SAMPLE/2024/SR/1", "Same."), document("SAMPLE/2024/SR/2", "Same.")]
    report = build_from_documents(made, tmp_path / "index", encoder=encoder)
    assert (report.passages, encoder.embedded) == (2, 1)


def test_two_texts_under_one_symbol_are_both_kept(folder: Path, tmp_path: Path) -> None:
    (folder / "other.jsonl").write_text(_record("SAMPLE/2024/SR/1", "Another text altogether."))
    (folder / "reports copy.jsonl").write_text(_record("SAMPLE/2024/SR/1", "One.", "Two."))
    report = build_index([folder], tmp_path / "index", encoder=FakeEncoder())
    assert report.duplicates == 1
    snapshot = Snapshot.open(tmp_path / "index")
    ids = snapshot.document_ids_of("SAMPLE/2024/SR/1")
    assert len(ids) == 2
    assert "SAMPLE_2024_SR_1:en" in ids
    snapshot.close()


def test_removal_is_published_and_can_be_undone_by_indexing(folder: Path, tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    build_index([folder], index_dir, encoder=FakeEncoder())
    with pytest.raises(UnknownNameError, match="SAMPLE/9"):
        remove_documents(["SAMPLE/2024/SR/1", "SAMPLE/9"], index_dir, encoder=FakeEncoder())
    report = remove_documents(["SAMPLE/2024/SR/1"], index_dir, encoder=FakeEncoder())
    assert (report.removed, report.documents, report.generation) == (1, 2, 2)
    report = build_index([folder], index_dir, encoder=FakeEncoder())
    assert (report.added, report.documents, report.embedded) == (1, 3, 2)


def test_everything_can_be_removed(tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    build_from_documents([document("SAMPLE/2024/SR/1", "One.")], index_dir, encoder=FakeEncoder())
    remove_documents(["SAMPLE/2024/SR/1"], index_dir, encoder=FakeEncoder())
    snapshot = Snapshot.open(index_dir)
    assert len(snapshot.vectors) == len(snapshot.lexical) == 0
    snapshot.close()


def test_another_model_is_refused_by_name(tmp_path: Path) -> None:
    made = [document("SAMPLE/2024/SR/1", "One.")]
    build_from_documents(made, tmp_path / "index", encoder=FakeEncoder())
    with pytest.raises(IndexMismatchError, match=r"made with model fake \(ffff.*not fake \(aaaa"):
        build_from_documents(made, tmp_path / "index", encoder=FakeEncoder(digest="a" * 64))


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    with only_writer(tmp_path), pytest.raises(IndexBusyError, match="another process"):
        build_from_documents([], tmp_path, encoder=FakeEncoder())


def test_a_missing_path_is_named_before_anything_is_done(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        build_index([tmp_path / "nowhere"], tmp_path / "index", encoder=FakeEncoder())


def test_an_empty_folder_publishes_nothing(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    report = build_index([tmp_path / "documents"], tmp_path / "index", encoder=FakeEncoder())
    assert report.generation is None
    with pytest.raises(NoIndexError, match="precedent index"):
        Snapshot.open(tmp_path / "index")


@pytest.mark.parametrize(
    "part", ["vectors.faiss", "serving.sqlite", "manifest.json", "lexical/meta.json"]
)
@pytest.mark.parametrize("damage", ["missing", "cut short"])
def test_a_damaged_snapshot_is_never_served(tmp_path: Path, part: str, damage: str) -> None:
    made = [document("SAMPLE/2024/SR/1", "One.", "Two.")]
    build_from_documents(made, tmp_path, encoder=FakeEncoder())
    path = current_dir(tmp_path) / part
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    with pytest.raises(IndexDamagedError, match=r"precedent (repair|index)"):
        Snapshot.open(tmp_path)
    report = build_from_documents(made, tmp_path, encoder=FakeEncoder())
    assert (report.embedded, report.generation) == (0, 2)
    Snapshot.open(tmp_path).close()


def test_parts_that_disagree_are_named(tmp_path: Path) -> None:
    build_from_documents([document("SAMPLE/2024/SR/1", "One.")], tmp_path, encoder=FakeEncoder())
    folder = current_dir(tmp_path)
    replace(Manifest.read(folder), passages=5).write(folder)
    with pytest.raises(IndexDamagedError, match="manifest 5, documents 1, words 1"):
        Snapshot.open(tmp_path)


def test_a_snapshot_of_another_version_is_refused(tmp_path: Path) -> None:
    build_from_documents([document("SAMPLE/2024/SR/1", "One.")], tmp_path, encoder=FakeEncoder())
    path = current_dir(tmp_path) / "manifest.json"
    path.write_text(path.read_text().replace('"snapshot_version": 4', '"snapshot_version": 9'))
    with pytest.raises(IndexMismatchError, match="version 9, this software reads version 4"):
        Manifest.read(current_dir(tmp_path))


def test_passage_ids_are_the_same_after_indexing_again(tmp_path: Path) -> None:
    made = [document("SAMPLE/2024/SR/1", "One.", "Two."), document("SAMPLE/2024/SR/2", "Three.")]
    ids = []
    for name, order in (("a", made), ("b", made[::-1])):
        build_from_documents(order, tmp_path / name, encoder=FakeEncoder())
        snapshot = Snapshot.open(tmp_path / name)
        ids.append([row["passage_id"] for row in snapshot.passages(range(3))])
        snapshot.close()
    assert ids[0] == ids[1] == [
        "SAMPLE_2024_SR_1:en:1", "SAMPLE_2024_SR_1:en:2", "SAMPLE_2024_SR_2:en:1"
    ]  # fmt: skip


def test_a_file_that_moved_takes_its_documents_along(folder: Path, tmp_path: Path) -> None:
    build_index([folder], tmp_path / "index", encoder=FakeEncoder())
    (folder / "reports.jsonl").rename(folder / "moved.jsonl")
    report = build_index([folder], tmp_path / "index", encoder=FakeEncoder())
    assert (report.documents, report.duplicates, report.updated) == (3, 0, 2)
    again = build_index([folder], tmp_path / "index", encoder=FakeEncoder())
    assert (again.duplicates, again.updated, again.unchanged) == (0, 0, 2)


def test_a_copy_renews_what_earlier_readers_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index([folder], tmp_path / "index", encoder=FakeEncoder())
    copies = tmp_path / "copies"
    copies.mkdir()
    (copies / "reports.jsonl").write_bytes((folder / "reports.jsonl").read_bytes())
    same = build_index([copies], tmp_path / "index", encoder=FakeEncoder())
    assert (same.duplicates, same.updated) == (2, 0)
    (copies / "reports.jsonl").rename(copies / "others.jsonl")
    monkeypatch.setattr("indexer.reading._READING", "later")
    renewed = build_index([copies], tmp_path / "index", encoder=FakeEncoder())
    assert (renewed.duplicates, renewed.updated) == (0, 2)


def test_a_path_is_one_however_it_is_typed(folder: Path, tmp_path: Path) -> None:
    build_index([folder], tmp_path / "index", encoder=FakeEncoder())
    roundabout = folder / ".." / folder.name
    report = build_index([roundabout], tmp_path / "index", encoder=FakeEncoder())
    assert (report.unchanged, report.duplicates) == (2, 0)
