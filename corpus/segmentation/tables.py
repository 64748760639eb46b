"""Find the lines of a page that are rows of a table.

A row shows in one of two ways. Where white space of four sizes parts its cells they are lines of
their own, one beside the other; where less does, they are one line that has wide gaps, and the
words after a gap begin where words of other rows begin. A loosely set line of text has wide gaps
too, but nothing else begins there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.readers.page import Line

__all__ = ["TableLines", "find_tables"]

# A table has at least two rows of two cells, and cells seldom more lines than this.
_MIN_CELLS = 4
_MIN_ROWS = 2
_MAX_CELLS = 1500
_CELL_LINES = 6
_CELL_INDENT = 20.0
_SAME_HEIGHT = 2.5
# Rows of one table are within this many lines of each other.
_NEAR = 8
_SAME_EDGE = 2.0
# A line that fills this share of the body, without a gap in it, is text, not a cell.
_FULL = 0.9
_LABELLED = re.compile(r"(?:[IVX]{1,5}|[A-Z]|\d{1,2})\.\s")
_CAPTION = re.compile(
    r"(?:table|tableau|cuadro|tabla|quadro|tabela|таблица|表|الجدول|figure|gráfico|рисунок)"
    r"\s*[\dIVX]{1,5}\b",
    re.IGNORECASE,
)
_CAPTION_LINES = 5


@dataclass(frozen=True, slots=True)
class TableLines:
    """The lines of a page's tables, by position on the page.

    Attributes:
        lines: all of them.
        openers: those that open a row.
    """

    lines: frozenset[int] = field(default_factory=frozenset)
    openers: frozenset[int] = field(default_factory=frozenset)


def find_tables(lines: Sequence[Line], width: float, size: float) -> TableLines:
    """Return which lines of a page stand in tables.

    Args:
        lines: of the page, in reading order.
        width: of the body, in points.
        size: of the body's print, in points.
    """
    beside = _beside(lines)
    gapped = _gapped(lines)
    if not _MIN_CELLS <= len(beside) + 2 * len(gapped) <= _MAX_CELLS:
        return TableLines()
    rows = beside | gapped
    heights = {round(lines[i].y / _SAME_HEIGHT) for i in rows}
    if len(heights) < _MIN_ROWS:
        return TableLines()  # one loosely set line
    found = set(rows)
    order = sorted(rows)
    for low, high in pairwise(order):
        between = range(low + 1, high)
        if high - low <= _CELL_LINES and not any(_is_text(lines[i], width) for i in between):
            found.update(between)
    for i in order:
        found.update(_under(lines, i, order, found))
    found.update(_captions(lines, found, size))
    return TableLines(frozenset(found), frozenset(_openers(lines, rows)))


def _beside(lines: Sequence[Line]) -> set[int]:
    """Return the positions of lines that stand beside another."""
    found: set[int] = set()
    by_height = sorted(range(len(lines)), key=lambda i: lines[i].y)
    for a, b in pairwise(by_height):
        first, second = lines[a], lines[b]
        apart = second.x0 - first.x1 > first.size or first.x0 - second.x1 > first.size
        if abs(first.y - second.y) < _SAME_HEIGHT and apart:
            found.update((a, b))
    return found


def _gapped(lines: Sequence[Line]) -> set[int]:
    """Return the positions of lines whose gaps begin or end where those of lines near them do."""
    gapped = [i for i, line in enumerate(lines) if line.cells]
    found: set[int] = set()
    for at, i in enumerate(gapped):
        near = [
            j for j in gapped[max(0, at - _NEAR) : at + _NEAR + 1] if j != i and abs(j - i) <= _NEAR
        ]
        shared = [_shared(lines[i], lines[j]) for j in near]
        # One common edge may be chance; two rows, or two edges, are not.
        if sum(1 for count in shared if count) >= 2 or any(count >= 2 for count in shared):
            found.add(i)
    return found


def _shared(first: Line, second: Line) -> int:
    """Return how many gaps of a line begin or end where one of another line does."""
    return sum(
        any(abs(a - c) <= _SAME_EDGE or abs(b - d) <= _SAME_EDGE for c, d in second.cells)
        for a, b in first.cells
    )


def _captions(lines: Sequence[Line], found: set[int], size: float) -> list[int]:
    """Return lines above a table that belong to it: "Table 2", its title, a head in small print."""
    above: list[int] = []
    for i in sorted(found):
        if i - 1 in found:
            continue
        reach = range(max(0, i - _CAPTION_LINES), i)
        start = next((j for j in reach if _CAPTION.match(lines[j].text)), None)
        if start is None:
            start = i
            while start > 0 and start - 1 not in found and _is_head(lines[start - 1], size):
                start -= 1
        above.extend(range(start, i))
    return above


def _is_head(line: Line, size: float) -> bool:
    return line.italic and line.size < size - 0.6


def _is_text(line: Line, width: float) -> bool:
    labelled = line.bold and _LABELLED.match(line.text) is not None
    return labelled or (line.x1 - line.x0 > _FULL * width and not line.cells)


def _under(lines: Sequence[Line], i: int, rows: Sequence[int], known: set[int]) -> list[int]:
    """Return the further lines of a row's last cell: under it, right of the first column."""
    row = [j for j in rows if abs(lines[j].y - lines[i].y) < _SAME_HEIGHT]
    leftmost = min(lines[j].x0 for j in row)
    edges = [lines[i].x0, *(left for _, left in lines[i].cells)]
    found: list[int] = []
    after = i + 1
    while after < len(lines) and after not in known and after - i <= _CELL_LINES:
        line, above = lines[after], lines[after - 1]
        under = any(abs(line.x0 - edge) < _SAME_EDGE for edge in edges)
        if not under or not 0 < line.y - above.y < 1.3 * line.size:
            break
        if line.x0 < leftmost + _CELL_INDENT:
            break
        found.append(after)
        after += 1
    return found


def _openers(lines: Sequence[Line], rows: set[int]) -> list[int]:
    """Return the leftmost line of each row."""
    found: list[int] = []
    for i in rows:
        row = [j for j in rows if abs(lines[j].y - lines[i].y) < _SAME_HEIGHT]
        if all(lines[i].x0 <= lines[j].x0 for j in row):
            found.append(i)
    return found
