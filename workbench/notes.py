"""Notes of a plain text: marks in brackets, `[^1]` or `[1]`, and lines that open with them.

This is how Markdown writes footnotes, and how a word processor's come out of a paste;
`corpus.drafts` gives text read from a file the same form, so that a note keeps its place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

__all__ = ["MARK", "PARAGRAPH", "Spans", "marks_in", "notes_in"]

_NAME = r"\[(?:\^[\w*†‡]{1,5}|\d{1,3})\]"
MARK = re.compile(rf"{_NAME}:?")
_NOTE = re.compile(rf"^[ \t]*({_NAME}):?[ \t]+", re.MULTILINE)
PARAGRAPH = re.compile(rf"\n[ \t]*\n+|\n(?=[ \t]*{_NAME}:?[ \t]+)")
"""What parts two paragraphs: an empty line, or the beginning of a note."""


class Spans:
    """Spans that lie apart, asked whether a place is in one of them."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def __contains__(self, place: int) -> bool:
        at = bisect_right(self._spans, place, key=lambda span: span[0])
        return at > 0 and place < self._spans[at - 1][1]


def notes_in(text: str) -> dict[str, tuple[int, int]]:
    """Return the notes of a text by mark, as characters (start, end) with their mark."""
    found: dict[str, tuple[int, int]] = {}
    for match in _NOTE.finditer(text):
        stop = PARAGRAPH.search(text, match.end())
        found.setdefault(_bare(match[1]), (match.start(), stop.start() if stop else len(text)))
    return found


def marks_in(text: str) -> dict[str, tuple[int, int]]:
    """Return where the mark of each note stands in the text, outside the notes themselves."""
    notes = Spans(notes_in(text).values())
    found: dict[str, tuple[int, int]] = {}
    for match in MARK.finditer(text):
        if match.start() not in notes:
            found.setdefault(_bare(match[0]), match.span())
    return found


def _bare(mark: str) -> str:
    return mark.strip("[]:^")
