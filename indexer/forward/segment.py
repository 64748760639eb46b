"""A segment: consecutive rows of a forward index, written once and mapped from two files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.damage import damaged
from indexer.forward.terms import TermIds

__all__ = ["Rows", "Segment"]

Rows = NDArray[np.int64]

_Number = TypeVar("_Number", np.uint32, np.int64)


@dataclass(frozen=True, slots=True)
class Segment:
    """Consecutive rows.

    Attributes:
        terms: of all rows, one row after the other.
        offsets: where each row begins and, last, the end, (rows + 1,).
        stem: of the names of its two files.
    """

    terms: TermIds
    offsets: NDArray[np.int64]
    stem: Path

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @classmethod
    def open(cls, stem: Path, rows: int, terms: int) -> Segment:
        """Map the files of a segment, and read where its rows begin (3 ms for a million).

        Raises:
            IndexDamagedError: a file is missing or of another size, or its rows do not follow each
                other: what is between them could be taken neither from memory nor from the disk.
        """
        path = stem.with_suffix(".offsets")
        offsets = _mapped(path, np.int64, rows + 1)
        if offsets[0] != 0 or offsets[-1] != terms or (offsets[1:] < offsets[:-1]).any():
            raise damaged(path, "is not as it was written: its rows do not follow each other")
        return cls(_mapped(stem.with_suffix(".terms"), np.uint32, terms), offsets, stem)

    def gather(self, rows: Rows) -> tuple[TermIds, Rows]:
        """Return the terms of rows one after the other, and how many each has."""
        starts = self.offsets[rows]
        lengths = self.offsets[rows + 1] - starts
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        places = np.arange(total) + np.repeat(starts - (ends - lengths), lengths)
        return np.take(self.terms, places), lengths


def _mapped(path: Path, kind: type[_Number], count: int) -> NDArray[_Number]:
    dtype = np.dtype(kind).newbyteorder("<")
    try:
        size = path.stat().st_size
        if size != count * dtype.itemsize:
            raise damaged(path, f"has {size} bytes, not {count * dtype.itemsize}")
        if not count:  # a file of no bytes cannot be mapped: all of its rows are empty
            return np.empty(0, dtype)
        # As a plain array: what is taken out of a `memmap` is one too, and each step of it slow.
        return np.asarray(np.memmap(path, dtype, "r", shape=(count,)))
    except OSError as error:
        raise damaged(path, f"cannot be read: {error.strerror}") from error
