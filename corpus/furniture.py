"""Tell the furniture of a page (running heads, page numbers, job numbers, barcodes) from its text.

Furniture is found by place and repetition together: only what stands in the margin bands, above
and below the text, is looked at, and there it must repeat with its numbers masked, or have the form
of a page number, a symbol or a job number. What repeats inside the text is never touched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.numbering import leading_number
from corpus.readers.page import Line, Page

__all__ = ["Stripped", "strip_furniture"]

# Geneva prints heads at y = 53 (67 before 2015) of 842 and feet at 814 (757); New York at 59 and
# 755 of 792; the 2009 template heads two lines deep ("symbol / Page 11").
_TOP_BAND = 0.12
_BOTTOM_BAND = 0.885
# The first page has a masthead, whose job number and barcode stand at the foot.
_FIRST_PAGE_FOOT = 0.84

_PAGE_NUMBER = re.compile(
    r"(?:(?:page|página|pág\.|стр\.|страница)\s*)?[-–—]?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*[-–—]?"
    r"(?:\s*(?:/|of|de|sur|из)\s*\d{1,4})?",
    re.IGNORECASE,
)
_SYMBOL = re.compile(
    r"(?:[A-Z]{1,5}(?:/[A-Za-z0-9.()\-*]+){1,8}|[A-Z]{1,4}/\d+/\d+)\s*\*{0,3}(?:\s*\|\s*\d+)?"
)
_JOB = re.compile(
    r"(?:\b[A-Z]{2}\.\s?\d{2}[-–‑]\s?\d{4,6}|\b\d{2}[-–‑]\d{5})(?!\d)"
    r"(?:\s*\((?:[A-Z]|C|F|S|R)\))?"
)
_JOB_LINE = re.compile(
    r"(?:[A-Z]{2}\.)?\s?\d{2}[-–‑]\s?\d{4,6}\s*(?:\*|\([A-Z]\))?[\s\d*]*(?:/\.\.\.)?"
)
_BARCODE = re.compile(r"\*\s?\d{6,8}\s?\*")
_CONTINUED = re.compile(r"/\s?(?:\.{2,3}|…)")
_RECYCLE = re.compile(r"please recycle|merci de recycler|recicle|сделано из", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"(?:English|French|Spanish|Russian|Arabic|Chinese|Français|Español|Page \d+)(?: only)?",
    re.IGNORECASE,
)
# A rule typed above the notes repeats at the foot of pages too; the notes are found by it.
_TYPED_RULE = re.compile(r"[_\-–—]{5,}")
# Heights, in points, within which lines of several pages stand at one height.
_HEIGHT_STEP = 3.0
# A heading's text begins within this many sizes below it; a running head's begins further down.
_CLOSE = 2.2
# "12. See above" may be a running head; a longer numbered line is a paragraph.
_MAX_NUMBERED_HEAD = 30


@dataclass(frozen=True, slots=True)
class Stripped:
    """Pages without their furniture.

    Attributes:
        pages: the same pages, lines in order, furniture gone.
        running_heads: what ran at the head of pages, most frequent first, numbers of pages left
            out: on UN documents the first is the clean symbol.
        job_number: as printed ("GE.25-05795"), or None.
    """

    pages: tuple[Page, ...]
    running_heads: tuple[str, ...]
    job_number: str | None


def strip_furniture(pages: Sequence[Page]) -> Stripped:
    """Remove running heads and feet from pages."""
    repeated = _repeated(pages)
    heads: Counter[str] = Counter()
    job: str | None = None
    cleaned: list[Page] = []
    for page in pages:
        kept: list[Line] = []
        for line in page.lines:
            job = job or _job_number(line, page)
            if not _is_furniture(line, page, repeated):
                kept.append(line)
            elif _band(line, page) == "top" and not _PAGE_NUMBER.fullmatch(line.text):
                heads[line.text.strip()] += 1
        cleaned.append(replace(page, lines=tuple(kept)))
    order = [text for text, _ in heads.most_common(8) if len(text) > 2]
    return Stripped(tuple(cleaned), tuple(order), job)


def _band(line: Line, page: Page) -> str | None:
    if page.height <= 0:
        return None
    share = line.y / page.height
    if share < _TOP_BAND:
        return "top"
    return "bottom" if share > _BOTTOM_BAND else None


def _mask(text: str) -> str:
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", text.strip().lower())


def _edge_lines(page: Page) -> Iterable[Line]:
    """Yield the lines that may be furniture: the outermost few of each margin band."""
    banded = [line for line in page.lines if _band(line, page)]
    top = sorted((ln for ln in banded if _band(ln, page) == "top"), key=lambda ln: ln.y)
    bottom = sorted((ln for ln in banded if _band(ln, page) == "bottom"), key=lambda ln: -ln.y)
    return (*_outermost(top), *_outermost(bottom))


def _outermost(lines: Sequence[Line]) -> list[Line]:
    """Return lines at the three outermost heights."""
    heights: list[float] = []
    kept: list[Line] = []
    for line in lines:
        if not heights or abs(line.y - heights[-1]) > 4:
            heights.append(line.y)
        if len(heights) > 3:
            break
        kept.append(line)
    return kept


_Key = tuple[str, str, int]


def _keys(line: Line, page: Page) -> tuple[_Key, ...]:
    """Return (band, masked text, height) of a line, heights one step off included.

    A running head stands at one height on every page; a heading that many sections share may be
    the first line of a page too, but not at the height of the head.
    """
    step = round(line.y / _HEIGHT_STEP)
    band, masked = _band(line, page) or "", _mask(line.text)
    return tuple((band, masked, height) for height in (step - 1, step, step + 1))


def _repeated(pages: Sequence[Page]) -> frozenset[_Key]:
    """Return the keys of what stands at the edge of several pages, at one height."""
    seen: Counter[_Key] = Counter()
    for page in pages:
        seen.update({key for line in _edge_lines(page) for key in _keys(line, page)})
    # Notes at the foot repeat ("Ibid., para. 4."), so a running foot must stand on most pages.
    enough = {
        "top": max(2, min(5, round(0.25 * len(pages)))),
        "bottom": max(3, round(0.7 * len(pages))),
    }
    return frozenset(key for key, count in seen.items() if count >= enough.get(key[0], 2))


def _is_furniture(line: Line, page: Page, repeated: frozenset[_Key]) -> bool:
    text = line.text.strip()
    if _BARCODE.fullmatch(text) or _RECYCLE.search(text):
        return True
    foot = page.height > 0 and line.y / page.height > _FIRST_PAGE_FOOT
    if foot and (_JOB_LINE.fullmatch(text) or _CONTINUED.fullmatch(text)):
        return True
    band = _band(line, page)
    if band is None or line not in tuple(_edge_lines(page)):
        return False
    if _PAGE_NUMBER.fullmatch(text) or _JOB_LINE.fullmatch(text) or _CONTINUED.fullmatch(text):
        return True
    if page.number > 1 and band == "top" and (_SYMBOL.fullmatch(text) or _LANGUAGE.fullmatch(text)):
        return True
    if leading_number(text) is not None and len(text) > _MAX_NUMBERED_HEAD:
        return False  # paragraphs may open page after page with the same words
    if band == "bottom" and _TYPED_RULE.fullmatch(text):
        return False
    if _keys(line, page)[1] not in repeated or (page.number == 1 and len(text) > 60):
        return False
    # The first line of the text follows the running head; what stands lower is no head.
    return band == "bottom" or not _heads_text(line, page)


def _heads_text(line: Line, page: Page) -> bool:
    """Tell whether a bold line at the top of a page is a heading: text follows it closely."""
    below = min((other.y for other in page.lines if other.y > line.y + 4), default=None)
    above = any(other.y < line.y - 4 for other in page.lines)
    return above and line.bold and below is not None and below - line.y < _CLOSE * line.size


def _job_number(line: Line, page: Page) -> str | None:
    if page.height <= 0 or line.y / page.height <= _FIRST_PAGE_FOOT:
        return None
    match = _JOB.search(line.text)
    return re.sub(r"\s*\([A-Z]\)$", lambda m: f" {m[0].strip()}", match[0]) if match else None
