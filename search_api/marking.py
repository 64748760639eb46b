"""Marking hits: the query's words and phrases, or else the sentence nearest in meaning."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from indexer.encoder import Encoder
from indexer.passages import sentences
from search_api.highlights import Highlighter
from search_api.schemas import Highlight

__all__ = ["Marker"]

MEANING_HITS = 10
"""Hits of one answer in which sentences are compared: each costs some milliseconds of encoding."""

MEANING_SENTENCES = 12
"""Sentences of one hit that are compared, from its beginning."""


class Marker:
    """Marks the hits of one answer.

    A hit in another language than the question, or in other words, would otherwise show no reason
    for being there.
    """

    def __init__(
        self, highlighter: Highlighter, encoder: Encoder, vector: NDArray[np.float32] | None
    ) -> None:
        """Take what marks words, and the question's vector; None marks no sentences."""
        self._highlighter = highlighter
        self._encoder = encoder
        self._vector = vector

    def mark(self, passages: Sequence[tuple[str, str | None]]) -> list[tuple[Highlight, ...]]:
        """Return the marks of each (text, language), by start, not overlapping."""
        marks = [self._highlighter.mark(text, language) for text, language in passages]
        if self._vector is None:
            return marks
        bare = [i for i, found in enumerate(marks) if not found][:MEANING_HITS]
        spans = [(i, span) for i in bare for span in _several_sentences(passages[i][0])]
        if not spans:
            return marks
        vectors = self._encoder.encode_passages([passages[i][0][a:b] for i, (a, b) in spans])
        best: dict[int, tuple[float, tuple[int, int]]] = {}
        for (i, span), score in zip(spans, vectors @ self._vector, strict=True):
            if i not in best or score > best[i][0]:
                best[i] = (float(score), span)
        for i, (_, (start, end)) in best.items():
            marks[i] = (Highlight(start=start, end=end, kind="sentence"),)
        return marks


def _several_sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of a text that has more than one."""
    spans = list(islice(sentences(text), MEANING_SENTENCES))
    return spans if len(spans) > 1 else []
