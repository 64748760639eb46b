"""Where a point of a PDF page stands when the page is looked at, or turned to be read."""

from __future__ import annotations

import math
from collections import Counter

__all__ = ["Placement", "quarter", "reading_turn"]

# Text turned by more than this from a quarter turn is a stamp or a chart label.
_MAX_TILT_RAD = 0.1


class Placement:
    """Turns page coordinates (from bottom left, before rotation) into points from top left."""

    __slots__ = ("_bottom", "_left", "_right", "_top", "_turns", "turned")

    def __init__(
        self, left: float, bottom: float, right: float, top: float, turns: int, turned: int = 0
    ) -> None:
        """Place points of a page.

        Args:
            left: left edge of its box, in its own coordinates; `bottom`, `right`, `top` likewise.
            bottom: see `left`.
            right: see `left`.
            top: see `left`.
            turns: quarter turns, clockwise, that the file says the page is shown with.
            turned: further quarter turns after which its text stands upright.
        """
        self._left, self._bottom, self._right, self._top = left, bottom, right, top
        self._turns = (turns + turned) % 4
        self.turned = turned

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        """Return the point as (from the left, from the top) of the page as read."""
        if self._turns == 1:
            return y - self._bottom, x - self._left
        if self._turns == 2:
            return self._right - x, y - self._bottom
        if self._turns == 3:
            return self._top - y, self._right - x
        return x - self._left, self._top - y

    def tilt(self, a: float, b: float) -> int | None:
        """Return by how many quarters text with the matrix (a b …) is turned; see `quarter`."""
        return quarter(math.atan2(b, a) - self._turns * math.pi / 2)


def quarter(angle: float) -> int | None:
    """Return an angle in quarter turns, counter-clockwise, 0 to 3; None where it is none."""
    turns = round(angle / (math.pi / 2))
    return turns % 4 if abs(angle - turns * math.pi / 2) <= _MAX_TILT_RAD else None


def reading_turn(letters: Counter[int]) -> int:
    """Return by how many quarters, clockwise, a page is to be turned for most of it to be upright.

    Wide tables are printed sideways on upright pages, under an upright running head.
    """
    if not letters:
        return 0
    most = max(letters, key=lambda turns: (letters[turns], -turns))
    return most if letters[most] > letters[0] else 0
