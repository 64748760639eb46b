"""Read DOCX: body elements in order, automatic numbers resolved, tables in place, notes apart.

The parts are read from the archive directly: python-docx loses numbers that come from styles, and
skips tables. Sizes are bounded while unpacking, and no entity or network address is resolved.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain

from lxml import etree  # type: ignore[import-untyped]

from corpus.errors import (
    EmptyFileError,
    EncryptedFileError,
    NoTextError,
    WrongTypeError,
)
from corpus.limits import Limits
from corpus.readers.docx.blocks import block_of, labelled, shown
from corpus.readers.docx.notes import Notes
from corpus.readers.docx.numbering import Label, Numbering
from corpus.readers.docx.parts import Parts, opened_parts, tag
from corpus.readers.docx.styles import Styles
from corpus.readers.docx.words import (
    WordReader,
    Words,
    chosen,
    is_contents_control,
    is_mark_gone,
    is_placeholder,
)
from corpus.readers.flow import FlowReading, OpeningLine, bounded, folded
from corpus.readers.page import Block, BlockKind

__all__ = ["read_docx"]

_OPENING_LINES = 60
_CONTAINERS = {
    tag(name)
    for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "txbxContent")
}
_DELETED = {tag("del"), tag("moveFrom")}
_LABEL_HEADING = re.compile(r"(?:(?P<roman>[IVXLC]{1,6})|(?P<letter>[A-Z])|\d{1,2})\.\Z")
_LABEL_CELL = re.compile(r"\(?(?:\d{1,4}(?:\.\d{1,3})*|[a-zа-я]{1,4}|[ivx]{1,5})[.)]")
_MASTHEAD = re.compile(r"\bDistr\b")
# A paragraph in a heading's style that is as long as this, or a numbered sentence, is no heading.
_HEADING_CHARS = 400
_NUMBERED_SENTENCE_CHARS = 120
_LARGER_BY = 2.0
_TEMPLATE_SIZE = 10.0


def read_docx(
    data: bytes,
    source: str,
    limits: Limits | None = None,
    *,
    written_mark: Callable[[str], str] | None = None,
) -> FlowReading:
    """Read a Word document into blocks.

    Args:
        data: the file.
        source: its name, for errors.
        limits: what reading may cost.
        written_mark: from the mark of a note to what stands among the words in its place; by
            default marks are taken out of the words.

    Raises:
        EmptyFileError: no bytes.
        WrongTypeError: a ZIP archive without a word-processor document in it.
        EncryptedFileError: password-protected.
        DamagedFileError: cut short, or not well-formed.
        LimitExceededError: a part unpacks to more than is allowed, or holds more than any document.
        NoTextError: opens, but holds no words.
    """
    limits = limits or Limits()
    if not data:
        raise EmptyFileError(source, "the file is empty (0 bytes)", "obtain it again")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if b"E\0n\0c\0r\0y\0p\0t" in data:
            raise EncryptedFileError(source, "needs a password", "save it without one")
        raise WrongTypeError(source, "an old Word document (.doc)", "save it as DOCX or PDF")
    with opened_parts(data, source, limits) as parts:
        return _Reader(parts, source, limits, written_mark).read()


class _Reader:
    """Turns the parts of one document into blocks."""

    def __init__(
        self,
        parts: Parts,
        source: str,
        limits: Limits,
        written_mark: Callable[[str], str] | None = None,
    ) -> None:
        self._limits = limits
        self._parts, self._main = parts, parts.main()
        root = parts.xml(self._main)
        body = root.find(tag("body")) if root is not None else None
        if body is None:
            raise WrongTypeError(
                source, "an archive without a word-processor document", "save it as DOCX"
            )
        self._source, self._body = source, body
        self._styles = Styles(self._part("styles"))
        self._numbering = Numbering(self._styles, self._part("numbering"))
        self._notes = Notes(self._part("settings"), body)
        self._words = WordReader(self._styles, self._notes.mark, written_mark)
        self._marks: list[tuple[str, str]] = []
        self._opening: list[OpeningLine] = []
        self._warnings: dict[str, None] = {}
        self._groups = self._cells = 0
        self._sizes: Counter[float] = Counter()
        self._pending: tuple[etree._Element, Words] | None = None

    def _part(self, kind: str) -> etree._Element | None:
        names = self._parts.related(self._main, kind)
        return self._parts.xml(names[0]) if names else None

    def read(self) -> FlowReading:
        """Read the whole."""
        heads, masthead = self._heads()
        self._words.prepare(self._body)
        inside = chain(self._children(self._body), self._flushed())
        blocks = masthead + bounded(inside, self._source, self._limits)
        if not any(block.text for block in blocks):
            raise NoTextError(self._source, "holds no text", "recognise its images (OCR)")
        notes = list(self._notes.blocks(self._part, self._texts))
        return FlowReading(
            tuple(blocks + notes),
            self._scaled(),
            heads=heads,
            marks=tuple(self._marks),
            warnings=tuple(self._warnings),
        )

    def _children(self, node: etree._Element) -> Iterator[Block]:
        for child in chosen(node):
            if child.tag == tag("p"):
                yield from self._paragraph(child)
            elif child.tag == tag("tbl"):
                yield from self._flushed()
                yield from self._table(child)
            elif child.tag in {tag("altChunk"), tag("subDoc")}:
                self._warnings["a document inserted in this one is not read"] = None
            elif child.tag in _CONTAINERS and not (
                is_contents_control(child) or is_placeholder(child)
            ):
                yield from self._children(child)

    def _rows(self, node: etree._Element, name: str) -> Iterator[etree._Element]:
        """Yield the rows of a table or the cells of a row, out of their wrappers."""
        for child in chosen(node):
            properties = child.find(tag("trPr"))
            if child.tag == tag(name):
                if properties is None or properties.find(tag("del")) is None:
                    yield child
            elif child.tag in _CONTAINERS:
                yield from self._rows(child, name)

    def _table(self, table: etree._Element) -> Iterator[Block]:
        for row in self._rows(table, "tr"):
            cells: list[list[Block]] = []
            for cell in self._rows(row, "tc"):
                self._cells += 1
                cells.append([*self._children(cell), *self._flushed()])
                self._cells -= 1
            filled = [blocks for blocks in cells if blocks]
            if len(filled) == 1 and len(cells) <= 2:
                yield from filled[0]  # a box, not a table
            elif (
                len(filled) == 2
                and len(filled[0]) == 1
                and _LABEL_CELL.fullmatch(label := filled[0][0].text)
            ):
                yield from labelled(label, filled[1])
            elif filled:
                texts = (" ".join(map(shown, blocks)) for blocks in cells)
                yield Block(BlockKind.TABLE_ROW, " | ".join(texts).strip(" |"))

    def _open(self, words: Words, *, heading: bool, label: str) -> None:
        if not words.raw.strip():
            return
        self._sizes[words.size] += len(words.raw)
        if self._groups >= _OPENING_LINES:
            return
        self._groups += 1
        heading = heading and not self._cells
        for line in f"{label} {words.raw}".split("\n"):
            if line.strip():
                self._opening.append(
                    OpeningLine(folded(line), self._groups, words.size, words.is_bold, heading)
                )

    def _scaled(self) -> tuple[OpeningLine, ...]:
        """Return the opening with sizes as if running text had those of the templates.

        What stands out is larger than the text around it. Those who set titles by hand make them
        larger and bold: these are headings as much as those with a heading's style.
        """
        body = max(self._sizes, key=lambda size: self._sizes[size], default=0.0) or 1.0
        return tuple(
            replace(
                line,
                size=_TEMPLATE_SIZE * line.size / body,
                heading=line.heading or (line.bold and line.size >= body + _LARGER_BY),
            )
            for line in self._opening[: 2 * _OPENING_LINES]
        )

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        was_contents = self._words.in_contents
        words = self._words.read(paragraph)
        properties = paragraph.find(tag("pPr"))
        if self._pending is not None:
            (first, before), self._pending = self._pending, None
            paragraph = first if before.raw.strip() else paragraph
            before.add(words)
            words = before
        if is_mark_gone(properties):
            self._pending = (paragraph, words)
            return
        if properties is not None and properties.find(tag("sectPr")) is not None:
            self._notes.end_section()
        if was_contents and not words.raw.strip():
            return
        yield from self._blocks(paragraph, words)

    def _flushed(self) -> Iterator[Block]:
        """Yield the paragraph whose mark is deleted where no other follows."""
        if self._pending is not None:
            (paragraph, words), self._pending = self._pending, None
            yield from self._blocks(paragraph, words)

    def _blocks(self, paragraph: etree._Element, words: Words) -> Iterator[Block]:
        label = self._numbering.label(paragraph)
        text = words.raw.strip()
        if text and not self._styles.is_contents(paragraph):
            level = self._heading_level(paragraph, words, label, text)
            self._open(words, heading=bool(level), label=label.text)
            block = block_of(words, label, text, level)
            self._marks.extend((mark, block.text) for mark in words.marks)
            yield block
        elif label.text and self._cells:
            yield Block(BlockKind.TEXT, label.text)
        for box in words.boxes:
            yield from self._children(box)
            yield from self._flushed()

    def _heading_level(
        self, paragraph: etree._Element, words: Words, label: Label, text: str
    ) -> int:
        """Return the level of a heading by its style, or by a bold label such as "II."."""
        level = self._styles.heading_level(paragraph)
        if level:
            counted = re.fullmatch(r"\d[\d.]*", label.text) is not None
            sentence = len(text) > _NUMBERED_SENTENCE_CHARS and text[-1:] in ".;:。"
            return 0 if len(text) > _HEADING_CHARS or (counted and sentence) else level
        if words.is_bold and len(text) < 200 and (found := _LABEL_HEADING.match(label.text)):
            return 1 if found["roman"] else 2
        return 0

    def _texts(self, node: etree._Element) -> Iterator[str]:
        """Yield the words of the paragraphs of a note, header or footer."""
        for child in chosen(node):
            if child.tag == tag("p"):
                words = self._words.read(child)
                if text := folded(words.raw.replace("\t", " ")):
                    yield text
                for box in words.boxes:
                    yield from self._texts(box)
            elif child.tag not in _DELETED:
                yield from self._texts(child)

    def _heads(self) -> tuple[tuple[str, ...], list[Block]]:
        """Return the lines of headers and footers, and the masthead where a header holds it."""
        heads: dict[str, None] = {}
        masthead: list[Block] = []
        for kind in ("header", "footer"):
            for name in self._parts.related(self._main, kind):
                root = self._parts.xml(name)
                if root is None:
                    continue
                self._words.prepare(root)
                lines = list(self._texts(root))
                heads |= dict.fromkeys(lines)
                if kind == "header" and not masthead and any(map(_MASTHEAD.search, lines)):
                    masthead = [Block(BlockKind.TEXT, line) for line in lines]
                    for line in lines:
                        self._groups += 1
                        self._opening.append(OpeningLine(line, self._groups))
        return tuple(heads), masthead
