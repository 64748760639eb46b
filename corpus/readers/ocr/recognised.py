"""Turn words recognised in pictures into the lines that segmentation reads.

A scan knows neither font size nor margin, and no two of its lines are alike: letters swell, the
sheet lay askew, the film was stretched. Segmentation decides by differences of half a point in size
and four points in the left edge, so what is one size in print is given one size here, and what is
one margin is set upright.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.readers.ocr.hocr import PrintedLine, PrintedWord
from corpus.readers.ocr.straightening import shear, snapped
from corpus.readers.page import Page
from corpus.readers.pdf.chunks import Chunk
from corpus.readers.pdf.lines import assemble_lines

__all__ = ["PrintedPage", "is_right_to_left", "page_slope", "set_pages"]

_HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u06ff\u0750-\u077f\ufb1d-\ufdff\ufe70-\ufefc]")
# Capitals, and small letters that reach as high: by a stem, a dot or an accent.
_TALL = re.compile(r"[A-ZÀ-ÞА-ЯЁІЎЄЇҐ0-9bdfhijklß-öø-ÿбйёўіїґ]")
_TALL_ARABIC = re.compile(r"[اأإآلكطظ].*[رزوجحخعغيمنصضسشق]|[رزوجحخعغيمنصضسشق].*[اأإآلكطظ]")
_MARK = re.compile(r"(?:\d{1,3}|[*†‡]{1,3})")
_LABEL = re.compile(r"(?:\d{1,4}\.?|\(?[a-zA-Zа-я]{1,2}\)|[IVXLC]{1,6}\.|[A-Z]\.|[•–—-])")
# Height above the baseline, as a share of the font size: capitals and digits of Times, Courier and
# Arial stand 0.57 to 0.72 high, small letters 0.43 to 0.52. Chinese fills its square.
_TALL_SHARE = 0.67
_SMALL_SHARE = 0.46
_HAN_SHARE = 0.92
_ARABIC_SHARE = 0.75
# Print of one size comes out within this share of itself; UN headings are a fifth larger than the
# body, notes a tenth smaller.
_SAME_SIZE = 0.13
_NOTE_SIZE = 0.07
_BODY_CHARS = 25
# Gaps wider than so many sizes part columns and cells; after a label they may be wider.
_CELL_GAP = 4.0
_LABEL_GAP = 9.0
# A raised mark is less than so much of the height of its neighbours and stands above the baseline.
_RAISED_HEIGHT = 0.8
_RAISED_BY = 0.25


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page as recognised, before its lines are set.

    Attributes:
        number: physical page, from 1.
        lines: in reading order; empty where no words were found.
        width: of the picture, in dots.
        height: of the picture, in dots.
        dpi: dots an inch.
        turns: quarter turns clockwise by which the page was turned before it was read.
        packs: languages it was read in, by tesseract's names.
        slope: of the lines of the sheet before its picture was set level.
    """

    number: int
    lines: tuple[PrintedLine, ...]
    width: int
    height: int
    dpi: float
    turns: int = 0
    packs: str = ""
    slope: float = 0.0

    @property
    def text(self) -> str:
        """Its words, a line each."""
        return "\n".join(" ".join(word.text for word in line.words) for line in self.lines)

    @property
    def confidence(self) -> float:
        """Mean confidence of its words, 0 to 100, weighted by their letters; 0 without words."""
        weights = [sum(len(word.text) for word in line.words) for line in self.lines]
        total = sum(w * line.confidence for w, line in zip(weights, self.lines, strict=True))
        return total / max(1, sum(weights))


@dataclass(frozen=True, slots=True)
class _Set:
    """A line in points, upright: its pieces (text, left, right), baseline and size."""

    pieces: tuple[tuple[str, float, float, bool], ...]
    y: float
    size: float
    paragraph: int
    chars: int


def is_right_to_left(page: PrintedPage) -> bool:
    """Tell whether a third of the letters of a page run from the right."""
    text = page.text
    return len(_RIGHT_TO_LEFT.findall(text)) * 3 > sum(map(str.isalpha, text)) > 0


def set_pages(pages: Sequence[PrintedPage], body: float | None = None) -> list[Page]:
    """Set the lines of recognised pages in points, one size for what is one size in print.

    Args:
        pages: those of one document that have words.
        body: font size of the document's own text, where other pages have it; the body of the
            recognised pages is given the same.
    """
    lines = [_upright(page) for page in pages]
    measured = _body_size([line for page in lines for line in page])
    scale = (body or round(2 * measured) / 2) / measured if measured else 1.0
    return [
        _page(page, page_lines, measured, scale)
        for page, page_lines in zip(pages, lines, strict=True)
    ]


def _page(page: PrintedPage, lines: Sequence[_Set], body: float, scale: float) -> Page:
    points = 72.0 / page.dpi
    sizes = _even_sizes(lines, body)
    chunks = [
        Chunk(
            text,
            x0,
            x1,
            line.y - (_RAISED_BY * size if raised else 0.0),
            round((0.65 if raised else 1.0) * size * scale, 1),
        )
        for line, size in zip(lines, sizes, strict=True)
        for text, x0, x1, raised in line.pieces
    ]
    return Page(
        number=page.number,
        width=page.width * points,
        height=page.height * points,
        lines=assemble_lines(chunks, page.number),
        has_image=True,
        ocr=True,
        turned=page.turns,
        mirrored=is_right_to_left(page),
    )


def _upright(page: PrintedPage) -> list[_Set]:
    """Return the lines of a page in points, crooked and stretched pages set straight."""
    points = 72.0 / page.dpi
    slope = page_slope(page.lines)
    mirrored = is_right_to_left(page)
    width, height = page.width * points, page.height * points
    rows: list[tuple[PrintedLine, float, float, float, float]] = []
    for line in page.lines:
        left = min(word.x0 for word in line.words)
        right = max(word.x1 for word in line.words)
        middle = (left + right) / 2
        y = (line.baseline(middle) - slope * (middle - page.width / 2)) * points
        edges = (width - right * points, width - left * points) if mirrored else None
        x0, x1 = edges or (left * points, right * points)
        rows.append((line, x0, x1, y, _size(line) * points))
    long = [(x0, y) for line, x0, _, y, _ in rows if _chars(line) >= _BODY_CHARS]
    best = shear(long, -slope if mirrored else slope)
    moved = [best * (y - height / 2) for _, _, _, y, _ in rows]
    shifts = snapped([x0 + by for (_, x0, _, _, _), by in zip(rows, moved, strict=True)])
    found = []
    for (line, _, _, y, size), by, shift in zip(rows, moved, shifts, strict=True):
        pieces = tuple(
            (text, a + by + shift, b + by + shift, raised)
            for text, a, b, raised in _pieces(line, points, size, width if mirrored else None)
        )
        found.append(_Set(pieces, round(y, 1), size, line.paragraph, _chars(line)))
    return found


def _chars(line: PrintedLine) -> int:
    return sum(len(word.text) for word in line.words) + len(line.words) - 1


def page_slope(lines: Sequence[PrintedLine]) -> float:
    """Return the slope of a page: the mean of the middle half of its longer lines.

    tesseract gives few distinct slopes, between which the median jumps.
    """
    slopes = sorted(line.slope for line in lines if _chars(line) >= _BODY_CHARS)
    quarter = len(slopes) // 4
    return statistics.fmean(slopes[quarter : len(slopes) - quarter]) if slopes else 0.0


def _size(line: PrintedLine) -> float:
    """Estimate the font size of a line, in dots, from the height of its letters."""
    tall: list[float] = []
    small: list[float] = []
    for word in line.words:
        above = line.baseline((word.x0 + word.x1) / 2) - word.y0
        if _HAN.search(word.text):
            tall.append((word.y1 - word.y0) / _HAN_SHARE)
        elif _RIGHT_TO_LEFT.search(word.text):
            heights = tall if _TALL_ARABIC.search(word.text) else small
            heights.append((word.y1 - word.y0) / _ARABIC_SHARE)
        elif _TALL.search(word.text):
            tall.append(above / _TALL_SHARE)
        elif word.text.isalpha():
            small.append(above / _SMALL_SHARE)
    estimates = [size for size in tall or small if size > 0]
    return statistics.median(estimates) if estimates else 0.0


def _body_size(lines: Sequence[_Set]) -> float:
    """Return the size of most letters, or 0.0 without any."""
    sized = sorted((line.size, line.chars) for line in lines if line.size)
    half = sum(chars for _, chars in sized) / 2
    passed = 0
    for size, chars in sized:
        passed += chars
        if passed >= half:
            return size
    return 0.0


def _even_sizes(lines: Sequence[_Set], body: float) -> list[float]:
    """Return one size for each line: that of its paragraph, and the body's where that is near."""
    groups: dict[int, list[_Set]] = {}
    for line in lines:
        groups.setdefault(line.paragraph, []).append(line)
    typical = {
        number: statistics.median(line.size for line in group) for number, group in groups.items()
    }
    sizes = []
    for line in lines:
        size = line.size
        usual = typical[line.paragraph]
        if abs(size - usual) <= _SAME_SIZE * usual:
            size = usual
        share = size / body if body else 1.0
        small = len(groups[line.paragraph]) > 1 and line.chars >= _BODY_CHARS
        nearest = _NOTE_SIZE if small else _SAME_SIZE
        if not size or -nearest <= share - 1 <= _SAME_SIZE:
            size = body
        sizes.append(size or 10.0)
    return sizes


def _pieces(
    line: PrintedLine, points: float, size: float, width: float | None
) -> Iterator[tuple[str, float, float, bool]]:
    """Yield runs of words that stand together: (text, left, right, raised)."""
    text, left, right = "", 0.0, 0.0
    for word in line.words:
        x0, x1 = word.x0 * points, word.x1 * points
        if width is not None:
            x0, x1 = width - x1, width - x0
        raised = bool(text) and _is_raised(word, line, size / points)
        reach = _LABEL_GAP if _LABEL.fullmatch(text) else _CELL_GAP
        if text and (raised or x0 - right > reach * size):
            yield text, left, right, False
            text = ""
        if raised:
            yield word.text, x0, x1, True
            continue
        if not text:
            text, left, right = word.text, x0, x1
        else:
            text += ("" if _joined(text, word.text) else " ") + word.text
        left, right = min(left, x0), max(right, x1)
    if text:
        yield text, left, right, False


def _is_raised(word: PrintedWord, line: PrintedLine, size: float) -> bool:
    """Tell whether a word is a note mark above the baseline."""
    if not size or not _MARK.fullmatch(word.text):
        return False
    height = word.y1 - word.y0
    above = line.baseline((word.x0 + word.x1) / 2) - word.y1
    return height < _RAISED_HEIGHT * _TALL_SHARE * size and above > 0.8 * _RAISED_BY * size


def _joined(before: str, after: str) -> bool:
    """Tell whether two pieces stand without a space: Chinese has none."""
    return bool(_HAN.match(before[-1]) and _HAN.match(after[0]))
