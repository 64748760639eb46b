"""What is known of each candidate, as numbers that mean the same for every question.

Scores over words grow with the length and rarity of a question. They are given as shares: of the
best candidate's, and of what the question has in common with itself. Nothing tells how long a
passage is, which would tell popular passages of one collection apart and no others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import field_language
from indexer.snapshot import Snapshot
from search_api.ranking.meaning import Meaning
from search_api.ranking.overlap import CONTEXT_WEIGHT, SIGNALS, Texts, overlap, own_overlap
from search_api.ranking.terms import QuestionTerms, question_terms

__all__ = ["FEATURES", "Evidence", "evidence_of"]

Values = NDArray[np.float32]
Rows = NDArray[np.int64]

PAIR_WEIGHT = 0.5
"""Weight of pairs against words where a document's passages are summed up."""

BEST_OF_DOCUMENTS = 100
"""Candidates whose scores are summed up by document."""

MOST_WORDS = 0.5
"""Share of a question's rarity from which words are shared with another language for a reason.
Below it they are chance, and cost Spanish 23 of 100 articles that meaning alone finds."""

_TO_BEST = (
    "words", "words_once", "context", "pairs", "sentences", "best_sentence", "sentence_pairs",
    "best_sentence_pairs", "run", "rarest", "document", "document_sum", "neighbour",
)  # fmt: skip
_TO_ITSELF = ("words_once", "pairs", "sentences", "best_sentence", "best_sentence_pairs")

FEATURES = (
    *(f"{name}/best" for name in _TO_BEST),
    *(f"{name}/itself" for name in _TO_ITSELF),
    "run", "rarest", "coverage", "pair_share",
    "meaning", "meaning-best", "document_meaning-best",
)  # fmt: skip
"""Names of the columns, in order."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of candidates.

    Attributes:
        rows: ascending.
        signals: by name, (n,) float32; BM25 and its kin in their own units.
        lexical: BM25 of text and title, (n,) float32.
        dense: cosine with the whole question, (n,) float32; None where meaning does not count.
        foreign: which are in another language than the question, (n,) bool, and have not most of
            its words all the same, as of a name.
        matrix: (n, len(FEATURES)) float32.
    """

    rows: Rows
    signals: dict[str, Values]
    lexical: Values
    dense: Values | None
    foreign: NDArray[np.bool_]
    matrix: Values


def evidence_of(
    snapshot: Snapshot, rows: Rows, sentences: list[str], meaning: Meaning | None
) -> Evidence:
    """Compare candidates with a question."""
    n = len(rows)
    signals = {name: np.zeros(n, np.float32) for name in SIGNALS}
    itself = {name: np.zeros(n, np.float32) for name in _TO_ITSELF}
    for language, places in _by_language(snapshot, rows):
        question = question_terms(snapshot.lexical, language, sentences)
        _compare(snapshot, rows[places], question, places, signals)
        for name, value in own_overlap(question).items():
            itself[name][places] = value
    lexical = signals["words"] + np.float32(CONTEXT_WEIGHT) * signals["context"]
    signals |= _around(snapshot, rows, signals)
    cosine = np.zeros(n, np.float32)
    foreign = np.zeros(n, np.bool_)
    if meaning is not None:
        cosine = meaning.scores(snapshot, rows)
        foreign = meaning.is_foreign(snapshot, rows) & (signals["coverage"] < MOST_WORDS)
    columns = {f"{name}/best": _share(signals[name]) for name in _TO_BEST}
    columns |= {
        f"{name}/itself": np.asarray(signals[name] / np.maximum(itself[name], 1e-9), np.float32)
        for name in _TO_ITSELF
    }
    columns |= {name: signals[name] for name in ("run", "rarest", "coverage", "pair_share")}
    documents = snapshot.columns.document[rows]
    columns |= {
        "meaning": cosine,
        "meaning-best": _below_best(cosine),
        "document_meaning-best": _below_best(_best_of_document(documents, cosine)),
    }
    matrix = np.stack([columns[name] for name in FEATURES], axis=1).astype(np.float32)
    return Evidence(rows, signals, lexical, None if meaning is None else cosine, foreign, matrix)


def _by_language(snapshot: Snapshot, rows: Rows) -> list[tuple[str, NDArray[np.intp]]]:
    """Return the places of rows by the language in which their terms are."""
    numbers = snapshot.columns.language[snapshot.columns.document[rows]]
    names = snapshot.columns.values["language"][0]
    fields: dict[str, list[int]] = {}
    for number in np.unique(numbers).tolist():
        fields.setdefault(field_language(names[number] if number >= 0 else None), []).append(number)
    return [(name, np.flatnonzero(np.isin(numbers, held))) for name, held in fields.items()]


def _compare(
    snapshot: Snapshot,
    rows: Rows,
    question: QuestionTerms,
    places: NDArray[np.intp],
    signals: dict[str, Values],
) -> None:
    """Fill in the signals of rows of one language."""
    texts = Texts(*snapshot.forward.terms(rows), snapshot.forward.average_length)
    context = Texts(*snapshot.context.terms(rows), snapshot.context.average_length)
    for name, values in overlap(question, texts, context).items():
        signals[name][places] = values


def _around(snapshot: Snapshot, rows: Rows, signals: dict[str, Values]) -> dict[str, Values]:
    """Return what the other candidates of the same document say of each."""
    score = (
        signals["words_once"]
        + CONTEXT_WEIGHT * signals["context"]
        + PAIR_WEIGHT * signals["sentence_pairs"]
    )
    documents = snapshot.columns.document[rows]
    best = np.argsort(-score, kind="stable")[:BEST_OF_DOCUMENTS]
    _, number = np.unique(documents, return_inverse=True)
    sums = np.bincount(number[best], score[best], minlength=int(number.max(initial=-1)) + 1)
    neighbour = np.zeros(len(rows), np.float32)
    if len(rows) > 1:
        beside = (np.diff(rows) == 1) & (np.diff(documents) == 0)
        neighbour[:-1] = np.where(beside, score[1:], 0)
        neighbour[1:] = np.maximum(neighbour[1:], np.where(beside, score[:-1], 0))
    return {
        "document": _best_of_document(documents, score),
        "document_sum": np.asarray(sums[number], np.float32),
        "neighbour": neighbour,
    }


def _best_of_document(documents: NDArray[np.int32], score: Values) -> Values:
    """Return for each candidate the best score of its document's candidates."""
    _, number = np.unique(documents, return_inverse=True)
    best = np.full(int(number.max(initial=-1)) + 1, -np.inf, np.float32)
    np.maximum.at(best, number, score)
    return best[number]


def _share(values: Values) -> Values:
    top = float(values.max(initial=0.0))
    return values / top if top > 0 else np.zeros_like(values)


def _below_best(values: Values) -> Values:
    return values - values.max(initial=-np.inf) if len(values) else values
