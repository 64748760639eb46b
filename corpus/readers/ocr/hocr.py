"""Read hOCR, the form in which tesseract gives the words of a picture.

Of its forms this one has the baseline of each line, without which raised note marks, and lines of a
crooked page, cannot be told. Measures are in dots from the upper left of the picture.

Source: T. Breuel, "hOCR: OCR Workflow and Output embedded in HTML", version 1.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["PrintedLine", "PrintedWord", "read_hocr"]

_BOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_BASELINE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_CONFIDENCE = re.compile(r"x_wconf (\d+)")
_LINES = "span.ocr_line, span.ocr_header, span.ocr_caption, span.ocr_textfloat"


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A recognised word.

    Attributes:
        text: its letters.
        x0: left edge.
        y0: upper edge.
        x1: right edge.
        y1: lower edge.
        confidence: 0 to 100.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A recognised line.

    Attributes:
        words: in reading order; right-to-left ones from the right.
        slope: of its baseline, downwards to the right.
        intercept: height of its baseline at the left edge of the picture.
        paragraph: lines of one paragraph, as tesseract sees them, share a number.
        turns: quarter turns clockwise that would put it upright; 0 for lines that are.
    """

    words: tuple[PrintedWord, ...]
    slope: float
    intercept: float
    paragraph: int
    turns: int = 0

    def baseline(self, x: float) -> float:
        """Return the height of the baseline at a distance from the left."""
        return self.intercept + self.slope * x

    @property
    def confidence(self) -> float:
        """Mean of its words, weighted by their letters."""
        letters = sum(len(word.text) for word in self.words)
        return sum(len(word.text) * word.confidence for word in self.words) / max(1, letters)


def read_hocr(data: bytes) -> tuple[PrintedLine, ...]:
    """Return the lines of a page, in tesseract's reading order; empty ones are left out."""
    tree = LexborHTMLParser(data.decode("utf-8", "replace"))
    return tuple(
        line
        for number, paragraph in enumerate(tree.css("p.ocr_par"))
        for node in paragraph.css(_LINES)
        if (line := _line(node, number)) is not None
    )


def _line(node: LexborNode, paragraph: int) -> PrintedLine | None:
    title = node.attributes.get("title") or ""
    words = tuple(_words(node))
    box = _BOX.search(title)
    if not words or box is None:
        return None
    left, bottom = float(box[1]), float(box[4])
    slope, offset = 0.0, 0.0
    if found := _BASELINE.search(title):
        slope, offset = float(found[1]), float(found[2])
    return PrintedLine(words, slope, bottom + offset - slope * left, paragraph, _turns(words))


def _turns(words: tuple[PrintedWord, ...]) -> int:
    """Tell from where its words stand whether a line runs down the page, or up."""
    across = max(word.x1 for word in words) - min(word.x0 for word in words)
    down = max(word.y1 for word in words) - min(word.y0 for word in words)
    if len(words) < 2 or down < 2 * across:
        return 0
    return 3 if words[-1].y0 > words[0].y0 else 1


def _words(node: LexborNode) -> Iterator[PrintedWord]:
    for word in node.css("span.ocrx_word"):
        title = word.attributes.get("title") or ""
        box, confidence = _BOX.search(title), _CONFIDENCE.search(title)
        text = word.text().strip()
        if box and text:
            x0, y0, x1, y1 = (float(side) for side in box.groups())
            yield PrintedWord(text, x0, y0, x1, y1, float(confidence[1]) if confidence else 0.0)
