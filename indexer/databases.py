"""SQLite files as files: read beside their writer, copied whole, put in the place of another.

A SQLite file is never copied as bytes here: what was committed last may stand in the log beside it,
and a writer may be at work. `VACUUM INTO` reads one moment of it, whatever is written meanwhile,
and leaves out the pages of what was deleted.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from corpus.disk import sync_folder
from corpus.errors import PrecedentError, ServiceError
from indexer.linked_files import link_or_copy
from indexer.unread import is_damage

__all__ = [
    "SIDES",
    "copy_database",
    "damaged_copies",
    "drop_free_pages",
    "faults_of",
    "fold_log",
    "put_in_place",
    "read_database",
    "read_rows",
    "replace_damaged",
    "version_of",
]

SIDES = ("-wal", "-shm", "-journal")
"""Ends of the names of the files that SQLite keeps beside one."""

_MOST_FAULTS = 100
"""What SQLite lists at most; a file with more of them is no better known."""

_BUSY_S = 10.0

_DAMAGED = ".damaged-"


@contextmanager
def read_database(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection that reads, of one moment and of nothing later, and writes nothing.

    Raises:
        sqlite3.DatabaseError: it is no SQLite file, or a damaged one.
    """
    name = f"file:{quote(str(path.absolute()))}"
    connection = sqlite3.connect(f"{name}?mode=ro", uri=True, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if not error.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
            raise
        # A folder that cannot be written has no room for the files beside a log.
        connection = sqlite3.connect(f"{name}?mode=ro&immutable=1", uri=True, isolation_level=None)
    except BaseException:
        connection.close()
        raise
    connection.row_factory = sqlite3.Row
    with closing(connection):
        yield connection


def read_rows(
    connection: sqlite3.Connection | None, query: str, values: Sequence[object] = ()
) -> tuple[list[sqlite3.Row], bool]:
    """Return the rows that can be read before one cannot, and whether all could.

    Raises:
        sqlite3.OperationalError: the file cannot be had just now; that is no damage.
    """
    rows: list[sqlite3.Row] = []
    if connection is None:
        return rows, False
    try:
        for row in connection.execute(query, values):
            rows.append(row)  # noqa: PERF402 - those before an error are kept
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        return rows, False
    return rows, True


def version_of(path: Path) -> int:
    """Return the version that the software gave a file."""
    with read_database(path) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def faults_of(connection: sqlite3.Connection, schema: str = "main") -> list[str]:
    """Return what SQLite finds wrong with a file: its pages, its indexes, its references.

    Raises:
        sqlite3.OperationalError: the file cannot be had just now; that is no damage.
    """
    try:
        found = connection.execute(f"PRAGMA {schema}.integrity_check({_MOST_FAULTS})").fetchall()
        faults = [str(line) for (line,) in found if line != "ok"]
        broken = connection.execute(f"PRAGMA {schema}.foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        return [str(error)]
    return faults + [f"a row of {row[0]} refers to no {row[2]}" for row in broken]


def copy_database(
    source: Path, target: Path, alive: Callable[[], object] | None = None, *, mode: int = 0o600
) -> None:
    """Write a whole copy of one moment of a file, and write it to disk.

    Writers are not kept waiting, and neither is this for them. The copy comes under its name when
    it is whole.

    Args:
        source: a SQLite file, in use or not.
        target: replaced, where it is there.
        alive: called now and then; what it raises ends the copying.
        mode: of the copy.

    Raises:
        sqlite3.DatabaseError: the source is damaged.
        ServiceError: the copy cannot be written.
    """
    scratch = target.with_name(f".{target.name}-{os.getpid()}")
    scratch.unlink(missing_ok=True)
    stopped: list[BaseException] = []

    def look() -> int:
        try:
            if alive is not None:
                alive()
        except BaseException as error:
            stopped.append(error)
            return 1
        return 0

    try:
        os.close(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
        with read_database(source) as connection:
            connection.set_progress_handler(look, 100_000)
            connection.execute("VACUUM INTO ?", (str(scratch),))
        with scratch.open("rb") as stream:
            os.fsync(stream.fileno())
        scratch.replace(target)
        sync_folder(target.parent)
    except (sqlite3.OperationalError, OSError) as error:
        scratch.unlink(missing_ok=True)
        if stopped:
            raise stopped[0] from error
        if isinstance(error, sqlite3.OperationalError) and not _is_of_the_disk(error):
            raise
        cause = error.strerror if isinstance(error, OSError) else str(error)
        raise ServiceError(
            str(target), f"cannot be written: {cause}", "make room on its disk, or choose another"
        ) from error
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise


def _is_of_the_disk(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorname.startswith(
        ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_F")
    )


def put_in_place(new: Path, target: Path, busy: PrecedentError) -> Path | None:
    """Put a file in the place of another; either one or the other is there at every moment.

    What is there is overwritten in a transaction of its own, so that whoever has it open reads on
    and then reads the new. What cannot be opened any more is moved aside.

    Args:
        new: a whole file nobody else has open; gone from there afterwards.
        target: its place.
        busy: raised where somebody else keeps writing to it.

    Returns:
        where a damaged file was moved to, or None.

    Raises:
        ServiceError: it cannot be written; what was there is as it was.
    """
    if target.exists():
        try:
            _overwrite(new, target, busy)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise busy from error
            raise ServiceError(
                str(target), f"cannot be written: {error}", "look at its disk and its permissions"
            ) from error
        except sqlite3.DatabaseError:
            return replace_damaged(new, target)
        else:
            new.unlink()
            return None
    target.parent.mkdir(parents=True, exist_ok=True)
    new.replace(target)
    sync_folder(target.parent)
    return None


def _overwrite(new: Path, target: Path, busy: PrecedentError) -> None:
    name = f"file:{quote(str(target.absolute()))}?mode=rw"
    deadline = time.monotonic() + _BUSY_S
    with (
        closing(sqlite3.connect(new, isolation_level=None)) as source,
        closing(sqlite3.connect(name, uri=True, isolation_level=None)) as there,
    ):
        there.execute("PRAGMA synchronous = FULL")
        there.execute("PRAGMA secure_delete = ON")
        if faults_of(there):  # pages that SQLite cannot follow could spoil what is written over
            raise sqlite3.DatabaseError("is damaged")
        while True:
            try:
                source.backup(there)
                break
            except sqlite3.OperationalError as error:
                if not error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                    raise
                if time.monotonic() > deadline:
                    raise busy from error
                time.sleep(0.05)


def replace_damaged(new: Path, target: Path, *, held: bool = False) -> Path:
    """Put a file in the place of a damaged one, which keeps another name beside it.

    Args:
        new: a whole file nobody else has open; gone from there afterwards.
        target: the damaged one.
        held: whether the caller keeps writers waiting: then nothing is gained by waiting for them.

    Returns:
        what the damaged file is called now.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = target.with_name(f"{target.name}{_DAMAGED}{stamp}")
    link_or_copy(target, aside)
    with contextlib.suppress(FileNotFoundError):
        shutil.copyfile(f"{target}-wal", f"{aside}-wal")
    # What its log holds must not be played into the new file. Where it can be, it is played into
    # the damaged one first, so that a kill in between leaves that with all it had.
    with (
        contextlib.suppress(sqlite3.DatabaseError),
        closing(
            sqlite3.connect(target, isolation_level=None, timeout=0.0 if held else _BUSY_S)
        ) as connection,
    ):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for side in SIDES:
        Path(f"{target}{side}").unlink(missing_ok=True)
    new.replace(target)
    sync_folder(target.parent)
    return aside


def fold_log(path: Path) -> None:
    """Bring all of a file that nobody else has open into the one file, so that it can be moved."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")


def drop_free_pages(path: Path) -> None:
    """Write a file that nobody else has open anew, without the pages of what was deleted."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("VACUUM")


def damaged_copies(path: Path) -> list[Path]:
    """Return the files that `replace_damaged` has kept, and those beside them."""
    return sorted(path.parent.glob(f"{path.name}{_DAMAGED}*"))
