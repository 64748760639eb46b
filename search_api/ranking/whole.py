"""What whole documents say in the words of a question, where documents are what is looked for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indexer.snapshot import Snapshot
from search_api.ranking.evidence import Evidence, by_language
from search_api.ranking.overlap import Texts, of_whole_texts
from search_api.ranking.terms import question_terms

__all__ = ["whole_words"]

Values = NDArray[np.float32]

BEST_DOCUMENTS = 200
"""Documents that are read whole: those of the best passages."""

MOST_PASSAGES = 20_000
"""Passages that they have together at most, some two million words; the last are left out."""


def whole_words(
    snapshot: Snapshot, evidence: Evidence, scores: Values, sentences: list[str]
) -> dict[int, float]:
    """Return for each of the best documents its share of the best one's score, 0 to 1, by number.

    The score is BM25 of all that a document says. What has the question's words in each of its
    chapters is about it; its best passage alone need not tell. Documents in another language than
    the question are left out, and those that are too long to be read with the others.
    """
    rows = evidence.rows[~evidence.foreign]
    order = np.argsort(-scores[~evidence.foreign], kind="stable")
    documents, first = np.unique(snapshot.columns.document[rows[order]], return_index=True)
    documents = documents[np.argsort(first)[:BEST_DOCUMENTS]]
    passages = np.diff(snapshot.columns.spans[documents], axis=1)[:, 0]
    documents = documents[np.cumsum(passages) <= MOST_PASSAGES]
    found = np.zeros(len(documents), np.float32)
    for language, places in by_language(snapshot, documents):
        question = question_terms(snapshot.lexical, language, sentences)
        found[places] = of_whole_texts(question, *_texts(snapshot, documents[places]))
    top = max(float(found.max(initial=0.0)), 1e-9)
    return dict(zip(documents.tolist(), (found / top).tolist(), strict=True))


def _texts(snapshot: Snapshot, documents: NDArray[np.int32]) -> tuple[Texts, Texts]:
    """Return the terms of documents, all passages of each as one text, and of their titles."""
    spans = snapshot.columns.spans[documents]
    forward, context = snapshot.forward, snapshot.context
    rows = np.concatenate([np.arange(*span) for span in spans.tolist()])
    terms, offsets = forward.terms(rows)
    bounds = np.concatenate([[0], np.cumsum(np.diff(spans, axis=1)[:, 0])])
    average = forward.average_length * len(forward) / max(1, len(snapshot.columns.spans))
    titles = Texts(*context.terms(spans[:, 0]), context.average_length)
    return Texts(terms, offsets[bounds], average), titles
