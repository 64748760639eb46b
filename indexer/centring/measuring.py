"""Measuring a collection, when it is published, for what its vectors have in common."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from indexer.catalogue import Catalogue, text_key
from indexer.centring.means import Centring
from indexer.centring.parallel import parallel_phrases, parallel_sentences
from indexer.embeddings import add_vectors, vectors_of
from indexer.encoder import Encoder, EncoderIdentity, Vectors

__all__ = ["add_parallel", "copy_parallel", "measured", "parallel_keys"]

_MOST = 20_000
"""Passages of a language that are averaged, the first by row: more move a mean by nothing."""


def add_parallel(catalogue: Catalogue, encoder: Encoder) -> None:
    """Embed the parallel sentences and phrases once for a catalogue, some seconds of work."""
    _add(catalogue, encoder, parallel_sentences(), text_key, encoder.encode_passages)
    _add(catalogue, encoder, parallel_phrases(), _question_key, encoder.encode_queries)


def parallel_keys() -> list[bytes]:
    """Return the keys of the vectors that `add_parallel` adds."""
    keys = [text_key(text) for texts in parallel_sentences().values() for text in texts]
    return keys + [_question_key(text) for texts in parallel_phrases().values() for text in texts]


def copy_parallel(lender: Catalogue, catalogue: Catalogue) -> None:
    """Take over the vectors of the parallel sentences from another catalogue, as far as it can."""
    with catalogue.transaction():
        for key in parallel_keys():
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
    sentences = dict(_parallel(catalogue, identity, parallel_sentences(), text_key))
    phrases = dict(_parallel(catalogue, identity, parallel_phrases(), _question_key))
    return Centring.fit(totals, sentences, identity.dim, phrases)


def _add(
    catalogue: Catalogue,
    encoder: Encoder,
    texts: Mapping[str, tuple[str, ...]],
    key_of: Callable[[str], bytes],
    encode: Callable[[list[str]], Vectors],
) -> None:
    digest = encoder.identity.digest
    every = dict.fromkeys(text for of_language in texts.values() for text in of_language)
    waiting = [text for text in every if not _held(catalogue, key_of(text), digest)]
    if waiting:
        add_vectors(catalogue, [key_of(text) for text in waiting], encode(waiting), digest)


def _parallel(
    catalogue: Catalogue,
    identity: EncoderIdentity,
    texts: Mapping[str, tuple[str, ...]],
    key_of: Callable[[str], bytes],
) -> Iterator[tuple[str, NDArray[np.float32]]]:
    for language, of_language in texts.items():
        keys = [key_of(text) for text in of_language]
        if all(_held(catalogue, key, identity.digest) for key in keys):
            yield language, np.vstack([*vectors_of(catalogue, keys, identity.digest, identity.dim)])


def _question_key(text: str) -> bytes:
    """Return the key of a text that is encoded as a question: no passage has it."""
    return text_key(f"\0question\0{text}")


def _held(catalogue: Catalogue, key: bytes, digest: str) -> bool:
    found = catalogue.connection.execute(
        "SELECT 1 FROM vectors WHERE text_sha256 = ? AND model_digest = ?", (key, digest)
    )
    return found.fetchone() is not None
