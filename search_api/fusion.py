"""From scores by signal to one ranking.

Plain reciprocal-rank fusion throws scores away and ranks pasted paragraphs worse than BM25 alone
(nDCG@10 0.518 against 0.589 on gc-citations). Scores are kept instead: each signal is brought to
0..1 over the candidates, and they are added by weight.

The weight of meaning falls with the length of the query. Five words say little by themselves, and a
passage that says the same in others is what is looked for; a pasted paragraph holds a hundred words
that say exactly what it is about, and one vector of it holds less than they do. With equal weights
nDCG@10 is 0.720 on the short questions of scifact (words alone 0.690, meaning alone 0.661) but
0.565 on the paragraphs of gc-citations (words alone 0.589).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["dense_weight", "fuse"]

Scores = NDArray[np.float32]

SHORT_QUERY_WEIGHT = 0.5
"""Weight of meaning in a short query; 0.4 to 0.6 differ by less than 0.004 nDCG@10 on scifact."""

SHORT_QUERY_WORDS = 32
"""Up to here a query is typed; beyond, the weight of meaning falls as one over its length."""


def dense_weight(query_words: int) -> float:
    """Return the weight of meaning, 0 to 1, for a query of so many words; words have the rest."""
    return SHORT_QUERY_WEIGHT * min(1.0, SHORT_QUERY_WORDS / max(query_words, 1))


def fuse(lexical: Scores, dense: Scores, query_words: int) -> Scores:
    """Return the fused score of each candidate, 0 to 1, higher is better.

    Args:
        lexical: (n,) BM25 of every candidate, 0 where it shares no word with the query.
        dense: (n,) cosine of every candidate.
        query_words: length of the query.
    """
    weight = dense_weight(query_words)
    return np.asarray((1 - weight) * _share(lexical) + weight * _scaled(dense), np.float32)


def _share(scores: Scores) -> Scores:
    """Divide by the greatest: 0 stays "no word in common"."""
    top = float(scores.max(initial=0.0))
    return scores / top if top > 0 else np.zeros_like(scores)


def _scaled(scores: Scores) -> Scores:
    """Stretch to 0..1: cosines of one model lie in a narrow band."""
    if not len(scores):
        return scores
    low, high = float(scores.min()), float(scores.max())
    return (scores - low) / (high - low) if high > low else np.ones_like(scores)
