"""What is asked of the page of an original, and what is drawn of it."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import OriginalError
from corpus.sandbox.handed import descriptor

__all__ = ["INDEX_AGAIN", "MAX_WIDTH", "MIN_WIDTH", "PageAsked", "PageDrawn", "original_bytes"]

MIN_WIDTH = 200
MAX_WIDTH = 2400
"""Bounds on the width of a picture, in dots: 2,400 are 290 an inch on a page of A4."""

INDEX_AGAIN = "index it again"


@dataclass(frozen=True, slots=True)
class PageAsked:
    """A page to be drawn.

    Attributes:
        path: of the file.
        sha256: that its bytes must have.
        number: physical page, from 1.
        width: of the picture, in dots.
    """

    path: Path
    sha256: str
    number: int
    width: int


@dataclass(frozen=True, slots=True)
class PageDrawn:
    """A page as a picture.

    Attributes:
        png: the picture.
        width: of the picture, in dots; less than asked for where the page is very long.
        height: of the picture, in dots.
        page_width: of the page as it is shown, in points: what boxes are measured in.
        page_height: of the page as it is shown, in points.
    """

    png: bytes
    width: int
    height: int
    page_width: float
    page_height: float


def original_bytes(path: Path, sha256: str, max_bytes: int) -> bytes:
    """Return the bytes of a file, where they are still those that were indexed.

    Read once and whole, so that what is compared is what is returned. Anything but a plain file
    (a pipe, which would wait for ever) is refused unread.

    Raises:
        OriginalError: the file is gone, is none any more, or has changed.
    """
    try:
        handle = descriptor(path)
        if handle is None:
            # Opening a pipe that nobody writes to would wait.
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise OriginalError(path.name, "is no file any more", INDEX_AGAIN)
            data = file.read(max_bytes + 1) if found.st_size <= max_bytes else b""
    except OSError as error:
        why = "is gone" if isinstance(error, FileNotFoundError) else "cannot be read"
        raise OriginalError(
            path.name, f"the file that was indexed {why}", f"put it back, or {INDEX_AGAIN}"
        ) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise OriginalError(path.name, "the file has changed since it was indexed", INDEX_AGAIN)
    return data
