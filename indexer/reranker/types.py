"""What a reranker does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Reranker", "Scores"]

Scores = NDArray[np.float32]


class Reranker(Protocol):
    """Reads a question together with each of a few passages."""

    @property
    def name(self) -> str:
        """Name of its model."""
        ...

    @property
    def languages(self) -> frozenset[str]:
        """Languages it reads, ISO 639-1."""
        ...

    def is_installed(self) -> bool:
        """Tell whether it can be used; loads nothing.

        Raises:
            ModelError: what is installed cannot be read.
        """
        ...

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """Return how well each text answers, (n,) float32, higher is better, no fixed range."""
        ...
