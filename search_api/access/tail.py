"""The end of the audit log's file, where the next entry goes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from corpus.errors import ServiceError
from search_api.access.entry import Entry, read_entry, read_unended

__all__ = ["is_ended", "last_entry", "write"]

_TAIL_BYTES: Final = 65_536


def last_entry(descriptor: int, path: Path) -> tuple[Entry | None, bytes]:
    """Return the last entry, and whatever stands behind it.

    An entry of which only the end of its line was cut is a whole one.

    Raises:
        ServiceError: there are lines, and none is an entry.
    """
    size = os.fstat(descriptor).st_size
    length = _TAIL_BYTES
    while True:
        tail = os.pread(descriptor, length, max(0, size - length))
        rest = b""
        for line in reversed(tail.splitlines(keepends=True)):
            entry = read_entry(line) if line.endswith(b"\n") else read_unended(line)
            if entry is not None:
                return entry, rest
            rest = line + rest
        if length >= size:
            break
        length *= 16
    if b"\n" in rest:  # else the very first entry was cut short
        cause = "is not an audit log: none of its lines is an entry"
        raise ServiceError(str(path), cause, "name another file in PRECEDENT_AUDIT")
    return None, rest


def is_ended(descriptor: int) -> bool:
    """Tell whether the last line has its end; a file without lines has."""
    size = os.fstat(descriptor).st_size
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"


def write(descriptor: int, data: bytes) -> None:
    """Write all of it, in as many pieces as the system takes."""
    while data:
        data = data[os.write(descriptor, data) :]
