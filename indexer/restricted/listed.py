"""Which collections an index has, told outside of them: one that is lost is not begun anew.

SQLite makes a catalogue that is missing, or empty, without a word, and with the claims that it held
a run would publish what they kept back. So names are kept in the folder of the index itself, which
is there when the volume of `restricted/` is not, and nothing is written while one of them is away.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from corpus.disk import write_whole
from corpus.errors import IndexDamagedError
from corpus.restricted import is_name
from indexer.databases import read_database
from indexer.restricted.place import (
    CATALOGUE,
    FOLDERS,
    LIST,
    collection_dir,
    collections_of,
    views_of,
)

__all__ = ["MOUNT", "fault_of", "link_to_nothing", "list_name", "listed", "require_all"]

MOUNT = "mount the volume it leads to, or remove the link where there is none any more"


def listed(index_dir: Path) -> tuple[str, ...]:
    """Return the names of the collections that there have to be, sorted.

    An index from before the list has those that there are, and those that a view was made of.

    Raises:
        IndexDamagedError: the list cannot be read.
    """
    path = index_dir / LIST
    try:
        names = json.loads(path.read_text())
    except FileNotFoundError:
        return tuple(sorted({*collections_of(index_dir)}.union(*views_of(index_dir))))
    except (OSError, ValueError) as error:
        raise _unreadable(path, str(error)) from error
    if not isinstance(names, list) or not all(isinstance(n, str) and is_name(n) for n in names):
        raise _unreadable(path, "it is no list of names")
    return tuple(sorted(set(names)))


def list_name(index_dir: Path, name: str) -> None:
    """Put a name on the list, before anything is claimed for its collection."""
    path = index_dir / LIST
    names = listed(index_dir)
    if name in names and path.exists():
        return
    path.parent.mkdir(mode=0o700, exist_ok=True)
    write_whole(path, f"{json.dumps(sorted({*names, name}))}\n".encode())


def fault_of(index_dir: Path, name: str) -> str | None:
    """Return what is wrong with a collection of which nothing can be known, or None.

    Damage that SQLite finds is told where the catalogue is opened.
    """
    path = collection_dir(index_dir, name) / CATALOGUE
    if not path.exists():
        return "is missing"
    try:
        with read_database(path) as held:
            row = held.execute("SELECT 1 FROM state WHERE key = 'model'").fetchone()
    except sqlite3.OperationalError as error:
        return "holds nothing" if "no such table" in str(error) else None
    except sqlite3.DatabaseError:
        return None
    return None if row else "holds nothing"


def link_to_nothing(index_dir: Path) -> Path | None:
    """Return the folder of the collections, or of the views, that is a link to nothing, or None."""
    folders = (index_dir / name for name in FOLDERS)
    return next((each for each in folders if each.is_symlink() and not each.exists()), None)


def require_all(index_dir: Path, besides: frozenset[str] = frozenset()) -> None:
    """Refuse to go on where a collection is not there, and so nobody knows what it had claimed.

    Args:
        index_dir: folder of the index.
        besides: names of collections that are being put back.

    Raises:
        IndexDamagedError: a collection on the list is missing or empty, or cannot be reached.
    """
    link = link_to_nothing(index_dir)
    if link is not None:
        raise IndexDamagedError(
            str(link), "is a link to what is not there, and may hold restricted documents", MOUNT
        )
    for name in listed(index_dir):
        fault = None if name in besides else fault_of(index_dir, name)
        if fault is not None:
            raise IndexDamagedError(
                str(collection_dir(index_dir, name) / CATALOGUE),
                f"{fault}, and what was restricted could become public",
                "mount the volume it is on, run `precedent repair`, or put it back with `precedent "
                f"restore`; where it is gone for good, write {index_dir / LIST} without its name",
            )


def _unreadable(path: Path, cause: str) -> IndexDamagedError:
    return IndexDamagedError(
        str(path),
        f"does not say which restricted collections there are: {cause}",
        "write into it the names of those under restricted/, as a JSON list",
    )
