"""The catalogue of a view: a mirror of the public one and of those of its collections.

It is copied document by document, those that changed alone, with their vectors: nothing is read or
embedded again. As it is a catalogue like any other, publication works out everything else from it:
links, folds, standing, statistics are of what is in the view.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from pathlib import Path

from corpus.restricted import collection_of
from indexer.catalogue import Catalogue
from indexer.reading import ANOTHER_TEXT

__all__ = [
    "MIRRORED_TABLES",
    "Part",
    "borrow_vectors",
    "drop_warnings",
    "mirror",
    "stamps_of",
    "transfer",
]

Part = tuple[Path, Catalogue]
"""The file of a catalogue, and the same, open."""

_MIRRORED = """
CREATE TABLE IF NOT EXISTS mirrored (
    document_id TEXT PRIMARY KEY,
    stamp TEXT NOT NULL             -- which writing, of which catalogue, it is a copy of
) WITHOUT ROWID"""

_STAMPS = """
    SELECT document_id, ? || ' ' || change || ' ' || sha256 || ' ' || reading
    FROM documents JOIN written USING (document_id) JOIN origins USING (document_id)"""

_COPIED = ("documents", "origins", "paragraphs", "passages", "footnotes", "sketches")

MIRRORED_TABLES = ("documents", "paragraphs", "passages", "footnotes")
"""Of those that are copied, the ones that publication changes nothing in."""

_NOTED = ("copies", "failures")

_VECTORS = """
    INSERT OR IGNORE INTO main.vectors SELECT v.* FROM other.passages p
    JOIN other.vectors v USING (text_sha256) WHERE p.document_id = ?"""


def mirror(view: Catalogue, parts: Sequence[Part], without: Collection[str] = ()) -> None:
    """Bring the catalogue of a view up to date with the catalogues it is made of.

    A mirroring that is cut short is finished by the next; nothing is published in between.

    Args:
        view: to bring up to date.
        parts: that it is made of.
        without: ids of documents to leave out, as those of which a vector is missing.
    """
    held = view.connection
    held.execute(_MIRRORED)
    wanted: dict[str, tuple[int, str]] = {}
    for number, (_, part) in enumerate(parts):
        for document_id, stamp in stamps_of(part.connection, part.identity).items():
            if document_id not in without:
                wanted[document_id] = (number, stamp)
    before: dict[str, str] = dict(held.execute("SELECT document_id, stamp FROM mirrored"))
    with view.transaction():
        for document_id in before.keys() - wanted.keys():
            view.forget(document_id)
            held.execute("DELETE FROM mirrored WHERE document_id = ?", (document_id,))
    for number, (path, _) in enumerate(parts):
        changed = sorted(
            (document_id, stamp)
            for document_id, (part, stamp) in wanted.items()
            if part == number and before.get(document_id) != stamp
        )
        if changed:
            with view.lent(path), view.transaction():
                for document_id, stamp in changed:
                    _copy(view, document_id)
                    held.execute(
                        "INSERT OR REPLACE INTO mirrored VALUES (?, ?)", (document_id, stamp)
                    )
    for table in _NOTED:
        _copy_noted(view, [part for _, part in parts], table)


def stamps_of(connection: sqlite3.Connection, identity: str) -> dict[str, str]:
    """Return, for each document of a catalogue, which writing of it that is."""
    return {str(id_): str(stamp) for id_, stamp in connection.execute(_STAMPS, (identity,))}


def borrow_vectors(catalogue: Catalogue, lender: Path) -> None:
    """Take over vectors of texts that came and that another catalogue has as well."""
    with catalogue.lent(lender), catalogue.transaction():
        catalogue.connection.execute(
            "INSERT OR IGNORE INTO main.vectors SELECT v.* FROM main.touched t "
            "JOIN other.vectors v USING (text_sha256)"
        )


def _copy(view: Catalogue, document_id: str) -> None:
    view.forget(document_id)
    held = view.connection
    for table in _COPIED:
        held.execute(
            f"INSERT INTO main.{table} SELECT * FROM other.{table} WHERE document_id = ?",
            (document_id,),
        )
    held.execute(_VECTORS, (document_id,))
    view.note_written(document_id)


def _copy_noted(view: Catalogue, parts: Sequence[Catalogue], table: str) -> None:
    """Copy what is noted of files that hold no document of their own."""
    there = {row for part in parts for row in part.connection.execute(f"SELECT * FROM {table}")}
    held = view.connection
    if there == set(held.execute(f"SELECT * FROM {table}")):
        return
    with view.transaction():
        held.execute(f"DELETE FROM {table}")
        for row in sorted(there):
            held.execute(f"INSERT OR REPLACE INTO {table} VALUES ({','.join('?' * len(row))})", row)
        if view.count("documents"):  # else there is nothing to publish
            view.count_change()


def transfer(
    catalogue: Catalogue, document_id: str, new_id: str, source: str, new_source: str
) -> None:
    """Copy a document of the catalogue that is lent, under another id, within a transaction.

    Args:
        catalogue: to copy to.
        document_id: there.
        new_id: here; ids of passages follow it.
        source: file that it was read from.
        new_source: where that lies from now on.
    """
    held = catalogue.connection
    catalogue.forget(new_id)
    renamed = {
        "document_id": ":new_id",
        "passage_id": ":new_id || substr(passage_id, length(document_id) + 1)",
        "source": ":new_source",
    }
    values = {"new_id": new_id, "new_source": new_source, "held": document_id, "source": source}
    for table in _COPIED:
        columns = [name for _, name, *_ in held.execute(f"PRAGMA main.table_info({table})")]
        taken = ", ".join(renamed.get(name, f'"{name}"') for name in columns)
        held.execute(
            f"INSERT INTO main.{table} SELECT {taken} FROM other.{table} WHERE document_id = :held",
            values,
        )
    held.execute(_VECTORS, (document_id,))
    held.execute(
        "INSERT OR REPLACE INTO main.sources SELECT :new_source, sha256, reading, read_at "
        "FROM other.sources WHERE source = :source",
        values,
    )
    catalogue.note_written(new_id)


def drop_warnings(catalogue: Catalogue, document_id: str, name: str | None) -> None:
    """Drop what a document says of one that is restricted elsewhere, within a transaction."""
    row = catalogue.connection.execute(
        "SELECT warnings FROM documents WHERE document_id = ?", (document_id,)
    ).fetchone()
    said = json.loads(row[0])
    left = [
        each
        for each in said
        if not each.startswith(ANOTHER_TEXT) or collection_of(each) in (None, name)
    ]
    if left != said:
        catalogue.connection.execute(
            "UPDATE documents SET warnings = ? WHERE document_id = ?",
            (json.dumps(left, ensure_ascii=False), document_id),
        )
