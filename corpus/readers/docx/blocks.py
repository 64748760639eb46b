"""Make blocks of the paragraphs of a Word document: number, words, and what kind they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.readers.docx.numbering import Label
from corpus.readers.docx.words import Words
from corpus.readers.flow import folded, split_number
from corpus.readers.page import Block, BlockKind

__all__ = ["block_of", "labelled", "shown"]


def block_of(words: Words, label: Label, text: str, heading: int) -> Block:
    """Make a block of a paragraph's words and the number before them.

    Args:
        words: of the paragraph.
        label: that automatic numbering puts before it.
        text: the words, with their tabs and line breaks.
        heading: its level, 0 where it is none.
    """
    bold, lead = words.is_bold, words.lead_italic
    if heading:
        text = folded(f"{label.text} {text}")
        return Block(BlockKind.HEADING, text, level=heading, bold=bold)
    number, text = _number(label.text, text) if label.text else split_number(text)
    kind, level = BlockKind.TEXT, 0
    if label.bullet or (number and not re.fullmatch(r"\d[\d.]*", number)):
        kind, level = BlockKind.LIST_ITEM, max(label.level, 0 if label.bullet else 1)
    return Block(kind, folded(text), number=number, level=level, bold=bold, lead_italic=lead)


def _number(label: str, text: str) -> tuple[str | None, str]:
    """Turn a computed label into a paragraph number, or put other words before the text."""
    if found := re.fullmatch(r"(\d{1,4}(?:\.\d{1,3})*)(?:[.．、]|\s?[-–])?", label):
        return found[1], text
    if re.fullmatch(r"\(?\w{1,6}[.)]|\(\w{1,6}\)\.?", label) and not label[0].isupper():
        return label, text
    return None, f"{label} {text}" if re.search(r"\w", label) else text


def labelled(label: str, blocks: list[Block]) -> Iterator[Block]:
    """Give the number that stands in a cell of its own to the words in the cell beside it."""
    number, _ = split_number(f"{label} x")
    first = blocks[0]
    if number is None or first.number is not None:
        yield replace(first, text=f"{label} {shown(first)}", number=None)
    elif number[0].isdigit():
        yield replace(first, kind=BlockKind.TEXT, number=number, level=0)
    else:
        yield replace(first, kind=BlockKind.LIST_ITEM, number=number, level=1)
    yield from blocks[1:]


def shown(block: Block) -> str:
    """Return the words of a block with its number before them."""
    if block.number is None:
        return block.text
    stop = "." if block.number.isdigit() else ""
    return f"{block.number}{stop} {block.text}"
