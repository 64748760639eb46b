"""Vectors in the catalogue: by text and model, so that no text is ever embedded twice.

Which texts came or went since every passage had a vector is noted as they come and go (`touched`),
so that neither what lacks a vector nor what has one in vain is looked for among all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamagedError
from indexer.catalogue import Catalogue

__all__ = [
    "add_vectors",
    "count_unembedded",
    "settle_vectors",
    "unembedded",
    "unsettle_vectors",
    "vectors_of",
]

_WHOLE = "embedded"
"""Key of the state that names the model whose vectors every passage had."""

_READ = 8192
"""Vectors read from the catalogue at a time."""

_LACKING = """
    FROM {keys} t WHERE
    EXISTS (SELECT 1 FROM passages p WHERE p.text_sha256 = t.text_sha256) AND
    NOT EXISTS (SELECT 1 FROM vectors v
                WHERE v.text_sha256 = t.text_sha256 AND v.model_digest = ?)"""

_REMEDY = "run `precedent index --whole` with any path, which embeds it"


def count_unembedded(catalogue: Catalogue, model_digest: str) -> int:
    """Return how many distinct passage texts have no vector of this model."""
    (count,) = catalogue.connection.execute(
        f"SELECT count(DISTINCT t.text_sha256) {_lacking(catalogue, model_digest)}", (model_digest,)
    ).fetchone()
    return int(count)


def unembedded(
    catalogue: Catalogue, model_digest: str, block: int
) -> Iterator[list[tuple[bytes, str]]]:
    """Yield (key, text) of every distinct passage text that has no vector, so many at a time.

    In the order of keys, which is as good as chance: blocks of them hold long and short texts
    alike, so that the time left can be told from the time taken. Vectors of a block are to be added
    before the next is asked for; no more than one is in memory.
    """
    lacking = _lacking(catalogue, model_digest)
    last = b""
    while True:
        keys = catalogue.connection.execute(
            f"SELECT DISTINCT t.text_sha256 {lacking} AND t.text_sha256 > ? ORDER BY 1 LIMIT ?",
            (model_digest, last, block),
        ).fetchall()
        if not keys:
            return
        last = keys[-1][0]
        yield [(key, _text(catalogue, key)) for (key,) in keys]


def _lacking(catalogue: Catalogue, model_digest: str) -> str:
    settled = catalogue.get(_WHOLE) == model_digest
    return _LACKING.format(keys="touched" if settled else "passages")


def _text(catalogue: Catalogue, key: bytes) -> str:
    (text,) = catalogue.connection.execute(
        """SELECT substr(g.text, p.start + 1, p."end" - p.start)
           FROM passages p JOIN paragraphs g USING (document_id, ordinal)
           WHERE p.text_sha256 = ? LIMIT 1""",
        (key,),
    ).fetchone()
    return str(text)


def add_vectors(
    catalogue: Catalogue, keys: Sequence[bytes], vectors: NDArray[np.float32], model_digest: str
) -> None:
    """Keep vectors, (n, dim) float32, as float16; a cosine changes by less than 1e-4."""
    halves = vectors.astype("<f2")
    with catalogue.transaction():
        catalogue.connection.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
            ((key, model_digest, half.tobytes()) for key, half in zip(keys, halves, strict=True)),
        )


def settle_vectors(catalogue: Catalogue, model_digest: str) -> int:
    """Drop vectors of texts that no passage has any more, once every passage has one.

    Returns:
        how many were dropped.
    """
    settled = catalogue.get(_WHOLE) == model_digest
    among = "text_sha256 IN (SELECT text_sha256 FROM touched) AND" if settled else ""
    with catalogue.transaction():
        dropped = catalogue.connection.execute(
            f"DELETE FROM vectors WHERE {among} model_digest = ? AND NOT EXISTS "
            "(SELECT 1 FROM passages p WHERE p.text_sha256 = vectors.text_sha256)",
            (model_digest,),
        ).rowcount
        catalogue.connection.execute("DELETE FROM touched")
        catalogue.put(_WHOLE, model_digest)
    return dropped


def unsettle_vectors(catalogue: Catalogue) -> None:
    """Believe no more that every passage has a vector: the next look goes through all of them."""
    catalogue.put(_WHOLE, "")


def vectors_of(
    catalogue: Catalogue, keys: Iterable[bytes], model_digest: str, dim: int
) -> Iterator[NDArray[np.float32]]:
    """Yield the vectors of texts in their order, (n, dim) float32, L2-normalised, block by block.

    Raises:
        IndexDamagedError: a text has none.
    """
    held: list[bytes] = []
    for key in keys:
        found = catalogue.connection.execute(
            "SELECT vector FROM vectors WHERE text_sha256 = ? AND model_digest = ?",
            (key, model_digest),
        ).fetchone()
        if found is None:
            raise IndexDamagedError("catalogue", "a passage has no vector", _REMEDY)
        held.append(found[0])
        if len(held) == _READ:
            yield _matrix(held, dim)
            held = []
    if held:
        yield _matrix(held, dim)


def _matrix(held: list[bytes], dim: int) -> NDArray[np.float32]:
    vectors = np.frombuffer(b"".join(held), "<f2").reshape(len(held), dim).astype(np.float32)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), np.float32)
