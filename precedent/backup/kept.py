"""Libraries on their way into a backup: the owner's, and those of the holders of keys."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from corpus.errors import LibraryError
from indexer.databases import copy_database, version_of
from indexer.unread import is_damage, unavailable
from library.place import libraries
from precedent.backup.contents import LIBRARY, is_member_name, keyed_library
from precedent.backup.traces import Hidden, clean_library

__all__ = ["stage_libraries"]


def stage_libraries(
    library: Path | None, scratch: Path, hidden: Hidden | None = None
) -> dict[str, Path]:
    """Copy the library and those of keys, which lie beside it; return them by name of the member.

    Args:
        library: its file, or None.
        scratch: folder for the copies.
        hidden: what is not public, and is to be taken out of them; None leaves all in them.

    Raises:
        LibraryError: one cannot be read whole.
    """
    if library is None:
        return {}
    files: dict[str, Path] = {}
    for path in libraries(library):
        name = LIBRARY if path == library else keyed_library(path.stem)
        if not is_member_name(name):  # what somebody else has put there
            continue
        (scratch / name).parent.mkdir(mode=0o700, exist_ok=True)
        try:
            copy_database(path, scratch / name)
            version = version_of(scratch / name)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                told = unavailable(error, path)
                raise LibraryError(told.subject, told.cause, told.remedy) from error
            cause = f"cannot be read whole: {error}"
            raise LibraryError(str(path), cause, "run `precedent repair`") from error
        if not version:  # what SQLite makes of a file of no bytes
            remedy = "put it back from a copy, or delete it to begin anew"
            raise LibraryError(str(path), "is empty, or no library", remedy)
        if hidden is not None:
            clean_library(scratch / name, hidden)
        files[name] = scratch / name
    return files
