"""The sentence of a passage that carries its meaning for a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from indexer.encoder import Encoder
from indexer.passages import sentences
from indexer.snapshot import Snapshot
from search_api.ranking import Meaning
from search_api.schemas import Sentence

__all__ = ["MOST_SENTENCES", "NearestSentence", "Shown"]

MOST_SENTENCES = 12
"""Sentences of one passage that are compared, from its beginning."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage of an answer.

    Attributes:
        row: of the snapshot.
        text: the words shown.
        language: ISO 639-1, where known.
    """

    row: int
    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class NearestSentence:
    """Compares the sentences of passages with a question, as the passages themselves are compared.

    Vectors of sentences are not kept in the index, where they would outnumber those of passages by
    four to one; each is encoded when it is asked for, at some milliseconds.

    Attributes:
        snapshot: that the passages are of.
        encoder: of the snapshot.
        meaning: of the question.
    """

    snapshot: Snapshot
    encoder: Encoder
    meaning: Meaning

    def of(self, passages: Sequence[Shown]) -> list[Sentence | None]:
        """Return the nearest sentence of each passage; None of a passage without one."""
        spans = [list(islice(sentences(each.text), MOST_SENTENCES)) for each in passages]
        owners = np.repeat(np.arange(len(passages)), [len(each) for each in spans])
        if not len(owners):
            return [None] * len(passages)
        texts = [passages[i].text[a:b] for i, held in enumerate(spans) for a, b in held]
        languages = [passages[i].language for i in owners.tolist()]
        vectors = self.snapshot.centring.of_passages(self.encoder.encode_passages(texts), languages)
        rows = np.array([each.row for each in passages], np.int64)
        abroad = self.meaning.is_foreign(self.snapshot, rows)[owners]
        scores = np.where(
            abroad,
            (vectors @ self.meaning.foreign.T).max(axis=1),
            (vectors @ self.meaning.own.T).max(axis=1),
        )
        found: list[Sentence | None] = []
        for i, held in enumerate(spans):
            of_passage = scores[owners == i]
            if not held:
                found.append(None)
                continue
            best = int(of_passage.argmax())
            start, end = held[best]
            found.append(Sentence(start=start, end=end, score=float(of_passage[best])))
        return found
