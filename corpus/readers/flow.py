"""What readers of flowing formats return: blocks, and what the file says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.errors import LimitExceededError
from corpus.limits import Limits
from corpus.readers.page import Block
from corpus.roman import roman_numeral

__all__ = ["FlowReading", "OpeningLine", "bounded", "folded", "list_label", "split_number"]

_NUMBER = re.compile(
    r"(?P<number>\d{1,4}(?:\.\d{1,3})*)(?:[.．、](?=\s|[^\s\d])|(?<=\d\.\d)(?=\s)|(?<=\d\.\d\d)(?=\s)|"
    r"\s*\t|\s?-(?=\s))\s*(?P<text>\S.*)",
    re.DOTALL,
)
# "5., 6., 7. The Government accepts": one answer to several numbers, told apart later.
_JOINT = re.compile(r"\d{1,4}\.\s?(?:,|and|et|y|и)\s?\d{1,4}\.")
_LETTER = re.compile(
    r"(?P<number>\(?[a-zа-яёіў\u0621-\u064a]{1,2}\)|\((?:[ivx]{1,5}|\d{1,2})\)"
    r"|[(（][一二三四五六七八九十a-z]{1,3}[)）](?=\s?[\u4e00-\u9fff]))(?:\s+|(?<=[）)])(?=[\u4e00-\u9fff]))"
    r"(?P<text>\S.*)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """A line of a document's beginning, as metadata is read from it.

    Attributes:
        text: its words, whitespace folded.
        group: lines of one printed or typed paragraph share a number.
        size: font size in points, 0 where the format has none.
        bold: wholly bold.
        heading: marked up as a heading.
        x0: left edge in points, or None.
    """

    text: str
    group: int
    size: float = 0.0
    bold: bool = False
    heading: bool = False
    x0: float | None = None


@dataclass(frozen=True, slots=True)
class FlowReading:
    """What was read from a DOCX, HTML or TXT file.

    Attributes:
        blocks: in reading order, footnotes last.
        opening: the first lines as they stand: masthead, session, title.
        language: the file's own statement, ISO 639-1, or None.
        heads: running heads.
        marks: (note mark, words of the block it stands in), in order; marks are taken out of the
            words.
        warnings: what the user should know, one line each.
    """

    blocks: tuple[Block, ...]
    opening: tuple[OpeningLine, ...] = ()
    language: str | None = None
    heads: tuple[str, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()


def bounded(blocks: Iterable[Block], source: str, limits: Limits) -> list[Block]:
    """Collect the blocks of a document.

    Raises:
        LimitExceededError: more blocks or characters than any document has; said as soon as they
            are met, so that what would never be indexed is not read to its end.
    """
    found: list[Block] = []
    characters = 0
    for block in blocks:
        found.append(block)
        characters += len(block.text)
        if len(found) > limits.max_blocks:
            cause = f"more than {limits.max_blocks:,} paragraphs and table rows"
            raise LimitExceededError(source, cause, "split the file")
        if characters > limits.max_chars:
            cause = f"more than {limits.max_chars:,} characters"
            raise LimitExceededError(source, cause, "split the file")
    return found


def folded(text: str) -> str:
    """Fold whitespace, and drop soft hyphens, byte-order marks and zero-width spaces."""
    return re.sub(r"\s+", " ", re.sub(r"[\u00ad\u200b\ufeff]", "", text)).strip()


def split_number(text: str) -> tuple[str | None, str]:
    """Split a number typed at the start of a paragraph from its words.

    >>> split_number("12. The Committee notes"), split_number("(a) Detention")
    (('12', 'The Committee notes'), ('(a)', 'Detention'))
    """
    if _JOINT.match(text):
        return None, text
    match = _NUMBER.match(text) or _LETTER.match(text)
    # "15. 3. 2024" is a date and "12.5 per cent" a share, where "2.1 The author" is a paragraph.
    if match and not re.match(r"\d+[.)]\s", match["text"]):
        between = text[match.end("number") : match.start("text")]
        if "." in match["number"] and between == " " and match["text"][0].islower():
            return None, text
        return match["number"], match["text"].strip()
    return None, text


def list_label(value: int, style: str) -> str:
    """Return the label of an item of an HTML list of type "1", "a", "A", "i" or "I"."""
    if style in {"a", "A"} and 1 <= value <= 26 * 27:
        letters = ""
        while value:
            value, low = divmod(value - 1, 26)
            letters = chr(ord("a") + low) + letters
        return f"({letters.upper() if style == 'A' else letters})"
    if style in {"i", "I"} and 1 <= value < 4000:
        roman = roman_numeral(value)
        return f"({roman.lower() if style == 'i' else roman})"
    return str(value)
