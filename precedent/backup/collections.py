"""Restricted collections on their way into a backup: each catalogue, its uploads and its jobs."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import IndexBusyError, IndexDamagedError
from indexer.check.originals import uploaded_files
from indexer.databases import copy_database, read_database
from indexer.restricted.place import collection_dir, collections_of, views_asked
from precedent.backup.contents import CATALOGUE, JOBS, RESTRICTED, UPLOADS, is_member_name
from precedent.backup.relocation import unlocate, unlocated
from search_api.intake.forgetting import without_restricted
from search_api.intake.records import Record

__all__ = ["StagedCollections", "copy_catalogue", "jobs_of", "stage_catalogues"]

_TRIES = 5


@dataclass(slots=True)
class StagedCollections:
    """What of the restricted collections goes into a backup.

    Attributes:
        files: by name of the member.
        jobs: records of uploads, by name of the member.
        documents: how many each collection holds, by its name.
        views: that were asked for beside those that there are anyway.
    """

    files: dict[str, Path] = field(default_factory=dict)
    jobs: dict[str, bytes] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    views: list[list[str]] = field(default_factory=list)


def stage_catalogues(
    index_dir: Path, scratch: Path, *, restricted: bool, originals: bool
) -> StagedCollections:
    """Copy the public catalogue, and those of the collections, to `scratch`.

    Each copy is of one moment, and these follow each other: a document that is moved meanwhile
    might be in none of them. Then all are copied again.

    Raises:
        IndexDamagedError: a catalogue cannot be read whole.
        IndexBusyError: documents are moved without end.
    """
    names = collections_of(index_dir) if restricted else ()
    places = {CATALOGUE: index_dir / CATALOGUE}
    places |= {_member(name): collection_dir(index_dir, name) / CATALOGUE for name in names}
    for _ in range(_TRIES):
        before = _held(places.values()) if names else set()
        for member, path in places.items():
            target = scratch / member
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            copy_catalogue(path, target)
        copied = [scratch / member for member in places]
        if not names or not (before & _held(places.values())) - _held(copied):
            break
    else:
        cause = "documents are being moved between its collections"
        raise IndexBusyError(str(index_dir), cause, "wait until that ends")
    asked = [sorted(view) for view in views_asked(index_dir) if names and view <= set(names)]
    staged = StagedCollections(views=asked)
    for name in names:
        _stage(name, index_dir, scratch, staged, originals)
    return staged


def copy_catalogue(path: Path, target: Path) -> None:
    """Copy a catalogue whole.

    Raises:
        IndexDamagedError: it cannot be read.
    """
    try:
        copy_database(path, target)
    except sqlite3.DatabaseError as error:
        raise IndexDamagedError(
            str(path), f"cannot be read whole: {error}", "run `precedent repair`"
        ) from error


def jobs_of(
    folder: Path, index_dir: Path, hidden: Collection[str] | None = None
) -> dict[str, bytes]:
    """Return the records of uploads in a folder of the index, by name of the member.

    Args:
        folder: of the index, or of a collection of it.
        index_dir: folder of the index.
        hidden: ids that restricted documents had while they were public, and that are to be taken
            out; None leaves the records as they are.
    """
    found: dict[str, bytes] = {}
    for path in sorted((folder / "uploads" / "jobs").glob("*.json")):
        # One that goes, or cannot be read, is no loss: it tells of what was done.
        with contextlib.suppress(OSError, ValueError):
            content: bytes | None = path.read_bytes()
            if hidden is not None:
                content = _public_job(path.read_bytes(), index_dir, hidden)
            if content is not None and is_member_name(f"{JOBS}{path.name}"):
                found[f"{JOBS}{path.name}"] = unlocated(content, index_dir)
    return found


def _public_job(content: bytes, index_dir: Path, hidden: Collection[str]) -> bytes | None:
    """Return a record without what is restricted; None where nothing is left.

    Raises:
        ValueError: it cannot be read.
    """
    record = without_restricted(Record.model_validate_json(content), index_dir, hidden)
    return None if record is None else record.model_dump_json().encode()


def _member(name: str) -> str:
    return f"{RESTRICTED}{name}/{CATALOGUE}"


def _stage(
    name: str, index_dir: Path, scratch: Path, staged: StagedCollections, originals: bool
) -> None:
    member, folder = _member(name), collection_dir(index_dir, name)
    with contextlib.closing(sqlite3.connect(scratch / member, isolation_level=None)) as connection:
        unlocate(connection, index_dir)
        connection.execute("PRAGMA journal_mode = DELETE")
        (count,) = connection.execute("SELECT count(*) FROM documents").fetchone()
    staged.files[member] = scratch / member
    staged.documents[name] = int(count)
    if originals:
        for path in uploaded_files(folder):
            staged.files[f"{RESTRICTED}{name}/{UPLOADS}{path.parent.name}/{path.name}"] = path
        for job, record in jobs_of(folder, index_dir).items():
            staged.jobs[f"{RESTRICTED}{name}/{job}"] = record


def _held(catalogues: Iterable[Path]) -> set[str]:
    """Return the digests of all documents that some catalogues hold."""
    found: set[str] = set()
    for path in catalogues:
        try:
            with read_database(path) as connection:
                rows = connection.execute("SELECT sha256 FROM documents").fetchall()
        except sqlite3.DatabaseError as error:
            raise IndexDamagedError(
                str(path), f"cannot be read whole: {error}", "run `precedent repair`"
            ) from error
        found.update(str(digest) for (digest,) in rows)
    return found
