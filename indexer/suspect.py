"""Faults that nobody foresaw while a snapshot is read, and the damaged file that explains them.

Opening compares sizes and times of change: a bit that a failing disk has turned is not found by
it, and what reads the file may fail in any way (Tantivy panics, with what is no `Exception`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from corpus.errors import PrecedentError
from indexer.checksums import Damage
from indexer.damage import damaged

__all__ = ["blaming"]


@contextmanager
def blaming(look: Callable[[], Damage | None]) -> Iterator[None]:
    """Raise IndexDamagedError for a fault inside where a file is damaged; else what was raised.

    Args:
        look: compares every file in full, and returns one that is not as it was published.
    """
    try:
        yield
    except (PrecedentError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        if (found := look()) is None:
            raise
        raise damaged(found.path, found.cause) from error
