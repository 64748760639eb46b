"""What differs between two texts, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel

from workbench.words import Word, words_of

__all__ = ["Change", "ChangeKind", "changes", "changes_between"]


class ChangeKind(StrEnum):
    """What became of some words between one text and another."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words that is the same in both texts, or is not.

    Attributes:
        kind: what became of it.
        before: characters of the first text, (start, end); an empty span where words were inserted.
        after: characters of the second text; an empty span where words were deleted.
    """

    kind: ChangeKind
    before: tuple[int, int]
    after: tuple[int, int]


_SHORT_ISLAND = 1
"""Common words between two changes, up to this many, that belong to neither: one "the" kept in a
sentence that was rewritten around it tells a reader nothing."""


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Return what became of the words of one text in another, in order.

    Runs of both texts are covered word by word: what is not a word (punctuation, spaces) belongs to
    no run, and a difference in it is no change.
    """
    return changes_between(words_of(before), words_of(after))


def changes_between(before: Sequence[Word], after: Sequence[Word]) -> tuple[Change, ...]:
    """Return what became of words, as `changes` does, of texts already read as words."""
    edits = Indel.opcodes([word.key for word in before], [word.key for word in after])
    runs: list[tuple[ChangeKind, int, int, int, int]] = []
    for edit in edits:
        kind = ChangeKind.SAME if edit.tag == "equal" else ChangeKind.REPLACED
        run = (kind, edit.src_start, edit.src_end, edit.dest_start, edit.dest_end)
        runs.append(run)
    joined = _joined(_without_islands(_joined(runs)))
    return tuple(
        Change(
            _kind(kind, i1 == i2, j1 == j2),
            _characters(before, i1, i2),
            _characters(after, j1, j2),
        )
        for kind, i1, i2, j1, j2 in joined
    )


_Run = tuple[ChangeKind, int, int, int, int]


def _joined(runs: Sequence[_Run]) -> list[_Run]:
    out: list[_Run] = []
    for run in runs:
        if out and out[-1][0] == run[0]:
            out[-1] = (run[0], out[-1][1], run[2], out[-1][3], run[4])
        else:
            out.append(run)
    return out


def _without_islands(runs: Sequence[_Run]) -> list[_Run]:
    """Make a short common run between two replacements part of them."""
    out = list(runs)
    for i in range(1, len(runs) - 1):
        kind, i1, i2, j1, j2 = runs[i]
        if kind is ChangeKind.SAME and i2 - i1 <= _SHORT_ISLAND:
            around = (runs[i - 1], runs[i + 1])
            if all(r[2] > r[1] and r[4] > r[3] for r in around):
                out[i] = (ChangeKind.REPLACED, i1, i2, j1, j2)
    return out


def _kind(kind: ChangeKind, nothing_before: bool, nothing_after: bool) -> ChangeKind:
    if kind is ChangeKind.SAME:
        return kind
    if nothing_before:
        return ChangeKind.INSERTED
    return ChangeKind.DELETED if nothing_after else ChangeKind.REPLACED


def _characters(words: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    """Return the characters of words first to last; an empty span stands before word `first`."""
    if first < last:
        return words[first].start, words[last - 1].end
    if first < len(words):
        return words[first].start, words[first].start
    end = words[-1].end if words else 0
    return end, end
