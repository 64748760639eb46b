"""Walk the elements of a page: its blocks in reading order, lists numbered as a browser does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from selectolax.lexbor import LexborNode

from corpus.readers.flow import folded, list_label, split_number
from corpus.readers.html.words import inline_words, is_inline, raised_mark
from corpus.readers.page import Block, BlockKind
from corpus.readers.text.read import text_blocks

__all__ = ["Walk"]

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NOTES = re.compile(r"foot-?notes?|end-?notes?|^_?fn\d|^_?ftn\d|^_?edn\d|doc-footnote", re.I)
_LIST_STYLES = {
    "decimal": "1", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A",
    "lower-roman": "i", "upper-roman": "I", "none": "", "disc": "", "circle": "", "square": "",
}  # fmt: skip
_LABEL_CELL = re.compile(r"\(?(?:\d{1,4}(?:\.\d{1,3})*|[a-zа-я]{1,4})[.)]")
_MAX_DEPTH = 200
_HEADING_CHARS = 400
_CELL_CHARS = 600
_PREFORMATTED_CHARS = 300
_BLOCKS = "p, div, ul, ol, table, h1, h2, h3, h4, h5, h6, blockquote, pre, section"


class Walk:
    """Turns a tree into blocks in reading order; words keep their line breaks and raised signs."""

    def __init__(self, root: LexborNode) -> None:
        self._root = root
        self.marks: list[tuple[str, str]] = []

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks."""
        yield from self._children(self._root, 0, None, in_notes=False)

    def _children(
        self, node: LexborNode, depth: int, number: str | None, *, in_notes: bool, level: int = 0
    ) -> Iterator[Block]:
        """Yield the blocks of an element; runs of inline content between blocks are one block."""
        inline: list[LexborNode] = []
        kind = BlockKind.LIST_ITEM if node.tag == "li" else BlockKind.TEXT
        child = node.child
        while child is not None:
            if child.tag in {"-text", "br"} or (is_inline(child) and not _holds_blocks(child)):
                inline.append(child)
            elif child.tag != "-comment" and depth >= _MAX_DEPTH:
                if text := folded(child.text(separator=" ")):
                    yield Block(BlockKind.TEXT, text)
            elif child.tag != "-comment":
                for block in self._run(inline, kind, number, level, in_notes=in_notes):
                    number = None
                    yield block
                inline = []
                for block in self._element(child, depth + 1, level, in_notes, number):
                    number = None if block.number == number else number
                    yield block
            child = child.next
        yield from self._run(inline, kind, number, level, in_notes=in_notes)

    def _element(
        self, node: LexborNode, depth: int, level: int, in_notes: bool, number: str | None
    ) -> Iterator[Block]:
        tag = node.tag
        in_notes = in_notes or _is_note_holder(node)
        if tag in _HEADINGS and not in_notes:
            yield from self._heading(node, _HEADINGS[tag])
        elif tag in {"ol", "ul", "menu", "dir"}:
            yield from self._list(node, depth, level, in_notes)
        elif tag == "table" and not in_notes:
            yield from self._table(node, depth, level, number)
        elif tag == "tr":
            yield from self._row(node, depth, level, layout=False)
        elif tag == "pre" and len(node.text()) > _PREFORMATTED_CHARS:
            yield from text_blocks(node.text())
        else:
            yield from self._children(node, depth, number, in_notes=in_notes, level=level)

    def _heading(self, node: LexborNode, level: int) -> Iterator[Block]:
        words = inline_words([node])
        text = " ".join(filter(None, words.lines))
        if not text:
            return
        self.marks.extend((mark, text) for mark in words.marks)
        kind = BlockKind.HEADING if len(text) <= _HEADING_CHARS else BlockKind.TEXT
        yield Block(kind, text, level=level if kind is BlockKind.HEADING else 0)

    def _list(self, node: LexborNode, depth: int, level: int, in_notes: bool) -> Iterator[Block]:
        children = list(node.iter())
        items = [child for child in children if child.tag == "li"]
        reverse = "reversed" in node.attributes
        value = _integer(node.attributes.get("start"), len(items) if reverse else 1)
        style = _list_style(node, "1" if node.tag == "ol" else "")
        for item in children:
            if item.tag != "li":  # lists in lists, as old editors write them
                yield from self._element(item, depth + 1, level + 1, in_notes, None)
                continue
            value = _integer(item.attributes.get("value"), value)
            own = _list_style(item, item.attributes.get("type") or style)
            number = list_label(value, own) if own else None
            inside = self._children(item, depth + 1, number, in_notes=in_notes, level=level + 1)
            yield from _joined(inside)
            value += -1 if reverse else 1

    def _table(
        self, table: LexborNode, depth: int, level: int, number: str | None
    ) -> Iterator[Block]:
        layout = _is_layout(table)
        for part in table.iter():
            rows = part.iter() if part.tag in {"thead", "tbody", "tfoot"} else iter((part,))
            for row in rows:
                if row.tag == "tr":
                    yield from self._row(row, depth + 1, level, layout=layout)
                elif row.tag not in {"col", "colgroup", "-comment"}:
                    yield from self._children(row, depth + 1, number, in_notes=False, level=level)

    def _row(self, row: LexborNode, depth: int, level: int, *, layout: bool) -> Iterator[Block]:
        cells = [cell for cell in row.iter() if cell.tag in {"td", "th"}]
        filled = [cell for cell in cells if folded(cell.text())]
        label = folded(filled[0].text()) if filled else ""
        if len(filled) == 2 and _LABEL_CELL.fullmatch(label):
            number, _ = split_number(f"{label} x")
            first = True
            for block in self._children(filled[1], depth, None, in_notes=False, level=level):
                yield _numbered(block, number, label) if first else block
                first = False
        elif layout or (len(filled) == 1 and len(cells) <= 2):
            for cell in filled:
                yield from self._children(cell, depth, None, in_notes=False, level=level)
        elif filled:
            inside = (self._children(cell, depth, None, in_notes=False) for cell in cells)
            texts = (" ".join(map(_shown, blocks)) for blocks in inside)
            yield Block(BlockKind.TABLE_ROW, " | ".join(texts).strip(" |"))

    def _run(
        self,
        nodes: list[LexborNode],
        kind: BlockKind,
        number: str | None,
        level: int,
        *,
        in_notes: bool,
    ) -> Iterator[Block]:
        words = inline_words(nodes)
        stretches = _stretches(words.lines)
        if not stretches:
            return
        whole = "\n".join(stretches)
        if in_notes or raised_mark(whole) is not None:
            yield _note(whole, number, words.marks, certain=in_notes)
            return
        self.marks.extend((mark, stretches[-1]) for mark in words.marks)
        if words.bullet:
            kind, level = BlockKind.LIST_ITEM, max(level, 1)
        bold = bool(words.bold) and all(words.bold)
        listed = nodes[0].parent is not None and nodes[0].parent.tag == "p"
        for text in stretches:
            yield _block(text, kind, number, level, bold, words.lead_italic, inside=listed)
            kind, number = (
                (BlockKind.TEXT, None) if kind is not BlockKind.LIST_ITEM else (kind, None)
            )


def _block(
    text: str,
    kind: BlockKind,
    number: str | None,
    level: int,
    bold: bool,
    lead: str,
    *,
    inside: bool,
) -> Block:
    if number is None:
        number, text = split_number(text)
    if kind is BlockKind.LIST_ITEM and number and number[0].isdigit() and level == 1:
        kind = BlockKind.TEXT  # an outermost `<ol>` numbers paragraphs
    elif kind is BlockKind.TEXT and number and not re.fullmatch(r"\d[\d.]*", number):
        kind, level = BlockKind.LIST_ITEM, max(level, 1)
    depth = 0
    if kind is BlockKind.LIST_ITEM:
        depth = level if inside else level - 1
    lead = lead if text.startswith(lead) else ""
    return Block(kind, text, number=number, level=max(depth, 0), bold=bold, lead_italic=lead)


def _note(text: str, number: str | None, marks: list[str], *, certain: bool) -> Block:
    """Make a note of a block, its mark taken off; one known only by its raised mark says so."""
    opening = raised_mark(text)
    if opening is not None:
        text = re.sub("\ue000[^\ue001]*\ue001", "", text, count=1).strip()
        if not certain:
            return Block(BlockKind.FOOTNOTE, text, mark=opening, number=opening)
    found = re.match(r"\[?(\d{1,3}|\*{1,3}|[a-z†])\]?\s*[.)/]?\s+(?=\S)", text)
    mark = opening or number or next(iter(marks), None) or (found[1] if found else None)
    text = text[found.end() :] if found and found[1] == mark and opening is None else text
    return Block(BlockKind.FOOTNOTE, re.sub(r"^\s*[↩↑^]|\s*↩\S?\s*$", "", text), mark=mark)


def _stretches(lines: list[str]) -> list[str]:
    """Join the lines of a run into paragraphs: parted by blank lines, or opening with a number."""
    found: list[str] = []
    blank = True
    for line in lines:
        if not line:
            blank = True
        elif blank or split_number(line)[0] is not None:
            found.append(line)
            blank = False
        else:
            found[-1] += f"\n{line}"
    return found


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    """Join the paragraphs of a list item to the numbered one they continue."""
    open_block: Block | None = None
    for block in blocks:
        if (
            open_block is not None
            and open_block.kind in {BlockKind.TEXT, BlockKind.LIST_ITEM}
            and block.kind in {BlockKind.TEXT, BlockKind.LIST_ITEM}
            and block.number is None
            and block.level == open_block.level
        ):
            open_block = replace(open_block, text=f"{open_block.text} {block.text}")
            continue
        if open_block is not None:
            yield open_block
        open_block = block
    if open_block is not None:
        yield open_block


def _numbered(block: Block, number: str | None, label: str) -> Block:
    if number is None or block.number is not None or block.kind is BlockKind.HEADING:
        return replace(block, text=f"{label} {block.text}")
    if number[0].isdigit():
        return replace(block, kind=BlockKind.TEXT, number=number, level=0)
    return replace(block, kind=BlockKind.LIST_ITEM, number=number, level=1)


def _shown(block: Block) -> str:
    if block.number is None or block.kind is BlockKind.FOOTNOTE:
        return block.text
    stop = "." if block.number.isdigit() else ""
    return f"{block.number}{stop} {block.text}"


def _is_note_holder(node: LexborNode) -> bool:
    attributes = node.attributes
    label = f"{attributes.get('class') or ''} {attributes.get('role') or ''}"
    if any(_NOTES.search(word) for word in label.split()):
        return "ref" not in label.lower()
    style = (attributes.get("style") or "").lower()
    if "mso-element:footnote" in style or "mso-element:endnote" in style:
        return True
    return bool(_NOTES.match(attributes.get("id") or "")) and node.tag not in {"body", "main"}


def _is_layout(table: LexborNode) -> bool:
    """Tell whether a table only places things on the page."""
    if (table.attributes.get("role") or "") in {"presentation", "none"}:
        return True
    if table.css_first("th, caption") is not None:
        return False
    for cell in table.css("td"):
        if cell.css_first("table, h1, h2, h3, h4, h5, h6, article, main") is not None:
            return True
        if len(cell.css("p, li, br")) > 2 and len(cell.text()) > _CELL_CHARS:
            return True
    return False


def _list_style(node: LexborNode, default: str) -> str:
    """Return the type of a list or item: its own, or what its style says; "" shows no number."""
    style = (node.attributes.get("style") or "").lower()
    for name in re.findall(r"list-style(?:-type)?\s*:\s*([^;]+)", style):
        for word in name.split():
            if word in _LIST_STYLES:
                return _LIST_STYLES[word]
    return node.attributes.get("type") or default if node.tag == "ol" else default


def _holds_blocks(node: LexborNode) -> bool:
    return node.css_first(_BLOCKS) is not None or any(
        not is_inline(n) and n.tag not in {"-text", "br", "-comment"} for n in node.traverse()
    )


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\s*-?\d{1,6}\s*", text) else default
