"""What segmentation produces, and the pieces it builds paragraphs from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from corpus.types import Footnote, Paragraph, Quality

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
    """

    role: Role
    number: str | None = None
    rank: int = 0
    parts: list[tuple[str, str]] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    lead_italic: str = ""

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
