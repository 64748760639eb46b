"""Files that never change once written, shared by the snapshots that hold them."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

__all__ = ["link_or_copy"]


def link_or_copy(source: Path, target: Path) -> None:
    """Give a file a second name, or copy it where its file system knows no hard links.

    Removing one name leaves the other, so an old snapshot is retired without a look at newer ones.
    """
    with contextlib.suppress(OSError):  # FAT and some network drives; another disk
        target.hardlink_to(source)
        return
    shutil.copyfile(source, target)
