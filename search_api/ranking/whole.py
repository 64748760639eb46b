"""What whole documents say of a question, where documents are what is looked for."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from indexer.snapshot import Snapshot
from search_api.ranking.articles import LANGUAGE, articles_named, citing
from search_api.ranking.evidence import Evidence, by_language
from search_api.ranking.overlap import Texts, of_whole_texts
from search_api.ranking.scaling import shares
from search_api.ranking.terms import question_terms

__all__ = ["WholeDocuments", "whole_documents"]

Values = NDArray[np.float32]

BEST_DOCUMENTS = 200
"""Documents that are read whole: those of the best passages."""

MOST_PASSAGES = 20_000
"""Passages that they have together at most, some two million words; the last are left out."""


@dataclass(frozen=True, slots=True)
class WholeDocuments:
    """What documents that were read whole say, each beside the one that says most, 0 to 1.

    Attributes:
        words: by the number of a document, BM25 of all that it says. What has the question's words
            in each of its chapters is about it; its best passage alone need not tell.
        articles: by the number of a document, how often it cites an article that guarantees what
            the question names, the less the less the question is its name; empty where it names
            none, or none is cited.
    """

    words: dict[int, float] = field(default_factory=dict)
    articles: dict[int, float] = field(default_factory=dict)


def whole_documents(
    snapshot: Snapshot, evidence: Evidence, scores: Values, question: str
) -> WholeDocuments:
    """Read the documents of the best passages whole.

    Documents in another language than the question are left out, and those that are too long to be
    read with the others.
    """
    rows = evidence.rows[~evidence.foreign]
    order = np.argsort(-scores[~evidence.foreign], kind="stable")
    documents, first = np.unique(snapshot.columns.document[rows[order]], return_index=True)
    documents = documents[np.argsort(first)[:BEST_DOCUMENTS]]
    passages = np.diff(snapshot.columns.spans[documents], axis=1)[:, 0]
    documents = documents[np.cumsum(passages) <= MOST_PASSAGES]
    words, cited = np.zeros((2, len(documents)), np.float32)
    articles = articles_named(question)
    for language, places in by_language(snapshot, documents):
        asked = question_terms(snapshot.lexical, language, [question])
        texts, titles = _texts(snapshot, documents[places])
        words[places] = of_whole_texts(asked, texts, titles)
        if articles and language == LANGUAGE:
            bodies = snapshot.columns.values["body"]
            cited[places] = citing(articles, texts, bodies, documents[places])
    cited = shares(cited) * np.float32(max(articles.values(), default=0.0))
    return WholeDocuments(
        dict(zip(documents.tolist(), shares(words).tolist(), strict=True)),
        dict(zip(documents.tolist(), cited.tolist(), strict=True)) if cited.any() else {},
    )


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
