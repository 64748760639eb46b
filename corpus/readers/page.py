"""What a reader of paged or flowing formats gives to segmentation: lines with position, or blocks.

PDF readers (pdfium, pypdf) both produce `Page`s of `Line`s. Flowing formats (DOCX, HTML, TXT),
which know their own paragraphs, produce `Block`s. Both kinds of reading end in
`corpus.types.Paragraph`s.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Block", "BlockKind", "Line", "Page", "Superscript"]


@dataclass(frozen=True, slots=True)
class Superscript:
    """A note mark raised above the baseline, taken out of the line's text.

    Attributes:
        mark: the digits or sign.
        offset: position in `Line.text` after which it stood, in characters.
    """

    mark: str
    offset: int


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line.

    Attributes:
        text: words in reading order, marks removed.
        page: physical page, from 1.
        x0: left edge of the first character, in points from the left of the page.
        x1: right edge of the last character, in points.
        y: baseline, in points from the TOP of the page, growing downwards.
        size: dominant font size in points, text matrix applied.
        bold: more than half of the characters are bold.
        mixed: some of the letters are bold and some are not, neither of them few.
        italic: more than half are italic.
        lead_italic: the words the line opens with in italics ("Calls upon"), or "".
        superscripts: marks taken out, in order.
        cells: wide white spaces in the line, such as part the cells of a row: the right edge of
            the words before and the left edge of the words after each.
    """

    text: str
    page: int
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    italic: bool = False
    lead_italic: str = ""
    superscripts: tuple[Superscript, ...] = ()
    cells: tuple[tuple[float, float], ...] = ()
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of lines, top to bottom.

    Attributes:
        number: physical page, from 1.
        width: in points.
        height: in points.
        lines: top to bottom, left to right.
        has_image: an image covers most of the page (a scan).
        ocr: its lines were recognised in an image.
        turned: quarter turns, clockwise, by which the page as shown was turned for its text to
            stand upright; width, height and lines are those of the turned page.
        mirrored: left edges are measured from the right of the page, as right-to-left text is read.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    has_image: bool = False
    ocr: bool = False
    turned: int = 0
    mirrored: bool = False


class BlockKind(StrEnum):
    """What a block of a flowing format is."""

    HEADING = "heading"
    TEXT = "text"
    LIST_ITEM = "list-item"
    TABLE_ROW = "table-row"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like unit of a flowing format, in reading order.

    Attributes:
        kind: what the format says it is.
        text: its words, whitespace folded.
        number: number computed from automatic numbering or typed at the start ("12", "(a)"),
            without the full stop; None where there is none.
        level: heading level from 1, or nesting depth of a list from 0.
        mark: for footnotes, their mark.
        bold: wholly bold.
        lead_italic: the words it opens with in italics, or "".
    """

    kind: BlockKind
    text: str
    number: str | None = None
    level: int = 0
    mark: str | None = None
    bold: bool = False
    lead_italic: str = ""
