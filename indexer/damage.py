"""What is said of a part of an index that cannot be read, wherever that comes to light."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import IndexDamagedError

__all__ = ["REMEDY", "damaged"]

REMEDY = "run `precedent repair`, which publishes it anew from the catalogue"
"""It publishes all of it, for damage may come to light only as a part is read: what can be opened
counts as sound, and would be linked into the next snapshot as it is."""


def damaged(part: Path, cause: str, error: Exception | None = None) -> IndexDamagedError:
    """Return the error for a part of an index, to be raised.

    Args:
        part: a file or folder of it.
        cause: what is wrong with it.
        error: what a library said, of which the first line is told.
    """
    said = str(error).splitlines() if error else []
    return IndexDamagedError(str(part), ": ".join([cause, *said[:1]]), REMEDY)
