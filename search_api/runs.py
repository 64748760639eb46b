"""The longest run of words that a query and a passage have in common."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from indexer.analysis import WORD, prepare_exact
from search_api.schemas import Span

__all__ = ["LEAST_WORDS", "longest_run"]

LEAST_WORDS = 3
"""Two words in a row are met by chance."""


def longest_run(query: str, text: str) -> Span | None:
    """Return where the longest run of words of a query stands in a text, else None.

    Words are compared as quoted phrases are: unstemmed, whatever their case, vowel marks and
    apostrophes.
    """
    asked = [word for word, _, _ in _words(query)]
    said = list(_words(text))
    matcher = SequenceMatcher(None, asked, [word for word, _, _ in said], autojunk=False)
    found = matcher.find_longest_match()
    if found.size < LEAST_WORDS:
        return None
    return Span(start=said[found.b][1], end=said[found.b + found.size - 1][2])


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (word as compared, start, end); each character of a run of Chinese is a word."""
    for match in WORD.finditer(text):
        start, end = match.span()
        parts = prepare_exact(match.group()).casefold().split()
        if len(parts) == end - start:
            yield from ((part, start + i, start + i + 1) for i, part in enumerate(parts))
        else:
            yield " ".join(parts), start, end
