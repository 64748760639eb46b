"""Paragraphs that linked documents have in common, so that no answer shows one text twice.

A paragraph is matched to the one with the same words, or else to the one that shares most runs of
three words with it, from `NEAR_SHARE` on: a draft and what was adopted of it differ in a verb here
and a date there. Matches are made between linked documents only; the same sentence in resolutions
of two years is two precedents.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from indexer.linking.kept import Kept, Match
from indexer.linking.likeness import folded_words, shingles
from indexer.linking.links import FOLDED_KINDS, Link

__all__ = ["NEAR_SHARE", "Match", "folds_of", "matches"]

NEAR_SHARE = 0.8
"""Share of runs of three words, both ways. One word changed in a sentence of twenty breaks three of
eighteen runs and leaves 0.83."""

_RUN_WORDS = 3
_LEAST_WORDS = 8
"""Shorter paragraphs ("Adopts its agenda;") match by the same words only."""

Place = tuple[str, int]
"""Document id and ordinal of a paragraph."""


@dataclass(frozen=True, slots=True)
class _Text:
    ordinal: int
    words: tuple[str, ...]


def matches(connection: sqlite3.Connection, one: str, other: str) -> list[Match]:
    """Return the paragraphs that two documents have in common."""
    mine, theirs = _texts(connection, one), _texts(connection, other)
    by_words: dict[tuple[str, ...], list[int]] = {}
    for text in theirs:
        by_words.setdefault(text.words, []).append(text.ordinal)
    found = [
        Match(text.ordinal, ordinal, same=True)
        for text in mine
        for ordinal in by_words.get(text.words, ())
    ]
    left = [t for t in mine if t.words not in by_words and len(t.words) >= _LEAST_WORDS]
    taken = {match.other for match in found}
    open_ = [t for t in theirs if t.ordinal not in taken and len(t.words) >= _LEAST_WORDS]
    return [*found, *_near(left, open_)]


def _near(mine: Iterable[_Text], theirs: Iterable[_Text]) -> Iterator[Match]:
    """Yield the best matches of paragraphs that differ, each used once, the likest first."""
    runs: dict[int, list[int]] = {}
    sizes: dict[int, int] = {}
    for text in theirs:
        of_text = shingles(text.words, _RUN_WORDS).tolist()
        sizes[text.ordinal] = len(of_text)
        for run in of_text:
            runs.setdefault(run, []).append(text.ordinal)
    candidates = []
    for text in mine:
        of_text = shingles(text.words, _RUN_WORDS).tolist()
        shared = Counter(ordinal for run in of_text for ordinal in runs.get(run, ()))
        for ordinal, count in shared.items():
            share = count / max(len(of_text), sizes[ordinal])
            if share >= NEAR_SHARE:
                candidates.append((-share, text.ordinal, ordinal))
    used_mine: set[int] = set()
    used_theirs: set[int] = set()
    for _, one, other in sorted(candidates):
        if one not in used_mine and other not in used_theirs:
            used_mine.add(one)
            used_theirs.add(other)
            yield Match(one, other, same=False)


def _texts(connection: sqlite3.Connection, document_id: str) -> list[_Text]:
    """Return the paragraphs of a document that are passages."""
    rows = connection.execute(
        "SELECT ordinal, text FROM paragraphs WHERE document_id = ? AND ordinal IN "
        "(SELECT ordinal FROM passages WHERE document_id = ?) ORDER BY ordinal",
        (document_id, document_id),
    )
    return [_Text(ordinal, tuple(folded_words(text))) for ordinal, text in rows]


def folds_of(
    connection: sqlite3.Connection,
    links: Iterable[Link],
    preferences: Mapping[str, int],
    kept: Kept,
) -> tuple[list[tuple[int, int, int]], dict[tuple[str, str], int]]:
    """Return what is shown once, and how many paragraphs each pair of documents shares.

    Args:
        connection: to a database of documents, paragraphs, passages and rows.
        links: between documents.
        preferences: place of each document in the order in which it is shown.
        kept: comparisons made before.

    Returns:
        (fold, row, preference) of every passage that says what one of another document says, and
        the number of paragraphs in common by (one, other).
    """
    groups = _Groups()
    shared: dict[tuple[str, str], int] = {}
    compare = partial(matches, connection)
    for link in links:
        if link.kind in FOLDED_KINDS and link.one.language == link.other.language:
            found = kept.matches(link.one.id, link.other.id, compare)
            shared[link.one.id, link.other.id] = len({match.one for match in found})
            for match in found:
                groups.join((link.one.id, match.one), (link.other.id, match.other))
    return list(_rows(connection, groups, preferences)), shared


def _rows(
    connection: sqlite3.Connection, groups: _Groups, preferences: Mapping[str, int]
) -> Iterator[tuple[int, int, int]]:
    """Yield the passages of each group; long paragraphs fold part by part, as they were split."""
    fold = 0
    for members in groups:
        rows = {place: _rows_of(connection, place) for place in members}
        parts = min(len(each) for each in rows.values())
        for part in range(parts):
            for place in members:
                last = part + 1 == parts  # takes the parts that another, split otherwise, lacks
                of_part = rows[place][part:] if last else rows[place][part : part + 1]
                for row in of_part:
                    yield fold, row, preferences[place[0]]
            fold += 1


def _rows_of(connection: sqlite3.Connection, place: Place) -> list[int]:
    rows = connection.execute(
        "SELECT row FROM rows WHERE document_id = ? AND ordinal = ? ORDER BY row", place
    )
    return [row for (row,) in rows]


class _Groups:
    """Paragraphs that say the same, joined pair by pair (union-find)."""

    def __init__(self) -> None:
        self._parents: dict[Place, Place] = {}

    def _root(self, place: Place) -> Place:
        parents = self._parents
        parents.setdefault(place, place)
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    def join(self, one: Place, other: Place) -> None:
        """Say that two paragraphs say the same."""
        roots = sorted((self._root(one), self._root(other)))
        self._parents[roots[1]] = roots[0]

    def __iter__(self) -> Iterator[list[Place]]:
        members: dict[Place, list[Place]] = {}
        for place in sorted(self._parents):
            members.setdefault(self._root(place), []).append(place)
        yield from members.values()
