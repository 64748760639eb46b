"""The store: segments of consecutive rows, searched together.

A store grown from an opened one is saved by linking the files it shares with it, so publishing
thirty more rows writes thirty rows.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.damage import damaged
from indexer.vectors.files import FORMAT, listed, segment_file, single_file
from indexer.vectors.halves import Mask, Rows, Scores, best
from indexer.vectors.kinds import KINDS, SEGMENT_ROWS, Kind, is_coded
from indexer.vectors.segment import Segment

__all__ = ["VectorStore"]

Vectors = NDArray[np.float32] | NDArray[np.float16]

_BLOCK = 65_536
"""Rows handed to FAISS at once, so that a mapped matrix is never wholly in memory."""


class VectorStore:
    """Vectors by row number, searched by inner product; safe to search from several threads.

    Rows are never moved or taken away. One that must not be found any more is left out of the
    `allowed` mask by the caller, until the caller builds the store anew without it.
    """

    def __init__(self, segments: Sequence[Segment], dim: int, kind: Kind) -> None:
        """Take segments in the order of rows; use `build`, `create` or `open` instead."""
        self._segments = tuple(segments)
        self._dim = dim
        self._starts = np.cumsum([0, *map(len, segments)]).tolist()
        self.kind: Kind = kind

    def __len__(self) -> int:
        return int(self._starts[-1])

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._dim

    @property
    def segments(self) -> tuple[tuple[int, bool], ...]:
        """Rows of each segment, and whether it is coded."""
        return tuple((len(segment), segment.is_coded) for segment in self._segments)

    # Making ------------------------------------------------------------------------------------

    @classmethod
    def build(cls, vectors: Vectors, *, kind: Kind = "auto") -> VectorStore:
        """Build in memory from (n, dim) float32 or float16, L2-normalised, row i for passage i.

        Args:
            vectors: an array, or one mapped from a file.
            kind: `auto` chooses by size; `flat` is exact; `rabitq` codes even small stores.

        Raises:
            ValueError: there is no such kind.
        """
        if kind not in KINDS:
            raise ValueError(f"kind {kind!r} is none of {', '.join(KINDS)}")
        dim = vectors.shape[1]
        return cls(list(_segments(_blocks(vectors), dim, kind)), dim, kind)

    @classmethod
    def create(
        cls, path: Path, blocks: Iterable[Vectors], dim: int, *, kind: Kind = "auto"
    ) -> VectorStore:
        """Write a store straight to `path` from blocks of vectors, and open it.

        No more than one segment (SEGMENT_ROWS) is in memory at a time.
        """
        segments: list[Segment] = []
        first = 0
        for segment in _segments(blocks, dim, kind):
            end = first + len(segment)
            segment.save(segment_file(path, first, end))
            opened = Segment.open(
                segment_file(path, first, end), end - first, dim, segment.is_coded
            )
            segments.append(opened)
            first = end
        store = cls(segments, dim, kind)
        store.save(path)
        return store

    def blocks(self) -> Iterator[Vectors]:
        """Yield all vectors as they are kept, (n, dim) float16, in blocks, without copying them."""
        for segment in self._segments:
            yield from _blocks(segment.halves.halves())

    def appended(self, vectors: Vectors) -> VectorStore:
        """Return a store with more rows at the end; this one is left as it is.

        The new rows are a segment of their own. It takes in the last ones while they are less than
        twice as large, so a row is rewritten a few times only however often a store grows, and
        segments stay few.

        Args:
            vectors: (n, dim) float32 or float16, L2-normalised.
        """
        if not len(vectors):
            return self
        kept = list(self._segments)
        size = len(vectors)
        while kept and len(kept[-1]) < 2 * size and len(kept[-1]) + size <= SEGMENT_ROWS:
            size += len(kept.pop())
        absorbed = (segment.halves.halves() for segment in self._segments[len(kept) :])
        blocks = itertools.chain.from_iterable(map(_blocks, (*absorbed, vectors)))
        return VectorStore([*kept, *_segments(blocks, self._dim, self.kind)], self._dim, self.kind)

    def save(self, path: Path) -> None:
        """Write the store: its list at `path`, its segments beside it.

        Files of segments that were opened from elsewhere are linked, not copied.
        """
        for segment, (first, end) in zip(self._segments, self._ranges(), strict=True):
            segment.save(segment_file(path, first, end))
        content = {
            "format": FORMAT,
            "kind": self.kind,
            "dim": self._dim,
            "segments": [{"rows": rows, "coded": coded} for rows, coded in self.segments],
        }
        path.write_text(json.dumps(content) + "\n", encoding="utf-8")

    @classmethod
    def open(cls, path: Path) -> VectorStore:
        """Open a store written by `save`, or the single FAISS file that earlier versions wrote.

        Raises:
            IndexDamagedError: a file is missing, cut short or of another kind.
        """
        content = listed(path)
        if content is None:
            return cls.build(single_file(path), kind="flat")
        try:
            dim, kind = int(content["dim"]), content["kind"]
            sizes = [(int(s["rows"]), bool(s["coded"])) for s in content["segments"]]
        except (KeyError, TypeError, ValueError) as error:
            raise damaged(path, "does not list its segments") from error
        if content.get("format") != FORMAT or kind not in KINDS:
            raise damaged(path, f"is of another form than {FORMAT!r}")
        segments: list[Segment] = []
        first = 0
        for rows, coded in sizes:
            segments.append(Segment.open(segment_file(path, first, first + rows), rows, dim, coded))
            first += rows
        return cls(segments, dim, kind)

    # Searching ---------------------------------------------------------------------------------

    def search(
        self,
        query: NDArray[np.float32],
        k: int,
        allowed: Mask | None = None,
        *,
        thorough: bool = False,
    ) -> tuple[Rows, Scores]:
        """Return the rows of the `k` greatest inner products, best first, and the products.

        Scores are exact in both kinds; in a coded segment a row may be missed (recall@10 above
        0.99 under filters of any selectivity).

        Args:
            query: (dim,) float32, L2-normalised.
            k: how many at most.
            allowed: (n,) bool, rows that may be returned; None allows all.
            thorough: for a query that lies apart from all rows, as a short question does: its best
                are far from one another, and take more looking for.

        Returns:
            rows (m,) int64 and scores (m,) float32; m < k only where fewer rows are allowed.
        """
        return self.search_many(query.reshape(1, -1), k, allowed, thorough=thorough)[0]

    def search_many(
        self,
        queries: NDArray[np.float32],
        k: int,
        allowed: Mask | None = None,
        *,
        thorough: bool = False,
    ) -> list[tuple[Rows, Scores]]:
        """Search several queries under one filter, which is made ready once.

        Args:
            queries: (m, dim) float32, L2-normalised.
            k: how many at most for each.
            allowed: (n,) bool, rows that may be returned; None allows all.
            thorough: as in `search`.

        Returns:
            rows and scores as from `search`, for each query.
        """
        faiss.omp_set_num_threads(1)  # of this thread: queries run side by side, not each on all
        queries = np.ascontiguousarray(queries, np.float32)
        found = [([np.empty(0, np.int64)], [np.empty(0, np.float32)]) for _ in queries]
        if k > 0 and len(queries):
            for segment, (first, end) in zip(self._segments, self._ranges(), strict=True):
                part = None if allowed is None else allowed[first:end]
                best_of = segment.search(queries, k, part, thorough=thorough)
                for i, (rows, scores) in enumerate(best_of):
                    found[i][0].append(rows + first)
                    found[i][1].append(scores)
        return [best(rows, scores, k) for rows, scores in found]

    def scores(self, query: NDArray[np.float32], rows: Rows) -> Scores:
        """Return the inner product of the query with each of the rows, (len(rows),) float32."""
        faiss.omp_set_num_threads(1)
        rows = np.asarray(rows, np.int64)
        scores = np.empty(len(rows), np.float32)
        for segment, places, inside in self._by_segment(rows):
            scores[places] = segment.halves.scores(query, inside)
        return scores

    def scores_many(self, queries: NDArray[np.float32], rows: Rows) -> Scores:
        """Return the inner product of each query with each of the rows, (m, len(rows)) float32."""
        rows = np.asarray(rows, np.int64)
        scores = np.empty((len(queries), len(rows)), np.float32)
        for segment, places, inside in self._by_segment(rows):
            scores[:, places] = segment.halves.scores_many(queries, inside)
        return scores

    def vector(self, row: int) -> NDArray[np.float32]:
        """Return one vector, (dim,) float32, as half precision keeps it."""
        ((segment, _, inside),) = self._by_segment(np.array([row], np.int64))
        return np.asarray(segment.halves.floats(inside)[0])

    def floats(self, rows: slice) -> NDArray[np.float32]:
        """Return consecutive vectors, (n, dim) float32, as half precision keeps them."""
        return self.floats_of(np.arange(*rows.indices(len(self)), dtype=np.int64))

    def floats_of(self, rows: Rows) -> NDArray[np.float32]:
        """Return the vectors of rows, (len(rows), dim) float32, as half precision keeps them."""
        vectors = np.empty((len(rows), self._dim), np.float32)
        for segment, places, inside in self._by_segment(rows):
            vectors[places] = segment.halves.floats(inside)
        return vectors

    def uncoded(self) -> list[str]:
        """Return names of segments whose codes do not hold each of their rows once; none should."""
        return [
            f"rows {first} to {end}"
            for segment, (first, end) in zip(self._segments, self._ranges(), strict=True)
            if not segment.is_covered
        ]

    def _ranges(self) -> Iterator[tuple[int, int]]:
        return itertools.pairwise(self._starts)

    def _by_segment(self, rows: Rows) -> Iterator[tuple[Segment, NDArray[np.intp] | slice, Rows]]:
        """Yield each segment that holds any of the rows, their places in `rows`, and there."""
        if len(rows) and not (rows.min() >= 0 and rows.max() < len(self)):
            raise IndexError(f"rows run from 0 to {len(self) - 1}")
        if len(self._segments) == 1:
            yield self._segments[0], slice(None), rows
            return
        numbers = np.searchsorted(self._starts, rows, side="right") - 1
        for number in np.unique(numbers):
            places = np.flatnonzero(numbers == number)
            yield self._segments[number], places, rows[places] - self._starts[number]


def _blocks(vectors: Vectors) -> Iterator[Vectors]:
    for start in range(0, len(vectors), _BLOCK):
        yield vectors[start : start + _BLOCK]


def _segments(blocks: Iterable[Vectors], dim: int, kind: Kind) -> Iterator[Segment]:
    """Build segments of at most SEGMENT_ROWS from blocks, one at a time."""
    pending: list[NDArray[np.float16]] = []
    room = SEGMENT_ROWS
    for whole in blocks:
        block = whole.astype(np.float16)
        while len(block) >= room:
            pending.append(block[:room])
            yield Segment.build(pending, dim, is_coded(kind, SEGMENT_ROWS))
            block, pending, room = block[room:], [], SEGMENT_ROWS
        if len(block):
            pending.append(block)
            room -= len(block)
    if pending:
        yield Segment.build(pending, dim, is_coded(kind, SEGMENT_ROWS - room))
