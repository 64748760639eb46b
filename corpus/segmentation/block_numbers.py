"""Find the numbered paragraphs among the blocks of flowing formats (DOCX, HTML, TXT)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.numbering import (
    Candidate,
    Chain,
    decimal_chain,
    find_chains,
    find_misprinted,
    find_nested,
    leading_number,
)
from corpus.readers.page import Block, BlockKind
from corpus.segmentation.flow_front import contents_blocks
from corpus.segmentation.front import SUMMARY
from corpus.segmentation.headings import is_annex_heading
from corpus.segmentation.numbers import Numbers, printed_number

__all__ = ["PLAIN", "SUBNUMBER", "find_block_numbers", "is_bold_line", "is_heading"]

SUBNUMBER = re.compile(r"(\d{1,4})\.(\d{1,3})")
"""A number below another, as recommendations have them: "97.1"."""

PLAIN = re.compile(r"\d{1,4}")
"""The number of a paragraph."""

_BRACKETED = re.compile(r"(\d{1,4})\)")
_COLUMN_STEP = 20.0
_BOLD_HEADING_CHARS = 160
# "10. Migrants" in bold, short and without a full stop, is more often a heading.
_HEADING_QUALITY = 0.4
_SUBNUMBER_STEP = 5


def find_block_numbers(blocks: Sequence[Block]) -> Numbers:
    """Find the numbered paragraphs among blocks."""
    contents = contents_blocks(blocks)
    parts = _candidates(blocks, contents, bracketed=False)
    chains = find_chains(parts)
    decimals = _decimals(blocks, contents)
    counted, chain = decimal_chain([c for part in parts for c in part], decimals)
    members = _printed(chains)
    if len(counted) >= 1.5 * max(1, len(members)):
        return Numbers(counted, {}, {}, (chain,), 0, len(counted))
    if not chains:  # only where nothing else is numbered: "1)" is a list as a rule
        parts = _candidates(blocks, contents, bracketed=True)
        chains = find_chains(parts)
        members = _printed(chains)
    columns = {chain.members[0].column for chain in chains}
    left = [c for part in parts for c in part if c.index not in members]
    unused = sum(c.column in columns for c in left)
    nested = find_nested({c.index: c for c in left}, chains)
    certain = [c for c in left if c.quality >= 1]
    misprinted = {
        c.index: printed_number(c) for c in find_misprinted(certain, chains, nested.keys())
    }
    return Numbers(
        members | misprinted,
        _subnumbers(decimals, chains),
        nested,
        chains,
        max(0, unused - len(misprinted)),
        misprinted=misprinted,
    )


def _printed(chains: Sequence[Chain]) -> dict[int, str]:
    return {c.index: printed_number(c) for chain in chains for c in chain.members}


def _candidates(
    blocks: Sequence[Block], contents: set[int], *, bracketed: bool
) -> list[list[Candidate]]:
    """Return the blocks that may open numbered paragraphs, of the main text and of each annex."""
    parts: list[list[Candidate]] = [[]]
    for i, block in enumerate(blocks):
        if i in contents:
            continue
        if is_heading(block):
            if is_annex_heading(block.text):
                parts.append([])
            continue
        if (found := _numbered(i, block, bracketed=bracketed)) is not None:
            parts[-1].append(found)
    return parts


def _numbered(i: int, block: Block, *, bracketed: bool) -> Candidate | None:
    """Return the candidate that a block is by its own number, or by one typed before its text."""
    if block.kind not in (BlockKind.TEXT, BlockKind.LIST_ITEM):
        return None
    quality = 0.5 if block.text[:1].islower() else 1.0
    if is_bold_line(block):
        quality -= _HEADING_QUALITY
    column = _COLUMN_STEP * block.level
    if block.number is not None:
        plain = block.number.rstrip(".")
        if bracketed and (found := _BRACKETED.fullmatch(plain)):
            plain = found[1]
        return Candidate(i, int(plain), column, quality) if PLAIN.fullmatch(plain) else None
    leading = leading_number(block.text)
    if leading is None:
        return None
    return Candidate(i, leading.number, column, quality, leading.last, leading.others)


def _decimals(blocks: Sequence[Block], contents: set[int]) -> list[tuple[int, int, int]]:
    """Return (index, 97, 1) of the blocks numbered "97.1"."""
    return [
        (i, int(found[1]), int(found[2]))
        for i, block in enumerate(blocks)
        if i not in contents
        and block.kind is not BlockKind.FOOTNOTE
        and (found := SUBNUMBER.fullmatch(block.number or ""))
    ]


def _subnumbers(
    decimals: Sequence[tuple[int, int, int]], chains: Sequence[Chain]
) -> dict[int, str]:
    """Return the blocks numbered "97.1" that stand under paragraph 97, in order."""
    owners = sorted((c.index, c.number) for chain in chains for c in chain.members)
    found: dict[int, str] = {}
    last = (0, 0)
    for i, whole, part in decimals:
        above = [number for index, number in owners if index <= i]
        before = last[1] if last[0] == whole else 0
        if above and above[-1] == whole and before < part <= before + _SUBNUMBER_STEP:
            found[i] = f"{whole}.{part}"
            last = (whole, part)
    return found


def is_heading(block: Block) -> bool:
    """Tell whether a block is a heading: marked up as one, or a bold line without a number."""
    if block.kind is BlockKind.HEADING or SUMMARY.fullmatch(block.text):
        return True
    return block.kind is BlockKind.TEXT and block.number is None and is_bold_line(block)


def is_bold_line(block: Block) -> bool:
    """Tell whether a block is set like a heading: bold, short, and no sentence."""
    return (
        block.kind is BlockKind.TEXT
        and (block.bold or is_annex_heading(block.text) is not None)
        and len(block.text) < _BOLD_HEADING_CHARS
        and block.text.rstrip()[-1:] not in ".;:,。"
    )
