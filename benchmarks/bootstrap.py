"""How sure a difference between two rankings is, by resampling questions (paired bootstrap)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["interval"]

RESAMPLES = 10_000
_SEED = 11


def interval(one: NDArray[np.floating], other: NDArray[np.floating]) -> list[float]:
    """Return the 95 % interval of the mean of `other - one`, values of the same questions.

    Args:
        one: (questions,) what is compared with.
        other: (questions,) what is compared.
    """
    rng = np.random.default_rng(_SEED)
    difference = np.asarray(other - one, np.float64)
    count = len(difference)
    means = [float(difference[rng.integers(0, count, count)].mean()) for _ in range(RESAMPLES)]
    return [round(float(bound), 4) for bound in np.percentile(means, (2.5, 97.5))]
