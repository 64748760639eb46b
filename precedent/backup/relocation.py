"""Paths of files that lie in the index folder: named without it in a backup, and with it again."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from precedent.backup.contents import HERE

__all__ = ["located", "relocate", "unlocate", "unlocated"]

_COLUMNS = (
    ("documents", "source"),
    ("origins", "source"),
    ("sources", "source"),
    ("failures", "source"),
    ("failures", "origin"),
    ("copies", "source"),
    ("claims", "source"),
    ("released", "source"),
    ("folders", "folder"),
)
"""Columns of a catalogue that hold paths; the last three are of restricted collections."""


def unlocate(connection: sqlite3.Connection, index_dir: Path) -> None:
    """Take the folder of the index out of a catalogue's paths."""
    for folder in {f"{index_dir.absolute()}/", f"{index_dir.resolve()}/"}:
        _replace(connection, folder, f"{HERE}/")


def relocate(connection: sqlite3.Connection, index_dir: Path) -> None:
    """Put a folder where another was taken out."""
    _replace(connection, f"{HERE}/", f"{index_dir.absolute()}/")


def _replace(connection: sqlite3.Connection, before: str, after: str) -> None:
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    connection.execute("BEGIN")
    for table, column in _COLUMNS:
        if table in tables:
            connection.execute(
                f"UPDATE {table} SET {column} = ? || substr({column}, ?) "  # noqa: S608 - constants
                f"WHERE substr({column}, 1, ?) = ?",
                (after, len(before) + 1, len(before), before),
            )
    connection.execute("COMMIT")


def unlocated(job: bytes, index_dir: Path) -> bytes:
    """Take the folder of the index out of the record of a job."""
    return _job(job, f"{index_dir.absolute()}/", f"{HERE}/")


def located(job: bytes, index_dir: Path) -> bytes:
    """Put a folder where another was taken out."""
    return _job(job, f"{HERE}/", f"{index_dir.absolute()}/")


def _job(content: bytes, before: str, after: str) -> bytes:
    def renamed(value: Any) -> Any:
        if isinstance(value, str) and value.startswith(before):
            return after + value.removeprefix(before)
        if isinstance(value, list):
            return [renamed(each) for each in value]
        if isinstance(value, dict):
            return {name: renamed(each) for name, each in value.items()}
        return value

    return json.dumps(renamed(json.loads(content)), ensure_ascii=False).encode()
