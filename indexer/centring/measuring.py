"""Measuring a collection, when it is published, for what its vectors have in common."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from indexer.catalogue import Catalogue
from indexer.centring.means import Centring
from indexer.centring.parallel import parallel_sentences
from indexer.embeddings import add_vectors, vectors_of
from indexer.encoder import Encoder, EncoderIdentity

__all__ = ["add_parallel", "copy_parallel", "measured"]

_MOST = 20_000
"""Passages of a language that are averaged, the first by row: more move a mean by nothing."""


def add_parallel(catalogue: Catalogue, encoder: Encoder) -> None:
    """Embed the parallel sentences once for a catalogue, some seconds of work."""
    digest = encoder.identity.digest
    waiting = [
        sentence
        for sentences in parallel_sentences().values()
        for sentence in sentences
        if not _held(catalogue, sentence, digest)
    ]
    if waiting:
        vectors = encoder.encode_passages(waiting)
        add_vectors(catalogue, [_key(sentence) for sentence in waiting], vectors, digest)


def copy_parallel(lender: Catalogue, catalogue: Catalogue) -> None:
    """Take over the vectors of the parallel sentences from another catalogue, as far as it can."""
    keys = [_key(one) for sentences in parallel_sentences().values() for one in sentences]
    with catalogue.transaction():
        for key in keys:
            rows = lender.connection.execute("SELECT * FROM vectors WHERE text_sha256 = ?", (key,))
            catalogue.connection.executemany(
                "INSERT OR IGNORE INTO vectors VALUES (?, ?, ?)", rows.fetchall()
            )


def measured(
    catalogue: Catalogue, serving: sqlite3.Connection, identity: EncoderIdentity
) -> Centring:
    """Return the centring of a snapshot, from the vectors of its passages.

    Where the parallel sentences were not embedded, languages are known by their passages alone.

    Args:
        catalogue: holds the vectors.
        serving: the snapshot's database, with its rows.
        identity: of the encoder that made the vectors.
    """
    totals: dict[str | None, tuple[NDArray[np.floating], int]] = {}
    languages = serving.execute("SELECT DISTINCT language FROM documents ORDER BY 1").fetchall()
    for (language,) in languages:
        keys = serving.execute(
            "SELECT text_sha256 FROM rows JOIN passages USING (document_id, ordinal, part) "
            "JOIN documents USING (document_id) WHERE language IS ? ORDER BY row LIMIT ?",
            (language, _MOST),
        )
        total, count = np.zeros(identity.dim, np.float64), 0
        of_language = (key for (key,) in keys)
        for block in vectors_of(catalogue, of_language, identity.digest, identity.dim):
            total += block.sum(axis=0)
            count += len(block)
        totals[language] = (total, count)
    return Centring.fit(totals, dict(_parallel(catalogue, identity)), identity.dim)


def _parallel(
    catalogue: Catalogue, identity: EncoderIdentity
) -> Iterator[tuple[str, NDArray[np.float32]]]:
    for language, sentences in parallel_sentences().items():
        if all(_held(catalogue, sentence, identity.digest) for sentence in sentences):
            keys = map(_key, sentences)
            yield language, np.vstack([*vectors_of(catalogue, keys, identity.digest, identity.dim)])


def _key(sentence: str) -> bytes:
    return hashlib.sha256(sentence.encode()).digest()


def _held(catalogue: Catalogue, sentence: str, digest: str) -> bool:
    found = catalogue.connection.execute(
        "SELECT 1 FROM vectors WHERE text_sha256 = ? AND model_digest = ?", (_key(sentence), digest)
    )
    return found.fetchone() is not None
