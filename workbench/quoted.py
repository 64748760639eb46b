"""Whether quoted words stand in a text: word for word, in order, apart from what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.closeness import Closeness, closeness
from workbench.words import Word, keys, words_of

__all__ = ["Sought", "SoughtIn", "sought"]


@dataclass(frozen=True, slots=True)
class Sought:
    """Words to be looked for.

    Attributes:
        text: as given.
        parts: keys of the words of each run that must stand in a row.
    """

    text: str
    parts: tuple[tuple[str, ...], ...]

    @property
    def count(self) -> int:
        """Words in all."""
        return sum(len(part) for part in self.parts)

    @property
    def words(self) -> frozenset[str]:
        """The different words."""
        return frozenset(word for part in self.parts for word in part)


def sought(text: str, parts: Sequence[str]) -> Sought:
    """Make ready what is looked for in many texts."""
    return Sought(text, tuple(tuple(keys(part)) for part in parts))


class SoughtIn:
    """A text in which words are looked for; its words are read once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[Word] = words_of(text)
        self._keys = [word.key for word in self.words]
        self._line = f" {' '.join(self._keys)} "
        self._different = frozenset(self._keys)

    def find(self, wanted: Sought) -> tuple[int, int] | None:
        """Return the words (first, one past the last) that all parts take up, in order, or None."""
        if not wanted.parts:
            return None
        first, reached = -1, 0
        for part in wanted.parts:
            at = self._line.find(f" {' '.join(part)} ", reached)
            if at < 0:
                return None
            place = self._line.count(" ", 0, at)
            first = place if first < 0 else first
            # The space behind a part is the one before the next.
            reached = at + 1 + sum(map(len, part)) + len(part) - 1
            last = place + len(part)
        return first, last

    def has_most(self, wanted: Sought, share: float) -> bool:
        """Tell whether a share of the different words is here: the rest cannot be near."""
        return len(wanted.words & self._different) >= share * len(wanted.words)

    def near(self, wanted: Sought) -> Closeness:
        """Return how close the nearest part of this text is."""
        return closeness(words_of(" ".join(" ".join(part) for part in wanted.parts)), self.words)

    def characters(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters of words first to last."""
        return self.words[first].start, self.words[last - 1].end
