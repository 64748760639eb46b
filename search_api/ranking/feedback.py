"""What the best passages are about, for finding the documents that are about it (Rocchio 1971).

"Counsel" names a subject in one word; the decisions filed under it speak of it in many. The mean of
the best passages' vectors says more of it than the word does. A passage is no document: what one
asks of single passages is answered by them as they stand.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indexer.snapshot import Snapshot
from search_api.ranking.evidence import Evidence
from search_api.ranking.scaling import scaled

__all__ = ["with_feedback"]

Values = NDArray[np.float32]

BEST_PASSAGES = 5
"""Passages that are taken to be about what was asked. Of ten fewer are, in both sets below."""

WEIGHT = 0.2
"""Of likeness to them. With the weights of `grouping`, nDCG@10 rises from 0.416 to 0.443 on
ohchr-issues (dev) and from 0.743 to 0.747 on 400 claims of scifact (train); a weight of 0.3 gives
the first 0.446 and takes 0.011 from scifact's other claims."""


def with_feedback(snapshot: Snapshot, evidence: Evidence, scores: Values) -> Values:
    """Return scores of candidates, (n,) float32, 0 to 1, with likeness to the best among them."""
    best = np.argsort(-scores, kind="stable")[:BEST_PASSAGES]
    middle = np.mean([snapshot.vectors.vector(int(row)) for row in evidence.rows[best]], axis=0)
    middle /= max(float(np.linalg.norm(middle)), 1e-12)
    likeness = snapshot.vectors.scores_many(middle[None].astype(np.float32), evidence.rows)[0]
    return np.asarray((1 - WEIGHT) * scores + WEIGHT * scaled(likeness), np.float32)
