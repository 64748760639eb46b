"""The SQLite file that keys are kept in: made for its owner alone, opened for one piece of work."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from corpus.errors import ServiceError

__all__ = ["KEYS_VERSION", "damaged", "intact", "opened", "seal", "seal_of"]

_BUSY_S: Final = 5.0
_PUT_BACK = (
    "put it back from a backup (`precedent restore --with-keys`), or remove it and make new keys"
)
_DAMAGE: Final = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_SEALED: Final = (
    "key_id", "name", "scopes", "digest", "created_at", "expires_on", "revoked_at", "rate", "quota",
    "old_digest", "old_until",
)  # fmt: skip
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


def _begin_to_seal(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE keys ADD COLUMN seal BLOB")
    seal(connection, [row["key_id"] for row in connection.execute("SELECT key_id FROM keys")])


MIGRATIONS: Final = (_create, _keep_old_secret, _begin_to_seal)
"""As in the library: `MIGRATIONS[i]` brings a file from version i to i + 1."""

KEYS_VERSION: Final = len(MIGRATIONS)


def seal_of(row: sqlite3.Row) -> bytes:
    """Return the digest of a row, but for the day of its last use.

    SQLite does not know when a disk has turned a bit: of 8,000 in a file of three keys, each turned
    by itself, 47 made a key good again that was revoked or had expired.

    Raises:
        IndexError: it is no row of a key.
    """
    held = [row[name] for name in _SEALED]
    said = [value.hex() if isinstance(value, bytes) else value for value in held]
    return hashlib.sha256(json.dumps(said).encode()).digest()


def intact(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of keys that are as they were written; none of a file without seals."""
    rows = connection.execute("SELECT * FROM keys").fetchall()
    return [
        row["key_id"]
        for row in rows
        if "seal" in row.keys() and row["seal"] == seal_of(row)  # noqa: SIM118
    ]


def seal(connection: sqlite3.Connection, key_ids: Sequence[str]) -> None:
    """Seal the rows of keys as they are now."""
    for key_id in key_ids:
        row = connection.execute("SELECT * FROM keys WHERE key_id = ?", (key_id,)).fetchone()
        connection.execute("UPDATE keys SET seal = ? WHERE key_id = ?", (seal_of(row), key_id))


def damaged(path: Path, what: str) -> ServiceError:
    """Return what to tell of a file that is not as it was written."""
    return ServiceError(str(path), f"the keys cannot be used: {what}", _PUT_BACK)


@contextlib.contextmanager
def opened(path: Path, *, write: bool = True) -> Iterator[sqlite3.Connection]:
    """Yield a connection in a transaction that is committed, or of which nothing is.

    Where there is no file, one is made to write to; reading then finds no keys. Reading leaves a
    file of an earlier version as it is, for it may be one that can only be read: the columns that
    it lacks have defaults in `Key`.

    Raises:
        ServiceError: it cannot be read or written, is damaged, or a later version wrote it.
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
    except UnicodeDecodeError as error:  # of a name in its schema
        raise damaged(path, "it is damaged") from error
    except (sqlite3.Error, OSError) as error:
        if getattr(error, "sqlite_errorname", "").startswith(_DAMAGE):
            raise damaged(path, str(error)) from error
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise ServiceError(str(path), f"the keys cannot be used: {why}", _REMEDY) from error


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    if write and not path.exists():
        _make(path)
    if not path.exists():
        return _connected(":memory:")
    if not path.stat().st_size:  # SQLite would take it for a new one
        raise damaged(path, "the file is empty: it was cut short")
    return _connected(f"{path.absolute().as_uri()}?mode=rw")  # never makes one


def _connected(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(name, uri=True, isolation_level=None, timeout=_BUSY_S)
    connection.row_factory = sqlite3.Row
    for setting in ("foreign_keys = ON", "secure_delete = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _make(path: Path) -> None:
    """Make the file beside its place, for its owner alone, so that it is never there half made."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with contextlib.closing(_connected(f"{part.absolute().as_uri()}?mode=rw")) as made:
            _migrate(made, path)
        with contextlib.suppress(FileExistsError):  # another process was faster
            path.hardlink_to(part)
    except OSError:  # a file system without hard links
        if not path.exists():
            part.rename(path)
    finally:
        part.unlink(missing_ok=True)


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
