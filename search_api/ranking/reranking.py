"""The best hits of a typed question, read again by a cross-encoder and put in a new order.

It was trained on short questions in English. Over the 20 best of a pasted paragraph of gc-citations
nDCG@10 fell from 0.604 to 0.291 with it, so that there, and in other languages, the order stays and
a warning says why.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.errors import QueryError
from corpus.metadata.language import likeliest_language
from indexer.reranker import Reranker
from indexer.snapshot import Snapshot
from search_api.ranking.evidence import Evidence
from search_api.ranking.question import Question
from search_api.ranking.timing import timed
from search_api.ranking.typed import ALL_WORDS

__all__ = ["BY_NAME", "HITS_READ", "Reranked", "ready", "reranked"]

Values = NDArray[np.float32]
Flags = NDArray[np.bool_]

HITS_READ = 20
"""Two pages of what a person looks at. Each costs as much as encoding a passage, so that 20 take
some 20 times as long as all else in an answer; what is past them cannot come up."""

WEIGHT = 0.5
"""Of the cross-encoder against the ranking's own score, each stretched over the hits read. More
than half lowers nDCG@10 on claims of scifact's train split, from 0.743 to 0.701 at the whole."""

MAX_CHARACTERS = 400
"""Longer texts of few words are no questions either: addresses, runs of symbols."""

BY_NAME = "rerank was not applied: what was asked for by name is shown in its own order"


@dataclass(frozen=True, slots=True)
class Reranked:
    """Scores of candidates after reading.

    Attributes:
        fused: (n,) float32, of each candidate.
        scores: of the cross-encoder, NaN for a candidate that it did not read; None where it read
            none.
        warnings: why it was not applied.
    """

    fused: Values
    scores: Values | None = None
    warnings: tuple[str, ...] = ()


def ready(reranker: Reranker | None) -> Reranker:
    """Return a reranker that can be used.

    Raises:
        QueryError: there is none; the message has the command that installs it.
        ModelError: what is installed cannot be read.
    """
    if reranker is None:
        raise QueryError("rerank", "nothing to rerank with was opened", "ask without rerank")
    if not reranker.is_installed():
        raise QueryError(
            "rerank",
            f"needs the model {reranker.name}, which is not installed",
            f"run `precedent models pull {reranker.name}`, or ask without rerank",
        )
    return reranker


def reranked(
    snapshot: Snapshot,
    question: Question,
    evidence: Evidence,
    fused: Values,
    seconds: dict[str, float],
) -> Reranked:
    """Read the best candidates again, where that was asked for and helps.

    Only passages in a language of the cross-encoder are read and move; others keep their places. A
    passage that has none of the question's words still stands below all that have every one, and
    none falls below what was not read. Scores fall strictly with the places of the best, so that
    they alone tell the order.
    """
    reranker = question.reranker
    if reranker is None:
        return Reranked(fused)
    if reason := _unfit(question, reranker):
        return Reranked(fused, warnings=(f"rerank was not applied: {reason}",))
    best = np.argsort(-fused, kind="stable")[: HITS_READ + 1]
    best, next_best = best[:HITS_READ], best[HITS_READ:]
    readable = _readable(snapshot, evidence.rows[best], reranker)
    if not readable.any():
        reason = f"none of the best {len(best)} hits is in English"
        return Reranked(fused, warnings=(f"rerank was not applied: {reason}",))
    with timed(seconds, "rerank"):
        texts = snapshot.texts(evidence.rows[best[readable]].tolist())
        read = reranker.scores(question.words, texts)
    mixed = fused[best].copy()
    mixed[readable] = _mixed(mixed[readable], read)
    coverage = evidence.signals["coverage"][best]
    by_words = question.signals != "dense"
    places = _arranged(
        mixed, readable, by_words & (coverage >= ALL_WORDS), by_words & (coverage == 0)
    )
    floor = fused[next_best[0]] if len(next_best) else np.float32(-np.inf)
    fused = fused.copy()
    fused[best[places]] = _falling(mixed[places], floor)
    scores = np.full(len(fused), np.nan, np.float32)
    scores[best[readable]] = read
    return Reranked(fused, scores)


def _unfit(question: Question, reranker: Reranker) -> str | None:
    """Return why a question is none for the cross-encoder, or None."""
    if question.is_pasted or len(question.words) > MAX_CHARACTERS:
        return f"the query is a pasted text, and {reranker.name} knows short questions"
    if likeliest_language(question.words) not in reranker.languages:
        return f"the question does not read as English, the only language of {reranker.name}"
    return None


def _readable(snapshot: Snapshot, rows: NDArray[np.int64], reranker: Reranker) -> Flags:
    columns = snapshot.columns
    held = {columns.language_number(language) for language in reranker.languages} - {-1}
    return np.isin(columns.language[columns.document[rows]], sorted(held))


def _mixed(own: Values, read: Values) -> Values:
    """Return a mean of both, within the range that the ranking's own scores have."""
    low, high = own.min(), own.max()
    spread = read.max() - read.min()
    share = (read - read.min()) / spread if spread > 0 else np.ones_like(read)
    return np.asarray((1 - WEIGHT) * own + WEIGHT * (low + (high - low) * share), np.float32)


def _arranged(scores: Values, movable: Flags, whole: Flags, none: Flags) -> list[int]:
    """Return which hit comes to each place, the best score first as far as the rules allow.

    Args:
        scores: of the hits, which stand in their old order.
        movable: others keep their places.
        whole: has every word of the question.
        none: has no word of it, and stands below all that are whole.
    """
    waiting = [int(i) for i in np.argsort(-scores, kind="stable") if movable[i]]
    places: list[int] = []
    for place in range(len(scores)):
        if not movable[place]:
            places.append(place)
            continue
        kept = ~movable[place:]
        wholes = sum(bool(whole[i]) for i in waiting)
        barred = wholes > 0 or bool((kept & whole[place:]).any())
        walls = np.flatnonzero(kept & none[place:])
        room = int((~kept[: walls[0]]).sum()) if len(walls) else len(scores)
        urgent = wholes >= room
        chosen = next(
            (i for i in waiting if not (barred and none[i]) and (whole[i] or not urgent)),
            waiting[0],
        )
        waiting.remove(chosen)
        places.append(chosen)
    return places


def _falling(scores: Values, floor: np.float32) -> Values:
    """Lift scores, from the last to the first, until each is above the next and the last above all.

    A step is the smallest that float32 has.
    """
    lifted = scores.copy()
    below = floor
    for place in reversed(range(len(lifted))):
        least = np.nextafter(below, np.float32(np.inf))
        lifted[place] = max(lifted[place], least)
        below = lifted[place]
    return np.minimum(lifted, np.float32(1))
