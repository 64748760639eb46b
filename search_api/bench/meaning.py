"""How near a claim is in meaning to sentences of the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from corpus.metadata.language import likeliest_language
from indexer.encoder import Encoder
from indexer.passages import sentences
from indexer.snapshot import Snapshot
from search_api.bench.sources import HeldParagraph
from search_api.nearest import MOST_SENTENCES

__all__ = ["ClaimMeaning"]

Vectors = NDArray[np.float32]


@dataclass
class ClaimMeaning:
    """Compares claims with paragraphs sentence by sentence, as `search_api.nearest` does.

    Sentences are encoded when they are first asked for and kept for the next claim on the same
    paragraph; a paragraph's first `MOST_SENTENCES` are looked at.
    """

    snapshot: Snapshot
    encoder: Encoder
    _claims: dict[str, Vectors] = field(default_factory=dict)
    _sentences: dict[tuple[int, ...], Vectors] = field(default_factory=dict)

    def of(self, claim: str, paragraph: HeldParagraph, language: str | None) -> float:
        """Return the cosine of a claim with the nearest sentence, or the whole, of a paragraph."""
        if paragraph.rows not in self._sentences:
            spans = list(islice(sentences(paragraph.text), MOST_SENTENCES))
            texts = [paragraph.text[a:b] for a, b in spans] or [paragraph.text]
            encoded = self.encoder.encode_passages(texts)
            languages = [language] * len(texts)
            self._sentences[paragraph.rows] = self.snapshot.centring.of_passages(encoded, languages)
        vector = self._vector(claim)
        near = float((self._sentences[paragraph.rows] @ vector).max())
        rows = np.array(paragraph.rows, np.int64)
        return max(near, float(self.snapshot.vectors.scores(vector, rows).max()))

    def nearest(self, claim: str, paragraphs: Sequence[HeldParagraph], k: int) -> list[int]:
        """Return the places of the paragraphs nearest to a claim as wholes, nearest first."""
        if not paragraphs:
            return []
        rows = [row for each in paragraphs for row in each.rows]
        owners = [i for i, each in enumerate(paragraphs) for _ in each.rows]
        scores = self.snapshot.vectors.scores(self._vector(claim), np.array(rows, np.int64))
        ordered = (owners[int(i)] for i in np.argsort(-scores, kind="stable"))
        return list(islice(dict.fromkeys(ordered), k))

    def _vector(self, claim: str) -> Vectors:
        if claim not in self._claims:
            encoded = self.encoder.encode_passages([claim])
            centred = self.snapshot.centring.of_questions(encoded, likeliest_language(claim))
            self._claims[claim] = np.asarray(centred[0], np.float32)
        return self._claims[claim]
