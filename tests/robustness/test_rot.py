"""Bits that a disk has turned while a file kept its size and its times: told, never a fault."""

from __future__ import annotations

import os
import random
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import IndexDamagedError, PrecedentError
from indexer.build import build_from_documents
from indexer.manifest import current_dir, verify_files
from indexer.snapshot import Snapshot
from search_api.engine import Engine
from search_api.schemas import SearchRequest
from tests.fakes import FakeEncoder
from tests.robustness.killed import documents_of

SEED = 11
FLIPS = 120
QUESTIONS = (
    SearchRequest(query="unique4 paragraph of the invented report"),
    SearchRequest(query='"invented report" -unique3', k=20),
)


@pytest.fixture(scope="module")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that has grown, so that it has several segments."""
    folder = tmp_path_factory.mktemp("rot") / "index"
    for number in (8, 12):
        editions = {f"SAMPLE/{n}": number * (n % 2) for n in range(number)}
        build_from_documents(documents_of(editions), folder, encoder=FakeEncoder())
    return folder


def _ask(index_dir: Path) -> list[list[str]]:
    with closing(Engine(Snapshot.open(index_dir), FakeEncoder())) as engine:
        return [[hit.text for hit in engine.search(asked).hits] for asked in QUESTIONS]


def _turn(path: Path, place: int, bit: int) -> None:
    """Turn a bit as a disk does: under whoever has the file mapped; size and times stay."""
    about = path.stat()
    with path.open("r+b") as stream:
        stream.seek(place)
        (byte,) = stream.read(1)
        stream.seek(place)
        stream.write(bytes([byte ^ 1 << bit]))
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))


def _told(index_dir: Path) -> str:
    """Ask; return what was told of damage, "" where there was an answer."""
    try:
        _ask(index_dir)
    except PrecedentError as error:
        return f"{error} {error.remedy}"
    return ""


def test_a_turned_bit_anywhere_is_told_or_answered_over(index_dir: Path) -> None:
    folder, at = current_dir(index_dir), random.Random(SEED)
    files = [path for path in folder.rglob("*") if path.is_file() and path.name[0] != "."]
    files = sorted(path for path in files if path.stat().st_size)
    sound = _ask(index_dir)
    told: list[str] = []
    for _ in range(FLIPS):
        path = at.choice(files)
        written = [place for place, byte in enumerate(path.read_bytes()) if byte]
        place, bit = at.choice(written), at.randrange(8)
        _turn(path, place, bit)
        told.append(_told(index_dir))
        _turn(path, place, bit)
    assert all("\n" not in each and (not each or "run `precedent" in each) for each in told)
    assert sum(map(bool, told)) > FLIPS / 4
    assert verify_files(folder) == []
    assert _ask(index_dir) == sound


def test_a_bit_that_could_end_the_process_is_found_before(index_dir: Path) -> None:
    """Of Tantivy's `.store`, lengths are taken as it opens: 500 PB of memory were asked for."""
    for path in (current_dir(index_dir) / "lexical").glob("*.store"):
        for place in range(path.stat().st_size):
            _turn(path, place, 7)
            assert f"{path.name}: is not as it was published" in _told(index_dir)
            _turn(path, place, 7)
    assert _told(index_dir) == ""


def test_a_fault_is_blamed_on_the_file_that_is_damaged_and_on_no_other(
    index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PanicError(BaseException):
        """As Tantivy raises it: no Exception."""

    def panic(*_: object, **__: object) -> None:
        raise PanicError

    (path,) = current_dir(index_dir).glob("serving.sqlite")
    monkeypatch.setattr("indexer.lexical.LexicalStore.titled_candidates", panic)
    with pytest.raises(PanicError):
        _ask(index_dir)
    last = path.stat().st_size - 1
    _turn(path, last, 0)
    with pytest.raises(IndexDamagedError, match=r"serving\.sqlite: is not as it was published"):
        _ask(index_dir)
    _turn(path, last, 0)
