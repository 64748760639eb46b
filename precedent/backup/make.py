"""Making a backup while everything goes on: searches, the indexer, the service's uploads."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from corpus.errors import (
    IndexUnusableError,
    NoIndexError,
    ServiceError,
)
from indexer.check.originals import uploaded_files
from indexer.databases import copy_database, read_database, version_of
from indexer.manifest import Manifest, current_dir, published_generation
from indexer.models import InstalledModel, verify
from indexer.report import Progress
from indexer.restricted.place import collections_of, views_of
from indexer.scratch import scratch_in
from precedent.backup.arriving import arriving
from precedent.backup.collections import jobs_of, stage_catalogues
from precedent.backup.contents import (
    CATALOGUE,
    KEYS,
    LIBRARY,
    MANIFEST,
    MODEL,
    README,
    STANDING,
    UPLOADS,
    Contents,
)
from precedent.backup.kept import stage_libraries
from precedent.backup.relocation import unlocate
from precedent.backup.sealed import BackupWriter, sealed
from precedent.backup.traces import clean_keys, hidden_in

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
class Wanted:
    """What goes into a backup.

    Attributes:
        index_dir: folder of the index.
        library: file of collections and saved searches; left out where there is none. Those of
            API keys lie beside it, and go in with it.
        originals: whether the files that were uploaded go in.
        model: folder of models, where the index's model goes in too.
        keys: file of API keys, where their digests go in too.
        standing: table of standing in place of the one Precedent comes with.
        restricted: whether restricted collections go in; else neither they do nor what libraries
            keep of them, and the keys are put in without the scopes of them.
    """

    index_dir: Path
    library: Path | None = None
    originals: bool = True
    model: Path | None = None
    keys: Path | None = None
    standing: Path | None = None
    restricted: bool = True


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made.

    Attributes:
        file: its name, or "-".
        size: in bytes.
        sha256: of all but its last 64 bytes, in which it stands.
        contents: what it says of itself.
        left_out: names of restricted collections of the index that are not in it.
    """

    file: str
    size: int
    sha256: str
    contents: Contents
    left_out: tuple[str, ...] = ()


def make_backup(wanted: Wanted, target: Path | BinaryIO, progress: Tell | None = None) -> Made:
    """Write a backup; under its name there is a whole one or none.

    Databases are copied as they are at one moment, one after the other. Nothing is kept waiting.

    Args:
        wanted: what goes into it.
        target: a file, replaced where it is a backup already; or a stream, such as a pipe.
        progress: told how far it has come.

    Raises:
        NoIndexError: there is no index.
        IndexDamagedError: the catalogue cannot be read whole.
        InputError: another file has that name.
        ServiceError: it cannot be written.
    """
    catalogue = wanted.index_dir / "catalogue.sqlite"
    if not catalogue.exists():
        raise NoIndexError(
            str(wanted.index_dir), "holds no index", "run `precedent index PATH`, or name another"
        )
    with _scratch(wanted.index_dir) as scratch:
        staged = _staged(wanted, scratch)
        left_out = () if wanted.restricted else collections_of(wanted.index_dir)
        if not isinstance(target, Path):
            counted = _Counted(target)
            digest, contents = _written(counted, staged, progress)
            return Made("-", counted.size, digest, contents, left_out)
        with arriving(target) as stream:
            digest, contents = _written(stream, staged, progress)
        return Made(str(target), target.stat().st_size, digest, contents, left_out)


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


@dataclass(frozen=True, slots=True)
class _Staged:
    """Copies that will not change any more, and what is said of them."""

    files: dict[str, Path]
    jobs: dict[str, bytes]
    contents: Contents

    @property
    def size(self) -> int:
        return sum(path.stat().st_size for path in self.files.values())


def _staged(wanted: Wanted, scratch: Path) -> _Staged:
    # Before the catalogue: what a job of this moment has read is in the catalogue by then.
    whole = wanted.originals and wanted.restricted
    jobs = jobs_of(wanted.index_dir, wanted.index_dir) if whole else {}
    apart = stage_catalogues(
        wanted.index_dir, scratch, restricted=wanted.restricted, originals=wanted.originals
    )
    hidden = None if wanted.restricted else hidden_in(wanted.index_dir, scratch / CATALOGUE)
    if hidden is not None and wanted.originals:
        jobs = jobs_of(wanted.index_dir, wanted.index_dir, hidden.documents)
    contents = replace(
        _described(scratch / CATALOGUE, wanted.index_dir),
        restricted=apart.documents,
        views=apart.views,
        without_restricted=not wanted.restricted,
        without_originals=not wanted.originals,
    )
    files = (
        {CATALOGUE: scratch / CATALOGUE}
        | apart.files
        | stage_libraries(wanted.library, scratch, hidden)
    )
    if LIBRARY in files:
        contents = replace(contents, library_version=version_of(files[LIBRARY]))
    if wanted.keys is not None and wanted.keys.exists():
        try:
            copy_database(wanted.keys, scratch / KEYS)
        except sqlite3.DatabaseError as error:
            cause = f"the keys cannot be read whole: {error}"
            raise ServiceError(str(wanted.keys), cause, "leave out --with-keys") from error
        if hidden is not None:
            clean_keys(scratch / KEYS)
        files[KEYS] = scratch / KEYS
    if wanted.standing is not None:
        files[STANDING] = wanted.standing
    if wanted.originals:
        for path in uploaded_files(wanted.index_dir):
            files[f"{UPLOADS}{path.parent.name}/{path.name}"] = path
    if wanted.model is not None:
        files |= _model_files(contents, wanted.model)
    return _Staged(files, jobs | apart.jobs, contents)


def _described(copy: Path, index_dir: Path) -> Contents:
    """Take the folder's name out of a copy of the catalogue, and return what is in it."""
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        unlocate(connection, index_dir)
        connection.execute("PRAGMA journal_mode = DELETE")
    with read_database(copy) as connection:
        state = dict(connection.execute("SELECT key, value FROM state").fetchall())
        documents, passages = (
            int(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0])  # noqa: S608
            for name in ("documents", "passages")
        )
    return Contents(
        software=version("precedent"),
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        identity=str(state.get("identity", "")),
        generation=published_generation(index_dir) or 0,
        catalogue_version=version_of(copy),
        library_version=None,
        documents=documents,
        passages=passages,
        encoder=_encoder(state, index_dir),
    )


def _encoder(state: dict[str, str], index_dir: Path) -> dict[str, object] | None:
    if "encoder" in state:
        held: dict[str, object] = json.loads(state["encoder"])
        return held
    for folder in views_of(index_dir).values():  # there may be no public document
        with contextlib.suppress(IndexUnusableError):  # nothing published, or by another version
            return asdict(Manifest.read(current_dir(folder)).encoder)
    return None


def _model_files(contents: Contents, models_dir: Path) -> dict[str, Path]:
    name = str((contents.encoder or {}).get("model", ""))
    model: InstalledModel = verify(name, models_dir)
    return {
        f"{MODEL}{path.relative_to(model.folder).as_posix()}": path
        for path in sorted(model.folder.rglob("*"))
        if path.is_file()
    }


def _written(stream: object, staged: _Staged, progress: Tell | None) -> tuple[str, Contents]:
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
