"""Entries of collections: passages with notes and tags; see `library.collections`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from corpus.errors import ConflictError, InputError, UnknownNameError
from library.collections import check_revision, find, now, touch, written
from library.records import Entry, PassageCopy

__all__ = [
    "MAX_ENTRIES",
    "add_entry",
    "change_entry",
    "entries_of",
    "entry",
    "holding",
    "move_entry",
    "remove_entry",
]

MAX_ENTRIES = 2_000
"""Of one collection: a page of so many is past reading, a Word file of them has 600 pages."""

_COPY = (
    "passage_id", "document_id", "citation", "text", "symbol", "title", "url", "date",
    "language", "standing", "counts",
)  # fmt: skip


def holding(connection: sqlite3.Connection, passage_id: str) -> dict[int, int]:
    """Return the collections that hold a passage, each with the id of its entry."""
    rows = connection.execute(
        "SELECT collection_id, entry_id FROM entries WHERE passage_id = ? AND shown(passage_id)",
        (passage_id,),
    )
    return {row["collection_id"]: row["entry_id"] for row in rows}


def entries_of(connection: sqlite3.Connection, collection_id: int) -> list[Entry]:
    """Return the entries of a collection, in their order."""
    rows = connection.execute(
        "SELECT * FROM entries WHERE collection_id = ? AND shown(passage_id) "
        "ORDER BY position, entry_id",
        (collection_id,),
    )
    return [_entry(row) for row in rows]


def entry(connection: sqlite3.Connection, collection_id: int, entry_id: int) -> Entry:
    """Return an entry.

    Raises:
        UnknownNameError: the collection has none of this id.
    """
    row = connection.execute(
        "SELECT * FROM entries WHERE collection_id = ? AND entry_id = ? AND shown(passage_id)",
        (collection_id, entry_id),
    ).fetchone()
    if row is None:
        find(connection, collection_id)
        raise UnknownNameError(
            f"entry {entry_id}", "is not in this collection", "it may have been removed"
        )
    return _entry(row)


def add_entry(
    connection: sqlite3.Connection,
    collection_id: int,
    copy: PassageCopy,
    *,
    note: str = "",
    tags: Sequence[str] = (),
    at: int | None = None,
    added_at: str | None = None,
) -> Entry:
    """Put a passage into a collection, at a place from 0, or at its end.

    Raises:
        UnknownNameError: there is no such collection, or the passage is restricted.
        ConflictError: it holds the passage already.
        InputError: no more fit.
    """
    held = find(connection, collection_id)
    (shown,) = connection.execute("SELECT shown(?)", (copy.passage_id,)).fetchone()
    if not shown:
        raise UnknownNameError(
            copy.passage_id, "no passage of that id", "take ids from search answers"
        )
    if collection_id in holding(connection, copy.passage_id):
        raise ConflictError(copy.citation, f"is in {held.name} already", "change its note there")
    if held.entries >= MAX_ENTRIES:
        raise InputError(
            held.name, f"holds {held.entries:,} passages, no more fit", "begin another"
        )
    made = connection.execute(
        f"INSERT INTO entries (collection_id, position, note, tags, added_at, revision, "
        f"{', '.join(_COPY)}) VALUES (?, (SELECT 1 + coalesce(max(position), 0) FROM entries "
        f"WHERE collection_id = ?), ?, ?, ?, 1, {', '.join('?' * len(_COPY))})",
        (
            *(collection_id, collection_id, note, written(tags), added_at or now()),
            *(getattr(copy, name) for name in _COPY),
        ),
    )
    entry_id = int(made.lastrowid or 0)
    touch(connection, collection_id)
    if at is not None and at < held.entries:
        move_entry(connection, collection_id, entry_id, at)
    return entry(connection, collection_id, entry_id)


def change_entry(
    connection: sqlite3.Connection,
    collection_id: int,
    entry_id: int,
    *,
    note: str | None = None,
    tags: Sequence[str] | None = None,
    copy: PassageCopy | None = None,
    revision: int | None = None,
) -> Entry:
    """Change what is given of an entry.

    Raises:
        UnknownNameError: the collection has none of this id.
        ConflictError: it has changed since `revision` was read.
    """
    held = entry(connection, collection_id, entry_id)
    check_revision(held.copy.citation, held.revision, revision)
    kept = held.copy if copy is None else copy
    connection.execute(
        f"UPDATE entries SET note = ?, tags = ?, revision = revision + 1, "
        f"{', '.join(f'{name} = ?' for name in _COPY)} WHERE entry_id = ?",
        (
            held.note if note is None else note,
            written(held.tags if tags is None else tags),
            *(getattr(kept, name) for name in _COPY),
            entry_id,
        ),
    )
    touch(connection, collection_id)
    return entry(connection, collection_id, entry_id)


def move_entry(
    connection: sqlite3.Connection, collection_id: int, entry_id: int, at: int
) -> list[Entry]:
    """Put an entry at a place from 0 and return all, in their new order.

    Raises:
        UnknownNameError: the collection has none of this id.
    """
    moved = entry(connection, collection_id, entry_id)
    others = [e for e in entries_of(connection, collection_id) if e.entry_id != entry_id]
    ordered = [*others[:at], moved, *others[at:]]
    connection.executemany(
        "UPDATE entries SET position = ? WHERE entry_id = ?",
        [(place, each.entry_id) for place, each in enumerate(ordered)],
    )
    touch(connection, collection_id)
    return ordered


def remove_entry(connection: sqlite3.Connection, collection_id: int, entry_id: int) -> Entry:
    """Take an entry out and return what it was.

    Raises:
        UnknownNameError: the collection has none of this id.
    """
    held = entry(connection, collection_id, entry_id)
    connection.execute("DELETE FROM entries WHERE entry_id = ?", (entry_id,))
    touch(connection, collection_id)
    return held


def _entry(row: sqlite3.Row) -> Entry:
    copy = PassageCopy(**{name: row[name] for name in _COPY} | {"counts": bool(row["counts"])})
    return Entry(
        entry_id=row["entry_id"],
        copy=copy,
        note=row["note"],
        tags=tuple(json.loads(row["tags"])),
        added_at=row["added_at"],
        revision=row["revision"],
    )
