"""Which parts of a hit the query matches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.analysis import field_language
from indexer.lexical import LexicalStore
from search_api.schemas import Highlight

__all__ = ["Highlighter"]

_WORD = re.compile(r"[^\W_]+")


class Highlighter:
    """Marks one query's matches in many texts.

    A word is analysed once however often it occurs: without that, marking 300 passages took 300 ms.
    """

    def __init__(self, words: str, phrases: Sequence[str], lexical: LexicalStore) -> None:
        """Take the query's words and phrases, and the store whose analysers found the hits."""
        self._words = words
        self._lexical = lexical
        self._phrases = [terms for phrase in phrases if (terms := lexical.exact_terms(phrase))]
        self._wanted: dict[str, frozenset[str]] = {}
        self._matched: dict[str, dict[str, bool]] = {}

    def mark(self, text: str, language: str | None) -> tuple[Highlight, ...]:
        """Return the matched parts of a text, by start, not overlapping; phrases before words."""
        found = list(self._phrase_marks(text)) if self._phrases else []
        taken = [(each.start, each.end) for each in found]
        for start, end in self._word_marks(text, field_language(language)):
            if all(end <= a or start >= b for a, b in taken):
                found.append(Highlight(start=start, end=end, kind="word"))
        return tuple(sorted(found, key=lambda each: each.start))

    def _word_marks(self, text: str, language: str) -> Iterator[tuple[int, int]]:
        wanted = self._wanted_terms(language)
        matched = self._matched.setdefault(language, {})
        for match in _WORD.finditer(text) if wanted else ():
            word = match.group()
            is_match = matched.get(word)
            if is_match is None:
                is_match = not wanted.isdisjoint(self._lexical.terms_of(language, word))
                matched[word] = is_match
            if is_match:
                yield match.span()

    def _wanted_terms(self, language: str) -> frozenset[str]:
        if language not in self._wanted:
            self._wanted[language] = self._lexical.telling_terms(language, self._words)
        return self._wanted[language]

    def _phrase_marks(self, text: str) -> Iterator[Highlight]:
        terms = [
            (term, match.span())
            for match in _WORD.finditer(text)
            for term in self._lexical.exact_terms(match.group())
        ]
        last = -1
        for wanted in self._phrases:
            for i in range(len(terms) - len(wanted) + 1):
                start, end = terms[i][1][0], terms[i + len(wanted) - 1][1][1]
                if start >= last and [term for term, _ in terms[i : i + len(wanted)]] == wanted:
                    yield Highlight(start=start, end=end, kind="phrase")
                    last = end
