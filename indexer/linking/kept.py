"""Comparisons of two documents, kept in the catalogue until one of them changes.

How much of one text stands in another, and which paragraphs two share, depends on the two alone.
All else that publication derives is worked out anew each time, from these and from metadata: so
what it derives after a change is what it would derive from scratch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from indexer.catalogue import Catalogue

__all__ = ["Kept", "Match"]

_VERSION = "1"
"""Raised when two texts would compare otherwise; what is kept is then forgotten."""

_STATE = "comparing"
_FIELDS = 3


class Match(NamedTuple):
    """A paragraph of one document and the one of another that says the same.

    Attributes:
        one: ordinal in the one document.
        other: ordinal in the other.
        same: whether the words are the same, case and punctuation apart.
    """

    one: int
    other: int
    same: bool


class Kept:
    """What was compared before, and what is compared now, to be kept by `save`."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take a catalogue, which forgets comparisons of a document as it changes."""
        self._catalogue = catalogue
        self._likenesses: dict[tuple[str, str], tuple[float, float]] = {}
        self._new: list[tuple[str, str]] = []
        self._new_matches: list[tuple[str, str, bytes]] = []
        if catalogue.get(_STATE) != _VERSION:
            self._forget()
        for one, other, mine, theirs in catalogue.connection.execute("SELECT * FROM likenesses"):
            self._likenesses[one, other] = (mine, theirs)

    def _forget(self) -> None:
        with self._catalogue.transaction():
            for table in ("candidates", "paired", "likenesses", "matched"):
                self._catalogue.connection.execute(f"DELETE FROM {table}")
            self._catalogue.put(_STATE, _VERSION)

    def containment(
        self, one: str, other: str, compare: Callable[[str, str], tuple[float, float]]
    ) -> tuple[float, float]:
        """Return the shares of two texts that stand in each other, compared where need be."""
        if one > other:
            theirs, mine = self.containment(other, one, compare)
            return mine, theirs
        if (one, other) not in self._likenesses:
            self._likenesses[one, other] = compare(one, other)
            self._new.append((one, other))
        return self._likenesses[one, other]

    def matches(
        self, one: str, other: str, compare: Callable[[str, str], list[Match]]
    ) -> list[Match]:
        """Return the paragraphs that two documents share, compared where need be."""
        held = self._catalogue.connection.execute(
            "SELECT matches FROM matched WHERE one = ? AND other = ?", (one, other)
        ).fetchone()
        if held is not None:
            table = np.frombuffer(held[0], "<i4").reshape(-1, _FIELDS).tolist()
            return [Match(mine, theirs, bool(same)) for mine, theirs, same in table]
        found = compare(one, other)
        blob = np.array(found, "<i4").tobytes()
        self._new_matches.append((one, other, blob))
        return found

    def save(self) -> None:
        """Keep what was compared since this was opened."""
        with self._catalogue.transaction():
            self._catalogue.connection.executemany(
                "INSERT INTO likenesses VALUES (?, ?, ?, ?)",
                ((*pair, *self._likenesses[pair]) for pair in self._new),
            )
            self._catalogue.connection.executemany(
                "INSERT INTO matched VALUES (?, ?, ?)", self._new_matches
            )
        self._new, self._new_matches = [], []
