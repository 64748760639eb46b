"""What whole documents are about, as vectors: the middle of their passages'."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["DocumentVectors"]

Vectors = NDArray[np.float32]

_BLOCK = 4096
"""Passages whose vectors are read at once: 6 MB of them."""


class _Stored(Protocol):
    """Where the vectors of passages are."""

    @property
    def dim(self) -> int: ...

    def floats(self, rows: slice) -> Vectors: ...


class DocumentVectors:
    """The vector of each document that was ever asked for; safe to use from several threads.

    It is worked out from the passages' when it is first wanted, and kept in half precision: 768
    bytes a document, of which the system gives out no page before one on it is written.
    """

    def __init__(self, vectors: _Stored, spans: NDArray[np.int64]) -> None:
        """Take the vectors of passages, and the rows of each document, (documents, 2)."""
        self._vectors, self._spans = vectors, spans
        self._kept = np.zeros((len(spans), vectors.dim), np.float16)
        self._known = np.zeros(len(spans), np.bool_)

    def of(self, documents: NDArray[np.int32]) -> Vectors:
        """Return the middle of each document's passages at length 1, (m, dim) float32."""
        for number in documents[~self._known[documents]].tolist():
            self._kept[number] = self._middle(number)
            self._known[number] = True  # last: another thread may be reading
        return self._kept[documents].astype(np.float32)

    def _middle(self, number: int) -> Vectors:
        first, end = self._spans[number].tolist()
        total = np.zeros(self._vectors.dim, np.float32)
        for start in range(first, end, _BLOCK):
            total += self._vectors.floats(slice(start, min(start + _BLOCK, end))).sum(axis=0)
        return total / np.float32(max(float(np.linalg.norm(total)), 1e-12))
