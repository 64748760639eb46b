"""The tables of the catalogue and of a published snapshot, and how old files become new ones.

`MIGRATIONS[i]` brings a catalogue from version i to i + 1; each runs in one transaction with the
version it reaches, so that an interruption leaves one version or the other.
"""

from __future__ import annotations

import sqlite3

from corpus.errors import IndexMismatchError

__all__ = ["CATALOGUE_VERSION", "SERVING_TABLES", "migrate"]

_DOCUMENTS = """
CREATE TABLE {schema}documents (
    document_id TEXT PRIMARY KEY,
    symbol TEXT, title TEXT, kind TEXT, body TEXT, mandate TEXT,
    country TEXT NOT NULL,          -- JSON array of ISO 3166-1 alpha-3
    session TEXT, agenda_item TEXT, date TEXT, year INTEGER, language TEXT,
    source TEXT NOT NULL, sha256 TEXT NOT NULL,
    status TEXT, superseded_by TEXT,
    vote TEXT,                      -- JSON array: in favour, against, abstaining
    url TEXT, file_format TEXT, page_count INTEGER,
    quality TEXT NOT NULL,          -- JSON object of corpus.types.Quality
    warnings TEXT NOT NULL          -- JSON array
)"""

_PARAGRAPHS = """
CREATE TABLE {schema}paragraphs (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,       -- reading order, from 0
    paragraph_id TEXT NOT NULL, number TEXT, kind TEXT NOT NULL,
    section TEXT NOT NULL,          -- JSON array, outermost first
    pages TEXT NOT NULL,            -- JSON array, from 1
    text TEXT NOT NULL, verb TEXT,
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID"""

_PASSAGES = """
CREATE TABLE {schema}passages (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,       -- of the paragraph
    part INTEGER NOT NULL, parts INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,  -- characters in the paragraph's text
    passage_id TEXT NOT NULL UNIQUE,
    text_sha256 BLOB NOT NULL,      -- key of its vector
    PRIMARY KEY (document_id, ordinal, part)
) WITHOUT ROWID"""

_FOOTNOTES = """
CREATE TABLE {schema}footnotes (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    mark TEXT NOT NULL, text TEXT NOT NULL, page INTEGER, paragraph_id TEXT,
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID"""

_SOURCES = """
CREATE TABLE sources (
    source TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    reading TEXT NOT NULL,          -- version of the readers and of chunking
    read_at TEXT NOT NULL
) WITHOUT ROWID"""

_ORIGINS = """
CREATE TABLE origins (
    document_id TEXT PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    source TEXT NOT NULL,
    reading TEXT NOT NULL           -- version of the readers and of chunking
) WITHOUT ROWID"""

_VECTORS = """
CREATE TABLE vectors (
    text_sha256 BLOB NOT NULL,
    model_digest TEXT NOT NULL,
    vector BLOB NOT NULL,           -- float16, little-endian, (dim,)
    PRIMARY KEY (text_sha256, model_digest)
) WITHOUT ROWID"""

_STATE = """
CREATE TABLE state (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID"""

SERVING_TABLES = {
    "documents": _DOCUMENTS,
    "paragraphs": _PARAGRAPHS,
    "passages": _PASSAGES,
    "footnotes": _FOOTNOTES,
}
"""Tables that a snapshot holds too, by name; `{schema}` takes "" or "serving."."""


def _create(connection: sqlite3.Connection) -> None:
    for statement in SERVING_TABLES.values():
        connection.execute(statement.format(schema=""))
    for statement in (_SOURCES, _ORIGINS, _VECTORS, _STATE):
        connection.execute(statement)
    connection.execute("CREATE INDEX documents_symbol ON documents (symbol)")
    connection.execute("CREATE INDEX origins_source ON origins (source)")
    connection.execute("CREATE INDEX passages_text ON passages (text_sha256)")


MIGRATIONS = (_create,)
CATALOGUE_VERSION = len(MIGRATIONS)


def migrate(connection: sqlite3.Connection, name: str) -> None:
    """Bring a catalogue to `CATALOGUE_VERSION`.

    Raises:
        IndexMismatchError: a later version of the software wrote it.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > CATALOGUE_VERSION:
        raise IndexMismatchError(
            name,
            f"its catalogue has version {version}, this software reads up to {CATALOGUE_VERSION}",
            "install the newer Precedent, or index into another folder with --index",
        )
    for reached in range(version, CATALOGUE_VERSION):
        connection.execute("BEGIN IMMEDIATE")
        MIGRATIONS[reached](connection)
        connection.execute(f"PRAGMA user_version = {reached + 1}")
        connection.execute("COMMIT")
