"""The database of a snapshot: written from the catalogue, or an earlier one brought up to date.

Rows are numbers of passages. Once given they stay: passages of new and changed documents get the
next ones, those of documents that are gone leave theirs unused until a snapshot is written whole.
The rows of a document stand together, in reading order.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from indexer.catalogue import Catalogue
from indexer.schema import COPIED_TABLES, DERIVED_TABLES

__all__ = ["Changes", "changes_since", "counts_of", "reading", "refaceted", "update", "write"]

_BY_DOCUMENT = ("paragraphs", "passages", "footnotes")
"""Copied tables whose rows belong to a document and change with it alone."""

_FACETED = "title, kind, body, country, language, symbol, status, year"
"""Columns of a document that the lexical store holds with each of its passages."""

_ROWS = "row INTEGER PRIMARY KEY, document_id TEXT NOT NULL, ordinal INTEGER NOT NULL, part INTEGER"


_PASSAGES_OF = "SELECT count(*) FROM passages WHERE document_id = ?"


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between the catalogue and an earlier snapshot of it.

    Attributes:
        written: ids of documents that are new, or were read again.
        replaced: ids of documents of the snapshot that are gone, or were read again.
        dead: rows that the latter had.
        passages: of the documents written.
    """

    written: tuple[str, ...]
    replaced: tuple[str, ...]
    dead: tuple[int, ...]
    passages: int


def changes_since(catalogue: Catalogue, change: int, serving: Path) -> Changes:
    """Return what has changed since a snapshot was made at the catalogue's count of changes.

    It costs one look at each document's id, and what changed.
    """
    held = catalogue.connection
    written = [
        str(document_id)
        for (document_id,) in held.execute(
            "SELECT document_id FROM written WHERE change > ? ORDER BY 1", (change,)
        )
    ]
    with closing(reading(serving)) as earlier:
        before, now = _ids(earlier), _ids(held)
        replaced = sorted((before - now) | (before & set(written)))
        dead = [row for document_id in replaced for row in _rows(earlier, document_id)]
    passages = sum(
        int(held.execute(_PASSAGES_OF, (document_id,)).fetchone()[0]) for document_id in written
    )
    return Changes(tuple(written), tuple(replaced), tuple(dead), passages)


def _ids(connection: sqlite3.Connection) -> set[str]:
    return {
        document_id for (document_id,) in connection.execute("SELECT document_id FROM documents")
    }


def _rows(connection: sqlite3.Connection, document_id: str) -> list[int]:
    found = connection.execute(
        "SELECT row FROM rows WHERE document_id = ? ORDER BY row", (document_id,)
    )
    return [int(row) for (row,) in found]


def write(catalogue: Catalogue, target: Path) -> None:
    """Write the tables that a snapshot copies, and number all passages from 0."""
    connection = catalogue.connection
    with _attached(catalogue, target):
        for name in COPIED_TABLES:
            (statement,) = connection.execute(
                "SELECT sql FROM main.sqlite_master WHERE type = 'table' AND name = ?", (name,)
            ).fetchone()
            connection.execute(statement.replace(f"TABLE {name}", f"TABLE serving.{name}", 1))
            connection.execute(f"INSERT INTO serving.{name} SELECT * FROM main.{name}")
        for statement in DERIVED_TABLES:
            connection.execute(statement)
        connection.execute(f"CREATE TABLE serving.rows ({_ROWS} NOT NULL)")
        connection.execute(
            "INSERT INTO serving.rows SELECT row_number() OVER "
            "(ORDER BY document_id, ordinal, part) - 1, document_id, ordinal, part "
            "FROM main.passages"
        )
        connection.execute(
            "CREATE UNIQUE INDEX serving.rows_place ON rows (document_id, ordinal, part)"
        )
        connection.execute("CREATE INDEX serving.documents_symbol ON documents (symbol)")
        _write_copies(connection)


def update(catalogue: Catalogue, earlier: Path, target: Path, changes: Changes, first: int) -> None:
    """Copy an earlier snapshot's database and bring it up to date; new rows start at `first`.

    What publication derives is taken out of it, to be derived anew. The copy is as long as the
    file, which the kernel makes at a gigabyte a second; everything else is as long as the changes,
    but for a comparison of the rows of `documents`.
    """
    shutil.copyfile(earlier, target)
    connection = catalogue.connection
    with _attached(catalogue, target):
        connection.executemany(
            "DELETE FROM serving.documents WHERE document_id = ?", _each(changes.replaced)
        )
        for name in (*_BY_DOCUMENT, "rows"):
            connection.executemany(
                f"DELETE FROM serving.{name} WHERE document_id = ?", _each(changes.replaced)
            )
        for name in ("documents", *_BY_DOCUMENT):
            connection.executemany(
                f"INSERT INTO serving.{name} SELECT * FROM main.{name} WHERE document_id = ?",
                _each(changes.written),
            )
        row = first
        for document_id in changes.written:
            cursor = connection.execute(
                "INSERT INTO serving.rows SELECT ? + row_number() OVER (ORDER BY ordinal, part) "
                "- 1, document_id, ordinal, part FROM main.passages WHERE document_id = ?",
                (row, document_id),
            )
            row += cursor.rowcount
        _underive(connection)
        _write_copies(connection)


def _underive(connection: sqlite3.Connection) -> None:
    derived = ("status", "superseded_by", "concerns")
    connection.execute(
        f"UPDATE serving.documents SET {', '.join(f'{name} = m.{name}' for name in derived)} "
        "FROM main.documents m WHERE m.document_id = serving.documents.document_id AND "
        f"({' OR '.join(f'm.{name} IS NOT serving.documents.{name}' for name in derived)})"
    )
    for name in ("links", "folds", "copies", "failures"):
        connection.execute(f"DELETE FROM serving.{name}")
    connection.execute("INSERT INTO serving.failures SELECT * FROM main.failures")


def _write_copies(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO serving.copies SELECT document_id, c.source FROM main.copies c "
        "JOIN main.documents USING (document_id, sha256)"
    )


def refaceted(earlier: Path, target: Path, changes: Changes) -> list[str]:
    """Return ids of documents that did not change, and of which something that follows did.

    A resolution that another supersedes has another status than before, which is a facet of its
    passages.
    """
    columns = f"SELECT document_id, {_FACETED}"
    with closing(reading(target)) as connection:
        connection.execute(
            "ATTACH DATABASE ? AS earlier", (f"file:{quote(str(earlier))}?mode=ro&immutable=1",)
        )
        found = connection.execute(
            f"{columns} FROM main.documents EXCEPT {columns} FROM earlier.documents"
        ).fetchall()
    return sorted({str(row["document_id"]) for row in found} - set(changes.written))


def counts_of(connection: sqlite3.Connection) -> tuple[int, int, int]:
    """Return the numbers of documents, paragraphs and passages of a snapshot's database.

    Paragraphs are counted by document, for they stand with their texts and to count them is to read
    all of it.
    """
    (documents,) = connection.execute("SELECT count(*) FROM documents").fetchone()
    (paragraphs,) = connection.execute(
        "SELECT coalesce(sum((SELECT max(ordinal) + 1 FROM paragraphs g "
        "WHERE g.document_id = d.document_id)), 0) FROM documents d"
    ).fetchone()
    (passages,) = connection.execute("SELECT count(*) FROM rows").fetchone()
    return int(documents), int(paragraphs), int(passages)


def reading(path: Path) -> sqlite3.Connection:
    """Open a database that nothing writes to any more."""
    connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def _each(names: tuple[str, ...]) -> Iterator[tuple[str]]:
    return ((name,) for name in names)


@contextmanager
def _attached(catalogue: Catalogue, path: Path) -> Iterator[None]:
    """Let the catalogue's connection write to a second database, in one transaction."""
    connection = catalogue.connection
    connection.execute("ATTACH DATABASE ? AS serving", (str(path),))
    try:
        # A publication that is cut short is thrown away, and one that is not is written to disk
        # before it comes into service.
        connection.execute("PRAGMA serving.journal_mode = OFF")
        connection.execute("PRAGMA serving.synchronous = OFF")
        connection.execute("BEGIN")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # on a full disk SQLite has rolled back by itself
                connection.execute("ROLLBACK")
            raise
    finally:
        with suppress(sqlite3.Error):  # the first error is the one to tell
            connection.execute("DETACH DATABASE serving")
