"""What a snapshot says of its files, and the file that names it: damage is told, never searched."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import IndexDamagedError, IndexUnusableError
from indexer.build import build_from_documents, build_index
from indexer.checksums import sha256_of
from indexer.manifest import Manifest, current_dir, published_generation, set_current, verify_files
from indexer.snapshot import Snapshot
from tests.fakes import FakeEncoder
from tests.indexer.linking import made, text

SEED = 20261123


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that has grown, so that some of its files have two names."""
    index_dir = tmp_path_factory.mktemp("published") / "index"
    documents = [made(f"SAMPLE/{n}", text(200 + n, paragraphs=4)) for n in range(8)]
    build_from_documents(documents, index_dir, encoder=FakeEncoder())
    build_from_documents([made("SAMPLE/9", text(9))], index_dir, encoder=FakeEncoder())
    return index_dir


@pytest.fixture
def index_dir(published: Path, tmp_path: Path) -> Path:
    """A copy of it that may be damaged."""
    return Path(shutil.copytree(published, tmp_path / "index"))


def test_every_file_is_recorded_and_those_of_an_earlier_snapshot_are_not_read_again(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = current_dir(published)
    manifest = Manifest.read(folder)
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }
    assert set(manifest.files) | {"manifest.json"} == there
    for name, record in manifest.files.items():
        assert (record.size, record.sha256) == (
            (folder / name).stat().st_size,
            sha256_of(folder / name),
        )
    read: list[Path] = []

    def counting(path: Path) -> str:
        read.append(path)
        return sha256_of(path)

    monkeypatch.setattr("indexer.checksums.sha256_of", counting)
    build_from_documents([made("SAMPLE/10", text(10))], published, encoder=FakeEncoder())
    folder = current_dir(published)
    linked = {path for path in folder.rglob("*") if path.is_file() and path.stat().st_nlink > 1}
    assert linked
    assert not {path.relative_to(folder) for path in linked} & {
        Path(*path.parts[len(folder.parts) :]) for path in read if path.suffix != ".store"
    }, "but for the one that is read at every opening"
    assert verify_files(folder) == []


def _cut(content: bytes, at: random.Random) -> bytes:
    return content[: at.randrange(len(content))]


def _emptied(_content: bytes, _at: random.Random) -> bytes:
    return b""


def _noughts(content: bytes, _at: random.Random) -> bytes:
    return bytes(len(content))


def _flipped(content: bytes, at: random.Random) -> bytes:
    changed = bytearray(content)
    changed[at.randrange(len(content))] ^= 1 << at.randrange(8)
    return bytes(changed)


def _longer(content: bytes, _at: random.Random) -> bytes:
    return content + b"\0"


DAMAGES = (_cut, _emptied, _noughts, _flipped, _longer)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__[1:])
def test_damage_to_any_file_is_found_on_opening_and_named_with_what_mends_it(
    index_dir: Path, damage: Callable[[bytes, random.Random], bytes]
) -> None:
    at = random.Random(SEED)
    folder = current_dir(index_dir)
    for name in [*Manifest.read(folder).files, "manifest.json"]:
        path = folder / name
        sound, times = path.read_bytes(), path.stat()
        path.write_bytes(damage(sound, at))
        if path.read_bytes() == sound:
            continue  # noughts already
        try:
            with pytest.raises(IndexUnusableError) as told:
                Snapshot.open(index_dir).close()
        finally:
            path.write_bytes(sound)
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert "manifest.json" in str(told.value) or str(path) in str(told.value)
        assert "run `precedent" in told.value.remedy
    Snapshot.open(index_dir).close()


def test_a_missing_file_is_named(index_dir: Path) -> None:
    folder = current_dir(index_dir)
    for name in Manifest.read(folder).files:
        (folder / name).rename(index_dir / "away")
        with pytest.raises(IndexDamagedError, match="is missing") as told:
            Snapshot.open(index_dir).close()
        assert told.value.subject == str(folder / name)
        (index_dir / "away").rename(folder / name)


def test_a_copy_with_other_times_is_read_in_full_and_sound(index_dir: Path) -> None:
    for path in current_dir(index_dir).rglob("*"):
        os.utime(path, ns=(1, 1))
    Snapshot.open(index_dir).close()


def test_what_keeps_its_time_is_found_by_the_thorough_look_alone(index_dir: Path) -> None:
    folder = current_dir(index_dir)
    (path,) = (folder / "forward").glob("0-*.terms")
    times = path.stat()
    path.write_bytes(_flipped(path.read_bytes(), random.Random(SEED)))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert verify_files(folder, thorough=False) == []
    assert [damage.path for damage in verify_files(folder)] == [path]


def test_any_run_mends_it_without_embedding(index_dir: Path) -> None:
    path = current_dir(index_dir) / "serving.sqlite"
    path.write_bytes(_flipped(path.read_bytes(), random.Random(SEED)))
    report = build_index([], index_dir, encoder=FakeEncoder())
    assert report.embedded == 0
    assert verify_files(current_dir(index_dir)) == []
    Snapshot.open(index_dir).close()


def test_a_number_that_changed_puts_no_other_generation_in_service(index_dir: Path) -> None:
    current = index_dir / "CURRENT"
    sound = current.read_bytes()
    held = published_generation(index_dir)
    for at in range(len(sound) * 8):
        changed = bytearray(sound)
        changed[at // 8] ^= 1 << at % 8
        current.write_bytes(bytes(changed))
        assert published_generation(index_dir) in (None, held)
    current.write_bytes(b"")
    with pytest.raises(IndexDamagedError, match=r"CURRENT: does not name .* run `precedent index"):
        Snapshot.open(index_dir)


def test_after_it_the_next_generation_is_one_that_no_reader_can_have_open(index_dir: Path) -> None:
    held = published_generation(index_dir)
    assert held is not None
    (index_dir / "CURRENT").write_bytes(b"\0\0")
    build_index([], index_dir, encoder=FakeEncoder())
    assert published_generation(index_dir) == held + 1


def test_a_number_alone_is_read_as_earlier_versions_wrote_it(index_dir: Path) -> None:
    held = published_generation(index_dir)
    (index_dir / "CURRENT").write_text(f"{held}\n")
    assert published_generation(index_dir) == held


def test_a_snapshot_of_version_3_opens_and_is_compared_with_nothing(index_dir: Path) -> None:
    path = current_dir(index_dir) / "manifest.json"
    fields = json.loads(path.read_text())
    del fields["files"], fields["seal"]
    path.write_text(json.dumps({**fields, "snapshot_version": 3}))
    Snapshot.open(index_dir).close()
    assert verify_files(path.parent) == []


def test_a_manifest_that_says_something_else_is_not_believed(index_dir: Path) -> None:
    path = current_dir(index_dir) / "manifest.json"
    fields = json.loads(path.read_text())
    path.write_text(json.dumps({**fields, "published_at": "1970-01-01T00:00:00+00:00"}))
    with pytest.raises(IndexDamagedError, match="sha256"):
        Manifest.read(path.parent)


def test_nothing_is_left_beside_a_current_that_could_not_be_written(
    index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    before = published_generation(index_dir)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        set_current(index_dir, 99)
    assert published_generation(index_dir) == before
    assert not list(index_dir.glob(".CURRENT*"))
