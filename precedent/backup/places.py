"""Where a backup is put, and whether it may be: all of it asked before anything is done."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ConflictError, InputError, ServiceError
from indexer.check.originals import uploaded_files
from indexer.republish import generations_of
from indexer.restricted.place import collections_of
from indexer.schema import CATALOGUE_VERSION
from indexer.scratch import scratch_in
from library.file import Library
from library.place import library_of, scratch_of
from library.schema import LIBRARY_VERSION
from precedent.backup.contents import CATALOGUE, KEYED, KEYS, LIBRARY
from precedent.backup.reading import Backup

__all__ = ["Places", "check_empty", "check_room", "check_versions", "staged_beside"]

_ROOM = 3
"""Times the size of what is taken out that has to be free: itself, the snapshot, and SQLite's
own log of what is put in place."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a backup is put.

    Attributes:
        index_dir: folder of the index.
        library: file of collections and saved searches.
        models: folder of models.
        keys: file of API keys, or None: they stay in the backup.
        takes_model: whether a model of the backup is put among the models.
    """

    index_dir: Path
    library: Path
    models: Path
    keys: Path | None = None
    takes_model: bool = False


@contextmanager
def staged_beside(target: Path) -> Iterator[Path]:
    """Lend the name of a file that is made ready for its place on the disk of that."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with scratch_in(target.parent, scratch_of(target, "restore")) as folder:
        yield folder / target.name


def check_versions(backup: Backup) -> None:
    """Refuse a backup whose databases a later version has written."""
    contents = backup.contents
    for what, held, known in (
        ("catalogue", contents.catalogue_version, CATALOGUE_VERSION),
        ("library", contents.library_version or 0, LIBRARY_VERSION),
    ):
        if held > known:
            raise InputError(
                str(backup.path),
                f"was made by Precedent {contents.software}: its {what} has version {held}, this "
                f"software reads up to {known}",
                "install the newer Precedent",
            )


def check_empty(backup: Backup, places: Places) -> None:
    """Refuse to restore over what is there."""
    remedy = "restore into another folder with --index, or give --replace to replace what is there"
    catalogue = places.index_dir / CATALOGUE
    there = (catalogue.exists(), collections_of(places.index_dir))
    if any(there) or generations_of(places.index_dir) or uploaded_files(places.index_dir):
        raise ConflictError(str(places.index_dir), "holds an index already", remedy)
    own = [places.library] if LIBRARY in backup.contents.members else []
    of_keys = [library_of(Path(name).stem, places.library) for name in backup.names(KEYED)]
    for library in [*own, *of_keys]:
        if library.exists() and _keeps_something(library):
            remedy = remedy.replace("another folder with --index", "another file with --library")
            raise ConflictError(str(library), "holds collections already", remedy)
    if KEYS in backup.contents.members and places.keys is not None and places.keys.exists():
        raise ConflictError(
            str(places.keys), "holds keys already", "give --replace to replace them"
        )


def _keeps_something(library: Path) -> bool:
    with Library(library).reading() as connection:
        return any(
            connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone()  # noqa: S608
            for name in ("collections", "searches")
        )


def check_room(backup: Backup, index_dir: Path) -> None:
    """Refuse to begin what the disk has no room for."""
    needed = _ROOM * backup.size_out
    free = shutil.disk_usage(index_dir).free
    if free < needed:
        raise ServiceError(
            str(index_dir),
            f"{free >> 20:,} MiB free, restoring needs {needed >> 20:,} MiB",
            "make room on its disk, or name another with --index",
        )
