"""One bit a dimension: RaBitQ codes in inverted lists, scanned by FAISS under any filter.

RaBitQ (Gao and Long, SIGMOD 2024, https://doi.org/10.1145/3654970) keeps the signs of a vector's
difference from a centroid and two factors that make the estimated distance unbiased. Centring
matters: cosines of the encoder's vectors lie between 0.7 and 0.9, for all share a mean of norm
0.89. One centroid a list centres better than one in all. The lists are there for that, for
FAISS takes a filter into the fast scan of lists and not of a flat index, and to leave out the
farthest ones: of a vector that lies among the others, but not of a short question, which lies
apart from them all.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.vectors.files import write_index
from indexer.vectors.halves import Halves, Mask, Rows, only, selecting

__all__ = ["Codes"]

_MOST_LISTS = 256
"""More lists cost more tables than they save: 1024 took a third longer at a million rows."""

_TRAINED_ON = 100
"""Vectors of a segment a list that its centroids are found from, by eight rounds of k-means."""

_ENCODED = 65_536
"""Rows widened to float32 at once while they are encoded."""

_BLOCK = 64
"""Consecutive rows for which it is noted together which lists they stand in."""

_SCANNED = 0.3
"""Share of the rows that is scanned without a filter, the lists nearest the query first."""

_SCANNED_ROWS = 65_536
"""Rows that are scanned in any case, which takes half a millisecond: small segments whole."""

_SCANNED_FILTERED = 0.5
"""The same under a filter, of lists that can hold any allowed row."""

_SCANNED_THOROUGHLY = 0.85
"""The same in a thorough search. Of the ten rows of a million nearest to a short question 0.96 are
in the lists with 0.3 of the rows, 0.975 in those with 0.5 and all in those with 0.8; under filters
recall@10 is 0.96 with 0.5 and 1 with 0.75."""

_FAIRLY_COVERED = 0.45
"""Share of the allowed rows in that half from which they count as no rarer near the query."""

_COVERED = 0.9
"""Share of the allowed rows that is scanned where they are rarer near the query. All rows of a body
that writes of other things are far from it, and then which list is nearest tells little: recall@10
was 0.93 with a half and is above 0.99 so. Such rows stand together, and are scanned twice as fast.
"""

_SAMPLED = 32_768
"""Rows from which it is estimated how many allowed ones each list holds, in a tenth of a
millisecond; counting all of a million takes four."""

_TOGETHER = 4
"""Queries scanned in one pass. Four cost a twentieth less each than one alone, ten cost
more."""

_FEW_LEFT_OUT = 0.9
"""Share allowed from which a filter is no filter, only rows that were taken away."""


class Codes:
    """Codes of the rows of one segment, which give candidates for exact scoring."""

    def __init__(self, index: Any) -> None:
        """Take a FAISS `IndexIVFRaBitQFastScan`, to which nothing is added any more."""
        self._index = index
        self._centroids = index.quantizer.reconstruct_n(0, index.nlist)
        self._sizes = np.array([index.invlists.list_size(i) for i in range(index.nlist)], np.int64)
        self._in_block, list_of = self._places()
        self._stride = max(1, len(self) // _SAMPLED)
        self._sample = list_of[:: self._stride].copy()  # not the whole, which a view would keep

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def hold_each_row(self) -> bool:
        """Whether every row stands in one list, and once."""
        lists = self._index.invlists
        ids = [
            faiss.rev_swig_ptr(lists.get_ids(int(number)), int(self._sizes[number]))
            for number in np.flatnonzero(self._sizes)
        ]
        held = np.sort(np.concatenate([np.empty(0, np.int64), *ids]))
        return bool(np.array_equal(held, np.arange(len(self))))

    @classmethod
    def encode(cls, halves: Halves) -> Codes:
        """Find the lists' centroids from a sample, and encode every vector."""
        count = len(halves)
        lists = min(_MOST_LISTS, 2 ** round(math.log2(math.sqrt(count) / 2)))
        # Euclidean, which orders unit vectors as inner products do and balances the lists better.
        quantizer = faiss.IndexFlatL2(halves.dim)
        index = faiss.IndexIVFRaBitQFastScan(quantizer, halves.dim, lists, faiss.METRIC_L2)
        index.cp.niter = 8
        sample = min(count, lists * _TRAINED_ON)
        # Evenly spread, for rows stand by document and neighbours are alike.
        index.train(halves.floats(np.linspace(0, count - 1, sample).astype(np.int64)))
        for start in range(0, count, _ENCODED):
            index.add(halves.floats(slice(start, start + _ENCODED)))
        return cls(index)

    @classmethod
    def open(cls, path: Path) -> Codes:
        """Read a file written by `save`.

        Raises:
            RuntimeError: of FAISS; the file is missing, cut short or of another form.
            TypeError: the file holds another kind of index.
        """
        index = faiss.read_index(str(path))
        if not isinstance(index, faiss.IndexIVFRaBitQFastScan):
            raise TypeError(f"is a {type(index).__name__}, not RaBitQ codes")
        return cls(index)

    def save(self, path: Path) -> None:
        """Write the codes to a file."""
        write_index(self._index, path)

    def candidates(
        self,
        queries: NDArray[np.float32],
        count: int,
        allowed: Mask | None,
        *,
        thorough: bool = False,
    ) -> list[Rows]:
        """Return up to `count` rows for each query that are probably among its best.

        Args:
            queries: (m, dim) float32.
            count: how many at most.
            allowed: (n,) bool, rows that may be returned; None allows all.
            thorough: for queries that lie apart from all rows.
        """
        selector = None if allowed is None else selecting(allowed)
        if allowed is not None and np.count_nonzero(allowed) < _FEW_LEFT_OUT * len(self):
            live = self._holding(allowed)
            # Weights, for picking by the mask stalls the processor where it is random.
            weights = allowed[:: self._stride].astype(np.float64)
            counted = np.bincount(self._sample, weights=weights, minlength=len(self._sizes))
            inside: NDArray[np.float64] | None = counted[live].astype(np.float64)
        else:
            live, inside = np.ones(len(self._sizes), np.bool_), None
        # FAISS rewrites its constructors when it is imported, which its type stubs do not know.
        parameters_of: Any = faiss.IVFRaBitQSearchParameters
        in_lists = only(live)
        found: list[Rows] = []
        for start in range(0, len(queries), _TOGETHER):
            few = queries[start : start + _TOGETHER]
            parameters = parameters_of(
                sel=selector,
                nprobe=self._probed(few, live, inside, thorough),
                quantizer_params=in_lists,
            )
            _, rows = self._index.search(few, count, params=parameters)
            found += [of_query[of_query >= 0] for of_query in rows]
        return found

    def _probed(
        self,
        queries: NDArray[np.float32],
        live: Mask,
        inside: NDArray[np.float64] | None,
        thorough: bool,
    ) -> int:
        """Return how many live lists to scan, nearest first, so that each query has enough.

        Args:
            queries: (m, dim) float32, searched together.
            live: (lists,) bool, lists that are scanned at all.
            inside: (live lists,) allowed rows in each, of a sample; None without a filter.
            thorough: for queries that lie apart from all rows.
        """
        centroids, sizes = self._centroids[live], self._sizes[live]
        nearness = queries @ centroids.T - 0.5 * (centroids * centroids).sum(axis=1)
        order = np.argsort(-nearness, axis=1)
        scanned = np.cumsum(sizes[order], axis=1)
        share = _SCANNED if inside is None else _SCANNED_FILTERED
        share = _SCANNED_THOROUGHLY if thorough else share
        wanted = max(share * len(self), _SCANNED_ROWS)
        lists = np.minimum((scanned < wanted).sum(axis=1) + 1, len(sizes))
        if inside is not None:
            covered = np.cumsum(inside[order], axis=1) / max(1.0, float(inside.sum()))
            reached = np.take_along_axis(covered, lists[:, None] - 1, axis=1)[:, 0]
            enough = np.minimum((covered < _COVERED).sum(axis=1) + 1, len(sizes))
            lists = np.where(reached < _FAIRLY_COVERED, np.maximum(lists, enough), lists)
        return int(lists.max())

    def _holding(self, allowed: Mask) -> Mask:
        """Return which lists may hold an allowed row: none that does is missing, (lists,) bool."""
        some = np.logical_or.reduceat(allowed, np.arange(0, len(allowed), _BLOCK))
        words = np.bitwise_or.reduce(self._in_block[some], axis=0)
        bits = np.unpackbits(words.view(np.uint8), bitorder="little")[: len(self._sizes)]
        return bits.astype(np.bool_)

    def _places(self) -> tuple[NDArray[np.uint64], NDArray[np.int16]]:
        """Return which lists the rows of each block stand in, as bits, and the list of each row."""
        lists = len(self._sizes)
        inside = np.zeros((-(-len(self) // _BLOCK), -(-lists // 64) * 64), np.bool_)
        list_of = np.empty(len(self), np.int16)
        for number in np.flatnonzero(self._sizes):
            ids = faiss.rev_swig_ptr(
                self._index.invlists.get_ids(int(number)), int(self._sizes[number])
            )
            inside[ids // _BLOCK, number] = True
            list_of[ids] = number
        return np.packbits(inside, axis=1, bitorder="little").view(np.uint64), list_of
