"""Opening Tantivy's files where nothing can be written beside them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["lockable"]


@contextmanager
def lockable(folder: Path) -> Iterator[Path]:
    """Yield the folder, or links to its files where nothing can be written beside them.

    Tantivy writes a lock beside its files even to read them, which fails on a read-only volume.
    Once the reader is loaded the files are held open, and the links may go.
    """
    if os.access(folder, os.W_OK):
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="precedent-words-") as links:
        for file in folder.iterdir():
            if file.suffix != ".lock":
                Path(links, file.name).symlink_to(file.resolve())
        yield Path(links)
