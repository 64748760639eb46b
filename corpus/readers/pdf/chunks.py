"""What both PDF readers hand to line assembly: runs of characters."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Chunk"]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of characters in one font on one baseline.

    Attributes:
        text: characters, inferred spaces included.
        x0: left edge in points; a chunk of only white space has no position (all zero).
        x1: right edge.
        y: baseline in points from the top.
        size: font size in points, text matrix applied.
        bold: font is bold.
        italic: font is italic.
        ends_line: the extractor saw a line end after it.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    italic: bool = False
    ends_line: bool = False
