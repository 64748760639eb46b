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


WHOLE_WEIGHT = 0.4
"""Of the words of the whole document (`whole`), the most it can be: of n passages those of
`WEIGHTS` were weighed already, and the share of the others counts. Passages have the rest. What it
gives is in `benchmarks.ablation`; 0.3 to 0.5 differ by 0.008 on ohchr-issues (dev). Counted for
documents of two passages as well, it takes 0.004 from scifact."""


ARTICLES_WEIGHT = 0.2
"""Of citing the article that guarantees what a question names. What it gives is in
`benchmarks.ablation`; 0.1 to 0.3 differ by 0.009 on ohchr-issues (dev)."""


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
            _with_articles(
                _with_whole(
                    _score(ranking, held[document], size), ranking.whole.get(document), size
                ),
                ranking.articles.get(document),
            )
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


def _with_whole(score: float, whole: float | None, size: int) -> float:
    """Return the score of a document; what was not read whole keeps that of its passages."""
    if whole is None or size <= len(WEIGHTS):
        return score
    weight = WHOLE_WEIGHT * (1 - len(WEIGHTS) / size)
    return (1 - weight) * score + weight * whole


def _with_articles(score: float, cited: float | None) -> float:
    """Return the score of a document; what was not read whole keeps what it has."""
    return score if cited is None else (1 - ARTICLES_WEIGHT) * score + ARTICLES_WEIGHT * cited
