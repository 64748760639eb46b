"""The library's file: opened for one piece of work at a time, by any thread and process.

A connection lasts as long as what is done in it (0.5 ms to open). So the command line and the
service can write by turns, and a file that was deleted is not written to for ever after.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.disk import is_full, refusal
from corpus.errors import LibraryError
from corpus.restricted import collection_of
from indexer.databases import damaged_copies
from indexer.journal import write_ahead
from indexer.migrations import copies_before
from indexer.scratch import sweep
from library.place import scratch_of
from library.schema import LIBRARY_VERSION, check_version, migrate

__all__ = ["Library"]

_BUSY_S = 10.0
"""Longest wait for another writer; each holds the file for some milliseconds."""

_SETTINGS = (
    "foreign_keys = ON",
    "secure_delete = ON",
    "synchronous = FULL",
    "trusted_schema = OFF",
)

_MAKING = threading.Lock()

_SIDES = ("-wal", "-shm", "-journal")


class Library:
    """Opens the file of the library; safe to share between threads."""

    def __init__(self, path: Path, view: frozenset[str] | None = None) -> None:
        """Name the file; it is made by the first thing that is kept, not before.

        Args:
            path: of it.
            view: restricted collections whose passages are shown; None shows all. What is kept of
                others is not lost, and not there for whoever reads through this.
        """
        self.path = path
        self._view = view

    def seen_by(self, view: frozenset[str]) -> Library:
        """Return the same library as those see it who see some restricted collections."""
        return Library(self.path, view)

    def _shown(self, passage_id: str) -> bool:
        name = collection_of(passage_id)
        return name is None or self._view is None or name in self._view

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection to read from; where there is no file yet, to an empty library.

        Raises:
            LibraryError: the file cannot be read.
        """
        with self._told("cannot be read"), contextlib.closing(self._readable()) as connection:
            connection.execute("BEGIN")  # all that is read is of one moment
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection in a transaction, which is committed, or of which nothing is.

        Raises:
            LibraryError: the file cannot be written.
        """
        with self._told("cannot be written"), contextlib.closing(self._begun()) as connection:
            try:
                yield connection
            except BaseException:
                with contextlib.suppress(sqlite3.Error):  # the first error is the one to tell
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def check_writable(self) -> None:
        """Raise LibraryError where nothing can be kept."""
        there = self.path if self.path.exists() else self.path.parent
        while not there.exists() and there != there.parent:
            there = there.parent
        folder = there.parent if there == self.path else there
        if not (folder.is_dir() and os.access(folder, os.W_OK) and os.access(there, os.W_OK)):
            raise LibraryError(str(self.path), "cannot be written", self._remedy)

    def wipe(self) -> bool:
        """Delete everything that is kept, and the file; tell whether there was one.

        What is deleted is overwritten first (`secure_delete`): a file that is merely unlinked can
        be recovered. On flash storage and in backups copies may remain all the same.
        """
        if not self.path.exists():
            return False
        with self._told("cannot be deleted"):
            with contextlib.closing(self._writable()) as connection:
                # Against readers and writers that have it open, and would go on with it.
                connection.execute("BEGIN IMMEDIATE")
                for table in ("collections", "entries", "searches", "seen", "censuses"):
                    connection.execute(f"DELETE FROM {table}")
                connection.execute("COMMIT")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.execute("VACUUM")
            sides = (Path(f"{self.path}{side}") for side in _SIDES)
            for name in (self.path, *sides, *copies_before(self.path), *damaged_copies(self.path)):
                name.unlink(missing_ok=True)
            for act in ("repair", "restore"):  # copies that were being made when they were killed
                sweep(self.path.parent, scratch_of(self.path, act))
        return True

    # Opening -----------------------------------------------------------------------------------

    @property
    def _remedy(self) -> str:
        return "make its folder writable, or name another file in PRECEDENT_LIBRARY"

    def _begun(self) -> sqlite3.Connection:
        """Open the file and begin a transaction, in the one that has its name by then.

        Who waits for a repair to end would else write to the damaged file, which is put aside.
        """
        while True:
            before = self._inode()
            connection = self._writable()
            try:
                connection.execute("BEGIN IMMEDIATE")
            except BaseException:
                connection.close()
                raise
            if before in (None, self._inode()):
                return connection
            connection.close()

    def _inode(self) -> int | None:
        try:
            return self.path.stat().st_ino
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _writable(self) -> sqlite3.Connection:
        if not self._is_there():
            self._make()
        connection = self._connect(f"file:{_quoted(self.path)}?mode=rw")
        try:
            check_version(connection, str(self.path))  # before anything is changed
            write_ahead(connection)
            migrate(connection, str(self.path))
        except BaseException:
            connection.close()
            raise
        return connection

    def _make(self) -> None:
        """Make a file with its tables, aside, since SQLite would give it the mode of the umask.

        So it never is empty, and one that is has lost what was in it. Once it is there it is never
        opened here: closing it would free the locks that SQLite holds on it in other threads (as
        POSIX has it).
        """
        with _MAKING:
            if self.path.exists():
                return
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            part = self.path.with_name(f".{self.path.name[:200]}.{os.getpid()}.part")
            part.unlink(missing_ok=True)
            try:
                os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
                with contextlib.closing(self._connect(f"file:{_quoted(part)}?mode=rw")) as made:
                    migrate(made, str(self.path))
                _put_in_place(part, self.path)
            finally:
                part.unlink(missing_ok=True)

    def _readable(self) -> sqlite3.Connection:
        if not self._is_there():
            return self._in_memory(None)
        try:
            connection, version = self._opened("mode=rw")
        except sqlite3.OperationalError as error:
            if is_full(error, self.path):  # no room for the file of 32 KB beside a WAL
                connection, version = self._opened("mode=rw", alone=True)
            elif error.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
                self._check_nothing_beside()
                connection, version = self._opened("mode=ro&immutable=1")
            else:
                raise
        if version != LIBRARY_VERSION:  # of an earlier one, which may not be writable
            with contextlib.closing(connection):
                return self._in_memory(connection)
        return connection

    def _check_nothing_beside(self) -> None:
        """Refuse to read a file without what a writer that was killed left to be taken into it."""
        beside = Path(f"{self.path}-wal")
        if beside.exists() and beside.stat().st_size:
            cause = f"{beside.name} holds what was kept last, and can be taken in by a writer only"
            raise LibraryError(str(self.path), cause, self._remedy)

    def _opened(self, how: str, *, alone: bool = False) -> tuple[sqlite3.Connection, int]:
        connection = self._connect(f"file:{_quoted(self.path)}?{how}", alone=alone)
        try:
            return connection, check_version(connection, str(self.path))
        except BaseException:
            connection.close()
            raise

    def _in_memory(self, source: sqlite3.Connection | None) -> sqlite3.Connection:
        connection = self._connect(":memory:")
        try:
            if source is not None:
                source.backup(connection)
            migrate(connection, str(self.path))
        except BaseException:
            connection.close()
            raise
        return connection

    def _is_there(self) -> bool:
        try:
            size = self.path.stat().st_size
        except (FileNotFoundError, NotADirectoryError):
            return False
        if not size:  # SQLite would take it for a new one, and what was kept for nothing
            remedy = "put it back from a copy, or delete it to begin anew"
            raise LibraryError(str(self.path), "is empty: it was cut short", remedy)
        return True

    def _connect(self, name: str, *, alone: bool = False) -> sqlite3.Connection:
        connection = sqlite3.connect(name, uri=True, isolation_level=None, timeout=_BUSY_S)
        try:
            connection.row_factory = sqlite3.Row
            if alone:  # first of all: what several processes share in a file, one keeps in memory
                connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            for setting in _SETTINGS:
                connection.execute(f"PRAGMA {setting}")
            connection.create_function("shown", 1, self._shown, deterministic=True)
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def _told(self, cause: str) -> Iterator[None]:
        try:
            yield
        except (sqlite3.OperationalError, OSError) as error:
            if is_full(error, self.path):
                told = refusal(error, self.path, "try again: what was kept before is kept")
                assert told is not None  # noqa: S101
                raise LibraryError(str(self.path), f"{cause}: {told.cause}", told.remedy) from error
            why = error.strerror if isinstance(error, OSError) else str(error)
            raise LibraryError(str(self.path), f"{cause}: {why}", self._remedy) from error
        except sqlite3.DatabaseError as error:
            remedy = "put it aside, or name another file in PRECEDENT_LIBRARY"
            raise LibraryError(str(self.path), f"{cause}: {error}", remedy) from error


def _put_in_place(part: Path, path: Path) -> None:
    """Give a file its name, unless another process was faster and has given it to another."""
    try:
        path.hardlink_to(part)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not path.exists():
            part.rename(path)


def _quoted(path: Path) -> str:
    return str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
