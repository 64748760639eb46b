"""Cut paged text into pieces: which line opens a paragraph, a heading, or goes on with one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.numbering import (
    Candidate,
    decimal_chain,
    find_chains,
    find_nested,
    leading_number,
    leading_subnumber,
)
from corpus.segmentation.headings import ANNEX_RANK, HeadingRanks, heading_end, is_annex_heading
from corpus.segmentation.joining import Joiner
from corpus.segmentation.layout import Layout, Placed
from corpus.segmentation.model import Piece, Role
from corpus.segmentation.numbers import Numbers, printed_number

__all__ = ["cut_lines", "find_numbers"]

_SUB = re.compile(
    r"(?:\(?[a-zа-я]{1,2}\)|\([ivxlc]{1,6}\)|[ivx]{1,5}\)|\(?\d{1,2}\)|[•●▪■◦·]|[–—-]\s)"
)
_QUALITY_LOWER = 0.35
# Paragraphs 1.1, 1.2 stand at the margin or one indent from it; five of them are a habit.
_DECIMAL_INDENT = 35.0
_MIN_DECIMALS = 5
_QUALITY_HEADING = 0.45
_QUALITY_WRAPPED = 0.3
# Space above a new unnumbered paragraph, in line pitches, and its first-line indent in points.
_NEW_PARAGRAPH_GAP = 1.25
_FIRST_LINE_INDENT = 9.0
_MAX_INDENT = 80.0


def find_numbers(layout: Layout, text: Sequence[int]) -> Numbers:
    """Find the numbered paragraphs among the lines that are text."""
    parts = _parts(layout, text)
    candidates = {i: c for i in text if (c := _candidate(layout, i)) is not None}
    chains = find_chains([[candidates[i] for i in part if i in candidates] for part in parts])
    members = {c.index: printed_number(c) for chain in chains for c in chain.members}
    nested = find_nested(candidates, chains)
    columns = [chain.members[0].column for chain in chains]
    unused = sum(
        i not in members and i not in nested and any(abs(c.column - x) < 4 for x in columns)
        for i, c in candidates.items()
    )
    if (decimal := _decimal_numbers(layout, text, candidates, len(members))) is not None:
        return decimal
    owners = sorted((c.index, c.number) for chain in chains for c in chain.members)
    subnumbers = _subnumbers(layout.lines, text, owners)
    return Numbers(members, subnumbers, nested, chains, unused)


def _decimal_numbers(
    layout: Layout, text: Sequence[int], candidates: dict[int, Candidate], wholes: int
) -> Numbers | None:
    """Return the numbers of a text that counts 1.1, 1.2, 2.1, where most of it does."""
    decimals = [
        (i, found[0], found[1])
        for i in text
        if layout.lines[i].indent < _DECIMAL_INDENT
        and (found := leading_subnumber(layout.lines[i].line.text)) is not None
    ]
    if len(decimals) < _MIN_DECIMALS:
        return None
    members, chain = decimal_chain(list(candidates.values()), decimals)
    if len(members) < 1.5 * wholes or len(members) < 0.6 * len(decimals):
        return None
    return Numbers(members, {}, {}, (chain,), 0, len(members))


def _parts(layout: Layout, text: Sequence[int]) -> list[list[int]]:
    """Split lines at annex headings: numbering begins anew there."""
    parts: list[list[int]] = [[]]
    for i in text:
        placed = layout.lines[i]
        prominent = placed.line.bold or placed.line.size > layout.size + 0.8 or placed.centred
        if prominent and is_annex_heading(placed.line.text) and parts[-1]:
            parts.append([])
        parts[-1].append(i)
    return parts


def _candidate(layout: Layout, i: int) -> Candidate | None:
    placed = layout.lines[i]
    line = placed.line
    found = leading_number(line.text)
    if found is None or line.size < layout.size - 1.6:
        return None
    words = line.text[found.start :]
    if not words and found.last != found.number:
        return None  # "43., 44." alone is the end of a label that fills two lines
    quality = 1.0
    if words[:1].islower():
        quality -= _QUALITY_LOWER
    if line.bold and placed.width < 0.8 and line.text[-1:] not in ".;:,":
        quality -= _QUALITY_HEADING
    if placed.centred or line.size > layout.size + 0.8:
        quality -= _QUALITY_HEADING
    if placed.gap is not None and placed.gap < 1.1 and i:
        before = layout.lines[i - 1].line.text.rstrip()
        if before[-1:] not in '.;:!?”"':
            quality -= _QUALITY_WRAPPED
    return Candidate(i, found.number, placed.indent, quality, found.last) if quality > 0 else None


def _subnumbers(
    lines: Sequence[Placed], text: Sequence[int], owners: Sequence[tuple[int, int]]
) -> dict[int, str]:
    """Find "97.1." under paragraph 97: the first number is that of the paragraph above."""
    found: dict[int, str] = {}
    position = -1
    last = 0
    for i in text:
        while position + 1 < len(owners) and owners[position + 1][0] <= i:
            position += 1
            last = 0
        sub = leading_subnumber(lines[i].line.text)
        if sub is None or position < 0 or sub[0] != owners[position][1]:
            continue
        if last < sub[1] <= last + 5:
            found[i] = f"{sub[0]}.{sub[1]}"
            last = sub[1]
    return found


def cut_lines(
    layout: Layout, text: Sequence[int], numbers: Numbers, joiner: Joiner, *, resolution: bool
) -> list[Piece]:
    """Cut the lines that are text into pieces, in reading order."""
    cutter = _Cutter(layout, numbers, joiner, resolution)
    chosen = list(text)
    position = 0
    while position < len(chosen):
        position += cutter.take(chosen, position)
    return cutter.pieces


def _words_start(text: str) -> int:
    if (found := leading_number(text)) is not None:
        return found.start
    decimal = leading_subnumber(text)
    return decimal[2] if decimal else 0


class _Cutter:
    """Walks the lines, opening pieces and adding to the open one."""

    def __init__(self, layout: Layout, numbers: Numbers, joiner: Joiner, resolution: bool) -> None:
        self.pieces: list[Piece] = []
        self._layout = layout
        self._numbers = numbers
        self._joiner = joiner
        self._resolution = resolution
        self._ranks = HeadingRanks(layout.size)
        self._taken = set(numbers.members) | set(numbers.subnumbers) | set(numbers.nested)
        self._operative = False

    def take(self, chosen: Sequence[int], position: int) -> int:
        """Take the line at a position; return how many lines were used."""
        i = chosen[position]
        placed = self._layout.lines[i]
        if i in self._taken:
            self._open_numbered(i, placed)
            return 1
        end = heading_end(self._layout, i, self._taken)
        used = 0
        while position + used < len(chosen) and chosen[position + used] < end:
            used += 1
        if used and not (self._resolution and placed.line.italic and not placed.line.bold):
            self._open_heading(chosen[position : position + used])
            return used
        if self._opens_unnumbered(i, placed):
            self._open(Role.UNNUMBERED, None, placed, placed.line.text)
        else:
            self._append(self.pieces[-1], placed)
        return 1

    def _open_numbered(self, i: int, placed: Placed) -> None:
        text = placed.line.text
        if (number := self._numbers.members.get(i)) is not None:
            role, start = Role.NUMBERED, _words_start(text)
            self._operative = True
        elif (number := self._numbers.subnumbers.get(i)) is not None:
            role, start = Role.SUBNUMBERED, (leading_subnumber(text) or (0, 0, 0))[2]
        else:
            number = self._numbers.nested[i]
            role, start = Role.NESTED, _words_start(text)
        self._open(role, number, placed, text[start:])

    def _open(self, role: Role, number: str | None, placed: Placed, text: str) -> Piece:
        line = placed.line
        piece = Piece(role, number, lead_italic=line.lead_italic)
        piece.add(text, "", line.page)
        piece.marks.extend((line.page, mark.mark) for mark in line.superscripts)
        self.pieces.append(piece)
        return piece

    def _open_heading(self, indices: Sequence[int]) -> None:
        first = self._layout.lines[indices[0]]
        annex = is_annex_heading(first.line.text) is not None
        piece = self._open(Role.ANNEX if annex else Role.HEADING, None, first, first.line.text)
        piece.rank = (
            ANNEX_RANK
            if annex
            else self._ranks.rank(
                first.line.text, first.line.size, bold=first.line.bold, italic=first.line.italic
            )
        )
        for i in indices[1:]:
            self._append(piece, self._layout.lines[i])

    def _opens_unnumbered(self, i: int, placed: Placed) -> bool:
        """Tell whether a line opens a paragraph without a number."""
        if not self.pieces or self.pieces[-1].role in (Role.HEADING, Role.ANNEX):
            return True
        current = self.pieces[-1]
        gap = placed.gap
        apart = gap is None or gap > _NEW_PARAGRAPH_GAP
        indented = placed.indent > _FIRST_LINE_INDENT
        sub = _SUB.match(placed.line.text) is not None
        if current.role is not Role.UNNUMBERED:
            return self._resolution and self._ends_resolution(placed)
        if self._resolution and not self._operative:
            # Preambular paragraphs open with an indent; "(a)" stands at the same place.
            lead = bool(placed.line.lead_italic)
            return (apart and indented and not sub) or (lead and indented and not sub)
        before = self._layout.lines[i - 1]
        if placed.in_table and before.in_table:
            return False
        if placed.in_table != before.in_table and (gap is None or gap > 1.1):
            return True
        if gap is None and before.line.page != placed.line.page:
            return self._opens_at_page_top(before, placed)
        if sub and not placed.line.text.startswith(("•", "●", "▪", "■")):
            return False
        if apart:
            return True
        deeper = placed.indent - before.indent
        return deeper > _FIRST_LINE_INDENT and placed.indent < _MAX_INDENT and before.width < 0.97

    def _opens_at_page_top(self, before: Placed, placed: Placed) -> bool:
        finished = before.line.text.rstrip()[-1:] in '.!?:”"。' or before.width < 0.6
        return finished and not placed.line.text[:1].islower()

    def _ends_resolution(self, placed: Placed) -> bool:
        """Tell whether a line stands below the last operative paragraph: meeting, date, vote."""
        text = placed.line.text
        return text.startswith("[") or (placed.indent > 180 and placed.width < 0.5)

    def _append(self, piece: Piece, placed: Placed) -> None:
        line = placed.line
        text = line.text
        starts_sub = _SUB.match(text) is not None or leading_number(text) is not None
        apart = placed.gap is not None and placed.gap > _NEW_PARAGRAPH_GAP
        heading = piece.role in (Role.HEADING, Role.ANNEX)
        row = placed.in_table and placed.gap is not None and placed.indent < _FIRST_LINE_INDENT
        if not heading and (apart or row or (starts_sub and placed.indent > 4)):
            separator = "\n"
        elif piece.parts:
            before_separator, before = piece.parts[-1]
            before, separator = self._joiner.join(before, text)
            piece.parts[-1] = (before_separator, before)
        else:
            separator = ""
        if not piece.parts and not piece.lead_italic:
            piece.lead_italic = line.lead_italic
        piece.add(text, separator, line.page)
        piece.marks.extend((line.page, mark.mark) for mark in line.superscripts)
