"""Ranking: filters first, then candidates by words and by meaning, then one order of them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from indexer.encoder import Encoder
from indexer.facets import Selection
from indexer.lexical import LexicalQuery
from indexer.snapshot import Snapshot
from search_api.fusion import fuse
from search_api.schemas import Scores, Signals

__all__ = ["Question", "Ranking", "rank"]

DEPTH = 200
"""Candidates each signal gives at least."""

DOCUMENT_DEPTH = 1000
"""The same where hits are grouped: a long document may hold dozens of the best passages."""


@dataclass(frozen=True, slots=True)
class Question:
    """What to rank by, and among what.

    Attributes:
        words: to match by words and by meaning.
        phrases: must stand in a passage.
        excluded: must not.
        selection: facet values a passage must have.
        mask: rows the selection allows, (n,) bool; None for all.
        signals: which to rank by.
        k: hits wanted, from the first.
        by_document: whether hits will be grouped.
        vector: of the question, where it is known; else `words` are encoded.
    """

    words: str
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    selection: Selection = field(default_factory=Selection)
    mask: NDArray[np.bool_] | None = None
    signals: Signals = "hybrid"
    k: int = 10
    by_document: bool = False
    vector: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows in order, best first, with their scores.

    Attributes:
        rows: best first.
        scores: of each row.
        seconds: wall time by stage.
        vector: of the question, where meaning was asked for.
    """

    rows: tuple[int, ...]
    scores: tuple[Scores, ...]
    seconds: dict[str, float] = field(default_factory=dict)
    vector: NDArray[np.float32] | None = None

    @classmethod
    def empty(cls) -> Ranking:
        """Return a ranking of nothing."""
        return cls((), ())

    @classmethod
    def in_order(cls, rows: Sequence[int]) -> Ranking:
        """Return rows that were asked for by name, in their order, each a full answer."""
        return cls(tuple(rows), tuple(Scores(fused=1.0) for _ in rows))


def rank(snapshot: Snapshot, encoder: Encoder, question: Question) -> Ranking:
    """Rank the passages that a question allows.

    Candidates are the best of each signal; each is then scored by both, so that no candidate is
    ranked by a score it merely lacks. Scores of ties keep the order of rows, which is stable.
    """
    seconds: dict[str, float] = {}
    lexical_query = LexicalQuery(
        question.words, question.phrases, question.excluded, question.selection
    )
    mask = question.mask
    if lexical_query.constrains:
        with _timed(seconds, "match"):
            matching = np.zeros(len(snapshot.vectors), np.bool_)
            matching[snapshot.lexical.matching(lexical_query)] = True
            mask = matching if mask is None else mask & matching
    depth = max(DOCUMENT_DEPTH if question.by_document else DEPTH, question.k)
    vector = question.vector
    if question.signals != "lexical" and vector is None:
        with _timed(seconds, "encode"):
            vector = encoder.encode_queries([question.words])[0]
    by_words = np.empty(0, np.int64)
    by_meaning = np.empty(0, np.int64)
    if question.signals != "dense":
        with _timed(seconds, "lexical"):
            # One more than wanted of what `mask` alone knows to leave out (the passage itself).
            by_words = snapshot.lexical.search(lexical_query, depth + 1)[0]
            if mask is not None:
                by_words = by_words[mask[by_words]]
    if vector is not None and question.signals != "lexical":
        with _timed(seconds, "dense"):
            by_meaning = snapshot.vectors.search(vector, depth, mask)[0]
    with _timed(seconds, "fuse"):
        rows = np.union1d(by_words, by_meaning)
        if not len(rows):
            return Ranking((), (), seconds)
        words = snapshot.lexical.score(question.words, rows.tolist())
        meaning = None if vector is None else snapshot.vectors.scores(vector, rows)
        fused = _combined(question, words, meaning)
        order = np.argsort(-fused, kind="stable")
    scores = tuple(
        Scores(
            fused=float(fused[i]),
            lexical=None if question.signals == "dense" else float(words[i]),
            dense=None if meaning is None else float(meaning[i]),
        )
        for i in order
    )
    return Ranking(tuple(int(row) for row in rows[order]), scores, seconds, vector)


def _combined(
    question: Question, words: NDArray[np.float32], meaning: NDArray[np.float32] | None
) -> NDArray[np.float32]:
    if question.signals == "lexical" or meaning is None:
        return words / max(float(words.max(initial=0.0)), 1e-9)
    if question.signals == "dense":
        return np.clip(meaning, 0.0, 1.0)
    return fuse(words, meaning, len(question.words.split()))


class _timed:  # noqa: N801
    """Add the wall time of a block to a stage."""

    def __init__(self, seconds: dict[str, float], stage: str) -> None:
        self._seconds, self._stage = seconds, stage

    def __enter__(self) -> None:
        self._start = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self._seconds[self._stage] = time.perf_counter() - self._start
