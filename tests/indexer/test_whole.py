"""Publishing everything anew: damage that opening does not notice is gone after it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.errors import IndexDamagedError
from indexer.build import build_from_documents, build_index, remove_documents
from indexer.catalogue import Catalogue
from indexer.manifest import current_dir, published_generation, verify_files
from indexer.parts import CENTRING, FORWARD, SERVING
from indexer.snapshot import Snapshot
from tests.fakes import FakeEncoder
from tests.indexer.linking import made, text


def _add(index_dir: Path, number: int) -> None:
    documents = [made(f"SAMPLE/{number}", text(200 + number, paragraphs=4))]
    build_from_documents(documents, index_dir, encoder=FakeEncoder())


def _publish_whole(index_dir: Path) -> FakeEncoder:
    encoder = FakeEncoder()
    build_index([], index_dir, encoder=encoder, whole=True)
    return encoder


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    """An index of twelve documents."""
    documents = [made(f"SAMPLE/{n}", text(200 + n, paragraphs=4)) for n in range(12)]
    build_from_documents(documents, tmp_path, encoder=FakeEncoder())
    return tmp_path


def _overwrite(path: Path, start: int, end: int) -> None:
    """Put noughts in place of some bytes, as a failing disk does: the file keeps its times."""
    content, times = bytearray(path.read_bytes()), path.stat()
    content[start:end] = bytes(len(content[start:end]))
    path.unlink()  # of the second name that an earlier snapshot has
    path.write_bytes(content)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def _terms(index_dir: Path) -> bytes:
    (file,) = (current_dir(index_dir) / FORWARD).glob("0-*.terms")
    return file.read_bytes()


def test_damage_that_opens_stays_until_all_is_written_anew(index_dir: Path) -> None:
    sound = _terms(index_dir)[:400]
    (file,) = (current_dir(index_dir) / FORWARD).glob("*.terms")
    _overwrite(file, 0, 400)
    build_index([], index_dir, encoder=FakeEncoder())
    assert published_generation(index_dir) == 1
    _add(index_dir, 99)
    assert _terms(index_dir)[:400] == bytes(400)
    (damage,) = verify_files(current_dir(index_dir))
    assert (damage.path.parent.name, damage.path.suffix) == (FORWARD, ".terms")
    _publish_whole(index_dir)
    assert published_generation(index_dir) == 3
    assert _terms(index_dir)[:400] == sound


def test_nothing_is_embedded_again_for_it(index_dir: Path) -> None:
    assert _publish_whole(index_dir).embedded == 0
    assert _publish_whole(index_dir).embedded == 0
    assert published_generation(index_dir) == 3


def test_rows_without_a_passage_are_gone(index_dir: Path) -> None:
    remove_documents(["SAMPLE/3"], index_dir, encoder=FakeEncoder())
    before, after = [], []
    for held in (before, after):
        snapshot = Snapshot.open(index_dir)
        held += [snapshot.rows, snapshot.passages_held]
        snapshot.close()
        _publish_whole(index_dir)
    assert (before, after) == ([48, 44], [44, 44])


def test_a_vector_that_was_lost_is_made_again(index_dir: Path) -> None:
    with Catalogue(index_dir / "catalogue.sqlite") as catalogue:
        catalogue.connection.execute(
            "DELETE FROM vectors WHERE text_sha256 IN (SELECT text_sha256 FROM passages LIMIT 2)"
        )
    assert _publish_whole(index_dir).embedded == 2
    snapshot = Snapshot.open(index_dir)
    assert len(snapshot.vectors) == 48
    snapshot.close()


@pytest.fixture
def unreadable(index_dir: Path) -> Path:
    """The index with pages of its documents overwritten, which opening it does not notice."""
    serving = current_dir(index_dir) / SERVING
    size = serving.stat().st_size
    _overwrite(serving, size // 4, size // 2)
    return index_dir


def test_documents_that_cannot_be_read_name_the_way_out(unreadable: Path) -> None:
    snapshot = Snapshot.open(unreadable)
    with pytest.raises(IndexDamagedError, match="precedent repair"):
        snapshot.texts(range(snapshot.rows))
    snapshot.close()
    _publish_whole(unreadable)
    snapshot = Snapshot.open(unreadable)
    assert len(snapshot.texts(range(snapshot.rows))) == 48
    snapshot.close()


def test_documents_that_cannot_be_read_are_not_gone_on_from(unreadable: Path) -> None:
    _add(unreadable, 99)
    snapshot = Snapshot.open(unreadable)
    assert len(snapshot.texts(range(snapshot.rows))) == 52
    snapshot.close()


def test_a_part_cut_short_is_written_anew_by_any_run(index_dir: Path) -> None:
    part = current_dir(index_dir) / CENTRING
    part.write_bytes(part.read_bytes()[: part.stat().st_size // 2])
    with pytest.raises(IndexDamagedError, match="precedent repair"):
        Snapshot.open(index_dir)
    build_index([], index_dir, encoder=FakeEncoder())
    Snapshot.open(index_dir).close()
