"""Whether SQLite cannot read a file because it is damaged, or only cannot have it just now.

What is damaged may be salvaged and replaced; what another program holds, or a disk refuses, may
not: all of it is still there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.disk import refusal
from corpus.errors import IndexBusyError, PrecedentError, StorageError

__all__ = ["had_now", "is_damage", "unavailable"]

_NOT_NOW = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_AUTH,
    }
)
"""Codes that say nothing of what is in a file. Python raises OperationalError for them, and for
text that is no UTF-8 too, which is damage."""


def is_damage(error: sqlite3.Error) -> bool:
    """Tell whether SQLite's error is of what stands in a file, and not of having it."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF not in _NOT_NOW


def unavailable(error: sqlite3.Error, path: Path) -> PrecedentError:
    """Return what to tell of an error that is no damage."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        cause = "another program has it open and does not let go of it"
        return IndexBusyError(str(path), cause, "close that program, then try again")
    told = refusal(error, path) if name.startswith(("SQLITE_IOERR", "SQLITE_FULL")) else None
    if told is not None:
        return told
    remedy = "look at its permissions and its disk, then try again"
    return StorageError(str(path), f"cannot be read just now: {error}", remedy)


@contextmanager
def had_now(path: Path) -> Iterator[None]:
    """Let errors of damage through, and tell any other of SQLite's as what it is.

    Raises:
        IndexBusyError: another program holds the file.
        StorageError: the disk refuses it.
        sqlite3.DatabaseError: it is damaged, or is not there.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if is_damage(error) or not path.exists():
            raise
        raise unavailable(error, path) from error
