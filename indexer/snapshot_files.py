"""Snapshots as sources to salvage from: which of their files are as they were published."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import IndexUnusableError
from indexer.databases import faults_of
from indexer.manifest import Manifest, verify_files
from indexer.parts import CENTRING, SERVING, VECTORS
from indexer.republish import generations_of
from indexer.serving_file import reading

__all__ = ["SnapshotFiles", "sound_snapshots"]


@dataclass(frozen=True, slots=True)
class SnapshotFiles:
    """A snapshot whose database can be read.

    Attributes:
        folder: of it.
        manifest: of it.
        has_vectors: whether its vectors, and what was taken from them, are sound too.
    """

    folder: Path
    manifest: Manifest
    has_vectors: bool

    @property
    def generation(self) -> int:
        """Number of the publication."""
        return self.manifest.generation

    @contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection to its database."""
        with closing(reading(self.folder / SERVING)) as connection:
            yield connection


def sound_snapshots(index_dir: Path) -> list[SnapshotFiles]:
    """Return the snapshots that something can be taken from, the newest first."""
    found = []
    for folder in generations_of(index_dir):
        try:
            manifest = Manifest.read(folder)
            damaged = {each.path.name for each in verify_files(folder)}
        except IndexUnusableError:  # of another version, or its list is lost
            continue
        if SERVING in damaged or not _is_readable(folder / SERVING):
            continue
        stem = VECTORS.partition(".")[0]
        vectors = not any(name == CENTRING or name.startswith(stem) for name in damaged)
        found.append(SnapshotFiles(folder, manifest, vectors))
    return found


def _is_readable(path: Path) -> bool:
    try:
        with closing(reading(path)) as connection:
            return not faults_of(connection)
    except sqlite3.DatabaseError:
        return False
