"""Where a point of a PDF page stands when the page is looked at."""

from __future__ import annotations

import math

__all__ = ["Placement"]


class Placement:
    """Turns page coordinates (from bottom left, before rotation) into points from top left."""

    __slots__ = ("_bottom", "_left", "_right", "_top", "_turns", "rotation")

    def __init__(self, left: float, bottom: float, right: float, top: float, turns: int) -> None:
        self._left, self._bottom, self._right, self._top = left, bottom, right, top
        self._turns = turns
        self.rotation = turns * math.pi / 2

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        """Return the point as (from the left, from the top) of the page as shown."""
        if self._turns == 1:
            return y - self._bottom, x - self._left
        if self._turns == 2:
            return self._right - x, y - self._bottom
        if self._turns == 3:
            return self._top - y, self._right - x
        return x - self._left, self._top - y
