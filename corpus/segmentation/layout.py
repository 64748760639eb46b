"""Measure the layout of a document: margins, line pitch, body size; place each line in it."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.footnotes import body_size
from corpus.readers.page import Line, Page

__all__ = ["Layout", "Placed", "place_lines"]

_MIN_BODY_CHARS = 25
_MIRROR = 5.0
# In a text of one page indented lines may outnumber those at the margin.
_SHORT_TEXT_LINES = 40
_MARGIN_SHARE = 0.3
# A table has at least two rows of two cells, and cells seldom more lines than this.
_MIN_CELLS = 4
_MAX_CELLS = 1500
_CELL_LINES = 6
_CELL_INDENT = 20.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A line and where it stands.

    Attributes:
        line: the line.
        indent: its left edge relative to the body margin of its page, in points.
        gap: baseline distance to the line before it on the page, in units of the line pitch; None
            for the first line of a page, and where the text moves up (columns, cells).
        width: share of the body's width that it covers.
        reach: where it ends, as a share of the body's width from the margin.
        in_table: another line stands beside it, or it is part of such a cell.
        centred: it stands in the middle of the body, clear of both margins.
    """

    line: Line
    indent: float
    gap: float | None
    width: float
    reach: float
    centred: bool
    in_table: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """What most lines of a document share.

    Attributes:
        size: body font size in points.
        pitch: baseline distance of consecutive body lines, in points.
        lines: every line, placed, in reading order.
    """

    size: float
    pitch: float
    lines: tuple[Placed, ...]


def place_lines(pages: Sequence[Page]) -> Layout:
    """Measure a document and place each of its lines."""
    size = body_size(pages)
    pitch = _pitch(pages, size)
    margins = _margins(pages, size)
    width = _body_width(pages, margins, size)
    placed: list[Placed] = []
    for page in pages:
        left = margins.get(page.number, 0.0)
        before: Line | None = None
        cells = _cells(page.lines)
        for position, line in enumerate(page.lines):
            step = line.y - before.y if before else None
            gap = step / pitch if step is not None and step > 0.3 * pitch else None
            right_room = left + width - line.x1
            left_room = line.x0 - left
            centred = (
                left_room > 0.08 * width
                and right_room > 0.08 * width
                and abs(left_room - right_room) < 0.12 * width
            )
            placed.append(
                Placed(
                    line,
                    indent=round(left_room, 1),
                    gap=gap,
                    width=(line.x1 - line.x0) / width,
                    reach=(line.x1 - left) / width,
                    centred=centred,
                    in_table=position in cells,
                )
            )
            before = line
    return Layout(size, pitch, tuple(placed))


def _cells(lines: Sequence[Line]) -> set[int]:
    """Return the positions of lines in tables: those beside another, and what they enclose."""
    beside: set[int] = set()
    by_height = sorted(range(len(lines)), key=lambda i: lines[i].y)
    for a, b in pairwise(by_height):
        first, second = lines[a], lines[b]
        apart = second.x0 - first.x1 > first.size or first.x0 - second.x1 > first.size
        if abs(first.y - second.y) < 2.5 and apart:
            beside.update((a, b))
    if not _MIN_CELLS <= len(beside) <= _MAX_CELLS:
        return set()
    # Further lines of a cell stand between, or just after, lines that are beside others.
    enclosed = set(beside)
    order = sorted(beside)
    for low, high in pairwise(order):
        if high - low <= _CELL_LINES:
            enclosed.update(range(low, high))
    for i in order:
        # Further lines of the last cell of a row: under it, right of the first column.
        leftmost = min(lines[j].x0 for j in order if abs(lines[j].y - lines[i].y) < 2.5)
        after = i + 1
        while after < len(lines) and after not in enclosed and after - i <= _CELL_LINES:
            line, above = lines[after], lines[after - 1]
            under = abs(line.x0 - lines[i].x0) < 2 and 0 < line.y - above.y < 1.3 * line.size
            if not under or line.x0 < leftmost + _CELL_INDENT:
                break
            enclosed.add(after)
            after += 1
    return enclosed


def _is_body(line: Line, size: float) -> bool:
    return abs(line.size - size) < 0.6 and len(line.text) > _MIN_BODY_CHARS


def _pitch(pages: Sequence[Page], size: float) -> float:
    steps: Counter[float] = Counter()
    for page in pages:
        body = [line for line in page.lines if _is_body(line, size)]
        for above, below in pairwise(body):
            if 0.8 * size < below.y - above.y < 3 * size:
                steps[round((below.y - above.y) * 2) / 2] += 1
    if not steps:
        return 1.2 * size or 12.0
    # The distance between paragraphs may be as frequent as that of lines; the smaller one of the
    # frequent is the pitch.
    most = max(steps.values())
    return min(step for step, count in steps.items() if count >= 0.4 * most)


def _margins(pages: Sequence[Page], size: float) -> dict[int, float]:
    """Return the left margin of each page; odd and even pages may mirror each other."""
    edges: dict[int, Counter[float]] = {
        page.number: Counter(round(line.x0) for line in page.lines if _is_body(line, size))
        for page in pages
    }
    total: dict[int, Counter[float]] = {0: Counter(), 1: Counter()}
    for number, counter in edges.items():
        total[number % 2].update(counter)
    both = total[0] + total[1]
    if not both:
        return {}
    short = sum(both.values()) < _SHORT_TEXT_LINES
    overall = _left_edge(both) if short else both.most_common(1)[0][0]
    sided = {
        side: counter.most_common(1)[0][0] if sum(counter.values()) >= 20 else overall
        for side, counter in total.items()
    }
    if abs(sided[0] - sided[1]) <= _MIRROR:
        sided = {0: overall, 1: overall}
    return {number: _page_margin(edges[number], sided[number % 2]) for number in edges}


def _left_edge(edges: Counter[float]) -> float:
    """Return the leftmost of the edges that many lines share: lists stand right of the margin."""
    enough = _MARGIN_SHARE * max(edges.values())
    return min(edge for edge, count in edges.items() if count >= enough)


def _page_margin(edges: Counter[float], usual: float) -> float:
    """Return a page's own margin where it is plainly not the usual one (a turned page, an insert).

    A page of list entries, all indented, keeps the usual margin: its lines start right of it.
    """
    if any(abs(edge - usual) <= _MIRROR for edge in edges) or sum(edges.values()) < 4:
        return usual
    own = edges.most_common(1)[0][0]
    return own if own < usual or own > usual + 60 else usual


def _body_width(pages: Sequence[Page], margins: dict[int, float], size: float) -> float:
    widths = [
        line.x1 - margins.get(page.number, 0.0)
        for page in pages
        for line in page.lines
        if _is_body(line, size)
    ]
    if len(widths) < 5:
        return max([*widths, 100.0])
    return max(100.0, statistics.quantiles(widths, n=10)[7])
