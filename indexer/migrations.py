"""Bringing SQLite files of earlier versions to the present one, step by step.

Each step is one transaction together with the version it reaches: an interruption leaves one
version or the other, and the next opening goes on. Before the first step the file is copied beside
itself (`catalogue.sqlite.v1`), for an earlier version of the software to go back to.
"""

from __future__ import annotations

import glob
import re
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

__all__ = ["bring_up", "copies_before", "foreign_to"]

Step = Callable[[sqlite3.Connection], None]


def bring_up(connection: sqlite3.Connection, steps: Sequence[Step]) -> None:
    """Take the steps that a file has not taken; several processes may try at once.

    Args:
        connection: in autocommit; a file that no later version has written.
        steps: `steps[i]` brings it from version i to i + 1.

    Raises:
        ServiceError: the copy cannot be written; the file is as it was.
    """
    first = _version(connection)
    while (version := _version(connection)) < len(steps):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _version(connection) == version:  # else another process was faster
                if version and version == first:  # while nobody else can make it another
                    _copy_beside(connection, version)
                steps[version](connection)
                connection.execute(f"PRAGMA user_version = {version + 1}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _copy_beside(connection: sqlite3.Connection, version: int) -> None:
    from indexer.databases import copy_database

    (_, _, name) = connection.execute("PRAGMA database_list").fetchone()
    if not name:  # in memory
        return
    target = Path(f"{name}.v{version}")
    for left in target.parent.glob(
        f".{glob.escape(target.name)}-*"
    ):  # by a process that was killed
        left.unlink()
    copy_database(Path(name), target)


def copies_before(path: Path) -> list[Path]:
    """Return the copies that were made of a file before it was brought up to date."""
    found = path.parent.glob(f"{path.name}.v*")
    return sorted(each for each in found if each.name.removeprefix(f"{path.name}.v").isdigit())


def foreign_to(connection: sqlite3.Connection, steps: Sequence[Step]) -> list[str]:
    """Return how the tables of a file differ from those that its version has.

    A file from elsewhere may bring a trigger or a view that runs as soon as it is written to; none
    of ours has any.
    """
    version = _version(connection)
    if version > len(steps):
        return [f"has version {version}, this software reads up to {len(steps)}"]
    if version < 1:
        return [f"has version {version}, which there is none of"]
    ours = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for step in steps[:version]:
            step(ours)
        expected, found = _schema(ours), _schema(connection)
    finally:
        ours.close()
    return [
        f"{kind} {name} is not as this software makes it"
        for kind, name, _ in sorted(expected ^ found, key=str)
    ]


def _schema(connection: sqlite3.Connection) -> set[tuple[str, str, str | None]]:
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    return {(str(kind), str(name), _without_comments(sql)) for kind, name, sql in rows}


def _without_comments(sql: str | None) -> str | None:
    """Return a statement without what earlier versions of it said in other words.

    One with a quotation mark is compared as it stands, for `--` inside of quotes is no comment.
    """
    if sql is None or any(mark in sql for mark in "'\"`["):
        return sql
    return " ".join(re.sub("--[^\n]*", "", sql).split())
