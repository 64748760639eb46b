"""A segment: consecutive rows of a store, written once, exact or with codes."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.damage import damaged
from indexer.vectors.codes import Codes
from indexer.vectors.halves import Halves, Mask, Rows, Scores

__all__ = ["Segment"]

_GATHER_BELOW = 0.02
"""Share of allowed rows under which they are scored one by one. A row so scored costs some 0.2 µs,
a scan of codes 4 ns a row, so the two meet near 2 %, whatever the size."""

_GATHER_FEWER_THAN = 4000
"""Allowed rows that are scored one by one whatever their share: it takes under a millisecond."""

_CANDIDATES = 400
"""Rows that are scored exactly after a scan of codes, at least: recall@10 is 0.998 with them and
0.99 with 200."""

_CANDIDATES_PER_K = 8
"""The same for each hit wanted."""

_CANDIDATES_WIDELY = 2
"""Times as many under a filter and in a thorough search: rows far from the query lie closer
together, and the error of the codes counts for more. Recall@10 under filters of one year or body is
0.990 without and 0.998 with, that of short questions to a million passages 0.98 and 0.992."""

_SCAN_FROM = 1 / 6
"""Share of rows as candidates from which an exact scan is cheaper than scoring them singly."""


class Segment:
    """Rows 0 to n of one part of a store."""

    def __init__(self, halves: Halves, codes: Codes | None, source: Path | None = None) -> None:
        """Take vectors, their codes if there are any, and the file they were opened from."""
        self.halves = halves
        self._codes = codes
        self._source = source

    def __len__(self) -> int:
        return len(self.halves)

    @property
    def is_coded(self) -> bool:
        """Whether there are codes."""
        return self._codes is not None

    @property
    def is_covered(self) -> bool:
        """Whether the codes, if there are any, hold each row once."""
        return self._codes is None or self._codes.hold_each_row

    @classmethod
    def build(cls, blocks: Iterable[NDArray[np.float16]], dim: int, coded: bool) -> Segment:
        """Build from blocks of vectors, using every core."""
        faiss.omp_set_num_threads(len(os.sched_getaffinity(0)))
        try:
            halves = Halves.of(blocks, dim)
            return cls(halves, Codes.encode(halves) if coded else None)
        finally:
            faiss.omp_set_num_threads(1)

    @classmethod
    def open(cls, path: Path, rows: int, dim: int, coded: bool) -> Segment:
        """Open files written by `save`; vectors stay on disk until they are needed.

        Raises:
            IndexDamagedError: a file is missing, cut short or of another form or size.
        """
        subject = path
        try:
            halves = Halves.map(path)
            subject = _codes_file(path) if coded else path
            codes = Codes.open(subject) if coded else None
        except RuntimeError as error:
            raise damaged(subject, "FAISS cannot read it", error) from error
        except TypeError as error:
            raise damaged(subject, str(error)) from error
        for part, held in ((path, halves), (_codes_file(path), codes)):
            if held is not None and len(held) != rows:
                raise damaged(part, f"holds {len(held)} vectors, not {rows}")
        if halves.dim != dim:
            raise damaged(path, f"holds vectors of length {halves.dim}, not {dim}")
        return cls(halves, codes, path)

    def save(self, path: Path) -> None:
        """Write files, or link those it was opened from, which costs nothing for its size."""
        _put(self._source, path, self.halves.save)
        if self._codes is not None:
            source = None if self._source is None else _codes_file(self._source)
            _put(source, _codes_file(path), self._codes.save)

    def search(
        self,
        queries: NDArray[np.float32],
        k: int,
        allowed: Mask | None,
        *,
        thorough: bool = False,
    ) -> list[tuple[Rows, Scores]]:
        """Return for each query the `k` best allowed rows, best first, and exact scores.

        The cheapest of four ways that give them: nothing to do; the few allowed rows one by one; an
        exact scan; or candidates from codes, scored exactly. `thorough` as in `VectorStore.search`.
        """
        if allowed is not None:
            count = int(np.count_nonzero(allowed))
            if count == 0:
                return [(np.empty(0, np.int64), np.empty(0, np.float32)) for _ in queries]
            if count < max(_GATHER_BELOW * len(self), _GATHER_FEWER_THAN):
                rows = np.flatnonzero(allowed)
                return [self.halves.search_rows(query, rows, k) for query in queries]
        wanted = max(_CANDIDATES, _CANDIDATES_PER_K * k)
        wanted *= _CANDIDATES_WIDELY if thorough or allowed is not None else 1
        if self._codes is None or wanted > _SCAN_FROM * len(self):
            return self.halves.search(queries, k, allowed)
        found = self._codes.candidates(queries, wanted, allowed, thorough=thorough)
        return [
            self.halves.search_rows(query, np.sort(rows), k)
            for query, rows in zip(queries, found, strict=True)
        ]


def _codes_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.rabitq")


def _put(source: Path | None, target: Path, write: Callable[[Path], None]) -> None:
    """Link `target` to a source that never changes, or write it where it cannot be linked."""
    if source is not None:
        if target.exists() and source.samefile(target):
            return
        with contextlib.suppress(OSError):  # another disk, or the source was retired meanwhile
            target.hardlink_to(source)
            return
    scratch = target.with_name(f"{target.name}.part")
    write(scratch)
    scratch.replace(target)
