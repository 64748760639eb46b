"""A passage as every file shows it, and text as every file can carry it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from workbench.citing import Source

__all__ = ["Entry", "carried", "is_right_to_left", "one_line"]

_UNCARRIED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Control characters, lone surrogates and noncharacters: XML 1.0 and UTF-8 cannot hold most of
them, and no reader shows any."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage with its document and its standing.

    Attributes:
        passage_id: its key.
        document_id: key of its document.
        source: the document, for citations.
        place: in the document, in UN form ("para. 12"); "" where nothing says it.
        citation: short, in UN form.
        number: of the paragraph as printed.
        pages: physical pages, from 1.
        section: headings above it, outermost first.
        text: the words, sub-paragraphs each on a line.
        standing: what it is worth as precedent, for people, with the tally of a vote.
        counts: whether it may be cited as precedent.
        why: it may not; None where it may.
        doubt: what is wrong with its tally, or None.
        restricted: the restricted collection it is in, or None.
    """

    passage_id: str
    document_id: str
    source: Source
    place: str
    citation: str
    number: str | None
    pages: tuple[int, ...]
    section: tuple[str, ...]
    text: str
    standing: str
    counts: bool
    why: str | None = None
    doubt: str | None = None
    restricted: str | None = None

    @property
    def caveat(self) -> str | None:
        """Return what must stand beside the words wherever they go, or None."""
        said = []
        if self.restricted is not None:
            said.append(f"Restricted ({self.restricted}): not to be quoted in public")
        if not self.counts:
            said.append(f"Not precedent ({self.standing}): {self.why}")
        elif self.doubt:
            said.append(f"Tally in doubt: {self.doubt}")
        return "; ".join(said) or None


def carried(text: str) -> str:
    """Return a text that every format can hold: what none can carry becomes U+FFFD."""
    return _UNCARRIED.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """Return a text without line breaks, for formats in which a line is a field."""
    return re.sub(r"\s+", " ", carried(text)).strip()


def is_right_to_left(text: str) -> bool:
    """Tell by its first letter whether a text runs from right to left (Unicode UAX #9, P2-P3)."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"R", "AL"}:
            return True
        if direction == "L":
            return False
    return False
