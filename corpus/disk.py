"""What a disk refuses, said so that it can be mended: full, read-only, failing."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from corpus.errors import StorageError

__all__ = ["is_full", "refusal", "storage_told", "sync_folder", "write_whole"]

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOT_WRITABLE = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})

_ALMOST_FULL = 1 << 20
"""Bytes free under which an error of input or output is taken for want of room."""

_SQLITE = {
    "SQLITE_FULL": errno.ENOSPC,
    "SQLITE_READONLY": errno.EROFS,
    "SQLITE_CANTOPEN": errno.EACCES,
    "SQLITE_IOERR": errno.EIO,
}
"""By the beginning of what SQLite calls them."""

_WRITER_DIED = "io::Error most likely"
"""Tantivy, of a thread of its own that could not write; it does not say why."""

_SAID = re.compile(r"\(os error (\d+)\)")
"""How Tantivy tells the number of an error."""

_SAME_AGAIN = "run the same command again: what was committed is kept"


@contextmanager
def storage_told(place: Path, remedy: str = _SAME_AGAIN) -> Iterator[None]:
    """Raise StorageError where the disk refuses what is done inside; any other error as it is.

    Args:
        place: what is written, where an error does not name its file.
        remedy: what to do once the disk is as it should be.
    """
    try:
        yield
    except (OSError, sqlite3.Error, RuntimeError, ValueError) as error:
        told = refusal(error, place, remedy)
        if told is None:
            raise
        raise told from error


def refusal(error: Exception, place: Path | None, remedy: str = _SAME_AGAIN) -> StorageError | None:
    """Return what to tell of an error, or None where it is not the disk's.

    Args:
        error: of Python, SQLite (OperationalError), Tantivy (ValueError) or FAISS (RuntimeError).
        place: what was written, where the error does not name its file.
        remedy: what to do once the disk is as it should be.
    """
    number = _number_of(error)
    named = getattr(error, "filename", None)
    subject = Path(os.fsdecode(named)) if isinstance(named, str | bytes) else place
    if number is None or subject is None:
        return None
    disk = _disk_of(subject)
    if number == errno.EIO and _free(disk) < _ALMOST_FULL:
        number = errno.ENOSPC  # so SQLite tells that there was no room for its `-shm`
    if number in _FULL:
        room = f"{_free(disk) / 2**20:,.1f} MB free"
        cause = f"the disk at {disk} is full, or a limit on files is reached ({room})"
        return StorageError(str(subject), cause, f"make room on it and {remedy}")
    if number in _NOT_WRITABLE:
        cause = f"cannot be written to: {os.strerror(number)}"
        return StorageError(str(subject), cause, f"make it writable for this user and {remedy}")
    if number == errno.EIO:
        room = f"{_free(disk) / 2**20:,.0f} MB free now"
        cause = f"the disk at {disk} fails, or was full for a moment ({room})"
        return StorageError(str(subject), cause, f"look at it, and {remedy}")
    return None


def is_full(error: Exception, place: Path) -> bool:
    """Tell whether an error is the disk's for want of room."""
    number = _number_of(error)
    almost = number == errno.EIO and _free(_disk_of(place)) < _ALMOST_FULL
    return number in _FULL or almost


def _number_of(error: Exception) -> int | None:
    """Return the system's number of an error, as far as it can be told."""
    if isinstance(error, OSError):
        return error.errno
    if isinstance(error, sqlite3.Error):
        name = getattr(error, "sqlite_errorname", "")
        return next((number for begin, number in _SQLITE.items() if name.startswith(begin)), None)
    said = str(error)
    if found := _SAID.search(said):
        return int(found[1])
    if os.strerror(errno.ENOSPC) in said:  # as FAISS quotes it
        return errno.ENOSPC
    return errno.EIO if _WRITER_DIED in said else None


def _disk_of(place: Path) -> Path:
    """Return where the disk that holds a place is mounted."""
    there = place.absolute()
    while there != there.parent and not _is_mount(there):
        there = there.parent
    return there


def _is_mount(place: Path) -> bool:
    """Tell whether a disk is mounted there; in a folder that may not be entered, none is seen."""
    try:
        return place.is_mount()
    except OSError:
        return False


def _free(disk: Path) -> float:
    try:
        return float(shutil.disk_usage(disk).free)
    except OSError:
        return 0.0


def sync_folder(folder: Path) -> None:
    """Make renames in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is whole or as it was before, and on the disk when this returns.

    It is written aside under a hidden name and renamed. A link is written through, and what is no
    file (`/dev/stdout`, a pipe) is written straight.

    Raises:
        OSError: it cannot be written; what was begun is gone.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    part = path.with_name(f".{path.name[:200]}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
        sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
