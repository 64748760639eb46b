"""What segmentation produces, and the pieces it builds paragraphs from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from corpus.readers.page import Line
from corpus.types import Box, Footnote, Paragraph, Quality

__all__ = ["Piece", "Role", "Segmentation"]


@dataclass(frozen=True, slots=True)
class Segmentation:
    """A text cut into paragraphs.

    Attributes:
        paragraphs: in reading order, headings among them.
        footnotes: in reading order, each with the paragraph its mark stands in, where found.
        quality: how well numbering came out.
        warnings: what the user should know, one line each.
        running_heads: what ran at the head of pages, most frequent first.
        job_number: as printed at the foot of page 1, or None.
    """

    paragraphs: tuple[Paragraph, ...]
    footnotes: tuple[Footnote, ...] = ()
    quality: Quality = field(default_factory=Quality)
    warnings: tuple[str, ...] = ()
    running_heads: tuple[str, ...] = ()
    job_number: str | None = None


class Role(StrEnum):
    """What a piece opens."""

    HEADING = "heading"
    ANNEX = "annex"
    NUMBERED = "numbered"
    SUBNUMBERED = "subnumbered"
    NESTED = "nested"
    UNNUMBERED = "unnumbered"


@dataclass(slots=True)
class Piece:
    r"""A paragraph in the making: opened by one line or block, others are added to it.

    Attributes:
        role: what it is.
        number: as printed, without the full stop.
        rank: for headings, depth: smaller is outer.
        parts: words of each line, with the separator to put before it ("" joins a broken word,
            " " a wrapped line, "\\n" a sub-paragraph).
        pages: physical pages, in order.
        marks: (page, note mark) found in it.
        lead_italic: italic words it opens with.
        table: it holds rows of a table.
        lines: the printed lines it was made of; empty for flowing formats.
        boxes: where those stand.
        ocr: some of those were recognised in an image.
    """

    role: Role
    number: str | None = None
    rank: int = 0
    parts: list[tuple[str, str]] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    lead_italic: str = ""
    table: bool = False
    lines: list[Line] = field(default_factory=list)
    boxes: tuple[Box, ...] = ()
    ocr: bool = False

    def add_line(self, line: Line, text: str, separator: str) -> None:
        """Append the words of a printed line, noting where it stands and its note marks."""
        self.add(text, separator, line.page)
        self.lines.append(line)
        self.marks.extend((line.page, mark.mark) for mark in line.superscripts)

    def add(self, text: str, separator: str, page: int | None) -> None:
        """Append words after a separator, noting the page they stand on."""
        if text:
            self.parts.append((separator if self.parts else "", text))
        if page is not None and page not in self.pages:
            self.pages.append(page)

    @property
    def text(self) -> str:
        """The words joined."""
        return "".join(separator + words for separator, words in self.parts)
