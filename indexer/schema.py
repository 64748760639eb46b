"""The tables of the catalogue and of a published snapshot, and how old files become new ones.

`MIGRATIONS[i]` brings a catalogue from version i to i + 1; each runs in one transaction with the
version it reaches, so that an interruption leaves one version or the other. The statements of a
version are never edited afterwards: a new catalogue goes through every step as an old one does.
"""

from __future__ import annotations

import sqlite3

from corpus.errors import IndexMismatchError
from indexer.migrations import bring_up, foreign_to

__all__ = [
    "CATALOGUE_VERSION",
    "COPIED_TABLES",
    "DERIVED_TABLES",
    "MIGRATIONS",
    "foreign_to_schema",
    "migrate",
]

_DOCUMENTS = """
CREATE TABLE documents (
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
CREATE TABLE paragraphs (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,       -- reading order, from 0
    paragraph_id TEXT NOT NULL, number TEXT, kind TEXT NOT NULL,
    section TEXT NOT NULL,          -- JSON array, outermost first
    pages TEXT NOT NULL,            -- JSON array, from 1
    text TEXT NOT NULL, verb TEXT,
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID"""

_PASSAGES = """
CREATE TABLE passages (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,       -- of the paragraph
    part INTEGER NOT NULL, parts INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,  -- characters in the paragraph's text
    passage_id TEXT NOT NULL UNIQUE,
    text_sha256 BLOB NOT NULL,      -- key of its vector
    PRIMARY KEY (document_id, ordinal, part)
) WITHOUT ROWID"""

_FOOTNOTES = """
CREATE TABLE footnotes (
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

COPIED_TABLES = ("documents", "paragraphs", "passages", "footnotes", "failures")
"""Tables that a snapshot holds too, row by row as the catalogue has them."""

_COPIES_SERVED = """
CREATE TABLE serving.copies (
    document_id TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (document_id, source)
) WITHOUT ROWID"""

_LINKS = """
CREATE TABLE serving.links (
    document_id TEXT NOT NULL,
    kind TEXT NOT NULL,             -- a LinkKind: what `document_id` is to the other
    other_id TEXT NOT NULL,
    contained REAL,                 -- share of this text that the other has, 0 to 1, or unknown
    shared INTEGER,                 -- paragraphs that both have, or unknown
    PRIMARY KEY (document_id, kind, other_id)
) WITHOUT ROWID"""

_FOLDS = """
CREATE TABLE serving.folds (
    fold INTEGER NOT NULL,          -- passages of one fold say the same in linked documents
    row INTEGER NOT NULL,
    preference INTEGER NOT NULL,    -- of the document: the lowest is shown
    PRIMARY KEY (fold, row)
) WITHOUT ROWID"""

DERIVED_TABLES = (_COPIES_SERVED, _LINKS, _FOLDS)
"""Statements of the tables that publication works out, in a database attached as `serving`."""


def _create(connection: sqlite3.Connection) -> None:
    for statement in (_DOCUMENTS, _PARAGRAPHS, _PASSAGES, _FOOTNOTES):
        connection.execute(statement)
    for statement in (_SOURCES, _ORIGINS, _VECTORS, _STATE):
        connection.execute(statement)
    connection.execute("CREATE INDEX documents_symbol ON documents (symbol)")
    connection.execute("CREATE INDEX origins_source ON origins (source)")
    connection.execute("CREATE INDEX passages_text ON passages (text_sha256)")


_FAILURES = """
CREATE TABLE failures (
    source TEXT PRIMARY KEY,        -- file, or file and line
    origin TEXT NOT NULL,           -- the file
    kind TEXT NOT NULL,             -- one of indexer.report.KINDS
    reason TEXT NOT NULL,
    at TEXT NOT NULL                -- ISO 8601, UTC
) WITHOUT ROWID"""

_COPIES = """
CREATE TABLE copies (
    source TEXT NOT NULL,           -- file that holds the same bytes as the document's own
    document_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,           -- of those bytes: once the document has others, it is no copy
    PRIMARY KEY (source, document_id)
) WITHOUT ROWID"""

_SKETCHES = """
CREATE TABLE sketches (
    document_id TEXT PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    shingles INTEGER NOT NULL,      -- distinct ones of the whole text
    sketch BLOB NOT NULL            -- the sample of them, little-endian uint64
) WITHOUT ROWID"""

_ADDED_IN_2 = (
    "ALTER TABLE documents ADD COLUMN mandate_holder TEXT",
    "ALTER TABLE documents ADD COLUMN job_number TEXT",
    # JSON array of [kind, symbol]
    "ALTER TABLE documents ADD COLUMN relations TEXT NOT NULL DEFAULT '[]'",
    # JSON array of [code, weight, message]; NULL where an earlier version read the document
    "ALTER TABLE documents ADD COLUMN concerns TEXT",
    # JSON arrays; NULL where empty, because most are: [page, x0, y0, x1, y1] of each box
    "ALTER TABLE paragraphs ADD COLUMN addressees TEXT",
    "ALTER TABLE paragraphs ADD COLUMN states TEXT",
    "ALTER TABLE paragraphs ADD COLUMN boxes TEXT",
    "ALTER TABLE paragraphs ADD COLUMN ocr INTEGER NOT NULL DEFAULT 0",
    _FAILURES,
    _COPIES,
    _SKETCHES,
    "CREATE INDEX failures_origin ON failures (origin)",
)


def _add_reading_and_links(connection: sqlite3.Connection) -> None:
    for statement in _ADDED_IN_2:
        connection.execute(statement)


_WRITTEN = """
CREATE TABLE written (
    document_id TEXT PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    change INTEGER NOT NULL         -- the catalogue's count of changes when it was written
) WITHOUT ROWID"""

_TOUCHED = """
CREATE TABLE touched (
    text_sha256 BLOB PRIMARY KEY    -- of passages that came or went since all had vectors
) WITHOUT ROWID"""

_LIKENESSES = """
CREATE TABLE likenesses (           -- of pairs that were compared in full, until one changes
    one TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    other TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    mine REAL NOT NULL,             -- share of the shingles of `one` that `other` has
    theirs REAL NOT NULL,
    PRIMARY KEY (one, other)
) WITHOUT ROWID"""

_MATCHED = """
CREATE TABLE matched (              -- paragraphs that two linked documents share, until one changes
    one TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    other TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    matches BLOB NOT NULL,          -- little-endian int32: ordinal, other ordinal, whether the same
    PRIMARY KEY (one, other)
) WITHOUT ROWID"""


_CANDIDATES = """
CREATE TABLE candidates (           -- pairs whose sketches overlap, the lesser id first
    one TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    other TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    share REAL NOT NULL,            -- of the larger sketch
    PRIMARY KEY (one, other)
) WITHOUT ROWID"""

_PAIRED = """
CREATE TABLE paired (               -- documents whose pairs are among the candidates
    document_id TEXT PRIMARY KEY REFERENCES documents ON DELETE CASCADE
) WITHOUT ROWID"""


def _add_changes(connection: sqlite3.Connection) -> None:
    for statement in (_WRITTEN, _TOUCHED, _LIKENESSES, _MATCHED):
        connection.execute(statement)
    connection.execute("CREATE INDEX written_change ON written (change)")
    connection.execute("CREATE INDEX likenesses_other ON likenesses (other)")
    connection.execute("CREATE INDEX matched_other ON matched (other)")
    connection.execute("INSERT INTO written SELECT document_id, 0 FROM documents")


def _add_candidates(connection: sqlite3.Connection) -> None:
    for statement in (_CANDIDATES, _PAIRED):
        connection.execute(statement)
    connection.execute("CREATE INDEX candidates_other ON candidates (other)")


MIGRATIONS = (_create, _add_reading_and_links, _add_changes, _add_candidates)
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
    bring_up(connection, MIGRATIONS)


def foreign_to_schema(connection: sqlite3.Connection) -> list[str]:
    """Return what stands in a catalogue that its version does not have, or the other way round."""
    return foreign_to(connection, MIGRATIONS)
