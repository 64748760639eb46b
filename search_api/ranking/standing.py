"""What gave way to another text never stands above it.

An advocate who cites the draft, or the general comment that another replaced, is told so across the
table. Paragraphs with the same words are folded into one before this (`indexer.fold_columns`); what
is left are those that were rewritten.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indexer.snapshot import Snapshot

__all__ = ["SPEAKS_OF_IT", "in_standing"]

Values = NDArray[np.float32]

SPEAKS_OF_IT = 0.5
"""Share of the score of a text that gave way from which the other speaks of the same. Below it the
clause was taken out, and nothing stands in its place."""


def in_standing(
    snapshot: Snapshot, documents: NDArray[np.integer], scores: Values
) -> tuple[NDArray[np.intp], Values]:
    """Return candidates in the order of their scores, each text before what gave way to it.

    The best passage of the text that replaced takes the place just above, and its score; what gave
    way stays where it was found. Ties keep the order in which candidates are given.

    Args:
        snapshot: that the candidates are of.
        documents: number of the document of each candidate, (n,).
        scores: of each, (n,) float32, higher is better.

    Returns:
        places among the candidates, best first, and the scores in that order.
    """
    lifted, steps = scores, np.zeros(len(documents), np.int32)
    if snapshot.replaced and len(documents):
        lifted = _lift(snapshot, documents, scores.copy(), steps)
    order = np.lexsort((-steps, -lifted))
    return order, lifted[order]


def _lift(
    snapshot: Snapshot, documents: NDArray[np.integer], scores: Values, steps: NDArray[np.int32]
) -> Values:
    """Lift the best of each text, in place, to what gave way to it, and a step above."""
    held = set(np.unique(documents).tolist())
    # Those with most above them come first, so that a series of texts is set up from below.
    for lower, uppers in snapshot.replaced.items():
        if lower not in held:
            continue
        of_lower = np.flatnonzero(documents == lower)
        foremost = of_lower[np.lexsort((-steps[of_lower], -scores[of_lower]))[0]]
        top = scores[foremost]
        for upper in held.intersection(uppers):
            of_upper = np.flatnonzero(documents == upper)
            best = of_upper[np.argmax(scores[of_upper])]
            if SPEAKS_OF_IT * top <= scores[best] <= top:
                scores[best] = top
                steps[best] = max(steps[best], steps[foremost] + 1)
    return scores
