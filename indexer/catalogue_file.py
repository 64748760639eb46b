"""The file of a catalogue: opened, written in transactions, and what is counted of all of it."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from corpus.disk import refusal
from indexer.journal import write_ahead
from indexer.lost import catalogue_damaged
from indexer.schema import migrate
from indexer.unread import is_damage, unavailable

__all__ = ["CatalogueFile"]


class CatalogueFile:
    """The opened file of a catalogue; use as a context manager."""

    def __init__(self, path: Path, *, restricted: str | None = None) -> None:
        """Open or create the catalogue at `path`.

        Args:
            path: its file.
            restricted: name of the restricted collection whose documents it holds, and no others;
                None holds none that is restricted.

        Raises:
            IndexMismatchError: a later version wrote it.
            IndexDamagedError: it is not a SQLite file.
            IndexBusyError: another program holds it.
            StorageError: the disk refuses it.
        """
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._restricted = restricted
        self._connection = sqlite3.connect(path, isolation_level=None)
        try:
            write_ahead(self._connection)
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            migrate(self._connection, str(path.parent))
        except sqlite3.DatabaseError as error:
            self._connection.close()
            if is_damage(error):
                raise catalogue_damaged(path, f"cannot be read: {error}") from error
            raise refusal(error, path) or unavailable(error, path) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, for publication."""
        return self._connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what happens inside, or nothing of it."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # on a full disk SQLite has rolled back by itself
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def lent(self, path: Path) -> Iterator[None]:
        """Attach another catalogue as `other`, to copy from it."""
        self._connection.execute("ATTACH DATABASE ? AS other", (str(path),))
        try:
            yield
        finally:
            self._connection.execute("DETACH DATABASE other")

    # State -------------------------------------------------------------------------------------

    def get(self, key: str) -> str | None:
        """Return a value kept under a key, or None."""
        row = self._connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def put(self, key: str, value: str) -> None:
        """Keep a value under a key."""
        self._connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))

    @property
    def change(self) -> int:
        """How many times documents have changed; a snapshot records the number it was made at."""
        return int(self.get("change") or 0)

    @property
    def identity(self) -> str:
        """A name drawn when it was first asked for: counts of two catalogues are not comparable."""
        held = self.get("identity")
        if held is None:
            held = secrets.token_hex(8)
            self.put("identity", held)
        return held

    def count_change(self) -> None:
        """Count a change, after which what is in service is no longer up to date."""
        self.put("change", str(self.change + 1))

    def count(self, table: str) -> int:
        """Return the number of rows of a table."""
        (count,) = self._connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        return int(count)
