"""The lines of a text file: pages, running heads and page numbers off, lines into paragraphs.

Text files come from three sources: typed or pasted, a paragraph to a line; wrapped by an e-mail
program or a converter; and printed to a file page by page, form feeds and running heads included.
Which it is shows in the lengths of its lines, its blank lines and its indents.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Lines", "group_lines", "read_lines"]

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—]\s?\d{1,4}\s?[-–—]|(?:page|стр\.?|página|صفحة)?\s*\d{1,4}(?:\s?(?:/|of|de|из)\s?\d{1,4})?)\s*",
    re.IGNORECASE,
)
_FURNITURE_LINES = 4
_FURNITURE_SHARE = 0.3
_MIN_PAGE_NUMBERS = 3
# A text of which lines are longer than this is not wrapped.
_WRAPPED_CHARS = 110
_FULL_LINE = 0.7
_FINISHED = re.compile(r"[.;:!?…。；：؛؟][\"'”’»)\]]*\s*\Z")
_INDENT = 2


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a text.

    Attributes:
        lines: of all pages, without furniture; blank ones are empty.
        heads: running heads that were taken off, once each.
        wrapped: lines end where the paper ended, not where a paragraph does.
        width: of a full line, in characters.
    """

    lines: tuple[str, ...]
    heads: tuple[str, ...]
    wrapped: bool
    width: int


def read_lines(text: str) -> Lines:
    """Split a text into lines, pages put together."""
    pages = [[ln.rstrip() for ln in page.split("\n")] for page in re.split(r"\f", text)]
    pages = [page for page in pages if any(page)]
    heads: dict[str, None] = {}
    if len(pages) > 1:
        pages = _without_furniture(pages, heads)
    lines: list[str] = []
    for page in pages:
        lines = _joined_pages(lines, page)
    lines = _without_page_numbers(lines)
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    longest = lengths[-1] if lengths else 0
    wrapped = longest <= _WRAPPED_CHARS and len(lengths) > 1
    return Lines(tuple(lines), tuple(heads), wrapped, width)


def _without_furniture(pages: list[list[str]], heads: dict[str, None]) -> list[list[str]]:
    """Drop the lines that open or close many pages alike, numbers aside, and page numbers."""
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({_alike(page[i]) for i in _edge(page)})
    often = max(2, round(_FURNITURE_SHARE * len(pages)))
    kept = []
    for page in pages:
        drop = set()
        for i in _edge(page):
            if _PAGE_NUMBER.fullmatch(page[i]) or (
                edges[_alike(page[i])] >= often and len(page[i].strip()) < 100
            ):
                drop.add(i)
                heads[re.sub(r"\s+", " ", page[i]).strip()] = None
        kept.append([line for i, line in enumerate(page) if i not in drop])
    return kept


def _alike(line: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s+", " ", line)).strip()


def _edge(page: Sequence[str]) -> list[int]:
    filled = [i for i, line in enumerate(page) if line.strip()]
    if len(filled) <= 2 * _FURNITURE_LINES:
        return [*filled[:1], *filled[-1:]]
    return [*filled[:_FURNITURE_LINES], *filled[-_FURNITURE_LINES:]]


def _joined_pages(before: list[str], page: list[str]) -> list[str]:
    """Append a page; a sentence that is cut by it goes on, anything else is parted by a blank."""
    while before and not before[-1]:
        before.pop()
    first = next((i for i, line in enumerate(page) if line), 0)
    following = page[first:]
    if not before:
        return following
    goes_on = not _FINISHED.search(before[-1]) and following[0].strip()[:1].islower()
    return [*before, *([] if goes_on else [""]), *following]


def _without_page_numbers(lines: list[str]) -> list[str]:
    """Drop numbers that stand alone between blank lines and count up one by one."""
    alone = [
        i
        for i, line in enumerate(lines)
        if line
        and _PAGE_NUMBER.fullmatch(line)
        and (i == 0 or not lines[i - 1])
        and (i + 1 == len(lines) or not lines[i + 1])
    ]
    numbers = [int((re.search(r"\d+", lines[i]) or [0])[0]) for i in alone]
    if len(numbers) < _MIN_PAGE_NUMBERS or any(b != a + 1 for a, b in pairwise(numbers)):
        return lines
    drop = set(alone)
    return [line for i, line in enumerate(lines) if i not in drop]


def group_lines(found: Lines, opens: Callable[[str], bool]) -> list[list[str]]:
    """Put the lines of each paragraph together.

    Args:
        found: the lines.
        opens: tells whether a line opens with a number, a letter or a sign of a list.
    """
    filled = [line for line in found.lines if line]
    spaced = any(not line for line in found.lines[1:-1])
    if not spaced and not found.wrapped:
        return [[line] for line in filled]
    groups = list(_parted_by_blanks(found.lines))
    if not found.wrapped:
        long = _WRAPPED_CHARS
        return [
            part
            for group in groups
            for part in ([[x] for x in group] if any(len(x) > long for x in group) else [group])
        ]
    if not spaced:
        if all(len(line) <= _FULL_LINE * found.width or _ends(line) for line in filled):
            return [[line] for line in filled]  # short lines, each a paragraph
        groups = list(_parted_by_shape(filled, found.width, opens))
    return _undoubled([part for group in groups for part in _parted_by_indent(group)])


def _ends(line: str) -> bool:
    return _FINISHED.search(line) is not None


def _parted_by_blanks(lines: Sequence[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for line in lines:
        if line:
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _parted_by_shape(
    lines: Sequence[str], width: int, opens: Callable[[str], bool]
) -> Iterator[list[str]]:
    """Part wrapped lines without blank ones: after a short line that ends, at a number."""
    group: list[str] = []
    for line in lines:
        short = bool(group) and len(group[-1]) < _FULL_LINE * width
        if group and ((short and (_ends(group[-1]) or line[:1].isupper())) or opens(line)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _indent(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())


def _parted_by_indent(group: list[str]) -> Iterator[list[str]]:
    """Part a group where a line after a finished one is set in, and the line after it is not."""
    part: list[str] = []
    for i, line in enumerate(group):
        if part and _ends(part[-1]):
            deeper = _indent(line) - min(_indent(other) for other in part)
            following = group[i + 1 : i + 2]
            hanging = all(_indent(other) >= _indent(line) for other in following)
            aligned = len(part) > 1 and _indent(part[-1]) >= _indent(line)
            opens = not hanging if following else len(part) > 1
            if deeper >= _INDENT and not aligned and opens:
                yield part
                part = []
        part.append(line)
    if part:
        yield part


def _undoubled(groups: list[list[str]]) -> list[list[str]]:
    """Close the gaps of a text with a blank line after each line."""
    cut = [
        len(a) == 1 and not _ends(a[0]) and b[0].strip()[:1].islower() for a, b in pairwise(groups)
    ]
    if len(groups) < 4 or 2 * sum(cut) < len(cut):
        return groups
    closed = [list(groups[0])]
    for goes_on, group in zip(cut, groups[1:], strict=True):
        if goes_on:
            closed[-1] += group
        else:
            closed.append(list(group))
    return closed
