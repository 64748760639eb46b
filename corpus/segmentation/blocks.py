"""Cut the blocks of flowing formats (DOCX, HTML, TXT) into pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.footnotes import RawNote
from corpus.numbering import Candidate, decimal_chain, find_chains, leading_number
from corpus.readers.page import Block, BlockKind
from corpus.segmentation.front import MASTHEAD, SUMMARY, is_contents_entry
from corpus.segmentation.headings import ANNEX_RANK, HeadingRanks, is_annex_heading
from corpus.segmentation.model import Piece, Role
from corpus.segmentation.numbers import Numbers
from corpus.segmentation.resolution import is_opening

__all__ = ["block_notes", "cut_blocks", "find_block_numbers"]

_SUBNUMBER = re.compile(r"\d{1,4}\.\d{1,3}")
_PLAIN = re.compile(r"\d{1,4}")
_COLUMN_STEP = 20.0
_BOLD_HEADING_CHARS = 160
_MASTHEAD_BLOCKS = 30
_LONG_TEXT = 220


def find_block_numbers(blocks: Sequence[Block]) -> Numbers:
    """Find the numbered paragraphs among blocks."""
    parts: list[list[Candidate]] = [[]]
    for i, block in enumerate(blocks):
        if _is_heading(block):
            if is_annex_heading(block.text):
                parts.append([])
            continue
        if (number := _number(block)) is not None:
            quality = 0.5 if block.text[:1].islower() else 1.0
            parts[-1].append(Candidate(i, number, _COLUMN_STEP * block.level, quality))
    chains = find_chains(parts)
    members = {c.index: str(c.number) for chain in chains for c in chain.members}
    columns = {chain.members[0].column for chain in chains}
    unused = sum(c.index not in members and c.column in columns for part in parts for c in part)
    subnumbers = {
        i: block.number
        for i, block in enumerate(blocks)
        if block.number and _SUBNUMBER.fullmatch(block.number)
    }
    decimals = [(i, *map(int, number.split("."))) for i, number in subnumbers.items()]
    counted, chain = decimal_chain(
        [c for part in parts for c in part], [(d[0], d[1], d[2]) for d in decimals]
    )
    if len(counted) >= 1.5 * max(1, len(members)):
        return Numbers(counted, {}, {}, (chain,), 0, len(counted))
    return Numbers(members, subnumbers, {}, chains, unused)


def _number(block: Block) -> int | None:
    """Return the paragraph number of a block: its own, or one typed at the start of its text."""
    if block.kind not in (BlockKind.TEXT, BlockKind.LIST_ITEM):
        return None
    if block.number is not None:
        plain = block.number.rstrip(".")
        return int(plain) if _PLAIN.fullmatch(plain) else None
    found = leading_number(block.text)
    return found.number if found else None


def cut_blocks(blocks: Sequence[Block], numbers: Numbers, *, resolution: bool) -> list[Piece]:
    """Cut blocks into pieces, in reading order; masthead and contents are left out."""
    pieces: list[Piece] = []
    ranks = HeadingRanks(0.0)
    for i in range(_text_start(blocks, numbers), len(blocks)):
        block = blocks[i]
        if block.kind is BlockKind.FOOTNOTE or is_contents_entry(block.text):
            continue
        if i in numbers.members or i in numbers.subnumbers:
            role = Role.NUMBERED if i in numbers.members else Role.SUBNUMBERED
            number = numbers.members.get(i) or numbers.subnumbers[i]
            _open(pieces, role, number, block, _words(block))
        elif _is_heading(block):
            annex = is_annex_heading(block.text) is not None
            _open(pieces, Role.ANNEX if annex else Role.HEADING, None, block, block.text)
            fallback = ranks.rank(block.text, 0.0, bold=block.bold)
            pieces[-1].rank = ANNEX_RANK if annex else block.level or fallback
        elif _goes_on(block, pieces, resolution=resolution):
            label = f"{block.number} " if block.number else ""
            pieces[-1].add(label + block.text, "\n", None)
        else:
            label = f"{block.number} " if block.number else ""
            _open(pieces, Role.UNNUMBERED, None, block, label + block.text)
    return pieces


def _open(pieces: list[Piece], role: Role, number: str | None, block: Block, text: str) -> None:
    piece = Piece(role, number, lead_italic=block.lead_italic)
    piece.add(text, "", None)
    pieces.append(piece)


def _words(block: Block) -> str:
    if block.number is not None:
        return block.text
    found = leading_number(block.text)
    return block.text[found.start :] if found else block.text


def _is_heading(block: Block) -> bool:
    if block.kind is BlockKind.HEADING:
        return True
    return (
        block.kind is BlockKind.TEXT
        and block.bold
        and block.number is None
        and len(block.text) < _BOLD_HEADING_CHARS
        and block.text.rstrip()[-1:] not in ".;:,。"
    )


def _goes_on(block: Block, pieces: Sequence[Piece], *, resolution: bool) -> bool:
    """Tell whether a block belongs to the paragraph above it."""
    if not pieces or pieces[-1].role in (Role.HEADING, Role.ANNEX):
        return False
    current = pieces[-1]
    if block.kind is BlockKind.TABLE_ROW:
        return True
    if block.number is not None or block.kind is BlockKind.LIST_ITEM:
        return True
    if resolution and (block.lead_italic or is_opening(current.text)):
        return False
    return current.text.rstrip().endswith(":") or block.text[:1].islower()


def _text_start(blocks: Sequence[Block], numbers: Numbers) -> int:
    """Return the index of the first block of text after a masthead or a title."""
    first_number = min(numbers.members, default=len(blocks))
    if not any(MASTHEAD.search(block.text) for block in blocks[:_MASTHEAD_BLOCKS]):
        titled = (
            len(blocks) > 1
            and blocks[0].kind is BlockKind.HEADING
            and not any(
                b.kind is BlockKind.HEADING and b.level <= blocks[0].level for b in blocks[1:]
            )
        )
        return 1 if titled else 0
    for i, block in enumerate(blocks[:first_number]):
        summary = SUMMARY.fullmatch(block.text.strip()) is not None
        labelled = _is_heading(block) and re.match(r"(?:I|A|1)\.\s", block.text) is not None
        long = block.kind is BlockKind.TEXT and len(block.text) > _LONG_TEXT
        if summary or labelled or long or is_opening(block.text):
            return i
    start = first_number if first_number < len(blocks) else 0
    while start > 0 and _is_heading(blocks[start - 1]) and start < len(blocks):
        start -= 1
    return start


def block_notes(blocks: Sequence[Block]) -> list[RawNote]:
    """Return the footnotes among blocks; page 0 stands for none."""
    return [
        RawNote(block.mark or "", block.text, 0, at_end=True)
        for block in blocks
        if block.kind is BlockKind.FOOTNOTE
    ]
