"""What trees are told of each candidate, as numbers that mean the same for every pasted text.

Scores over words grow with the length and rarity of a question. They are given as shares: of the
best candidate's, and of what the question has in common with itself. Nothing tells how long a
passage is, which would tell popular passages of one collection apart and no others.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indexer.snapshot import Snapshot
from search_api.ranking.evidence import Evidence
from search_api.ranking.meaning import Meaning
from search_api.ranking.overlap import CONTEXT_WEIGHT

__all__ = ["FEATURES", "features_of"]

Values = NDArray[np.float32]

PAIR_WEIGHT = 0.5
"""Weight of pairs against words where a document's passages are summed up."""

BEST_OF_DOCUMENTS = 100
"""Candidates whose scores are summed up by document."""

_TO_BEST = (
    "words", "words_once", "context", "pairs", "sentences", "best_sentence", "sentence_pairs",
    "best_sentence_pairs", "run", "rarest", "document", "document_sum", "neighbour",
)  # fmt: skip
_TO_ITSELF = ("words_once", "pairs", "sentences", "best_sentence", "best_sentence_pairs")

FEATURES = (
    *(f"{name}/best" for name in _TO_BEST),
    *(f"{name}/itself" for name in _TO_ITSELF),
    "run", "rarest", "coverage", "pair_share",
    "meaning", "meaning-best", "document_meaning-best", "whole_meaning", "whole_meaning-best",
)  # fmt: skip
"""Names of the columns, in order."""


def features_of(snapshot: Snapshot, evidence: Evidence, meaning: Meaning) -> Values:
    """Return what is known of each candidate, (n, len(FEATURES)) float32."""
    if evidence.dense is None:
        raise ValueError("trees are told of meaning, and none was compared")
    signals = evidence.signals | _around(snapshot, evidence)
    columns = {f"{name}/best": _share(signals[name]) for name in _TO_BEST}
    columns |= {
        f"{name}/itself": np.asarray(
            signals[name] / np.maximum(evidence.itself[name], 1e-9), np.float32
        )
        for name in _TO_ITSELF
    }
    columns |= {name: signals[name] for name in ("run", "rarest", "coverage", "pair_share")}
    documents = snapshot.columns.document[evidence.rows]
    whole = meaning.document_scores(snapshot, evidence.rows)
    columns |= {
        "meaning": evidence.dense,
        "meaning-best": _below_best(evidence.dense),
        "document_meaning-best": _below_best(_best_of_document(documents, evidence.dense)),
        "whole_meaning": whole,
        "whole_meaning-best": _below_best(whole),
    }
    return np.stack([columns[name] for name in FEATURES], axis=1).astype(np.float32)


def _around(snapshot: Snapshot, evidence: Evidence) -> dict[str, Values]:
    """Return what the other candidates of the same document say of each."""
    rows, signals = evidence.rows, evidence.signals
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
