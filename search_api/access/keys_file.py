"""The SQLite file that keys are kept in: made for its owner alone, opened for one piece of work."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from corpus.errors import ServiceError

__all__ = ["KEYS_VERSION", "opened"]

_BUSY_S: Final = 5.0
_REMEDY = "make it and its folder yours to read and write, or name another file in PRECEDENT_KEYS"

_KEYS = """
CREATE TABLE keys (
    key_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,           -- JSON array
    digest BLOB NOT NULL,           -- SHA-256 of the key
    created_at TEXT NOT NULL,       -- ISO 8601, UTC
    last_used TEXT,                 -- a day
    expires_on TEXT,                -- its last day
    revoked_at TEXT,
    rate INTEGER,                   -- requests a minute
    quota INTEGER                   -- requests a day
)"""

_SPENT = """
CREATE TABLE spent (
    key_id TEXT NOT NULL REFERENCES keys ON DELETE CASCADE,
    day TEXT NOT NULL,
    requests INTEGER NOT NULL,
    PRIMARY KEY (key_id, day)
) WITHOUT ROWID"""


_OLD_SECRET = (
    "ALTER TABLE keys ADD COLUMN old_digest BLOB",  # SHA-256 of the secret before this one
    "ALTER TABLE keys ADD COLUMN old_until TEXT",  # ISO 8601, UTC: from then on it opens nothing
)


def _create(connection: sqlite3.Connection) -> None:
    for statement in (_KEYS, _SPENT):
        connection.execute(statement)


def _keep_old_secret(connection: sqlite3.Connection) -> None:
    for statement in _OLD_SECRET:
        connection.execute(statement)


MIGRATIONS: Final = (_create, _keep_old_secret)
"""As in the library: `MIGRATIONS[i]` brings a file from version i to i + 1."""

KEYS_VERSION: Final = len(MIGRATIONS)


@contextlib.contextmanager
def opened(path: Path, *, write: bool = True) -> Iterator[sqlite3.Connection]:
    """Yield a connection in a transaction that is committed, or of which nothing is.

    Where there is no file, one is made to write to; reading then finds no keys. Reading leaves a
    file of an earlier version as it is, for it may be one that can only be read: the columns that
    it lacks have defaults in `Key`.

    Raises:
        ServiceError: it cannot be read or written, or a later version wrote it.
    """
    try:
        with contextlib.closing(_connect(path, write=write)) as connection:
            if write or not _version(connection, path):
                _migrate(connection, path)
            connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
            try:
                yield connection
            except BaseException:
                with contextlib.suppress(sqlite3.Error):  # the first error is the one to tell
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
    except (sqlite3.Error, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise ServiceError(str(path), f"the keys cannot be used: {why}", _REMEDY) from error


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    if write and not path.exists():  # SQLite would give it the mode of the umask
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    there = write or path.exists()
    name = f"{path.absolute().as_uri()}?mode=rw" if there else ":memory:"  # never makes one
    connection = sqlite3.connect(name, uri=True, isolation_level=None, timeout=_BUSY_S)
    connection.row_factory = sqlite3.Row
    for setting in ("foreign_keys = ON", "secure_delete = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    while (version := _version(connection, path)) < KEYS_VERSION:
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _version(connection, path) == version:  # else another process was faster
                MIGRATIONS[version](connection)
                connection.execute(f"PRAGMA user_version = {version + 1}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > KEYS_VERSION:
        raise ServiceError(
            str(path),
            f"has version {version}, this software reads up to {KEYS_VERSION}",
            "install the newer Precedent, or name another file in PRECEDENT_KEYS",
        )
    return int(version)
