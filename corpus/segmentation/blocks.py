"""Cut the blocks of flowing formats (DOCX, HTML, TXT) into pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.footnotes import RawNote
from corpus.numbering import leading_number
from corpus.readers.page import Block, BlockKind
from corpus.segmentation.block_numbers import PLAIN, SUBNUMBER, is_bold_line, is_heading
from corpus.segmentation.flow_front import contents_blocks, text_start
from corpus.segmentation.front import SUMMARY
from corpus.segmentation.headings import ANNEX_RANK, HeadingRanks, is_annex_heading
from corpus.segmentation.model import Piece, Role
from corpus.segmentation.nature.resolution import is_opening
from corpus.segmentation.numbers import Numbers

__all__ = ["block_notes", "cut_blocks"]

_INNERMOST = 90
# Labels of headings that have neither Roman numerals nor Latin letters.
_LABELS = (
    (
        re.compile(
            r"[一二三四五六七八九十]{1,3}、|(?:أولا|ثانيا|ثالثا|رابعا|خامسا|سادسا|سابعا|ثامنا|تاسعا)\b"
        ),
        20,
    ),
    (re.compile(r"[A-Z]\. ?[\u4e00-\u9fff]|(?:ألف|باء|جيم|دال|هاء|واو|زاي|حاء)\s?[-–]"), 30),
    (re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]"), 30),
)
_INTRODUCES = re.compile(r"[:：]\s*\Z")


def cut_blocks(
    blocks: Sequence[Block], numbers: Numbers, *, resolution: bool, title: str | None = None
) -> list[Piece]:
    """Cut blocks into pieces, in reading order; masthead, title and contents are left out.

    Args:
        blocks: of the document.
        numbers: found among them.
        resolution: the text is a resolution.
        title: as reported elsewhere, so that it need not stand in the text again.
    """
    taken = [*numbers.members, *numbers.subnumbers]
    start = text_start(blocks, min(taken, default=len(blocks)), title)
    contents = contents_blocks(blocks)
    cutter = _Cutter(blocks, numbers, resolution=resolution)
    for i in range(start, len(blocks)):
        if blocks[i].kind is not BlockKind.FOOTNOTE and i not in contents:
            cutter.take(i)
    return cutter.pieces


@dataclass(slots=True)
class _Open:
    """The piece that blocks are added to, and the last block up to which its chain goes."""

    piece: Piece
    until: int = -1
    listed: bool = False


class _Cutter:
    """Walks the blocks, opening pieces and adding to the open one."""

    def __init__(self, blocks: Sequence[Block], numbers: Numbers, *, resolution: bool) -> None:
        self.pieces: list[Piece] = []
        self._blocks, self._numbers, self._resolution = blocks, numbers, resolution
        self._ranks = HeadingRanks(0.0)
        levels = {b.level for b in blocks if is_heading(b) and not is_annex_heading(b.text)}
        self._by_level = len(levels - {0}) > 1
        self._open: _Open | None = None
        self._until = {c.index: ch.members[-1].index for ch in numbers.chains for c in ch.members}

    def take(self, i: int) -> None:
        """Take the block at an index."""
        block, numbers = self._blocks[i], self._numbers
        if i in numbers.members:
            text = block.text if block.number is not None else _without_number(block.text)
            self._start(Role.NUMBERED, numbers.members[i], block, text)
            self._until_of(i)
        elif i in numbers.subnumbers or i in numbers.nested:
            until = self._open.until if self._open else -1
            role = Role.SUBNUMBERED if i in numbers.subnumbers else Role.NESTED
            number = numbers.subnumbers.get(i) or numbers.nested[i]
            text = block.text if block.number is not None else _without_number(block.text)
            self._start(role, number, block, text).until = until
        elif is_heading(block) or (block.number is not None and is_bold_line(block)):
            self._head(block)
        elif block.kind is BlockKind.TABLE_ROW:
            self._row(block)
        elif self._open is not None and self._goes_on(i, block):
            self._open.piece.add(_labelled(block), "\n", None)
            self._open.listed = block.kind is BlockKind.LIST_ITEM or block.number is not None
        else:
            self._start(Role.UNNUMBERED, None, block, _labelled(block))

    def _start(self, role: Role, number: str | None, block: Block, text: str) -> _Open:
        piece = Piece(role, number, lead_italic=block.lead_italic)
        piece.add(text, "", None)
        self.pieces.append(piece)
        self._open = _Open(piece, listed=block.kind is BlockKind.LIST_ITEM)
        return self._open

    def _until_of(self, i: int) -> None:
        if self._open is not None:
            self._open.until = self._until.get(i, -1)

    def _head(self, block: Block) -> None:
        text = _labelled(block)
        annex = is_annex_heading(text) is not None
        self._start(Role.ANNEX if annex else Role.HEADING, None, block, text)
        rank = self._ranks.rank(text, 0.0, bold=block.bold)
        if self._by_level and block.level:
            rank = 10 + 10 * block.level
        elif SUMMARY.fullmatch(text):
            rank = _INNERMOST  # nothing stands below a summary
        else:
            rank = next((r for label, r in _LABELS if label.match(text)), rank)
        self.pieces[-1].rank = ANNEX_RANK if annex else rank
        self._open = None

    def _row(self, block: Block) -> None:
        """Add a row to the table before it, or begin one; a table is no part of a paragraph."""
        if self.pieces and self.pieces[-1].table:
            self.pieces[-1].add(block.text, "\n", None)
        else:
            piece = Piece(Role.UNNUMBERED)
            piece.table = True
            piece.add(block.text, "", None)
            self.pieces.append(piece)

    def _goes_on(self, i: int, block: Block) -> bool:
        """Tell whether a block belongs to the open paragraph.

        A text that numbers its paragraphs numbers all of them: what stands between two numbers
        without one (a quotation, the rest after a list) belongs to the first.
        """
        if self._open is None or SUBNUMBER.fullmatch(block.number or ""):
            return False
        current = self._open.piece
        after_table = self.pieces[-1].table
        introduced = _INTRODUCES.search(current.parts[-1][1]) is not None
        if block.kind is BlockKind.LIST_ITEM and block.number is None:
            numbered = current.role is not Role.UNNUMBERED
            return not after_table and (numbered or introduced or self._open.listed)
        if block.number is not None or block.kind is BlockKind.LIST_ITEM:
            return True
        if self._resolution and (block.lead_italic or is_opening(current.parts[0][1])):
            return False
        if i < self._open.until:
            return True
        introduced = introduced and current.role is not Role.UNNUMBERED
        return not after_table and (introduced or block.text[:1].islower())


def _without_number(text: str) -> str:
    found = leading_number(text)
    return text[found.start :] if found else text


def _labelled(block: Block) -> str:
    """Return the words of a block with its number before them, as printed."""
    if block.number is None:
        return block.text
    stop = "." if PLAIN.fullmatch(block.number) else ""
    return f"{block.number}{stop} {block.text}"


def block_notes(blocks: Sequence[Block]) -> list[RawNote]:
    """Return the footnotes among blocks; page 0 stands for none."""
    return [
        RawNote(block.mark or "", block.text, 0, at_end=True)
        for block in blocks
        if block.kind is BlockKind.FOOTNOTE
    ]
