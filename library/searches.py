"""Saved searches, and what each gave at the last visit; see `library.collections`."""

from __future__ import annotations

import sqlite3

from corpus.errors import ConflictError, InputError, UnknownNameError
from library.collections import check_revision, now
from library.records import SavedSearch, Seen, SeenHit, name_key

__all__ = [
    "MAX_SEARCHES",
    "all_searches",
    "change",
    "create",
    "find",
    "mark_seen",
    "named",
    "remove",
    "seen_of",
]

MAX_SEARCHES = 500

_SEARCH = """
    SELECT search_id, name, request, note, depth, created_at, revision,
      seen_at, seen_index, seen_generation FROM searches"""


def all_searches(connection: sqlite3.Connection) -> list[SavedSearch]:
    """Return every saved search, the newest first."""
    rows = connection.execute(f"{_SEARCH} ORDER BY search_id DESC")
    return [SavedSearch(**dict(row)) for row in rows]


def find(connection: sqlite3.Connection, search_id: int) -> SavedSearch:
    """Return a saved search.

    Raises:
        UnknownNameError: there is none of this id.
    """
    row = connection.execute(f"{_SEARCH} WHERE search_id = ?", (search_id,)).fetchone()
    if row is None:
        raise UnknownNameError(
            f"saved search {search_id}",
            "is not there",
            "it may have been removed; see the list",
        )
    return SavedSearch(**dict(row))


def named(connection: sqlite3.Connection, name: str) -> SavedSearch | None:
    """Return the saved search of a name, or None; case does not matter."""
    row = connection.execute(f"{_SEARCH} WHERE name_key = ?", (name_key(name),)).fetchone()
    return None if row is None else SavedSearch(**dict(row))


def create(
    connection: sqlite3.Connection,
    name: str,
    request: str,
    *,
    depth: int,
    note: str = "",
    created_at: str | None = None,
) -> SavedSearch:
    """Keep a search, not yet visited.

    Raises:
        ConflictError: the name is taken.
        InputError: there are too many already.
    """
    _check_free(connection, name)
    (count,) = connection.execute("SELECT count(*) FROM searches").fetchone()
    if count >= MAX_SEARCHES:
        raise InputError("library", f"holds {count:,} saved searches, no more fit", "remove some")
    made = connection.execute(
        "INSERT INTO searches (name, name_key, request, note, depth, created_at, revision) "
        "VALUES (?, ?, ?, ?, ?, ?, 1)",
        (name, name_key(name), request, note, depth, created_at or now()),
    )
    return find(connection, int(made.lastrowid or 0))


def change(
    connection: sqlite3.Connection,
    search_id: int,
    *,
    name: str | None = None,
    note: str | None = None,
    revision: int | None = None,
) -> SavedSearch:
    """Change what is given of a saved search.

    Raises:
        UnknownNameError: there is none of this id.
        ConflictError: it has changed since `revision` was read, or the name is taken.
    """
    held = find(connection, search_id)
    check_revision(f"saved search {held.name}", held.revision, revision)
    if name is not None and name_key(name) != name_key(held.name):
        _check_free(connection, name)
    wanted = held.name if name is None else name
    connection.execute(
        "UPDATE searches SET name = ?, name_key = ?, note = ?, revision = revision + 1 "
        "WHERE search_id = ?",
        (wanted, name_key(wanted), held.note if note is None else note, search_id),
    )
    return find(connection, search_id)


def remove(connection: sqlite3.Connection, search_id: int) -> SavedSearch:
    """Remove a saved search and return what it was.

    Raises:
        UnknownNameError: there is none of this id.
    """
    held = find(connection, search_id)
    connection.execute("DELETE FROM searches WHERE search_id = ?", (search_id,))
    _forget_censuses(connection)
    return held


def seen_of(connection: sqlite3.Connection, search_id: int) -> Seen | None:
    """Return what a search gave at the last visit, or None where there was none.

    Raises:
        UnknownNameError: there is none of this id.
    """
    held = find(connection, search_id)
    if held.seen_at is None or held.seen_index is None or held.seen_generation is None:
        return None
    rows = connection.execute(
        "SELECT passage_id, digest, citation FROM seen WHERE search_id = ? AND shown(passage_id) "
        "ORDER BY place",
        (search_id,),
    )
    census = connection.execute(
        "SELECT keys FROM censuses WHERE index_id = ? AND generation = ?",
        (held.seen_index, held.seen_generation),
    ).fetchone()
    return Seen(
        index=held.seen_index,
        generation=held.seen_generation,
        at=held.seen_at,
        hits=tuple(SeenHit(**dict(row)) for row in rows),
        census=b"" if census is None else census["keys"],
    )


def mark_seen(connection: sqlite3.Connection, search_id: int, seen: Seen) -> SavedSearch:
    """Keep what a search gives as what was seen of it.

    Raises:
        UnknownNameError: there is none of this id.
    """
    find(connection, search_id)
    connection.execute(
        "UPDATE searches SET seen_at = ?, seen_index = ?, seen_generation = ? WHERE search_id = ?",
        (seen.at, seen.index, seen.generation, search_id),
    )
    connection.execute("DELETE FROM seen WHERE search_id = ?", (search_id,))
    connection.executemany(
        "INSERT INTO seen VALUES (?, ?, ?, ?, ?)",
        [
            (search_id, place, hit.passage_id, hit.digest, hit.citation)
            for place, hit in enumerate(seen.hits)
        ],
    )
    connection.execute(
        "INSERT OR IGNORE INTO censuses VALUES (?, ?, ?)",
        (seen.index, seen.generation, seen.census),
    )
    _forget_censuses(connection)
    return find(connection, search_id)


def _forget_censuses(connection: sqlite3.Connection) -> None:
    connection.execute(
        "DELETE FROM censuses WHERE (index_id, generation) NOT IN (SELECT seen_index, "
        "seen_generation FROM searches WHERE seen_index IS NOT NULL)"
    )


def _check_free(connection: sqlite3.Connection, name: str) -> None:
    if (held := named(connection, name)) is not None:
        raise ConflictError(held.name, "a saved search has this name", "choose another name")
