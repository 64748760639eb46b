"""How close the wording of a sentence is to some part of a passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from workbench.words import Word

__all__ = ["Closeness", "closeness"]

_MARGIN = 0.5
"""Share of a sentence's length by which the part it is compared with may be longer at an end."""


@dataclass(frozen=True, slots=True)
class Closeness:
    """What a sentence and a passage have in common, in order.

    Attributes:
        similarity: 2 * common / (words of the sentence + words of the part), 0 to 1: the normalised
            similarity of insertions and deletions. 1 where the part has the same words.
        kept: share of the sentence's words that stand in the part in the same order, 0 to 1.
        first: first word of the part of the passage that is closest, those included that stand for
            a word or two at the ends of the sentence.
        last: one past its last word; equal to `first` where nothing is in common.
    """

    similarity: float
    kept: float
    first: int
    last: int

    @property
    def verbatim(self) -> bool:
        """Whether the part has exactly the words of the sentence."""
        return self.similarity == 1.0


_ENDS = 2
"""Words at either end of a sentence that a part may replace, and has as many of its own for."""

_NONE = Closeness(0.0, 0.0, 0, 0)


def closeness(sentence: Sequence[Word], passage: Sequence[Word]) -> Closeness:
    """Find the part of a passage whose words are closest to those of a sentence.

    Args:
        sentence: words of what is looked for.
        passage: words of where it is looked for.
    """
    wanted = [word.key for word in sentence]
    held = [word.key for word in passage]
    if not wanted or not held:
        return _NONE
    found = _find(wanted, held)
    if found is not None:
        return Closeness(1.0, 1.0, found, found + len(wanted))
    first, last = 0, len(held)
    if len(held) > len(wanted):
        around = fuzz.partial_ratio_alignment(wanted, held)
        if around is None or around.score == 0:
            return _NONE
        margin = round(len(wanted) * _MARGIN)
        first, last = max(0, around.dest_start - margin), min(len(held), around.dest_end + margin)
    return _trimmed(wanted, held, first, last)


def _find(wanted: Sequence[str], held: Sequence[str]) -> int | None:
    """Return where the words stand in a row, or None."""
    span, first = len(wanted), wanted[0]
    for start in range(len(held) - span + 1):
        if held[start] == first and held[start : start + span] == wanted:
            return start
    return None


def _trimmed(wanted: list[str], held: list[str], first: int, last: int) -> Closeness:
    """Cut a part down to the ends that make it closest."""
    blocks = [
        (block.a, block.b + first, block.size)
        for block in LCSseq.editops(wanted, held[first:last]).as_matching_blocks()
        if block.size
    ]
    if not blocks:
        return _NONE
    # A stray common word far from the rest would make the part long: ends are cut while that helps.
    best, ends = _NONE, (0, 0)
    for i in range(len(blocks)):
        common = 0
        for j in range(i, len(blocks)):
            common += blocks[j][2]
            start, end = blocks[i][1], blocks[j][1] + blocks[j][2]
            similarity = 2 * common / (len(wanted) + end - start)
            if similarity > best.similarity:
                best = Closeness(similarity, common / len(wanted), start, end)
                ends = blocks[i][0], len(wanted) - blocks[j][0] - blocks[j][2]
    return _with_ends(best, ends, len(held))


def _with_ends(part: Closeness, ends: tuple[int, int], held: int) -> Closeness:
    """Take in what stands where a word or two at the ends of the sentence were replaced."""
    before, after = (words if words <= _ENDS else 0 for words in ends)
    return replace(part, first=max(0, part.first - before), last=min(held, part.last + after))
