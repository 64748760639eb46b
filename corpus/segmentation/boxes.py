"""Where a paragraph stands on its pages: one box for each column of each page.

A line is known by its baseline, edges and font size. The ink of a line of print reaches from 0.8 of
the size above the baseline (ascenders and raised marks; Chinese characters fill 0.88) to a quarter
below it, in every Latin, Cyrillic, Arabic and Chinese font of the real files, so no font is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.page import Line, Page
from corpus.segmentation.model import Piece
from corpus.types import Box

__all__ = ["place_pieces"]

_ASCENT = 0.8
_DESCENT = 0.25
# A line this far above the last one, in units of its size, opens a column or a cell.
_STEP_UP = 0.5


@dataclass(slots=True)
class _Area:
    """A box in the making."""

    x0: float
    y0: float
    x1: float
    y1: float

    def overlap(self, other: _Area) -> float:
        return min(self.x1, other.x1) - max(self.x0, other.x0)

    def meets(self, other: _Area) -> bool:
        high = min(self.y1, other.y1) - max(self.y0, other.y0)
        return self.overlap(other) > 0 and high > 0

    def take(self, other: _Area) -> None:
        self.x0, self.x1 = min(self.x0, other.x0), max(self.x1, other.x1)
        self.y0, self.y1 = min(self.y0, other.y0), max(self.y1, other.y1)


def place_pieces(pieces: Sequence[Piece], pages: Sequence[Page]) -> None:
    """Give each piece its boxes, and the mark that its words were recognised in an image."""
    by_number = {page.number: page for page in pages}
    for piece in pieces:
        boxes: list[Box] = []
        for number in sorted({line.page for line in piece.lines}):
            lines = [line for line in piece.lines if line.page == number]
            boxes.extend(_boxes(lines, by_number[number]))
            piece.ocr = piece.ocr or by_number[number].ocr
        piece.boxes = tuple(boxes)


def _boxes(lines: Sequence[Line], page: Page) -> list[Box]:
    areas: list[_Area] = []
    above: _Area | None = None
    last = 0.0
    for line in lines:
        area = _area(line, page)
        beside = [known for known in areas if known.overlap(area) > 0]
        if beside:
            above = max(beside, key=area.overlap)
            above.take(area)
        elif above is None or line.y < last - _STEP_UP * line.size:
            above = area
            areas.append(area)
        else:
            above.take(area)
        last = line.y
    shown = (_turned_back(area, page) for area in _apart(areas))
    return [
        Box(page.number, round(a.x0, 1), round(a.y0, 1), round(a.x1, 1), round(a.y1, 1))
        for a in shown
    ]


def _area(line: Line, page: Page) -> _Area:
    x0, x1 = line.x0, line.x1
    if page.mirrored:
        x0, x1 = page.width - line.x1, page.width - line.x0
    return _Area(
        max(0.0, x0),
        max(0.0, line.y - _ASCENT * line.size),
        min(page.width, x1),
        min(page.height, line.y + _DESCENT * line.size),
    )


def _turned_back(area: _Area, page: Page) -> _Area:
    """Return an area of a page that was turned to be read as it stands on the page as shown."""
    if page.turned == 1:
        return _Area(area.y0, page.width - area.x1, area.y1, page.width - area.x0)
    if page.turned == 2:
        return _Area(
            page.width - area.x1,
            page.height - area.y1,
            page.width - area.x0,
            page.height - area.y0,
        )
    if page.turned == 3:
        return _Area(page.height - area.y1, area.x0, page.height - area.y0, area.x1)
    return area


def _apart(areas: Sequence[_Area]) -> list[_Area]:
    """Merge boxes that overlap."""
    found: list[_Area] = []
    for area in areas:
        while (other := next((a for a in found if a.meets(area)), None)) is not None:
            found.remove(other)
            other.take(area)
            area = other
        found.append(area)
    return found
