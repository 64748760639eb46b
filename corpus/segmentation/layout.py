"""Measure the layout of a document: margins, line pitch, body size; place each line in it."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.footnotes import body_size
from corpus.readers.page import Line, Page
from corpus.segmentation.columns import column_edges, edge_of
from corpus.segmentation.tables import TableLines, find_tables

__all__ = ["Layout", "Placed", "place_lines"]

_MIN_BODY_CHARS = 25
_MIRROR = 5.0
# In a text of one page indented lines may outnumber those at the margin.
_SHORT_TEXT_LINES = 40
_MARGIN_SHARE = 0.3


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
        in_table: it is part of a row of a table.
        opens_row: it is the first of the row.
        centred: it stands in the middle of the body, clear of both margins.
        body: font size of the body of its part of the document, in points.
        pitch: baseline distance of consecutive body lines there, in points.
    """

    line: Line
    indent: float
    gap: float | None
    width: float
    reach: float
    centred: bool
    body: float
    pitch: float
    in_table: bool = False
    opens_row: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """What most lines of a document share.

    Attributes:
        size: body font size in points, of the printed part where another was recognised.
        lines: every line, placed, in reading order.
    """

    size: float
    lines: tuple[Placed, ...]


def place_lines(pages: Sequence[Page]) -> Layout:
    """Measure a document and place each of its lines.

    Pages that were recognised in images (an annex that was scanned, behind a printed letter) have
    a size, a pitch and margins of their own.
    """
    parts = [[page for page in pages if page.ocr is ocr] for ocr in (False, True)]
    placed = [_place(part) for part in parts if part]
    if len(placed) < 2:
        return placed[0] if placed else Layout(0.0, ())
    lines = sorted((line for part in placed for line in part.lines), key=lambda p: p.line.page)
    return Layout(placed[0].size, tuple(lines))


def _place(pages: Sequence[Page]) -> Layout:
    size = body_size(pages)
    pitch = _pitch(pages, size)
    margins = _margins(pages, size)
    width = _body_width(pages, margins, size)
    placed: list[Placed] = []
    for page in pages:
        margin = margins.get(page.number, 0.0)
        before: Line | None = None
        columns = column_edges(page.lines)
        tables = TableLines() if columns else find_tables(page.lines, width, size)
        for position, line in enumerate(page.lines):
            left = edge_of(line, columns) if columns else margin
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
                    body=size,
                    pitch=pitch,
                    in_table=position in tables.lines,
                    opens_row=position in tables.openers,
                )
            )
            before = line
    return Layout(size, tuple(placed))


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
    widths: list[float] = []
    for page in pages:
        columns = column_edges(page.lines)
        margin = margins.get(page.number, 0.0)
        widths.extend(
            line.x1 - (edge_of(line, columns) if columns else margin)
            for line in page.lines
            if _is_body(line, size)
        )
    if len(widths) < 5:
        return max([*widths, 100.0])
    return max(100.0, statistics.quantiles(widths, n=10)[7])
