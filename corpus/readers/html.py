"""Read HTML: the article without the site around it, `<ol>` numbers computed as a browser does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from corpus.errors import DamagedFileError, LimitExceededError, NoTextError
from corpus.limits import Limits
from corpus.readers.flow import FlowReading, OpeningLine, folded, list_label, split_number
from corpus.readers.page import Block, BlockKind
from corpus.readers.text import decode_text

__all__ = ["read_html"]

_DROPPED = (
    "script, style, noscript, template, nav, aside, form, button, input, select, svg, iframe, "
    "object, embed, video, audio, canvas, dialog, [hidden], [aria-hidden=true], "
    "[role=navigation], [role=banner], [role=contentinfo], [role=search], [role=complementary]"
)
_INLINE = re.compile(
    r"a|abbr|acronym|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|"
    r"span|strike|strong|sub|sup|tt|u|var|wbr|time|data|img"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NOTES = re.compile(r"foot-?notes?|end-?notes?|^fn|^ftn|^edn|doc-footnote", re.IGNORECASE)
_OPENING_LINES = 60
_MAX_DEPTH = 200


def read_html(data: bytes, source: str, limits: Limits | None = None) -> FlowReading:
    """Read a web page into blocks.

    Navigation, page headers and footers, scripts and hidden parts are left out; where the page has
    a `main` or `article`, only that is read.

    Raises:
        EmptyFileError, WrongTypeError: as `corpus.readers.text.decode_text`.
        LimitExceededError: larger than allowed.
        DamagedFileError: the parser gives up.
        NoTextError: nothing but boilerplate.
    """
    limits = limits or Limits()
    if len(data) > limits.max_file_bytes:
        raise LimitExceededError(source, "larger than allowed", "split the file")
    text = _decoded(data, source)
    try:
        tree = LexborHTMLParser(text)
    except SelectolaxError as error:
        raise DamagedFileError(source, f"not readable as HTML: {error}", "save it again") from error
    language = _language(tree)
    root = _article(tree)
    walk = _Walk(root) if root is not None else None
    blocks = list(walk.blocks()) if walk is not None else []
    if not any(block.text for block in blocks):
        raise NoTextError(source, "a web page without text of its own", "save the document itself")
    notes = [block for block in blocks if block.kind is BlockKind.FOOTNOTE]
    body = [block for block in blocks if block.kind is not BlockKind.FOOTNOTE]
    opening = [
        OpeningLine(line, index, bold=block.bold, heading=block.kind is BlockKind.HEADING)
        for index, block in enumerate(body[:_OPENING_LINES])
        for line in f"{block.number}. {block.text}".removeprefix("None. ").split("\n")
    ]
    flat = tuple(_flattened(block) for block in body + notes)
    marks = tuple((mark, folded(words)) for mark, words in (walk.marks if walk else ()))
    return FlowReading(flat, tuple(opening[:_OPENING_LINES]), language=language, marks=marks)


def _decoded(data: bytes, source: str) -> str:
    declared = re.search(rb"<meta[^>]+charset\s*=\s*[\"']?([A-Za-z0-9_:.-]+)", data[:4096], re.I)
    if declared and b"\x00" not in data[:4096] and not data.startswith(b"\xef\xbb\xbf"):
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass  # a page that lies about its encoding is read like any other text
    return decode_text(data, source)


def _language(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first("html")
    given = (node.attributes.get("lang") or node.attributes.get("xml:lang") or "") if node else ""
    code = given.lower().partition("-")[0]
    return code if re.fullmatch(r"[a-z]{2}", code) else None


def _article(tree: LexborHTMLParser) -> LexborNode | None:
    for node in tree.css(_DROPPED):
        node.decompose()
    for selector in ("article", "main", "[role=main]"):
        nodes = tree.css(selector)
        if len(nodes) == 1 and len(nodes[0].text()) > 200:
            return nodes[0]
    for node in tree.css("body > header, body > footer"):
        node.decompose()
    return tree.body


def _flattened(block: Block) -> Block:
    return Block(
        kind=block.kind,
        text=folded(block.text),
        number=block.number,
        level=block.level,
        mark=block.mark,
        bold=block.bold,
        lead_italic=block.lead_italic,
    )


class _Walk:
    """Turns a tree into blocks in reading order."""

    def __init__(self, root: LexborNode) -> None:
        self._root = root
        self.marks: list[tuple[str, str]] = []

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks, line breaks kept in their text."""
        yield from self._children(self._root, 0, None, in_notes=False)

    def _children(
        self, node: LexborNode, depth: int, number: str | None, *, in_notes: bool, level: int = 0
    ) -> Iterator[Block]:
        """Yield the blocks of an element; runs of inline content between blocks are one block."""
        inline: list[LexborNode] = []
        kind = BlockKind.LIST_ITEM if node.tag == "li" else BlockKind.TEXT
        child = node.child
        while child is not None:
            if child.tag in {"-text", "br"} or (_is_inline(child) and not _holds_blocks(child)):
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
        label = f"{node.attributes.get('class') or ''} {node.attributes.get('role') or ''}"
        in_notes = in_notes or any(_NOTES.search(word) for word in label.split())
        in_notes = in_notes or bool(_NOTES.match(node.attributes.get("id") or ""))
        if tag in _HEADINGS:
            if text := folded(node.text()):
                yield Block(BlockKind.HEADING, text, level=_HEADINGS[tag])
        elif tag in {"ol", "ul"}:
            yield from self._list(node, depth, level, in_notes)
        elif tag == "tr":
            cells = [folded(cell.text(separator=" ")) for cell in node.css("td, th")]
            if any(cells):
                yield Block(BlockKind.TABLE_ROW, " | ".join(cells))
        else:
            yield from self._children(node, depth, number, in_notes=in_notes, level=level)

    def _list(self, node: LexborNode, depth: int, level: int, in_notes: bool) -> Iterator[Block]:
        ordered = node.tag == "ol"
        items = [child for child in node.iter() if child.tag == "li"]
        reverse = "reversed" in node.attributes
        value = _integer(node.attributes.get("start"), len(items) if reverse else 1)
        style = node.attributes.get("type") or "1"
        for item in items:
            value = _integer(item.attributes.get("value"), value)
            number = list_label(value, style) if ordered else None
            inside = self._children(item, depth + 1, number, in_notes=in_notes, level=level + 1)
            yield from _joined(inside)
            value += -1 if reverse else 1

    def _run(
        self,
        nodes: list[LexborNode],
        kind: BlockKind,
        number: str | None,
        level: int,
        *,
        in_notes: bool,
    ) -> Iterator[Block]:
        text, marks = _inline_text(nodes)
        if not text:
            return
        if in_notes:
            found = re.match(r"(\d{1,3}|\*{1,3}|[a-z†])\s*[.)]?\s+(?=\S)", text)
            mark = number or next(iter(marks), None) or (found[1] if found else None)
            text = text[found.end() :] if found and found[1] == mark else text
            yield Block(BlockKind.FOOTNOTE, re.sub(r"^\s*↩|\s*↩\S?\s*$", "", text), mark=mark)
            return
        self.marks.extend((mark, text) for mark in marks)
        if number is None and kind is BlockKind.TEXT:
            number, text = split_number(text)
        if kind is BlockKind.LIST_ITEM and number and number[0].isdigit() and level == 1:
            kind = BlockKind.TEXT  # an outermost `<ol>` numbers paragraphs
        elif kind is BlockKind.TEXT and number and not number[0].isdigit():
            kind, level = BlockKind.LIST_ITEM, max(level, 1)
        depth = 0
        if kind is BlockKind.LIST_ITEM:
            depth = (
                level - 1 if nodes[0].parent is not None and nodes[0].parent.tag != "p" else level
            )
        yield Block(
            kind, text, number=number, level=depth, bold=_all_in(nodes, {"b", "strong"}),
            lead_italic=_lead(nodes),
        )  # fmt: skip


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


def _is_inline(node: LexborNode) -> bool:
    return _INLINE.fullmatch(node.tag or "") is not None


def _holds_blocks(node: LexborNode) -> bool:
    return any(
        not _is_inline(n) and n.tag not in {"-text", "br", "-comment"} for n in node.traverse()
    )


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\s*-?\d{1,6}\s*", text) else default


def _is_mark(node: LexborNode) -> bool:
    """Tell whether a node is a footnote mark: a raised number or sign, or a link to a note."""
    if node.tag not in {"sup", "a"} or not re.fullmatch(
        r"\[?(?:\d{1,3}|\*{1,3}|†)\]?", folded(node.text())
    ):
        return False
    links = [node, *node.css("a")]
    return node.tag == "sup" or any((a.attributes.get("href") or "").startswith("#") for a in links)


def _inline_text(nodes: list[LexborNode], depth: int = 0) -> tuple[str, list[str]]:
    """Return the words of inline nodes, and the note marks taken out of them."""
    parts: list[str] = []
    marks: list[str] = []
    for node in nodes:
        if node.tag == "br":
            parts.append("\n")
        elif node.tag == "-text":
            parts.append(re.sub(r"\s+", " ", node.text(deep=False)))
        elif _is_mark(node):
            marks.append(folded(node.text()).strip("[]"))
        elif node.tag != "img" and depth >= _MAX_DEPTH:
            parts.append(folded(node.text()))
        elif node.tag != "img":
            inner, inner_marks = _inline_text(list(node.iter(include_text=True)), depth + 1)
            marks += inner_marks
            # inner text loses its outer blanks when folded: put back what the markup had
            raw = node.text()
            before, after = " " * raw[:1].isspace(), " " * raw[-1:].isspace()
            parts.append(f"{before}{inner}{after}")
    lines = (folded(line) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line), marks


def _all_in(nodes: list[LexborNode], tags: set[str]) -> bool:
    filled = [node for node in nodes if folded(node.text())]
    return bool(filled) and all(node.tag in tags for node in filled)


def _lead(nodes: list[LexborNode]) -> str:
    first = next((node for node in nodes if folded(node.text())), None)
    return folded(first.text()) if first is not None and first.tag in {"i", "em"} else ""
