"""Switching a SQLite file to a write-ahead log, which several processes may do at once."""

from __future__ import annotations

import sqlite3
import time

__all__ = ["write_ahead"]

_BUSY_S = 10.0
"""Longest wait for another process; each holds the file for some milliseconds."""


def write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to a write-ahead log; SQLite does not wait by itself while another process does.

    Raises:
        sqlite3.OperationalError: another program holds the file without end, or the disk refuses.
    """
    deadline = time.monotonic() + _BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            held = error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
            if not held or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return
