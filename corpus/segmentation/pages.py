"""Cut paged text into pieces: which line opens a paragraph, a heading, or goes on with one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.numbering import leading_number, leading_subnumber
from corpus.segmentation.headings import ANNEX_RANK, HeadingRanks, heading_end, is_annex_heading
from corpus.segmentation.joining import Joiner
from corpus.segmentation.layout import Layout, Placed
from corpus.segmentation.model import Piece, Role
from corpus.segmentation.numbers import Numbers

__all__ = ["cut_lines"]

_SUB = re.compile(
    r"(?:\(?[a-zа-я]{1,2}\)|\([ivxlc]{1,6}\)|[ivx]{1,5}\)|\(?\d{1,2}\)|[•●▪■◦·]|[–—-]\s)"
)
_BULLET = re.compile(r"[•●▪■◦·]\s*(?=\w)")
# Space above a new unnumbered paragraph, in line pitches, and its first-line indent in points.
_NEW_PARAGRAPH_GAP = 1.25
_FIRST_LINE_INDENT = 9.0
_MAX_INDENT = 80.0
# Space above a row of a table that has but one cell, in line pitches.
_ROW_GAP = 1.15
# Baselines this close, in points, are one.
_LEVEL = 2.5
_FINISHED = re.compile(r"[.!?:;。；：؟][”\"»’')\]]*$")


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
        self._open_piece: Piece | None = None
        self._before_table: Piece | None = None

    def take(self, chosen: Sequence[int], position: int) -> int:
        """Take the line at a position; return how many lines were used."""
        i = chosen[position]
        placed = self._layout.lines[i]
        if not placed.in_table and not any(map(str.isalnum, placed.line.text)):
            return 1  # a rule or an ornament: "-----", "* * *"
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
        current = self._open_piece
        if current is None or self._begins_table(i, placed, current):
            before = current
            self._open(Role.UNNUMBERED, None, placed).table = placed.in_table
            self._before_table = before
        elif current.table and not placed.in_table and self._goes_on_below(placed):
            self._append(self._before_table or current, placed)
            self._open_piece = self._before_table
        elif self._opens_unnumbered(i, placed, current):
            bullet = _BULLET.match(placed.line.text)
            self._open(Role.UNNUMBERED, None, placed, bullet.end() if bullet else 0)
        else:
            self._append(current, placed)
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
        self._open(role, number, placed, start)

    def _open(self, role: Role, number: str | None, placed: Placed, start: int = 0) -> Piece:
        """Open a piece with the words of a line from an offset on."""
        line = placed.line
        piece = Piece(role, number, lead_italic=line.lead_italic)
        piece.add_line(line, line.text[start:], "")
        self.pieces.append(piece)
        self._open_piece = piece
        return piece

    def _open_heading(self, indices: Sequence[int]) -> None:
        first = self._layout.lines[indices[0]]
        annex = is_annex_heading(first.line.text) is not None
        piece = self._open(Role.ANNEX if annex else Role.HEADING, None, first)
        piece.rank = (
            ANNEX_RANK
            if annex
            else self._ranks.rank(
                first.line.text, first.line.size, bold=first.line.bold, italic=first.line.italic
            )
        )
        for i in indices[1:]:
            self._append(piece, self._layout.lines[i])

    def _begins_table(self, i: int, placed: Placed, current: Piece) -> bool:
        """Tell whether a line is the first of a table, or the first of it on a new page."""
        if not placed.in_table:
            return False
        before = self._layout.lines[i - 1]
        if current.table:
            return before.line.page != placed.line.page
        # What opened in a row (an answer beside its number) goes on there.
        return not before.in_table or current.role in (Role.HEADING, Role.ANNEX)

    def _goes_on_below(self, placed: Placed) -> bool:
        """Tell whether a line below a table goes on with the paragraph above it."""
        if self._before_table is None or self._before_table.role in (Role.HEADING, Role.ANNEX):
            return False
        above = self._before_table.text.rstrip()
        return not _FINISHED.search(above) and placed.line.text[:1].islower()

    def _opens_unnumbered(self, i: int, placed: Placed, current: Piece) -> bool:
        """Tell whether a line opens a paragraph without a number."""
        if current.role in (Role.HEADING, Role.ANNEX):
            return True
        if current.table:
            return not placed.in_table
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
        level = before.line.page == placed.line.page and abs(placed.line.y - before.line.y) < _LEVEL
        if level and not placed.in_table:
            return False  # the rest of a loosely set line
        if gap is None and before.line.page != placed.line.page:
            return self._opens_at_page_top(before, placed)
        if sub and not _BULLET.match(placed.line.text):
            return False
        if apart:
            return True
        if placed.line.text[:1].islower() or _SUB.match(before.line.text):
            return False  # the hanging lines of a list
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
        row = piece.table and (placed.opens_row or (placed.gap or 0.0) > _ROW_GAP)
        if piece.table:
            apart = starts_sub = False
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
        piece.add_line(line, text, separator)
