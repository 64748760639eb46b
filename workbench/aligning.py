"""Which paragraph of one document became which of another.

Pairs are one to one and of the greatest total likeness: of wording, of meaning where the wording is
another, and of number where nothing else decides. What stays alone was lost or added.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from workbench.closeness import closeness
from workbench.likeness import Text, similarities

__all__ = ["Alignment", "Pair", "Within", "align", "unmoved"]

Cosines = NDArray[np.float32]

SAME_WORDING = 0.5
"""Least similarity of the words of two paragraphs that makes them versions of each other. Between
two reports of one mandate, paragraphs that only share a subject and set phrases reach 0.4."""

SAME_MEANING = 0.75
"""Least cosine that does so where the words are others."""

IN_PLACE = 0.9
"""Least similarity and cosine together of two paragraphs that are left alone at one place, between
the same neighbours, to be versions of each other. Of such pairs in a draft and its adopted text, in
resolutions of following years and in a general comment and its successor, those above were all
rewordings (0.91 to 1.07), those below mostly new text in the place of old."""

MEANING_WEIGHT = 0.6
"""Of a pair by meaning alone, that it does not take a paragraph from its own rewording."""

SAME_NUMBER = 0.02
SAME_PLACE = 0.01
"""Added to a pair with one number, and by how near its two places are: they settle which of several
repeated paragraphs is which, and are too little to settle more."""

WITHIN = 0.8
"""Share of a lost paragraph's words that must stand, in order, in a longer one that it was merged
into; likewise of an added one and the longer one it was split from."""

LEAST_WORDS_WITHIN = 12
"""Fewer words stand in a longer paragraph by chance."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph of the first document and what became of it in the second.

    Attributes:
        first: place in the first document.
        second: place in the second.
        similarity: of their words in order, 0 to 1; None where they are in two languages.
        moved: whether it left the order in which most others stayed.
    """

    first: int
    second: int
    similarity: float | None
    moved: bool


@dataclass(frozen=True, slots=True)
class Within:
    """A paragraph that stands in a longer one of the other document.

    Attributes:
        place: of the longer one in the other document.
        kept: share of the paragraph's words that stand there in order.
    """

    place: int
    kept: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """What became of the paragraphs of one document in another.

    Attributes:
        pairs: by place in the first document.
        lost: places in the first document of what the second has not.
        added: places in the second of what the first has not.
        merged: of what was lost, what stands in a longer paragraph of the second.
        split: of what was added, what stood in a longer paragraph of the first.
    """

    pairs: tuple[Pair, ...]
    lost: tuple[int, ...]
    added: tuple[int, ...]
    merged: Mapping[int, Within]
    split: Mapping[int, Within]

    def order(self) -> list[tuple[int | None, int | None]]:
        """Return (first, second) of every paragraph in reading order.

        That of the second document; what was lost follows what it followed in the first.
        """
        became = {pair.first: pair for pair in self.pairs}
        after: dict[int | None, list[int]] = {}
        anchor: int | None = None
        for place in range(len(self.pairs) + len(self.lost)):
            pair = became.get(place)
            if pair is None:
                after.setdefault(anchor, []).append(place)
            elif not pair.moved:
                anchor = pair.second
        from_first = {pair.second: pair.first for pair in self.pairs}
        out: list[tuple[int | None, int | None]] = [(lost, None) for lost in after.get(None, [])]
        for second in range(len(self.pairs) + len(self.added)):
            out.append((from_first.get(second), second))
            out += [(lost, None) for lost in after.get(second, [])]
        return out


def align(
    first: Sequence[Text],
    second: Sequence[Text],
    cosines: Cosines,
    *,
    same_language: bool = True,
    by_label: bool = False,
) -> Alignment:
    """Find what became of each paragraph.

    Args:
        first: paragraphs of the first document, in reading order.
        second: of the second.
        cosines: (first, second) float32, nearness in meaning.
        same_language: whether words can be compared.
        by_label: whether they are language versions of one text, in which numbers are the same and
            settle the matter (UN Editorial Manual).
    """
    shape = (len(first), len(second))
    alike = (
        similarities(first, second, cosines >= SAME_MEANING) if same_language else np.zeros(shape)
    )
    weight = _weights(first, second, alike, cosines)
    if by_label:
        weight = _by_label(first, second)
    found = [(i, j) for i, j in _assigned(weight) if weight[i, j] > 0]
    if by_label:
        found = sorted(found + _between(found, shape))
    elif same_language:
        found = sorted(found + _in_place(found, alike, cosines))
    stayed = unmoved([j for _, j in found])
    pairs = tuple(
        Pair(i, j, float(alike[i, j]) if same_language else None, at not in stayed)
        for at, (i, j) in enumerate(found)
    )
    lost = tuple(sorted(set(range(len(first))) - {pair.first for pair in pairs}))
    added = tuple(sorted(set(range(len(second))) - {pair.second for pair in pairs}))
    return Alignment(
        pairs,
        lost,
        added,
        _within(first, lost, second) if same_language else {},
        _within(second, added, first) if same_language else {},
    )


def unmoved(places: Sequence[int]) -> set[int]:
    """Return which of some places are of the longest run that rises: what kept its order.

    Args:
        places: in the second document, of paragraphs in the order of the first.
    """
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [at]
    out: set[int] = set()
    at = last[-1] if last else -1
    while at >= 0:
        out.add(at)
        at = before[at]
    return out


def _weights(
    first: Sequence[Text],
    second: Sequence[Text],
    alike: NDArray[np.float64],
    cosines: Cosines,
) -> NDArray[np.float64]:
    """Return what each pair is worth, (first, second) float64; 0 where they are no pair."""
    by_words = np.where(alike >= SAME_WORDING, alike, 0.0)
    by_meaning = np.where(cosines >= SAME_MEANING, MEANING_WEIGHT * cosines, 0.0)
    weight = np.maximum(by_words, by_meaning)
    places = np.abs(
        np.linspace(0, 1, len(first))[:, None] - np.linspace(0, 1, len(second))[None, :]
    )
    labels_a = np.array([text.label if text.numbered else "" for text in first], object)
    labels_b = np.array([text.label if text.numbered else "-" for text in second], object)
    numbers = labels_a[:, None] == labels_b[None, :]
    nearness = SAME_NUMBER * numbers + SAME_PLACE * (1 - places)
    return np.asarray(np.where(weight > 0, weight + nearness, 0.0))


def _between(found: Sequence[tuple[int, int]], shape: tuple[int, int]) -> list[tuple[int, int]]:
    """Pair, in order, what has no number between the same neighbours of two language versions.

    Only where there are as many on both sides: an opening line, a line between two paragraphs.
    """
    out: list[tuple[int, int]] = []
    ends = [(-1, -1), *found, shape]
    for (a, b), (next_a, next_b) in pairwise(ends):
        if next_a - a == next_b - b:
            out += zip(range(a + 1, next_a), range(b + 1, next_b), strict=True)
    return out


def _in_place(
    found: Sequence[tuple[int, int]], alike: NDArray[np.float64], cosines: Cosines
) -> list[tuple[int, int]]:
    """Pair what is left alone between the same neighbours, where it is alike enough for that."""
    stayed = unmoved([j for _, j in found])
    anchors_a = [found[at][0] for at in sorted(stayed)]
    anchors_b = [found[at][1] for at in sorted(stayed)]
    alone_a = sorted(set(range(alike.shape[0])) - {i for i, _ in found})
    alone_b = sorted(set(range(alike.shape[1])) - {j for _, j in found})
    gaps_a, gaps_b = np.searchsorted(anchors_a, alone_a), np.searchsorted(anchors_b, alone_b)
    nearness = (alike + cosines)[np.ix_(alone_a, alone_b)]
    weight = np.where((gaps_a[:, None] == gaps_b) & (nearness >= IN_PLACE), nearness, 0.0)
    return [(alone_a[i], alone_b[j]) for i, j in _assigned(weight) if weight[i, j]]


def _assigned(weight: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Pair rows with columns so that the sum of the weights is greatest."""
    # Not above: it takes 0.4 s of processor time, for which every start of the service would wait.
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(weight, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True)]


def _by_label(first: Sequence[Text], second: Sequence[Text]) -> NDArray[np.float64]:
    """Return 1 for each pair of one label, which all language versions share, and 0 elsewhere."""
    weight = np.zeros((len(first), len(second)))
    places = {text.label: j for j, text in enumerate(second) if text.numbered}
    for i, text in enumerate(first):
        if text.numbered and text.label in places:
            weight[i, places[text.label]] = 1
    return weight


def _within(
    texts: Sequence[Text], alone: Sequence[int], others: Sequence[Text]
) -> dict[int, Within]:
    """Return which of the paragraphs left alone stand in a longer one of the other document."""
    found: dict[int, Within] = {}
    bags = [set(text.keys) for text in others]
    for place in alone:
        words = texts[place].words
        distinct = set(texts[place].keys)
        if len(words) < LEAST_WORDS_WITHIN:
            continue
        best: Within | None = None
        for other, held in enumerate(bags):
            longer = len(others[other].words) > len(words)
            if not longer or len(distinct & held) < WITHIN * len(distinct):
                continue
            near = closeness(words, others[other].words)
            # As much of the part must be the paragraph's: common words lie about everywhere.
            if min(near.kept, near.similarity) >= WITHIN and (
                best is None or near.kept > best.kept
            ):
                best = Within(other, near.kept)
        if best is not None:
            found[place] = best
    return found
