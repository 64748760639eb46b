"""A copy of an index's catalogue, to publish from without touching the index."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

__all__ = ["copy_catalogue"]


def copy_catalogue(index: Path, folder: Path) -> Path:
    """Copy the catalogue of an index, which is only read, into a folder; return the copy."""
    target = folder / "catalogue.sqlite"
    with (
        closing(sqlite3.connect(f"file:{index / 'catalogue.sqlite'}?mode=ro", uri=True)) as held,
        closing(sqlite3.connect(target)) as copy,
    ):
        held.backup(copy)
    return target
