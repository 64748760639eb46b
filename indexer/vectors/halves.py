"""Vectors in half precision, in memory or mapped from a file, scored exactly by FAISS.

The catalogue keeps float16, so half precision here loses nothing that was kept: a cosine differs by
less than 1e-4 from that of the float32 vectors. It halves what a scan reads from memory, and FAISS
scans it in half the time of float32.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.vectors.files import write_index

__all__ = ["Halves", "Mask", "Rows", "Scores", "best", "only", "selecting"]

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]

_GATHERED = 2000
"""Rows gathered at once: they stay in the cache. Gathering 10,000 at once costs five times more."""


class Halves:
    """A matrix of (n, dim) float16 behind a FAISS index."""

    def __init__(self, index: Any) -> None:
        """Take a FAISS scalar quantiser of type QT_fp16, to which nothing is added any more."""
        self.index = index
        width = index.code_size
        held = (
            faiss.rev_swig_ptr(index.codes.data(), index.ntotal * width)
            if index.ntotal
            else np.empty(0, np.uint8)
        )
        # One opaque element a row, so that NumPy moves rows whole: three times as quick.
        self._rows = held.view(np.dtype((np.void, width)))

    def __len__(self) -> int:
        return int(self.index.ntotal)

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self.index.d)

    @classmethod
    def of(cls, blocks: Iterable[NDArray[np.float16]], dim: int) -> Halves:
        """Hold blocks of vectors, (n, dim), one after the other."""
        index = _empty(dim)
        for block in blocks:
            # As codes, so that FAISS does not round what NumPy has rounded, and not as NumPy does.
            index.add_sa_codes(np.ascontiguousarray(block, "<f2").view(np.uint8))
        return cls(index)

    @classmethod
    def map(cls, path: Path) -> Halves:
        """Map a file written by `save`: nothing is read until it is needed.

        Raises:
            RuntimeError: of FAISS; the file is missing, cut short or of another form.
            TypeError: the file holds another kind of index.
        """
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        if (
            not isinstance(index, faiss.IndexScalarQuantizer)
            or index.sq.qtype != faiss.ScalarQuantizer.QT_fp16
        ):
            raise TypeError(f"is a {type(index).__name__}, not vectors in half precision")
        return cls(index)

    def save(self, path: Path) -> None:
        """Write the vectors to a file."""
        write_index(self.index, path)

    def floats(self, rows: Rows | slice) -> NDArray[np.float32]:
        """Return some of the vectors, (len(rows), dim) float32."""
        taken = self._rows[rows] if isinstance(rows, slice) else np.take(self._rows, rows)
        return taken.view(np.float16).reshape(-1, self.dim).astype(np.float32)

    def halves(self) -> NDArray[np.float16]:
        """Return all of the vectors without copying them, (n, dim) float16."""
        return self._rows.view(np.float16).reshape(-1, self.dim)

    def search(
        self, queries: NDArray[np.float32], k: int, allowed: Mask | None
    ) -> list[tuple[Rows, Scores]]:
        """Scan all vectors: the `k` best allowed rows of each query, best first, and scores."""
        parameters = None if allowed is None else only(allowed)
        scores, rows = self.index.search(queries, min(k, len(self)), params=parameters)
        return [(r[r >= 0], s[r >= 0]) for r, s in zip(rows, scores, strict=True)]

    def search_rows(self, query: NDArray[np.float32], rows: Rows, k: int) -> tuple[Rows, Scores]:
        """Score `rows` alone: the `k` best of them, best first, and scores."""
        found = [self._gathered(query, rows[i : i + _GATHERED], k) for i in _starts(rows)]
        if len(found) == 1:
            return found[0]
        return best([r for r, _ in found], [s for _, s in found], k)

    def scores(self, query: NDArray[np.float32], rows: Rows) -> Scores:
        """Return the inner product of the query with each of the rows, (len(rows),) float32."""
        scores = np.empty(len(rows), np.float32)
        for i in _starts(rows):
            part = rows[i : i + _GATHERED]
            places, products = self._products(query, part, len(part))
            scores[i + places] = products
        return scores

    def scores_many(self, queries: NDArray[np.float32], rows: Rows) -> Scores:
        """Return inner products, (m, len(rows)) float32: the rows are widened once for all."""
        scores = np.empty((len(queries), len(rows)), np.float32)
        for i in _starts(rows):
            scores[:, i : i + _GATHERED] = queries @ self.floats(rows[i : i + _GATHERED]).T
        return scores

    def _gathered(self, query: NDArray[np.float32], rows: Rows, k: int) -> tuple[Rows, Scores]:
        places, products = self._products(query, rows, min(k, len(rows)))
        return rows[places], products

    def _products(self, query: NDArray[np.float32], rows: Rows, k: int) -> tuple[Rows, Scores]:
        """Score copies of the rows with FAISS: NumPy takes five times as long to widen them."""
        gathered = _empty(self.dim)
        taken = np.take(self._rows, rows)
        gathered.add_sa_codes(taken.view(np.uint8).reshape(len(rows), -1))
        products, places = gathered.search(query.reshape(1, -1), k)
        return places[0], products[0]


def best(rows: list[Rows], scores: list[Scores], k: int) -> tuple[Rows, Scores]:
    """Return the `k` best of several findings, best first, equal scores in order of rows."""
    all_rows, all_scores = np.concatenate(rows), np.concatenate(scores)
    order = np.lexsort((all_rows, -all_scores))[:k]
    return all_rows[order], all_scores[order]


def only(allowed: Mask) -> Any:
    """Return search parameters with which FAISS sees the allowed rows only."""
    parameters: Any = faiss.SearchParameters  # FAISS rewrites it when it is imported
    return parameters(sel=selecting(allowed))


def selecting(allowed: Mask) -> Any:
    """Return a selector that lets FAISS see the allowed rows only, from (n,) bool."""
    selector: Any = faiss.IDSelectorBitmap  # FAISS rewrites it when it is imported
    return selector(np.packbits(allowed, bitorder="little"))


def _empty(dim: int) -> Any:
    return faiss.IndexScalarQuantizer(
        dim, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )


def _starts(rows: Rows) -> range:
    return range(0, len(rows), _GATHERED)
