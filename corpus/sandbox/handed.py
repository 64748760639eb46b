"""Files that the parent of a worker opened for it.

A worker may open no documents by name: it is handed descriptors of the file it is at, and of what
is said of that file beside it. Readers ask here for a file, by its path as ever, and get it either
way.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

__all__ = ["descriptor", "handed", "open_file", "opened"]

_open: dict[Path, int] = {}


@contextmanager
def handed(descriptors: Mapping[Path, int]) -> Iterator[None]:
    """Let `open_file` know what the parent handed, and close it at the end."""
    _open.update(descriptors)
    try:
        yield
    finally:
        _open.clear()
        for number in descriptors.values():
            os.close(number)


def descriptor(path: Path) -> int | None:
    """Return a new descriptor of a handed file, at its beginning; None where none was handed."""
    number = _open.get(path)
    if number is None:
        return None
    os.lseek(number, 0, os.SEEK_SET)
    return os.dup(number)


def open_file(path: Path) -> BinaryIO:
    """Open a file for reading, as it was handed or by its name.

    Raises:
        OSError: it cannot be opened.
    """
    number = descriptor(path)
    return path.open("rb") if number is None else os.fdopen(number, "rb")


@contextmanager
def opened(paths: Iterable[Path]) -> Iterator[dict[Path, int]]:
    """Yield descriptors of those of the paths that can be opened and are files."""
    files: dict[Path, int] = {}
    try:
        for path in paths:
            # A pipe that nobody writes to would keep an ordinary opening waiting.
            with suppress(OSError, ValueError):
                files[path] = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
                if not stat.S_ISREG(os.fstat(files[path]).st_mode):
                    os.close(files.pop(path))
        yield files
    finally:
        for number in files.values():
            os.close(number)
