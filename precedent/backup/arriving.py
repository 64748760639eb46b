"""The file a backup arrives in: under its name there is a whole one, or the one before it."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from corpus.disk import sync_folder
from corpus.errors import InputError, ServiceError
from precedent.backup.reading import is_backup

__all__ = ["arriving"]


@contextmanager
def arriving(target: Path) -> Iterator[BinaryIO]:
    """Yield a stream to a file that comes under its name where the block ends well."""
    if target.exists() and not is_backup(target):
        raise InputError(str(target), "is there, and is no backup", "name another file")
    scratch = target.with_name(f".{target.name}.partial")
    try:
        with _locked(scratch, target) as stream:
            stream.truncate(0)
            try:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            except OSError as error:
                scratch.unlink(missing_ok=True)
                cause = f"cannot be written: {error.strerror or error}"
                raise ServiceError(str(target), cause, "make room, or name another disk") from error
            except BaseException:
                scratch.unlink(missing_ok=True)
                raise
            scratch.replace(target)
    finally:
        with contextlib.suppress(OSError):
            sync_folder(target.parent)


def _locked(scratch: Path, target: Path) -> BinaryIO:
    """Open and lock the file that has a name by then.

    Another backup may end between the two: what was opened then has the name of the finished
    backup, which is not to be written over.
    """
    while True:
        try:
            stream = open(scratch, "wb", opener=_private)  # noqa: SIM115 - with a mode
        except OSError as error:
            cause = f"cannot be written: {error.strerror}"
            raise ServiceError(
                str(target), cause, "name a file in a folder you may write to"
            ) from error
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _has_name(stream, scratch):
                return stream
        except BlockingIOError as error:
            stream.close()
            raise ServiceError(
                str(target), "is being written by another backup", "wait until that ends"
            ) from error
        except BaseException:
            stream.close()
            raise
        stream.close()


def _has_name(stream: BinaryIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _private(path: str, flags: int) -> int:
    return os.open(path, flags & ~os.O_TRUNC, 0o600)
