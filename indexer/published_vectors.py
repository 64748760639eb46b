"""The vectors of a snapshot as the encoder made them, worked out from what is left of them.

A snapshot keeps, of the vector v of a passage, v - m at length 1, m being what is common to its
language. v has length 1, so v = m + s u with u the vector that is kept and s the positive solution
of |m + s u| = 1. What was rounded to 16 bits once more is off by a step of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.centring import Centring
from indexer.parts import CENTRING, VECTORS
from indexer.vectors import VectorStore

__all__ = ["PublishedVectors", "uncentred"]

Vector = NDArray[np.float32]

_TEXTS = """
    SELECT r.row, p.text_sha256, d.language FROM rows r
    JOIN passages p USING (document_id, ordinal, part) JOIN documents d USING (document_id)
    ORDER BY r.row"""


def uncentred(kept: Vector, taken: Vector) -> Vector:
    """Return the vector of length 1 of which `kept` is what was left without `taken`, (dim,)."""
    along = float(kept @ taken)
    rest = along * along + 1.0 - float(taken @ taken)
    vector = taken + (np.sqrt(max(rest, 0.0)) - along) * kept
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


@dataclass(frozen=True, slots=True)
class PublishedVectors:
    """Vectors of a snapshot, and what was taken from them."""

    store: VectorStore
    centring: Centring

    @classmethod
    def open(cls, folder: Path) -> PublishedVectors:
        """Open them in the folder of a snapshot.

        Raises:
            IndexDamagedError: they cannot be read.
        """
        return cls(VectorStore.open(folder / VECTORS), Centring.open(folder / CENTRING))

    def of_texts(
        self, serving: sqlite3.Connection, keys: set[bytes]
    ) -> Iterator[tuple[bytes, Vector]]:
        """Yield the key of each wanted text that the snapshot has, once, and its vector."""
        wanted = set(keys)
        places = {language: i for i, language in enumerate(self.centring.languages)}
        for row, key, language in serving.execute(_TEXTS):
            if key not in wanted or row >= len(self.store):
                continue
            wanted.discard(key)
            place = places.get(language or "", -1)
            taken = self.centring.common if place < 0 else self.centring.passages[place]
            yield key, uncentred(self.store.vector(row), taken)
