"""Damage to the catalogue, the library and the models: named with what mends it, never a fault."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.errors import IndexDamagedError, LibraryError, ModelError, PrecedentError
from indexer.build import build_from_documents, build_index
from indexer.manifest import current_dir, published_generation, verify_files
from indexer.models import DEFAULT_MODEL, store
from indexer.models.placing import sweep, write_record
from indexer.snapshot import Snapshot
from library import collections
from library.file import Library
from tests.fakes import FakeEncoder
from tests.robustness.killed import documents_of

SEED = 7
EDITIONS = {f"SAMPLE/{number}": 0 for number in range(6)}


def damaged(sound: bytes, at: random.Random) -> Iterator[tuple[str, bytes]]:
    """Yield a file cut short, emptied, with a page of noughts, and with a few bits turned."""
    for _ in range(3):
        yield "cut", sound[: at.randrange(1, len(sound))]
    for _ in range(4):
        page = at.randrange(len(sound)) // 4096 * 4096
        yield "page", sound[:page] + bytes(len(sound[page : page + 4096])) + sound[page + 4096 :]
    for _ in range(8):
        changed = bytearray(sound)
        changed[at.randrange(len(sound))] ^= 1 << at.randrange(8)
        yield "flip", bytes(changed)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    index_dir = tmp_path_factory.mktemp("published") / "index"
    build_from_documents(documents_of(EDITIONS), index_dir, encoder=FakeEncoder())
    return index_dir


def test_a_damaged_catalogue_is_told_and_what_is_published_from_it_is_whole(
    published: Path, tmp_path: Path
) -> None:
    sound = (published / "catalogue.sqlite").read_bytes()
    told: list[IndexDamagedError] = []
    for number, (_, content) in enumerate(damaged(sound, random.Random(SEED))):
        index_dir = tmp_path / str(number)
        shutil.copytree(published, index_dir, copy_function=shutil.copy2)
        (index_dir / "catalogue.sqlite").write_bytes(content)
        try:
            build_from_documents(
                documents_of({**EDITIONS, "SAMPLE/3": 5}), index_dir, encoder=FakeEncoder()
            )
            build_index([], index_dir, encoder=FakeEncoder(), whole=True)
        except IndexDamagedError as error:
            told.append(error)
        Snapshot.open(index_dir).close()
        assert verify_files(current_dir(index_dir)) == []
        shutil.rmtree(index_dir)
    assert len(told) >= 7, "every cut, and most pages"
    assert {Path(error.subject).name for error in told} == {"catalogue.sqlite"}
    assert all("precedent restore" in error.remedy for error in told)


@pytest.mark.parametrize("left", [None, b""], ids=["missing", "empty"])
def test_a_catalogue_that_is_lost_takes_nothing_out_of_service(
    published: Path, tmp_path: Path, left: bytes | None
) -> None:
    index_dir = shutil.copytree(published, tmp_path / "index", copy_function=shutil.copy2)
    (index_dir / "catalogue.sqlite").unlink()
    if left is not None:
        (index_dir / "catalogue.sqlite").write_bytes(left)
    lacks = "lacks 6 of its 6 documents, such as SAMPLE_0"
    with pytest.raises(IndexDamagedError, match=lacks):
        build_from_documents(documents_of({"SAMPLE/9": 0}), index_dir, encoder=FakeEncoder())
    with pytest.raises(IndexDamagedError, match=lacks):
        build_index([], index_dir, encoder=FakeEncoder(), whole=True)
    assert published_generation(index_dir) == 1
    Snapshot.open(index_dir).close()
    every = documents_of({**EDITIONS, "SAMPLE/9": 0})
    report = build_from_documents(every, index_dir, encoder=FakeEncoder())
    assert (report.documents, report.generation) == (7, 2)


def test_a_text_that_the_disk_has_turned_is_not_published(published: Path, tmp_path: Path) -> None:
    index_dir = shutil.copytree(published, tmp_path / "index", copy_function=shutil.copy2)
    content = (index_dir / "catalogue.sqlite").read_bytes()
    turned = content.replace(b"unique4 edition0 paragraph1", b"unique4 edition0 paragraph7")
    assert turned != content
    (index_dir / "catalogue.sqlite").write_bytes(turned)
    with pytest.raises(IndexDamagedError, match="text of passage SAMPLE_4:fr:2 is not what was"):
        build_index([], index_dir, encoder=FakeEncoder(), whole=True)
    assert published_generation(index_dir) == 1


# The library -------------------------------------------------------------------------------------


def _keep(library: Library) -> None:
    with library.writing() as connection:
        for name in ("Counsel", "Water"):
            collections.create(connection, name, note="note " * 500)


def _names(library: Library) -> list[str]:
    with library.reading() as connection:
        return sorted(each.name for each in collections.all_collections(connection))


def test_a_damaged_library_is_read_as_it_was_or_told(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.sqlite")
    _keep(library)
    sound = library.path.read_bytes()
    told: list[LibraryError] = []
    for _, content in damaged(sound, random.Random(SEED)):
        library.path.write_bytes(content)
        try:
            _names(library)
            with library.writing() as connection:
                collections.create(connection, "more")
        except LibraryError as error:
            told.append(error)
        for path in tmp_path.iterdir():
            path.unlink()
    assert len(told) >= 3, "every cut"
    assert all(error.subject == str(library.path) and error.remedy for error in told)


def test_a_library_of_no_bytes_has_lost_what_was_in_it(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.sqlite")
    _keep(library)
    library.path.write_bytes(b"")
    for attempt in (_names, _keep):
        with pytest.raises(LibraryError, match="is empty: it was cut short; put it back"):
            attempt(library)
    library.path.unlink()
    _keep(library)
    assert _names(library) == ["Counsel", "Water"]


def test_a_library_is_never_empty_not_even_as_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(tmp_path / "library.sqlite")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as while_made:
        while_made.setattr("library.file._put_in_place", killed)
        with pytest.raises(KeyboardInterrupt):
            _keep(library)
    assert not library.path.exists()
    _keep(library)
    assert _names(library) == ["Counsel", "Water"]


# Models ------------------------------------------------------------------------------------------

FILES = ("openvino_model.xml", "openvino_model.bin", "tokenizer.json")


@pytest.fixture
def models_dir(tmp_path: Path) -> Path:
    """A folder with a model of invented files."""
    folder = tmp_path / DEFAULT_MODEL
    folder.mkdir()
    for name in FILES:
        (folder / name).write_bytes(name.encode() * 1000)
    write_record(folder, {"name": DEFAULT_MODEL, "digest": "d" * 64, "origin": "", "conversion": 9})
    return tmp_path


def _require(models_dir: Path) -> None:
    store.require_intact(store.require(DEFAULT_MODEL, models_dir))


Damage = Callable[[Path], object]
DAMAGES: dict[str, Damage] = {
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "emptied": lambda path: path.write_bytes(b""),
    "noughts": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "flipped": lambda path: path.write_bytes(b"\x01" + path.read_bytes()[1:]),
    "missing": lambda path: path.unlink(),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", [*FILES, "model.json"])
def test_a_damaged_model_is_named_before_it_is_loaded(
    models_dir: Path, name: str, damage: str
) -> None:
    _require(models_dir)
    path = models_dir / DEFAULT_MODEL / name
    DAMAGES[damage](path)
    with pytest.raises(ModelError) as told:
        _require(models_dir)
    assert f"run `precedent models pull {DEFAULT_MODEL}`" in told.value.remedy
    assert str(path) == told.value.subject or name == "model.json"


def test_a_digest_that_turned_in_the_record_is_not_believed(models_dir: Path) -> None:
    record = models_dir / DEFAULT_MODEL / "model.json"
    record.write_text(record.read_text().replace("d" * 64, "e" * 64))
    with pytest.raises(ModelError, match="was altered since it was installed"):
        _require(models_dir)


def test_files_with_their_times_are_not_read_and_others_are(
    models_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def digest(path: Path) -> str:
        read.append(path.name)
        return sha256_of(path)

    sha256_of = store.sha256_of
    monkeypatch.setattr(store, "sha256_of", digest)
    _require(models_dir)
    assert read == []
    os.utime(models_dir / DEFAULT_MODEL / FILES[1], ns=(1, 1))
    _require(models_dir)
    assert read == [FILES[1]]
    store.verify(DEFAULT_MODEL, models_dir)
    assert read[1:] == list(FILES)


def test_a_record_of_an_earlier_version_has_its_files_read(models_dir: Path) -> None:
    record = models_dir / DEFAULT_MODEL / "model.json"
    fields = json.loads(record.read_text())
    record.write_text(json.dumps({k: v for k, v in fields.items() if k not in ("marks", "seal")}))
    _require(models_dir)
    (models_dir / DEFAULT_MODEL / FILES[0]).write_bytes(b"another")
    with pytest.raises(ModelError, match="was altered"):
        _require(models_dir)


def test_an_installation_killed_between_its_two_renames_is_put_back(models_dir: Path) -> None:
    left = models_dir / f".{DEFAULT_MODEL}-abc"
    left.mkdir()
    (models_dir / DEFAULT_MODEL).rename(left / "old")
    with pytest.raises(PrecedentError):
        _require(models_dir)
    sweep(DEFAULT_MODEL, models_dir)
    _require(models_dir)
    assert [path.name for path in models_dir.iterdir()] == [DEFAULT_MODEL]
