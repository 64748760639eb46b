"""What is said of a catalogue that cannot be read, or is not there any more."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from corpus.disk import refusal
from corpus.errors import IndexDamagedError
from indexer.unread import unavailable

__all__ = ["catalogue_damaged", "catalogue_told", "odd_value"]

_REMEDY = (
    "run `precedent repair`, or put it back from a backup with `precedent restore`; what is "
    "published goes on answering"
)


_TYPES = frozenset({"text", "integer", "blob", "real"})


def catalogue_damaged(path: Path, cause: str, remedy: str = _REMEDY) -> IndexDamagedError:
    """Return the error for a catalogue that cannot be used, to be raised."""
    return IndexDamagedError(str(path), cause, remedy)


@contextmanager
def catalogue_told(path: Path) -> Iterator[None]:
    """Raise IndexDamagedError where what fails inside fails because the catalogue is damaged.

    Damage to a page shows where the page is read: as SQLite's own error, or as a value that is not
    what was written. Before either is blamed on the catalogue, SQLite looks through the whole of it
    (0.3 s for 30,000 passages).

    Raises:
        IndexDamagedError: it is damaged.
        IndexBusyError: another program has the file and does not let go of it.
    """
    try:
        yield
    except (sqlite3.Error, ValueError, KeyError, TypeError, IndexError) as error:
        name = getattr(error, "sqlite_errorname", "")
        if isinstance(error, sqlite3.Error) and name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise unavailable(error, path) from error
        if refusal(error, path) is not None:  # the disk's fault: whoever wrote to it tells that
            raise
        found = _damage_in(path)
        if found is None:
            raise
        raise catalogue_damaged(path, f"is damaged: {found}") from error


def _damage_in(path: Path) -> str | None:
    """Return the first thing that SQLite finds wrong with a database, or None."""
    name = f"file:{quote(str(path.absolute()))}?mode=ro"
    try:
        with closing(sqlite3.connect(name, uri=True)) as connection:
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            return odd_value(connection) if found == "ok" else str(found).splitlines()[-1]
    except sqlite3.DatabaseError as error:
        return str(error)


def _quoted(name: str) -> str:
    """Write a name as SQL does; a damaged file may hold any."""
    return '"' + name.replace('"', '""') + '"'


def odd_value(connection: sqlite3.Connection) -> str | None:
    """Return the first column that holds a value of another type than it has, or None.

    SQLite keeps what a flipped bit makes of a value's type, and finds nothing wrong with it.
    """
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        columns = connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,))
        for name, kind in columns.fetchall():
            held, column = _quoted(table), _quoted(name)
            odd = connection.execute(
                f"SELECT 1 FROM {held} WHERE typeof({column}) NOT IN (?, 'null') LIMIT 1",
                (kind.lower(),),
            ).fetchone()
            if odd and kind.lower() in _TYPES:
                return f"a value of {table}.{name} is not of its type"
    return None
