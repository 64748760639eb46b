"""The order of documents, from the scores of their passages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.snapshot import Snapshot
from search_api.ranking.question import Ranking
from search_api.ranking.standing import in_standing

__all__ = ["Group", "grouped"]

WEIGHTS = (0.8, 0.15, 0.05)
"""Of a document's best passages, the best first. A document that is about something says so more
than once. What it has no passages for counts as its best, so that one of a single passage is not
the worse for it; a passage that is no candidate counts as the least of those that are."""


@dataclass(frozen=True, slots=True)
class Group:
    """A document among the answers.

    Attributes:
        document: its number in `snapshot.columns`.
        places: of its passages in the ranking, best first.
        score: of the document, 0 to 1.
    """

    document: int
    places: tuple[int, ...]
    score: float


def grouped(snapshot: Snapshot, ranking: Ranking) -> list[Group]:
    """Return the documents of a ranking, best first, each before what gave way to it."""
    if not ranking.rows:
        return []
    held: dict[int, list[int]] = {}
    for place, document in enumerate(snapshot.columns.document[list(ranking.rows)].tolist()):
        held.setdefault(document, []).append(place)
    documents = np.array(sorted(held), np.int64)
    sizes = snapshot.columns.passages_by_document()[documents]
    scores = np.array(
        [
            _score(ranking, held[document], size)
            for document, size in zip(documents.tolist(), sizes.tolist(), strict=True)
        ],
        np.float32,
    )
    order, scores = in_standing(snapshot, documents, scores)
    return [
        Group(document, tuple(held[document]), score)
        for document, score in zip(documents[order].tolist(), scores.tolist(), strict=True)
    ]


def _score(ranking: Ranking, places: list[int], size: int) -> float:
    """Return the score of a document of so many passages, of which some are at these places."""
    best = [float(ranking.fused[place]) for place in places[: len(WEIGHTS)]]
    least = float(ranking.fused[-1])
    best += [least] * (min(size, len(WEIGHTS)) - len(best))
    best += [best[0]] * (len(WEIGHTS) - len(best))
    return sum(weight * score for weight, score in zip(WEIGHTS, best, strict=True))
