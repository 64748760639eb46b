"""Assemble runs of characters into printed lines.

Both PDF readers produce `Chunk`s, runs of one font on one baseline in the order of the content
stream, and share this assembly: which runs make a line, which are raised note marks, and in which
order lines are read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.readers.page import Line, Superscript
from corpus.readers.pdf.bidi import ordered, tidied
from corpus.readers.pdf.chunks import Chunk
from corpus.readers.pdf.marks import RAISED_REACH, RAISED_SIZE, is_ordinal, join_marks, raised_mark

__all__ = ["WIDE_GAP", "assemble_lines"]

_LABEL = re.compile(
    r"\s*(?:\d{1,4}(?:\.\d{1,3})*\.?|\d{1,4}\.(?:(?:,| and) ?\d{1,4}\.)+"
    r"|\(?[a-zA-Zа-я]{1,2}\)|[IVXLC]{1,6}\.|[A-Z]\.|[ivx]{1,5}\.|[a-z]\.|[•●▪■◦·–—-])\s*"
)
# Blanks are spaces; control characters, which damaged fonts give, are nothing.
_PLAIN = dict.fromkeys([*range(9), *range(14, 32), *range(0x7F, 0xA0)]) | {9: " ", 0xA0: " "}
_PUNCTUATION = re.compile(r"\s*[,.;:)”]")
_DOUBLED = re.compile(r"(?:(\S)\1|\s)+")
_SAME_BASELINE = 0.45
# Less white space than this below a line, in units of its size, keeps the next line in its band.
_BAND_REACH = 0.55
# Wider gaps, in units of the font size, separate cells of a table or columns; after a paragraph
# label a tab may be wider.
_CELL_GAP = 4.0
_WORD_GAP = 0.16
# Points from the corner of a page: the largest that the format allows has 14,400.
_FARTHEST = 100_000.0
# No printed line has more runs, no printed page more lines: beyond, work must stay linear.
_MAX_RUNS = 2000
_MAX_LINES = 2000
_LABEL_RUNS = 10
# Where bold and plain letters share a line so, neither is a slip ("Maria **Lopez**").
_MIXED = 0.15
# White space this wide, in units of the font size, may part two cells.
WIDE_GAP = 1.5
_LABEL_GAP = 9.0


def assemble_lines(
    chunks: Iterable[Chunk], page: int, *, right_to_left: bool = False
) -> tuple[Line, ...]:
    """Build the lines of a page, in reading order.

    Args:
        chunks: in the order of the content stream.
        page: its number.
        right_to_left: the page is mirrored; words and numbers in Latin letters run against it.
    """
    groups: list[list[Chunk]] = []
    current: list[Chunk] = []
    for chunk in chunks:
        if chunk.size == 0.0:
            if current:
                current.append(chunk)
            continue
        if not _is_on_paper(chunk):
            continue
        if current and (len(current) > _MAX_RUNS or not _continues(current, chunk, right_to_left)):
            groups.append(current)
            current = []
        current.append(chunk)
    if current:
        groups.append(current)
    if right_to_left:
        groups = [ordered(group) for group in groups]
    lines = [line for group in groups if (line := _line(group, page)) is not None]
    if right_to_left:
        lines = [replace(line, text=tidied(line.text)) for line in lines]
    return tuple(_in_reading_order(_join_labels(join_marks(lines))))


def _is_on_paper(chunk: Chunk) -> bool:
    """Tell whether a run stands where a page can be; damaged files give infinite numbers too."""
    places = (chunk.x0, chunk.x1, chunk.y)
    return all(abs(place) < _FARTHEST for place in places) and 0 < chunk.size < _FARTHEST


def _continues(line: Sequence[Chunk], chunk: Chunk, right_to_left: bool) -> bool:
    """Tell whether a chunk stands on the open line."""
    printed = [c for c in line if c.size]
    last = printed[-1]
    main = max(printed, key=lambda c: (c.size, len(c.text)))
    size = max(main.size, chunk.size)
    raised = min(main.size, chunk.size) <= RAISED_SIZE * size
    if abs(chunk.y - main.y) > (RAISED_REACH if raised else _SAME_BASELINE) * size:
        return False
    gap = chunk.x0 - last.x1
    if right_to_left:
        # Against the direction of the page the neighbour may be any earlier run.
        gap = min(max(chunk.x0 - c.x1, c.x0 - chunk.x1) for c in printed)
    elif gap < -0.5 * size:
        return False
    label_only = len(line) < _LABEL_RUNS and _LABEL.fullmatch("".join(c.text for c in line))
    return gap <= (_LABEL_GAP if label_only else _CELL_GAP) * size


def _line(chunks: Sequence[Chunk], page: int) -> Line | None:
    printed = [c for c in chunks if c.size]
    weights: Counter[float] = Counter()
    for c in printed:
        weights[round(c.size, 1)] += len(c.text.strip())
    size = max(weights, key=lambda s: (weights[s], s))
    # Where marks outweigh ("12 See"), the larger print is the line.
    if (largest := max(weights)) > size * 1.2 and weights[largest] >= 3:
        size = largest
    baselines = Counter(round(c.y, 1) for c in printed if abs(c.size - size) < 0.06 * size)
    baseline = baselines.most_common(1)[0][0]

    text = ""
    marks: list[Superscript] = []
    cells: list[tuple[float, float]] = []
    weight = {"bold": 0, "italic": 0, "all": 0}
    lead, leading, edge = "", True, printed[0].x0
    for c in chunks:
        mark = raised_mark(c, size, baseline, text)
        if mark is not None:
            marks.extend(Superscript(m, len(text.rstrip())) for m in mark)
            edge = max(edge, c.x1)
            # What follows a mark keeps its distance; a mark inside a word does not split it.
            if c.text[-1:].isspace() and text and not text.endswith(" "):
                text += " "
            continue
        piece = c.text.translate(_PLAIN)
        if marks and marks[-1].offset == len(text.rstrip()) and _PUNCTUATION.match(piece):
            # The space that a mark left before a comma.
            text, piece = text.rstrip(), piece.lstrip()
        if is_ordinal(c, size, text):
            text, piece = text.rstrip(), piece.lstrip()
        elif not text or text.endswith(" "):
            piece = piece.lstrip()
        elif c.size and c.x0 - edge > _WORD_GAP * size and not piece[:1].isspace():
            # The extractor sees no space where a font ends exactly at a word's end.
            piece = f" {piece}"
        if c.size and c.x0 - edge > WIDE_GAP * size and not _LABEL.fullmatch(text):
            cells.append((round(edge, 1), round(c.x0, 1)))
        edge = c.x1 if c.size else edge
        letters = sum(map(str.isalnum, piece))
        weight["all"] += letters
        weight["bold"] += letters * c.bold
        weight["italic"] += letters * c.italic
        if leading and c.size:
            if c.italic:
                lead += piece
            elif letters and not (not lead and _LABEL.fullmatch(piece)):
                leading = False
        elif leading and lead:
            lead += " "
        text += piece
    text = re.sub(r"\s+", " ", text).rstrip()
    if not text and not marks:
        return None
    text = _undouble(text)
    total = max(1, weight["all"])
    return Line(
        text=text,
        page=page,
        x0=round(min(c.x0 for c in printed), 1),
        x1=round(max(c.x1 for c in printed), 1),
        y=round(baseline, 1),
        size=size,
        bold=weight["bold"] * 2 > total,
        mixed=_MIXED * total < weight["bold"] < (1 - _MIXED) * total,
        italic=weight["italic"] * 2 > total,
        lead_italic=re.sub(r"\s+", " ", lead).strip(),
        superscripts=tuple(replace(m, offset=min(m.offset, len(text))) for m in marks),
        cells=tuple(cells),
    )


def _undouble(text: str) -> str:
    """Undo bold printed by striking each letter twice ("NNAATTIIOONNSS"), met in files of 1994."""
    if len(text) >= 12 and _DOUBLED.fullmatch(text):
        return re.sub(r"(\S)\1", r"\1", text)
    return text


def _join_labels(lines: list[Line]) -> list[Line]:
    """Join a label that was drawn apart ("12.") to the line beside it."""
    joined: list[Line] = []
    skip: set[int] = set()
    for i, line in enumerate(lines):
        if i in skip:
            continue
        if _LABEL.fullmatch(line.text):
            for j in range(max(0, i - 2), min(len(lines), i + 3)):
                other = lines[j]
                if j in skip or j == i or abs(other.y - line.y) > 0.2 * other.size:
                    continue
                if 0 <= other.x0 - line.x1 <= _LABEL_GAP * other.size and j > i:
                    shift = len(line.text) + 1
                    line = replace(
                        other,
                        text=f"{line.text} {other.text}",
                        x0=line.x0,
                        superscripts=line.superscripts
                        + tuple(Superscript(s.mark, s.offset + shift) for s in other.superscripts),
                    )
                    skip.add(j)
                    break
        joined.append(line)
    return joined


def _in_reading_order(lines: list[Line]) -> list[Line]:
    """Order lines: bands of print from top to bottom, and each band as it was written.

    The content stream alone is no order: Word writes mastheads and feet after the text. Height
    alone is none either: it mixes columns and cells. White space across the page separates bands;
    inside a band that has lines side by side the stream keeps cells and columns whole.
    """
    order = {id(line): i for i, line in enumerate(lines)}
    ordered: list[Line] = []
    band: list[Line] = []
    bottom = 0.0
    for line in sorted(lines, key=lambda line: line.y):
        if band and line.y - line.size > bottom:
            ordered.extend(_order_band(band, order))
            band = []
        band.append(line)
        bottom = max(bottom if len(band) > 1 else 0.0, line.y + _BAND_REACH * line.size)
    ordered.extend(_order_band(band, order))
    return ordered


def _order_band(band: list[Line], order: dict[int, int]) -> list[Line]:
    stream = sorted(band, key=lambda line: order[id(line)])
    if _has_columns(stream):
        return stream
    return sorted(band, key=lambda line: (round(line.y), line.x0))


def _has_columns(lines: Sequence[Line]) -> bool:
    """Tell whether lines, as written, step back up to stand beside what was written before."""
    for before, after in pairwise(lines):
        beside = after.x0 > before.x1 or before.x0 > after.x1
        if beside and after.y < before.y + 0.5 * before.size:
            return True
    return False
