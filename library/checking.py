"""Whether the library is whole, and saving what can be read of one that is not."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from corpus.errors import LibraryError
from indexer.check.report import RESTORE, Report
from indexer.databases import faults_of, fold_log, read_database, replace_damaged
from indexer.scratch import scratch_in
from indexer.unread import is_damage, unavailable
from library.file import Library
from library.place import scratch_of
from library.schema import LIBRARY_VERSION

__all__ = ["LibraryRepaired", "check_library", "repair_library"]

_TABLES = ("collections", "entries", "searches", "seen", "censuses")
_JSON = (("collections", "tags"), ("entries", "tags"), ("searches", "request"))
_BEGIN_ANEW = "restore a backup, or delete it to begin anew"
_BUSY_S = 10.0
_FIRST = 1 << 16
"""Row ids that are tried one by one where a table cannot be read through."""


@dataclass(frozen=True, slots=True)
class LibraryRepaired:
    """What became of a damaged library.

    Attributes:
        path: the file.
        kept: the damaged one, under its new name.
        held: rows saved, by table.
        unread: tables of which something could not be read.
        adopted: entries whose collection was lost; they stand in one made for them.
        untagged: collections and entries whose tags could not be read, and which have none now.
        dropped: names of saved searches whose request could not be read; they are not kept.
    """

    path: str
    kept: str
    held: dict[str, int]
    unread: tuple[str, ...]
    adopted: int
    untagged: int = 0
    dropped: tuple[str, ...] = ()


def check_library(path: Path, report: Report) -> None:
    """Look for damage in the file, and for what should be JSON and is not; none is no damage.

    Raises:
        LibraryError: it cannot be had just now: another program holds it, or the disk refuses it.
    """
    if not path.exists():
        return
    if not path.stat().st_size:
        report.add("library", str(path), "is empty: it was cut short", _BEGIN_ANEW)
        return
    try:
        with read_database(path) as connection:
            _check(connection, path, report)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise _unavailable(error, path) from error
        report.add("library", str(path), f"cannot be read: {error}", RESTORE)


def _check(connection: sqlite3.Connection, path: Path, report: Report) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > LIBRARY_VERSION:
        detail = f"has version {version}, this software reads up to {LIBRARY_VERSION}"
        report.add("library", str(path), detail, "install the newer Precedent")
        return
    if not version:
        report.add("library", str(path), "has no version: it is no library", _BEGIN_ANEW)
        return
    faults = faults_of(connection)
    for fault in faults:
        report.add("library", str(path), fault, RESTORE)
    if faults or version < LIBRARY_VERSION:
        return
    for table, column in _JSON:
        for number, (value,) in enumerate(connection.execute(f"SELECT {column} FROM {table}"), 1):
            if not _is_json(value):
                report.add("library", f"{table} row {number}", f"its {column} are no JSON", RESTORE)


def repair_library(path: Path) -> LibraryRepaired:
    """Put what can be read into a new library in the place of a damaged one, which is kept.

    Whoever wants to keep something meanwhile waits, and keeps it in the new one.

    Raises:
        LibraryError: the new one cannot be written, or the damaged one cannot be had just now, or
            is none of ours.
    """
    try:
        with _held(path) as held:
            return _repaired(path, held)
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            raise
        raise _unavailable(error, path) from error
    except OSError as error:
        remedy = "make room in its folder, and that writable"
        raise LibraryError(str(path), f"cannot be repaired: {error.strerror}", remedy) from error


def _unavailable(error: sqlite3.Error, path: Path) -> LibraryError:
    told = unavailable(error, path)
    return LibraryError(told.subject, told.cause, told.remedy)


@contextmanager
def _held(path: Path) -> Iterator[bool]:
    """Keep writers of a file waiting; yield whether that is possible: it may be no database."""
    name = f"file:{quote(str(path.absolute()))}?mode=rw"
    connection = sqlite3.connect(name, uri=True, isolation_level=None, timeout=_BUSY_S)
    try:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
        yield connection.in_transaction
    finally:
        connection.close()


def _repaired(path: Path, held: bool) -> LibraryRepaired:
    with scratch_in(path.parent, scratch_of(path, "repair")) as folder:
        scratch = folder / path.name
        unread: list[str] = []
        with Library(scratch).writing() as fresh:
            fresh.execute("PRAGMA defer_foreign_keys = ON")
            try:
                with read_database(path) as damaged:
                    _require_ours(damaged, path)
                    unread = [each for each in _TABLES if not _take_over(damaged, fresh, each)]
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                unread = list(_TABLES)
            adopted = _adopt(fresh)
            untagged, dropped = _mend_json(fresh)
            for table, parent, key in (("seen", "searches", "search_id"),):
                fresh.execute(
                    f"DELETE FROM {table} WHERE {key} NOT IN (SELECT {key} FROM {parent})"
                )
            rows = {
                each: int(fresh.execute(f"SELECT count(*) FROM {each}").fetchone()[0])
                for each in _TABLES
            }
        fold_log(scratch)
        kept = replace_damaged(scratch, path, held=held)
    return LibraryRepaired(str(path), str(kept), rows, tuple(unread), adopted, untagged, dropped)


def _require_ours(damaged: sqlite3.Connection, path: Path) -> None:
    """Refuse to replace a sound database in which nothing is of a library."""
    found = {str(name) for (name,) in damaged.execute("SELECT name FROM sqlite_master")}
    if found.isdisjoint(_TABLES) and not faults_of(damaged):
        cause = "holds no table of a library, and was left as it is"
        raise LibraryError(str(path), cause, "restore a backup, or name another file")


def _take_over(damaged: sqlite3.Connection, fresh: sqlite3.Connection, table: str) -> bool:
    """Copy the rows of a table that can be read, from both ends and between; tell whether all."""
    known = [row["name"] for row in fresh.execute(f"PRAGMA table_info({table})")]
    there = [row["name"] for row in damaged.execute(f"PRAGMA table_info({table})")]
    names = [name for name in known if name in there]
    if not names:  # of an earlier version, which had no such table
        return True
    listed = ", ".join(f'"{name}"' for name in names)
    put = f"INSERT OR IGNORE INTO {table} ({listed}) VALUES ({', '.join('?' * len(names))})"
    whole = True
    for order in ("ASC", "DESC"):
        try:
            for row in damaged.execute(f"SELECT {listed} FROM {table} ORDER BY 1 {order}"):
                fresh.execute(put, tuple(row))
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            whole = False
        if whole:
            return True
    if names[0] in ("collection_id", "entry_id", "search_id") and table != "seen":
        for number in range(1, _FIRST):
            try:
                row = damaged.execute(
                    f"SELECT {listed} FROM {table} WHERE {names[0]} = ?", (number,)
                ).fetchone()
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                continue
            if row is not None:
                fresh.execute(put, tuple(row))
    return False


def _mend_json(fresh: sqlite3.Connection) -> tuple[int, tuple[str, ...]]:
    """Take away tags that are no JSON, and searches whose request is none; return what was."""
    untagged = 0
    for table, key in (("collections", "collection_id"), ("entries", "entry_id")):
        odd = [(number,) for number, tags in fresh.execute(f"SELECT {key}, tags FROM {table}")
               if not _is_json(tags)]  # fmt: skip
        fresh.executemany(f"UPDATE {table} SET tags = '[]' WHERE {key} = ?", odd)
        untagged += len(odd)
    found = fresh.execute("SELECT search_id, name, request FROM searches ORDER BY 1").fetchall()
    lost = [(number, str(name)) for number, name, request in found if not _is_json(request)]
    fresh.executemany("DELETE FROM searches WHERE search_id = ?", [(number,) for number, _ in lost])
    return untagged, tuple(name for _, name in lost)


def _is_json(value: str | bytes) -> bool:
    try:
        json.loads(value)
    except (ValueError, TypeError, RecursionError):
        return False
    return True


def _adopt(fresh: sqlite3.Connection) -> int:
    """Give the entries whose collection is lost a collection again."""
    orphans = fresh.execute(
        "SELECT DISTINCT collection_id FROM entries WHERE collection_id NOT IN "
        "(SELECT collection_id FROM collections) ORDER BY 1"
    ).fetchall()
    adopted = 0
    for (number,) in orphans:
        name = f"Saved from a damaged file {number}"
        fresh.execute(
            "INSERT INTO collections VALUES (?, ?, ?, '', '[]', "
            "strftime('%Y-%m-%dT%H:%M:%SZ'), strftime('%Y-%m-%dT%H:%M:%SZ'), 0, 1)",
            (number, name, name.casefold()),
        )
        (count,) = fresh.execute(
            "SELECT count(*) FROM entries WHERE collection_id = ?", (number,)
        ).fetchone()
        adopted += int(count)
    return adopted
