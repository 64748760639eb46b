"""Find pages that are printed in two columns, as the official records before 1990 were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus.readers.page import Line

__all__ = ["column_edges", "edge_of"]

# A column has at least this many lines of text; cells of a table are shorter and fewer.
_MIN_LINES = 12
_MIN_CHARS = 22
_SAME_EDGE = 3.0
# Of the lines of text, so many stand in one of the two columns.
_SHARE = 0.8


def column_edges(lines: Sequence[Line]) -> tuple[float, ...]:
    """Return the left edges of a page's two columns, or () where it has one.

    Two edges that many lines share are columns where no line of the left one reaches the right one,
    lines of both stand side by side, and hardly a line is outside of them.
    """
    body = [line for line in lines if len(line.text) >= _MIN_CHARS]
    edges = Counter(round(line.x0) for line in body)
    common = [edge for edge, count in edges.most_common(6) if count >= _MIN_LINES // 2]
    for left in sorted(common):
        for right in sorted(edge for edge in common if edge > left + 100):
            first = [ln for ln in body if left - _SAME_EDGE <= ln.x0 and ln.x1 <= right + 2]
            second = [ln for ln in body if ln.x0 >= right - _SAME_EDGE]
            if min(len(first), len(second)) < _MIN_LINES:
                continue
            if len(first) + len(second) < _SHARE * len(body):
                continue
            if _side_by_side(first, second) and _filled(first, left, right):
                return float(left), float(right)
    return ()


def edge_of(line: Line, edges: Sequence[float]) -> float:
    """Return the left edge of the column that a line stands in."""
    return max((edge for edge in edges if edge <= line.x0 + 10), default=edges[0])


def _side_by_side(first: Sequence[Line], second: Sequence[Line]) -> bool:
    low = max(min(line.y for line in first), min(line.y for line in second))
    high = min(max(line.y for line in first), max(line.y for line in second))
    return sum(low <= line.y <= high for line in second) >= len(second) // 2


def _filled(column: Sequence[Line], left: float, right: float) -> bool:
    """Tell whether lines of a column reach its right edge, as set text does and cells do not."""
    return sum(line.x1 > left + 0.8 * (right - left) for line in column) >= len(column) // 2
