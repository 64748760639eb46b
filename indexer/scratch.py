"""Folders for copies under way: private, gone in the end, and swept where a process was killed."""

from __future__ import annotations

import fcntl
import glob
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

__all__ = ["scratch_in", "sweep"]

_LOCK = "lock"


@contextmanager
def scratch_in(folder: Path, purpose: str) -> Iterator[Path]:
    """Lend a new folder inside another, on the disk that holds such texts already.

    Those that killed processes have left there are removed first: each is held by a lock that its
    process loses when it ends.

    Raises:
        OSError: nothing can be written there.
    """
    sweep(folder, purpose)
    made, lock = _made(folder, f".{purpose}-")
    try:
        with lock:
            yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def sweep(folder: Path, purpose: str) -> None:
    """Remove the folders for a purpose that killed processes have left inside another."""
    for left in folder.glob(f".{glob.escape(purpose)}-*"):
        _sweep(left)


def _made(folder: Path, prefix: str) -> tuple[Path, TextIO]:
    """Make a folder that is held; one that another process sweeps before it is held is left."""
    while True:
        made = Path(tempfile.mkdtemp(prefix=prefix, dir=folder))
        with suppress(FileNotFoundError):
            lock = (made / _LOCK).open("w")
            fcntl.flock(lock, fcntl.LOCK_EX)
            if (made / _LOCK).exists():
                return made, lock
            lock.close()


def _sweep(left: Path) -> None:
    with suppress(OSError), (left / _LOCK).open("a") as lock:  # in use, or not ours to remove
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(left, ignore_errors=True)
