"""Articles of treaties that guarantee what a question names, and how often documents cite them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.bodies import COMMITTEES
from corpus.provisions import provisions
from indexer.analysis import analyser, prepare_words
from indexer.facet_table import FacetTable
from indexer.forward.terms import term_ids
from search_api.ranking.overlap import Texts

__all__ = ["LANGUAGE", "articles_named", "citing"]

Values = NDArray[np.float32]
Rows = NDArray[np.int32]
Article = tuple[str, ...]
"""A number, and those of paragraph and subparagraph, behind the body of the treaty."""

LANGUAGE = "en"
"""Of the names, and of the documents in which citations are counted."""

LEAST_LIKENESS = 0.3
"""Share that a name and a question have of the words of both, where one is within the other."""

LEAST_OVERLAP = 0.6
"""The same where each has words that the other has not."""

HALF = 3.0
"""Citations that are half as good as any number; 1 to 10 differ by 0.008 on ohchr-issues (dev)."""


@lru_cache(maxsize=256)
def articles_named(words: str) -> dict[Article, float]:
    """Return the articles that guarantee what a question names, and how like it their name is.

    A question that only mentions a right beside much else names none: it has words of its own.
    """
    asked = _stems(words)
    found: dict[Article, float] = {}
    for provision in provisions():
        for name in provision.names:
            stems = _stems(name)
            likeness = len(stems & asked) / max(1, len(stems | asked))
            within = stems <= asked or asked <= stems
            if likeness >= (LEAST_LIKENESS if within else LEAST_OVERLAP):
                article = (provision.body, *provision.article)
                found[article] = max(found.get(article, 0.0), likeness)
    return found


def citing(articles: dict[Article, float], texts: Texts, bodies: FacetTable, of: Rows) -> Values:
    """Return how well each text in English cites one of the articles, (n,) float32, 0 to 1.

    A citation does not say of which treaty it is; a committee cites its own, so that documents of
    the committees on other treaties are left out.

    Args:
        articles: how like the question each is.
        texts: of whole documents.
        bodies: of all documents.
        of: number of the document of each text, (n,).
    """
    best = np.zeros(len(texts), np.float32)
    owners = texts.owners
    for (body, *article), likeness in articles.items():
        others = bodies.holders(COMMITTEES.keys() - {body}) & ~bodies.holders([body])
        count = np.zeros(len(texts), np.float32)
        for form in _forms(article):
            places = _places(texts.terms, form)
            count += np.bincount(owners[places], minlength=len(texts))
        cited = np.float32(likeness) * count / (count + np.float32(HALF))
        best = np.maximum(best, np.where(others[of], np.float32(0), cited))
    return best


def _forms(article: Sequence[str]) -> list[list[str]]:
    """Return the terms of an article as it is cited: "14 (3) (e)" and "14, paragraph 3 (e)"."""
    number, *parts = article
    if not parts:
        return [_terms(f"article {number}")]
    return [
        _terms(" ".join(["article", number, *parts])),
        _terms(" ".join([number, "paragraph", *parts])),
    ]


def _places(terms: NDArray[np.uint32], form: list[str]) -> NDArray[np.int64]:
    """Return where a run of terms begins, ascending, (m,) int64."""
    first, *others = term_ids(form)
    places = np.flatnonzero(terms == first)
    places = places[places + len(form) <= len(terms)]
    for behind, term in enumerate(others, 1):
        places = places[terms[places + behind] == term]
    return places


def _terms(text: str) -> list[str]:
    return list(analyser(LANGUAGE).analyze(prepare_words(text, LANGUAGE)))


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(analyser(LANGUAGE, stop=True).analyze(prepare_words(text, LANGUAGE)))
