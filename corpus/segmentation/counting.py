"""Find the numbered paragraphs of paged text: candidates among its lines, and their chains."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.numbering import (
    Candidate,
    decimal_chain,
    find_chains,
    find_misprinted,
    find_nested,
    leading_number,
    leading_subnumber,
)
from corpus.segmentation.headings import is_annex_heading
from corpus.segmentation.layout import Layout, Placed
from corpus.segmentation.numbers import Numbers, printed_number

__all__ = ["find_numbers"]

_QUALITY_LOWER = 0.35
# Paragraphs 1.1, 1.2 stand at the margin or one indent from it; five of them are a habit.
_DECIMAL_INDENT = 35.0
_MIN_DECIMALS = 5
_QUALITY_HEADING = 0.45
_QUALITY_WRAPPED = 0.3
_CERTAIN = 0.95
# Space above a new paragraph, in line pitches.
_NEW_PARAGRAPH_GAP = 1.25


def find_numbers(layout: Layout, text: Sequence[int]) -> Numbers:
    """Find the numbered paragraphs among the lines that are text."""
    parts = _parts(layout, text)
    candidates = {i: c for i in text if (c := _candidate(layout, i)) is not None}
    chains = find_chains([[candidates[i] for i in part if i in candidates] for part in parts])
    members = {c.index: printed_number(c) for chain in chains for c in chain.members}
    nested = find_nested(candidates, chains)
    sure = [c for c in candidates.values() if _is_certain(layout.lines[c.index], c)]
    misprinted = {c.index: printed_number(c) for c in find_misprinted(sure, chains, nested.keys())}
    members.update(misprinted)
    columns = [chain.members[0].column for chain in chains]
    unused = sum(
        i not in members and i not in nested and any(abs(c.column - x) < 4 for x in columns)
        for i, c in candidates.items()
    )
    if (decimal := _decimal_numbers(layout, text, candidates, len(members))) is not None:
        return decimal
    owners = sorted((c.index, c.number) for chain in chains for c in chain.members)
    subnumbers = _subnumbers(layout.lines, text, owners)
    return Numbers(members, subnumbers, nested, chains, unused, misprinted=misprinted)


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
        prominent = placed.line.bold or placed.line.size > placed.body + 0.8 or placed.centred
        if prominent and is_annex_heading(placed.line.text) and parts[-1]:
            parts.append([])
        parts[-1].append(i)
    return parts


def _candidate(layout: Layout, i: int) -> Candidate | None:
    placed = layout.lines[i]
    line = placed.line
    found = leading_number(line.text)
    if found is None or line.size < placed.body - 1.6:
        return None
    words = line.text[found.start :]
    if not words and found.last != found.number:
        return None  # "43., 44." alone is the end of a label that fills two lines
    quality = 1.0
    if words[:1].islower():
        quality -= _QUALITY_LOWER
    if line.bold and placed.width < 0.8 and line.text[-1:] not in ".;:,":
        quality -= _QUALITY_HEADING
    if placed.centred or line.size > placed.body + 0.8:
        quality -= _QUALITY_HEADING
    if placed.gap is not None and placed.gap < 1.1 and i:
        before = layout.lines[i - 1].line.text.rstrip()
        if before[-1:] not in '.;:!?”"':
            quality -= _QUALITY_WRAPPED
    return (
        Candidate(i, found.number, placed.indent, quality, found.last, found.others)
        if quality > 0
        else None
    )


def _is_certain(placed: Placed, candidate: Candidate) -> bool:
    """Tell whether a line surely begins a paragraph: it is set off by space."""
    apart = placed.gap is None or placed.gap > _NEW_PARAGRAPH_GAP
    return candidate.quality >= _CERTAIN and apart and not placed.in_table


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
