"""What keeps an index whole while it is written: one writer at a time, who says who it is."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from corpus.disk import storage_told
from corpus.errors import IndexBusyError

__all__ = ["only_writer"]

_LOCK = "lock"
_LONGEST = 1000
"""Bytes of what a holder says of itself."""


@contextmanager
def only_writer(index_dir: Path) -> Iterator[None]:
    """Hold the index's lock; the system frees it when the process ends, however it ends.

    The file stays, and what it says counts only while it is held: a process that was killed leaves
    its name in it, and stands in nobody's way.

    Raises:
        IndexBusyError: another process holds it; says which, since when, and what it does.
        StorageError: nothing can be written there.
    """
    with storage_told(index_dir):
        index_dir.mkdir(mode=0o700, parents=True, exist_ok=True)  # not for other accounts
        lock = os.open(index_dir / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _busy(index_dir, os.pread(lock, _LONGEST, 0)) from error
        _say(lock, json.dumps(_self()).encode())
        try:
            yield
        finally:
            _say(lock, b"")
    finally:
        os.close(lock)


def _say(lock: int, said: bytes) -> None:
    with contextlib.suppress(OSError):  # on a full disk the lock holds all the same
        os.ftruncate(lock, 0)
        os.pwrite(lock, said, 0)


def _self() -> dict[str, str | int]:
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return {"pid": os.getpid(), "since": since, "doing": _doing()}


def _doing() -> str:
    """Return the command without its arguments, which may name what is nobody's business."""
    program, *arguments = sys.argv or [""]
    name = Path(program).name
    if name == "job.py":
        return "a job of the service"
    words = [word for word in arguments[:1] if word.isalpha()]
    return " ".join(["precedent", *words]) if name in ("precedent", "__main__.py") else name


def _busy(index_dir: Path, said: bytes) -> IndexBusyError:
    cause, remedy = "another process is writing to it", "wait until it ends"
    try:
        holder = json.loads(said)
        pid, since, doing = int(holder["pid"]), str(holder["since"]), str(holder["doing"])
    except (ValueError, KeyError, TypeError):  # it is just beginning, or an earlier version
        return IndexBusyError(str(index_dir), cause, remedy)
    cause += f": {doing}, process {pid}, since {since}"
    remedy += f", or stop it (`kill {pid}`): what it has committed is kept"
    return IndexBusyError(str(index_dir), cause, remedy)
