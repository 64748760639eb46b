"""Making a backup while everything goes on: searches, the indexer, the service's uploads."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from corpus.errors import (
    NoIndexError,
)
from indexer.report import Progress
from indexer.restricted.place import collections_of
from indexer.scratch import scratch_in
from precedent.backup.arriving import arriving
from precedent.backup.contents import (
    MANIFEST,
    README,
    UPLOADS,
    Contents,
)
from precedent.backup.sealed import BackupWriter, sealed
from precedent.backup.staging import Staged, Wanted, stage

__all__ = ["Made", "Wanted", "make_backup"]

Tell = Callable[[Progress], None]

_README = """\
This is a backup of Precedent: the documents that were indexed, what was kept of them, and a list
of all members with their digests (manifest.json). What is under restricted/ was not public.

  precedent backup --check FILE     says whether it is whole
  precedent restore FILE            puts it back, on this machine or another

Without Precedent: catalogue.sqlite and library.sqlite are SQLite databases (tables documents,
paragraphs; collections, entries, searches); uploads/ holds files as they were uploaded. The last
64 bytes of this file are the sha256 of all before them.

It is not encrypted. Whoever has it can read everything in it.
"""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made.

    Attributes:
        file: its name, or "-".
        size: in bytes.
        sha256: of all but its last 64 bytes, in which it stands.
        contents: what it says of itself.
        left_out: names of restricted collections of the index that are not in it.
        passed_over: files among the uploads that no upload has made, and that are not in it.
    """

    file: str
    size: int
    sha256: str
    contents: Contents
    left_out: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()


def make_backup(wanted: Wanted, target: Path | BinaryIO, progress: Tell | None = None) -> Made:
    """Write a backup; under its name there is a whole one or none.

    Databases are copied as they are at one moment, one after the other. Nothing is kept waiting.

    Args:
        wanted: what goes into it.
        target: a file, replaced where it is a backup already; or a stream, such as a pipe.
        progress: told how far it has come.

    Raises:
        NoIndexError: there is no index.
        IndexDamagedError: the catalogue cannot be read whole, or could not be restored.
        LibraryError: a library cannot be.
        InputError: another file has that name, or the table of standing cannot be used.
        ServiceError: it cannot be written, or would be refused by a restoration.
    """
    catalogue = wanted.index_dir / "catalogue.sqlite"
    if not catalogue.exists():
        raise NoIndexError(
            str(wanted.index_dir), "holds no index", "run `precedent index PATH`, or name another"
        )
    with _scratch(wanted.index_dir) as scratch:
        staged = stage(wanted, scratch)
        left_out = () if wanted.restricted else collections_of(wanted.index_dir)
        if not isinstance(target, Path):
            counted = _Counted(target)
            digest, contents = _written(counted, staged, progress)
            return Made("-", counted.size, digest, contents, left_out, staged.passed_over)
        with arriving(target) as stream:
            digest, contents = _written(stream, staged, progress)
        size = target.stat().st_size
        return Made(str(target), size, digest, contents, left_out, staged.passed_over)


class _Counted:
    """A stream that counts what goes through it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.size = 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        return self._stream.write(data)

    def flush(self) -> None:
        self._stream.flush()


def _written(stream: object, staged: Staged, progress: Tell | None) -> tuple[str, Contents]:
    done, total = 0, staged.size

    def tell(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(Progress("write", done, max(done, total), "byte"))

    with sealed(stream, tell) as writer:  # type: ignore[arg-type]
        writer.add_bytes(README, _README.encode())
        for name, path in staged.files.items():
            _add(writer, name, path)
        for name, content in staged.jobs.items():
            writer.add_bytes(name, content)
        contents = replace(staged.contents, members=dict(writer.members))
        writer.add_bytes(MANIFEST, contents.as_json())
    return writer.digest, contents


def _add(writer: BackupWriter, name: str, path: Path) -> None:
    """Add a file; one of an upload may have gone since, with the document that was from it."""
    try:
        writer.add_file(name, path)
    except FileNotFoundError:
        if UPLOADS not in name:
            raise


@contextmanager
def _scratch(index_dir: Path) -> Iterator[Path]:
    """Lend a folder for the copies: in the index folder, if that can be written to."""
    with contextlib.ExitStack() as stack:
        try:
            folder = stack.enter_context(scratch_in(index_dir, "backup"))
        except OSError:
            folder = stack.enter_context(scratch_in(Path(tempfile.gettempdir()), "backup"))
        yield folder
