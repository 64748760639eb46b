"""Real vectors grown to a million and beyond, for measuring the vector store.

A grown vector stands to a real one as a real neighbour does. Real vectors are whitened: the mean is
taken away and each principal direction is divided by its deviation. How much two neighbours differ
in each direction is measured between real vectors and their fifth neighbours: a third of the
deviation of all in the first direction (neighbours share their topic), more than it in the last. A
grown vector keeps a share of its parent's coordinate and takes the rest from Gaussian noise so
that two children of one parent differ as neighbours do, times a factor drawn between 0.3 and 1
(from nearly the same sentence to only the same topic), and the variance in every direction stays
what it was. Children stand beside their parent, so consecutive rows are alike as those of one
document or body are. Queries are real vectors that were held out before anything was grown.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

__all__ = ["Grown", "real_vectors"]

Floats = NDArray[np.float32]

_BLOCK = 50_000
_NEIGHBOUR = 5


def real_vectors(catalogues: Sequence[Path]) -> Floats:
    """Return vectors of catalogues of one model, each text once, (n, dim) float32, L2-normalised.

    They come by document and in reading order, so that a run of them is of one body and time.
    """
    held: dict[bytes, bytes] = {}
    digests: set[str] = set()
    for path in catalogues:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        for key, vector, digest in connection.execute(
            "SELECT text_sha256, vector, model_digest FROM passages JOIN vectors "
            "USING (text_sha256) ORDER BY document_id, ordinal, part"
        ):
            held.setdefault(key, vector)
            digests.add(digest)
        connection.close()
    assert len(digests) == 1, "vectors of several models cannot be mixed"
    dim = len(next(iter(held.values()))) // 2
    vectors = np.frombuffer(b"".join(held.values()), "<f2").reshape(-1, dim).astype(np.float32)
    return _unit(vectors)


class Grown:
    """`rows` vectors grown from real ones, made block by block, and queries held out."""

    def __init__(self, real: Floats, rows: int, queries: int) -> None:
        """Hold out queries, and measure how neighbours differ among the others."""
        order = np.random.default_rng(0).permutation(len(real))
        self.queries: Floats = real[order[:queries]]
        self.real: Floats = real[np.sort(order[queries:])]
        self.rows = rows
        self._mean = self.real.mean(axis=0)
        centred = self.real - self._mean
        values, self._directions = np.linalg.eigh(np.cov(centred.T).astype(np.float32))
        self._deviations = np.sqrt(np.maximum(values, 1e-12))
        self._coordinates = centred @ self._directions / self._deviations
        index = faiss.IndexFlatIP(real.shape[1])
        index.add(self.real)
        some = np.random.default_rng(1).choice(len(self.real), 4000, replace=False)
        near = index.search(self.real[some], _NEIGHBOUR + 1)[1][:, _NEIGHBOUR]
        apart = (self.real[near] - self.real[some]) @ self._directions
        self._apart = apart.std(axis=0) / self._deviations

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self.real.shape[1])

    def blocks(self) -> Iterator[NDArray[np.float16]]:
        """Yield the rows in order, (up to 50,000, dim) float16, the same at every call."""
        rng = np.random.default_rng(2)
        parents = np.sort(np.arange(self.rows) % len(self.real))
        for start in range(0, self.rows, _BLOCK):
            mine = parents[start : start + _BLOCK]
            factor = rng.uniform(0.3, 1, (len(mine), 1)).astype(np.float32)
            kept = np.sqrt(np.clip(1 - (factor * self._apart) ** 2 / 2, 0, 1))
            noise = rng.standard_normal((len(mine), self.dim), np.float32)
            mixed = kept * self._coordinates[mine] + np.sqrt(1 - kept * kept) * noise
            vectors = _unit(mixed * self._deviations @ self._directions.T + self._mean)
            firsts = np.flatnonzero(np.diff(mine, prepend=-1 if not start else parents[start - 1]))
            vectors[firsts] = self.real[mine[firsts]]
            yield vectors.astype(np.float16)


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
