"""Set the left edges of a crooked page straight, so that one margin is one again."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence

__all__ = ["shear", "snapped"]

_SHEARS = [step / 1000 for step in range(-25, 26)]
_EDGE_STEP = 1.5
_MIN_EDGES = 8
# Letters begin a little right of their edge or on it: lines of one margin differ by so many points.
_NEXT_EDGE = 0.8
_EDGE_WIDTH = 2.5


def shear(edges: Sequence[tuple[float, float]], slope: float) -> float:
    """Return how much to move lines right for each point down, for their left edges to align.

    A page that lay askew is sheared by its slope; film and copying stretch it besides. The best
    shear puts most lines at one edge; the slope alone is left where none is plainly better.
    """
    if len(edges) < _MIN_EDGES:
        return slope

    def aligned(by: float) -> int:
        counts: Counter[int] = Counter()
        for x0, y in edges:
            at = int((x0 + by * y) / _EDGE_STEP)
            counts[at] += 1
            counts[at + 1] += 1
        return max(counts.values())

    counts = {step: aligned(slope + step) for step in _SHEARS}
    most = max(counts.values())
    best = [step for step, count in counts.items() if count == most]
    return slope + statistics.median(best) if most >= 1.2 * counts[0.0] else slope


def snapped(edges: Sequence[float]) -> list[float]:
    """Return how far to move each line right for the lines of one margin to have one left edge."""
    shifts = [0.0] * len(edges)
    group: list[int] = []
    for i in sorted(range(len(edges)), key=lambda i: edges[i]):
        near = group and edges[i] - edges[group[-1]] <= _NEXT_EDGE
        if not (near and edges[i] - edges[group[0]] <= _EDGE_WIDTH):
            _set_at_median(group, edges, shifts)
            group = []
        group.append(i)
    _set_at_median(group, edges, shifts)
    return shifts


def _set_at_median(group: Sequence[int], edges: Sequence[float], shifts: list[float]) -> None:
    for i in group:
        shifts[i] = statistics.median(edges[j] for j in group) - edges[i]
