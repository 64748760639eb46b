"""Collections; each function works in a connection of `library.file.Library`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from corpus.errors import ConflictError, InputError, UnknownNameError
from library.records import Collection, name_key

__all__ = [
    "MAX_COLLECTIONS",
    "all_collections",
    "change",
    "check_revision",
    "create",
    "find",
    "free_name",
    "named",
    "now",
    "remove",
    "touch",
    "written",
]

MAX_COLLECTIONS = 1_000

_COLLECTION = """
    SELECT c.collection_id, c.name, c.note, c.tags, c.created_at, c.changed_at, c.revision, c.used,
      (SELECT count(*) FROM entries e WHERE e.collection_id = c.collection_id
        AND shown(e.passage_id)) AS entries
    FROM collections c"""


def now() -> str:
    """Return the time, ISO 8601, UTC, in seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


# Collections -----------------------------------------------------------------------------------


def all_collections(connection: sqlite3.Connection) -> list[Collection]:
    """Return every collection, the last used first."""
    rows = connection.execute(f"{_COLLECTION} ORDER BY c.used DESC")
    return [_collection(row) for row in rows]


def find(connection: sqlite3.Connection, collection_id: int) -> Collection:
    """Return a collection.

    Raises:
        UnknownNameError: there is none of this id.
    """
    row = connection.execute(
        f"{_COLLECTION} WHERE c.collection_id = ?", (collection_id,)
    ).fetchone()
    if row is None:
        raise UnknownNameError(
            f"collection {collection_id}",
            "is not there",
            "it may have been removed; see the list",
        )
    return _collection(row)


def named(connection: sqlite3.Connection, name: str) -> Collection | None:
    """Return the collection of a name, or None; case does not matter."""
    row = connection.execute(f"{_COLLECTION} WHERE c.name_key = ?", (name_key(name),)).fetchone()
    return None if row is None else _collection(row)


def create(
    connection: sqlite3.Connection,
    name: str,
    note: str = "",
    tags: Sequence[str] = (),
    created_at: str | None = None,
) -> Collection:
    """Make a collection.

    Raises:
        ConflictError: the name is taken.
        InputError: there are too many already.
    """
    _check_free(connection, name)
    (count,) = connection.execute("SELECT count(*) FROM collections").fetchone()
    if count >= MAX_COLLECTIONS:
        raise InputError("library", f"holds {count:,} collections, no more fit", "remove some")
    at = now()
    made = connection.execute(
        "INSERT INTO collections (name, name_key, note, tags, created_at, changed_at, used, "
        f"revision) VALUES (?, ?, ?, ?, ?, ?, {_NEXT_USE}, 1)",
        (name, name_key(name), note, written(tags), created_at or at, at),
    )
    return find(connection, int(made.lastrowid or 0))


_NEXT_USE = "(SELECT 1 + coalesce(max(used), 0) FROM collections)"


def change(
    connection: sqlite3.Connection,
    collection_id: int,
    *,
    name: str | None = None,
    note: str | None = None,
    tags: Sequence[str] | None = None,
    revision: int | None = None,
) -> Collection:
    """Change what is given of a collection.

    Raises:
        UnknownNameError: there is none of this id.
        ConflictError: it has changed since `revision` was read, or the name is taken.
    """
    held = find(connection, collection_id)
    check_revision(f"collection {held.name}", held.revision, revision)
    if name is not None and name_key(name) != name_key(held.name):
        _check_free(connection, name)
    connection.execute(
        "UPDATE collections SET name = ?, name_key = ?, note = ?, tags = ?, "
        "revision = revision + 1 WHERE collection_id = ?",
        (
            held.name if name is None else name,
            name_key(held.name if name is None else name),
            held.note if note is None else note,
            written(held.tags if tags is None else tags),
            collection_id,
        ),
    )
    touch(connection, collection_id)
    return find(connection, collection_id)


def remove(connection: sqlite3.Connection, collection_id: int) -> Collection:
    """Remove a collection with the entries that are shown, and return what it was.

    Where it has others, it stays with those: nobody is to lose what he does
    not know of.

    Raises:
        UnknownNameError: there is none of this id.
    """
    held = find(connection, collection_id)
    connection.execute(
        "DELETE FROM entries WHERE collection_id = ? AND shown(passage_id)", (collection_id,)
    )
    connection.execute(
        "DELETE FROM collections WHERE collection_id = ? AND NOT EXISTS "
        "(SELECT 1 FROM entries e WHERE e.collection_id = collections.collection_id)",
        (collection_id,),
    )
    return held


def free_name(connection: sqlite3.Connection, name: str, taken: str = "collections") -> str:
    """Return a name that is free: itself, else with a number behind it."""
    tried, number = name, 1
    while _is_taken(connection, tried, taken):
        number += 1
        tried = f"{name} ({number})"
    return tried


def check_revision(subject: str, held: int, known: int | None) -> None:
    """Raise ConflictError where something has changed since it was read at a revision."""
    if known is not None and known != held:
        raise ConflictError(
            subject, "has been changed elsewhere since it was read", "read it again, then change it"
        )


def _check_free(connection: sqlite3.Connection, name: str) -> None:
    if (held := named(connection, name)) is not None:
        raise ConflictError(held.name, "a collection has this name", "choose another name")


def _is_taken(connection: sqlite3.Connection, name: str, table: str) -> bool:
    found = connection.execute(f"SELECT 1 FROM {table} WHERE name_key = ?", (name_key(name),))
    return found.fetchone() is not None


def touch(connection: sqlite3.Connection, collection_id: int) -> None:
    """Say that a collection was used and changed now."""
    connection.execute(
        f"UPDATE collections SET changed_at = ?, used = {_NEXT_USE} WHERE collection_id = ?",
        (now(), collection_id),
    )


def written(tags: Sequence[str]) -> str:
    """Return tags as they are stored."""
    return json.dumps(list(tags), ensure_ascii=False)


def _collection(row: sqlite3.Row) -> Collection:
    return Collection(**{**dict(row), "tags": tuple(json.loads(row["tags"]))})
