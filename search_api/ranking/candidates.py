"""Candidates: the passages that any signal finds, before one order is made of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.lexical import LexicalQuery
from indexer.snapshot import Snapshot
from search_api.ranking.meaning import Meaning
from search_api.ranking.question import Question
from search_api.ranking.timing import timed

__all__ = ["candidate_rows"]

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]

TYPED_DEPTH = 200
"""Candidates each signal gives for a typed question."""

PASTED_DEPTH = 300
"""The same for a pasted text. The answers of gc-citations are among the best 200 of words, pairs,
meaning and sentences in 0.943 of cases, among the best 300 in 0.954."""

DOCUMENT_DEPTH = 1000
"""The same where hits are grouped: a long document may hold dozens of the best passages."""


@dataclass(frozen=True, slots=True)
class _Search:
    """Where to look, how deep, among what, and for what kind of question."""

    snapshot: Snapshot
    query: LexicalQuery
    mask: Mask | None
    depth: int
    pasted: bool

    def by_words(self) -> Rows:
        return self._allowed(self.snapshot.lexical.candidates(self.query, self.depth + 1)[0])

    def by_pairs(self) -> Rows:
        return self._allowed(self.snapshot.lexical.search_pairs(self.query, self.depth + 1)[0])

    def by_title(self) -> Rows:
        return self._allowed(self.snapshot.lexical.titled_candidates(self.query, self.depth + 1)[0])

    def by_meaning(self, meaning: Meaning) -> list[Rows]:
        vectors = self.snapshot.vectors
        readable = self.mask
        if meaning.unread is not None:
            readable = ~meaning.unread if self.mask is None else self.mask & ~meaning.unread
        found = vectors.search_many(meaning.own, self.depth, readable, thorough=not self.pasted)
        if meaning.differs_abroad:
            abroad = meaning.all_foreign(self.snapshot)
            if self.mask is not None:
                abroad = abroad & self.mask
            found += vectors.search_many(
                meaning.foreign, self.depth, abroad, thorough=not self.pasted
            )
        return [rows for rows, _ in found]

    def _allowed(self, rows: Rows) -> Rows:
        """Leave out what the mask alone knows to leave out, such as the passage itself."""
        return rows if self.mask is None else rows[self.mask[rows]]


def candidate_rows(
    snapshot: Snapshot,
    question: Question,
    query: LexicalQuery,
    mask: Mask | None,
    meaning: Meaning | None,
    seconds: dict[str, float],
) -> Rows:
    """Return rows that may be shown, ascending: the best of words, pairs and meaning.

    Doubles of one text are folded into the one to show before anything is compared, so that `k`
    hits are left in the end.
    """
    depth = PASTED_DEPTH if question.is_pasted else TYPED_DEPTH
    if question.by_document:
        depth = DOCUMENT_DEPTH
    depth = max(depth, question.k * snapshot.folds.widest)
    search = _Search(snapshot, query, mask, depth, question.is_pasted)
    found: list[Rows] = []
    if question.signals != "dense":
        with timed(seconds, "lexical"):
            found += [search.by_pairs()]
            found.append(search.by_words() if question.is_pasted else search.by_title())
    if meaning is not None:
        with timed(seconds, "dense"):
            found += search.by_meaning(meaning)
    rows = np.unique(np.concatenate([np.empty(0, np.int64), *found]))
    return snapshot.folds.shown(rows, mask)
