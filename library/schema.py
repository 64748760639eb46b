"""The tables of the library, and how old files become new ones.

As in the catalogue: `MIGRATIONS[i]` brings a file from version i to i + 1, in one transaction with
the version it reaches, and the statements of a version are never edited afterwards.
"""

from __future__ import annotations

import sqlite3

from corpus.errors import LibraryError
from indexer.migrations import bring_up, foreign_to

__all__ = ["LIBRARY_VERSION", "MIGRATIONS", "check_version", "foreign_to_schema", "migrate"]

_COLLECTIONS = """
CREATE TABLE collections (
    collection_id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,  -- library.records.name_key
    note TEXT NOT NULL,
    tags TEXT NOT NULL,             -- JSON array
    created_at TEXT NOT NULL, changed_at TEXT NOT NULL,  -- ISO 8601, UTC
    used INTEGER NOT NULL,          -- grows with every use: the last used has the greatest
    revision INTEGER NOT NULL
)"""

_ENTRIES = """
CREATE TABLE entries (
    entry_id INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections ON DELETE CASCADE,
    position INTEGER NOT NULL,      -- order within the collection; gaps are allowed
    note TEXT NOT NULL,
    tags TEXT NOT NULL,             -- JSON array
    added_at TEXT NOT NULL,
    revision INTEGER NOT NULL,
    passage_id TEXT NOT NULL, document_id TEXT NOT NULL,
    citation TEXT NOT NULL, text TEXT NOT NULL,
    symbol TEXT, title TEXT, url TEXT, date TEXT, language TEXT,
    standing TEXT, counts INTEGER NOT NULL,
    UNIQUE (collection_id, passage_id)
)"""

_SEARCHES = """
CREATE TABLE searches (
    search_id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    request TEXT NOT NULL,          -- JSON of a SearchRequest
    note TEXT NOT NULL,
    depth INTEGER NOT NULL,         -- how many of the best hits are watched
    created_at TEXT NOT NULL,
    revision INTEGER NOT NULL,
    seen_at TEXT, seen_index TEXT, seen_generation INTEGER
)"""

_SEEN = """
CREATE TABLE seen (
    search_id INTEGER NOT NULL REFERENCES searches ON DELETE CASCADE,
    place INTEGER NOT NULL,         -- from 0, best first
    passage_id TEXT NOT NULL, digest TEXT NOT NULL, citation TEXT NOT NULL,
    PRIMARY KEY (search_id, place)
) WITHOUT ROWID"""

_CENSUSES = """
CREATE TABLE censuses (
    index_id TEXT NOT NULL,
    generation INTEGER NOT NULL,
    keys BLOB NOT NULL,             -- little-endian uint64, sorted
    PRIMARY KEY (index_id, generation)
)"""


def _create(connection: sqlite3.Connection) -> None:
    for statement in (_COLLECTIONS, _ENTRIES):
        connection.execute(statement)
    connection.execute("CREATE INDEX entries_passage ON entries (passage_id)")


def _add_searches(connection: sqlite3.Connection) -> None:
    for statement in (_SEARCHES, _SEEN, _CENSUSES):
        connection.execute(statement)


MIGRATIONS = (_create, _add_searches)
LIBRARY_VERSION = len(MIGRATIONS)


def check_version(connection: sqlite3.Connection, name: str) -> int:
    """Return the version that a file has, 0 for a new one.

    Raises:
        LibraryError: a later version of the software wrote it.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > LIBRARY_VERSION:
        raise LibraryError(
            name,
            f"has version {version}, this software reads up to {LIBRARY_VERSION}",
            "install the newer Precedent, or name another file in PRECEDENT_LIBRARY",
        )
    return int(version)


def migrate(connection: sqlite3.Connection, name: str) -> None:
    """Bring a library to `LIBRARY_VERSION`; several processes may try at once.

    Raises:
        LibraryError: a later version of the software wrote it.
    """
    check_version(connection, name)
    bring_up(connection, MIGRATIONS)


def foreign_to_schema(connection: sqlite3.Connection) -> list[str]:
    """Return what stands in a library that its version does not have, or the other way round."""
    return foreign_to(connection, MIGRATIONS)
