"""Scores of one kind brought to the measure of another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["scaled"]

Values = NDArray[np.float32]


def scaled(values: Values) -> Values:
    """Stretch to 0..1; all 1 where all are equal."""
    low, high = float(values.min()), float(values.max())
    return (values - low) / (high - low) if high > low else np.ones_like(values)
