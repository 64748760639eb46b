"""Raised note marks: what is one, what only looks like one, and which line it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.readers.page import Line, Superscript
from corpus.readers.pdf.chunks import Chunk

__all__ = ["RAISED_REACH", "RAISED_SIZE", "is_ordinal", "join_marks", "raised_mark"]

_MARK = re.compile(r"\s*(\d{1,3}|[*†‡§¶#]{1,4}|\d{1,3}/|[a-z])\s*")
_MARKS = re.compile(r"\s*\d{1,3}(?:\s*,\s*\d{1,3})+\s*")
# A raised mark is printed at 6 to 7 points beside 9 to 12, its baseline 3 to 4 points up.
RAISED_SIZE = 0.82
RAISED_BASELINE = 0.12
RAISED_REACH = 0.6
# No printed page has more lines: beyond, work must stay linear.
_MAX_LINES = 2000


def raised_mark(chunk: Chunk, size: float, baseline: float, before: str) -> list[str] | None:
    """Return the note marks a chunk is, or None where it is text."""
    if not chunk.size or chunk.size > RAISED_SIZE * size:
        return None
    if baseline - chunk.y < RAISED_BASELINE * size:
        return None
    text = chunk.text.strip()
    if is_ordinal(chunk, size, before):
        return None
    if _MARKS.fullmatch(text):
        return re.findall(r"\d+", text)
    if (match := _MARK.fullmatch(text)) is None:
        return None
    return [match.group(1).rstrip("/")]


def is_ordinal(chunk: Chunk, size: float, before: str) -> bool:
    """Tell whether a small run is the raised ending of an ordinal ("22nd", "2e")."""
    small = 0 < chunk.size <= RAISED_SIZE * size
    ending = chunk.text.strip()
    if not (small and ending.isalpha()):
        return False
    # Portuguese and Spanish print "3.º"; a raised "a" after a full stop may be a note mark.
    stopped = before.rstrip()[-2:-1].isdigit() and before.rstrip()[-1:] == "."
    return before.rstrip()[-1:].isdigit() or (stopped and ending in {"o", "os", "as", "er"})


def join_marks(lines: list[Line]) -> list[Line]:
    """Give marks that were drawn apart from their line back to it."""
    if len(lines) > _MAX_LINES:
        return lines
    joined: list[Line] = []
    owners: dict[int, list[Superscript]] = {}
    for line in lines:
        owner = _owner_of_mark(line, lines) if _MARK.fullmatch(line.text) else None
        if owner is None:
            joined.append(line)
        else:
            owners.setdefault(id(owner), []).append(Superscript(line.text, len(owner.text)))
    return [
        replace(line, superscripts=(*line.superscripts, *owners[id(line)]))
        if id(line) in owners
        else line
        for line in joined
    ]


def _owner_of_mark(mark: Line, lines: Sequence[Line]) -> Line | None:
    for line in lines:
        raised = line.y - mark.y
        if (
            mark.size <= RAISED_SIZE * line.size
            and RAISED_BASELINE * line.size <= raised <= RAISED_REACH * line.size
            and -0.2 * line.size <= mark.x0 - line.x1 <= 0.6 * line.size
        ):
            return line
    return None
