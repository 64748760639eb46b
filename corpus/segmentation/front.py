"""Leave out what stands before the text: masthead, title page, contents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.segmentation.layout import Layout, Placed
from corpus.segmentation.nature.resolution import is_opening

__all__ = [
    "CONTENTS",
    "MASTHEAD",
    "SUMMARY",
    "is_contents_entry",
    "is_summary_heading",
    "is_united_nations",
    "skip_front",
]

_LEADERS = re.compile(r"\.{5,}|(?:\. ){5,}|…{2,}|_{8,}\s*\d")
CONTENTS = re.compile(
    r"(?:table of )?contents(?: \(continued\))?|(?:table des matières|sommaire)(?: \(suite\))?"
    r"|(?:índice|contenido|sumário|sumario)(?: \(continuación\))?|содержание(?: \(продолжение\))?"
    r"|目录|المحتويات",
    re.IGNORECASE,
)
_ENTRY_END = re.compile(r"\s(?:\d{1,4}|[ivxl]{1,6})\s*$")
SUMMARY = re.compile(
    r"(?:executive )?summary|résumé|resumen|резюме|摘要|موجز|ملخص|resumo", re.IGNORECASE
)
MASTHEAD = re.compile(
    r"United Nations|^UNITED$|^NATIONS$|Distr\.|Nations Unies|Naciones Unidas"
    r"|Объединенных Наций|Объединенные Нации|联合国|الأمم المتحدة"
)
_OPENING = re.compile(
    r"(?:introduction|introducción|introdução|введение|background|导言|一、|مقدمة)", re.IGNORECASE
)
_LABELLED = re.compile(r"(?:[IVX]{1,5}|[A-Z])\.\s\S|(?:Part|Partie|Parte|Часть) \w+\b")


def is_united_nations(lines: Sequence[Placed]) -> bool:
    """Tell whether the first page has a UN masthead."""
    return any(MASTHEAD.search(p.line.text) for p in lines[:60] if p.line.page <= 3)


def is_summary_heading(placed: Placed) -> bool:
    """Tell whether a line is the heading of a summary box."""
    return SUMMARY.fullmatch(placed.line.text.strip()) is not None


def skip_front(layout: Layout, chain_start: int | None) -> list[int]:
    """Return the indices of the lines that are text, in reading order.

    Args:
        layout: the document.
        chain_start: index of the first line of the numbering chain, or None.
    """
    lines = layout.lines
    contents = contents_lines(lines)
    last = max(contents, default=-1)
    if not is_united_nations(lines):
        return [i for i in range(len(lines)) if i not in contents]
    start = _text_start(layout, chain_start, contents)
    # What stands before the contents is cover and title page, but for the summary and the letter
    # that a long annex comes with.
    kept = {*_summary_lines(lines, contents, start), *_letter_lines(layout, start, last)}
    begin = start if start > last or chain_start is None else last + 1
    begin = max(begin, last + 1)
    return [*sorted(i for i in kept if i < begin), *(i for i in range(begin, len(lines)))]


def _letter_lines(layout: Layout, start: int, last: int) -> range:
    """Return the lines of text on the first page of a document whose contents come later."""
    lines = layout.lines
    if start > last or start >= len(lines) or lines[start].line.page != 1:
        return range(0)
    if not _is_text(layout, start) and not _is_text(layout, min(start + 1, len(lines) - 1)):
        return range(0)
    end = next((i for i in range(start, len(lines)) if lines[i].line.page != 1), len(lines))
    return range(start, end)


def is_contents_entry(text: str) -> bool:
    """Tell whether a text is an entry of a contents table: dot leaders and a page number."""
    return _LEADERS.search(text) is not None and _ENTRY_END.search(text) is not None


def contents_lines(lines: Sequence[Placed]) -> set[int]:
    """Return the indices of the lines of contents tables."""
    found: set[int] = set()
    by_page: dict[int, list[int]] = {}
    for i, placed in enumerate(lines):
        by_page.setdefault(placed.line.page, []).append(i)
    open_before = False
    for page, indices in by_page.items():
        heading = next((i for i in indices if CONTENTS.fullmatch(lines[i].line.text.strip())), None)
        leaders = [i for i in indices if _LEADERS.search(lines[i].line.text)]
        if heading is None and not (open_before and len(leaders) >= 2):
            open_before = False
            continue
        first = heading if heading is not None else indices[0]
        entries = [i for i in leaders if i >= first] or _plain_entries(lines, indices, first)
        if len(entries) < 2 and page > 12:
            open_before = False
            continue
        stop = max(entries, default=first)
        rest = [i for i in indices if i > stop]
        if len(rest) <= 3 and all(len(lines[i].line.text) < 60 for i in rest):
            stop = indices[-1]
        found.update(range(first, stop + 1))
        open_before = stop == indices[-1]
    return found


def _plain_entries(lines: Sequence[Placed], indices: Sequence[int], first: int) -> list[int]:
    """Return entries of contents without dot leaders: lines that end in a page number."""
    entries: list[int] = []
    for i in indices:
        if i <= first:
            continue
        if _ENTRY_END.search(lines[i].line.text):
            entries.append(i)
        elif entries and i - entries[-1] > 4:
            break
    return entries


def _text_start(layout: Layout, chain_start: int | None, contents: set[int]) -> int:
    """Return the index of the first line of text after the masthead."""
    lines = layout.lines
    end = chain_start if chain_start is not None else len(lines)
    for i in range(end):
        placed = lines[i]
        line = placed.line
        if i in contents:
            continue
        if is_summary_heading(placed):
            continue
        if (
            line.bold
            and line.size >= placed.body - 0.1
            and (_LABELLED.match(line.text) or _OPENING.match(line.text))
        ):
            return i
        if is_opening(line.text) and placed.indent >= 0:
            return i
        if _is_text(layout, i):
            return i
    return _headings_before(layout, end)


def _is_text(layout: Layout, i: int) -> bool:
    """Tell whether body text begins at a line: it and the next fill the column."""
    lines = layout.lines
    if i + 1 >= len(lines):
        return False
    first, second = lines[i], lines[i + 1]
    same_print = all(abs(p.line.size - p.body) < 1.1 and not p.line.bold for p in (first, second))
    return (
        same_print
        and first.width > 0.75
        and second.indent > -8
        and second.gap is not None
        and second.gap < 1.3
    )


def _headings_before(layout: Layout, end: int) -> int:
    """Step back from the first numbered paragraph over the headings that belong to it."""
    lines = layout.lines
    start = end
    page = lines[end].line.page if end < len(lines) else 0
    while start > 0:
        line = lines[start - 1].line
        if not line.bold or line.page != page:
            break
        # A title is printed larger than the headings under it.
        above = lines[start - 2].line if start > 1 else None
        lesser = above is not None and above.bold and above.size > line.size + 0.8
        if not (_LABELLED.match(line.text) or _OPENING.match(line.text) or lesser):
            break
        start -= 1
        if lesser:
            break
    return start


def _summary_lines(lines: Sequence[Placed], contents: set[int], start: int) -> list[int]:
    """Return the lines of a summary box that stands before the text."""
    heading = next((i for i, p in enumerate(lines[:400]) if is_summary_heading(p)), None)
    if heading is None or (heading in contents and heading >= start > 0):
        return []
    kept = [heading]
    for i in range(heading + 1, len(lines)):
        if i in contents or (lines[i].line.page > lines[heading].line.page + 2):
            break
        kept.append(i)
    return kept
