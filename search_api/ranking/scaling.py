"""Scores of one kind brought to the measure of another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["scaled", "shares"]

Values = NDArray[np.float32]


def scaled(values: Values) -> Values:
    """Stretch to 0..1; all 1 where all are equal."""
    low, high = float(values.min()), float(values.max())
    return (values - low) / (high - low) if high > low else np.ones_like(values)


def shares(values: Values) -> Values:
    """Return what each is of the greatest, 0 to 1; all 0 where none is above 0."""
    top = float(values.max(initial=0.0))
    return np.asarray(np.clip(values / max(top, 1e-9), 0.0, 1.0), np.float32)
