"""From scores by signal to one ranking.

Plain reciprocal-rank fusion throws scores away and ranks pasted paragraphs worse than BM25 alone
(nDCG@10 0.51 to 0.54 against 0.59 on the precedent task). Scores are kept instead: each signal is
brought to 0..1 over the candidates and they are added by weight.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["DENSE_WEIGHT", "fuse"]

Scores = NDArray[np.float32]

DENSE_WEIGHT = 0.4


def fuse(lexical: Scores, dense: Scores) -> Scores:
    """Return the fused score of each candidate, 0 to 1, higher is better.

    Args:
        lexical: (n,) BM25 of every candidate, 0 where it shares no word with the query.
        dense: (n,) cosine of every candidate.
    """
    return np.asarray(
        (1 - DENSE_WEIGHT) * _share(lexical) + DENSE_WEIGHT * _scaled(dense), np.float32
    )


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
