"""Reading the forward index, and growing one from another."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.damage import damaged
from indexer.forward.segment import Rows, Segment
from indexer.forward.terms import TermIds
from indexer.forward.writer import FORMAT, LIST, ForwardWriter

__all__ = ["ForwardIndex"]


class ForwardIndex:
    """Terms by row number; safe to read from several threads.

    Rows are never moved or taken away; the caller leaves out those that count no more.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Take segments in the order of rows; use `build` or `open` instead."""
        self._segments = tuple(segments)
        self._starts = np.cumsum([0, *map(len, segments)])
        self._held = sum(len(segment.terms) for segment in segments)

    def __len__(self) -> int:
        return int(self._starts[-1])

    @property
    def average_length(self) -> float:
        """Terms of a row on average, over all rows that were ever added; 0 of an empty index."""
        return self._held / len(self) if len(self) else 0.0

    @property
    def segments(self) -> tuple[int, ...]:
        """Rows of each segment."""
        return tuple(map(len, self._segments))

    @classmethod
    def build(cls, folder: Path, sequences: Iterable[TermIds]) -> ForwardIndex:
        """Write a new index into a folder, row after row, and open it."""
        with ForwardWriter.opened(folder) as writer:
            for sequence in sequences:
                writer.add(sequence)
        return cls.open(folder)

    def growing(self, folder: Path, rows: int) -> AbstractContextManager[ForwardWriter]:
        """Return a writer of an index with so many more rows at the end, into another folder."""
        return ForwardWriter.opened(folder, self._segments, rows)

    def appended(self, folder: Path, sequences: Sequence[TermIds]) -> ForwardIndex:
        """Write an index with more rows at the end into another folder, and open it."""
        with self.growing(folder, len(sequences)) as writer:
            for sequence in sequences:
                writer.add(sequence)
        return ForwardIndex.open(folder)

    @classmethod
    def open(cls, folder: Path) -> ForwardIndex:
        """Map an index that was written before: nothing is read until it is needed.

        Raises:
            IndexDamagedError: a file is missing, of another form or of another size.
        """
        try:
            content = json.loads((folder / LIST).read_text(encoding="utf-8"))
            listed = [(int(rows), int(terms)) for rows, terms in content["segments"]]
            known = content["format"] == FORMAT
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise damaged(folder / LIST, "does not list its segments") from error
        if not known:
            raise damaged(folder, f"is not of the form {FORMAT!r}")
        segments = []
        first = 0
        for rows, terms in listed:
            segments.append(Segment.open(folder / f"{first}-{first + rows}", rows, terms))
            first += rows
        return cls(segments)

    def terms(self, rows: Rows) -> tuple[TermIds, NDArray[np.int64]]:
        """Return the terms of rows, in reading order, one row after the other.

        Returns:
            (terms of all rows,) uint32 and (len(rows) + 1,) int64: row i has the terms from
            `offsets[i]` to `offsets[i + 1]`.

        Raises:
            IndexError: there is no such row.
        """
        rows = np.asarray(rows, np.int64)
        offsets = np.zeros(len(rows) + 1, np.int64)
        parts = list(self._by_segment(rows))
        if len(parts) == 1:
            found, lengths = parts[0][0].gather(parts[0][2])
            np.cumsum(lengths, out=offsets[1:])
            return found, offsets
        gathered = [(places, *segment.gather(inside)) for segment, places, inside in parts]
        for places, _, lengths in gathered:
            offsets[places + 1] = lengths
        np.cumsum(offsets, out=offsets)
        flat = np.empty(int(offsets[-1]), np.uint32)
        for places, found, lengths in gathered:
            ends = np.cumsum(lengths)
            flat[np.arange(len(found)) + np.repeat(offsets[places] - (ends - lengths), lengths)] = (
                found
            )
        return flat, offsets

    def lengths(self, rows: Rows) -> NDArray[np.int64]:
        """Return how many terms each of the rows has, (len(rows),) int64."""
        rows = np.asarray(rows, np.int64)
        lengths = np.zeros(len(rows), np.int64)
        for segment, places, inside in self._by_segment(rows):
            lengths[places] = segment.offsets[inside + 1] - segment.offsets[inside]
        return lengths

    def _by_segment(self, rows: Rows) -> Iterator[tuple[Segment, NDArray[np.intp], Rows]]:
        if len(rows) and not (rows.min() >= 0 and rows.max() < len(self)):
            raise IndexError(f"rows run from 0 to {len(self) - 1}")
        if len(self._segments) == 1:
            yield self._segments[0], np.arange(len(rows)), rows
            return
        numbers = np.searchsorted(self._starts, rows, side="right") - 1
        for number in np.unique(numbers):
            places = np.flatnonzero(numbers == number)
            yield self._segments[number], places, rows[places] - self._starts[number]
