"""The one folder a worker may write to: made and removed by its parent."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

__all__ = ["WorkerFolder"]

_PREFIX = "precedent-worker-"
# What a killed parent left behind is removed when it is this old.
_STALE_S = 3600.0


class WorkerFolder:
    """A temporary folder that only this user may enter.

    Attributes:
        path: of the folder.
    """

    def __init__(self) -> None:
        """Make it, and remove those that killed processes left behind."""
        _remove_stale()
        self.path = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))

    def remove(self) -> None:
        """Remove it with all it holds."""
        shutil.rmtree(self.path, ignore_errors=True)


def _remove_stale() -> None:
    old = time.time() - _STALE_S
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            status = folder.lstat()
            mine = status.st_uid == os.getuid() and status.st_mtime < old
            if mine and not _runs(folder.name.removeprefix(_PREFIX).partition("-")[0]):
                shutil.rmtree(folder, ignore_errors=True)


def _runs(pid: str) -> bool:
    """Tell whether a process runs, going by its number; of another user's, yes."""
    if not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
