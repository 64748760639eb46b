"""Where the library is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from indexer.home import home_dir

__all__ = ["libraries", "library_of", "library_path", "scratch_of"]


def library_path() -> Path:
    """Return `PRECEDENT_LIBRARY`, or `library.sqlite` in the user's own data folder."""
    given = os.environ.get("PRECEDENT_LIBRARY")
    return Path(given).expanduser() if given else home_dir() / "library.sqlite"


def library_of(key_id: str, path: Path) -> Path:
    """Return the file of what the holder of a key keeps, beside the library at `path`.

    Each key has its own: what one keeps, no other sees, counts or can name.
    """
    return _folder(path) / f"{key_id}.sqlite"


def libraries(path: Path) -> list[Path]:
    """Return the library at `path`, if there is one, and those of keys beside it."""
    own = [path] if path.exists() else []
    return own + sorted(_folder(path).glob("*.sqlite"))


def _folder(path: Path) -> Path:
    return path.with_name(f"{path.stem}-of-keys")


def scratch_of(path: Path, act: Literal["repair", "restore"]) -> str:
    """Return the purpose of the folder beside a file that another is made ready in for it.

    See `indexer.scratch`: what a process that was killed has left is swept by the next.
    """
    return f"{path.name}-{act}"
