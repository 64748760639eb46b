"""Read DOCX: body elements in order, automatic numbers resolved, tables in place, notes apart.

The parts are read from the archive directly: python-docx loses numbers that come from styles, and
skips tables. Sizes are bounded while unpacking, and no entity or network address is resolved.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]

from corpus.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    NoTextError,
    WrongTypeError,
)
from corpus.limits import Limits
from corpus.readers.docx_numbering import Numbering, attribute, tag
from corpus.readers.docx_parts import Parts
from corpus.readers.flow import FlowReading, OpeningLine, folded, split_number
from corpus.readers.page import Block, BlockKind

__all__ = ["read_docx"]

_OPENING_LINES = 60
_CONTAINERS = {
    tag(name) for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml")
}
_DROPPED = {
    tag(name) for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr")
}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LABEL_HEADING = re.compile(r"(?:(?P<roman>[IVXLC]{1,6})|(?P<letter>[A-Z])|\d{1,2})\.\Z")


def read_docx(data: bytes, source: str, limits: Limits | None = None) -> FlowReading:
    """Read a Word document into blocks.

    Raises:
        EmptyFileError: no bytes.
        WrongTypeError: a ZIP archive without a word-processor document in it.
        EncryptedFileError: password-protected.
        DamagedFileError: cut short, or not well-formed.
        LimitExceededError: a part unpacks to more than is allowed.
        NoTextError: opens, but holds no words.
    """
    limits = limits or Limits()
    if not data:
        raise EmptyFileError(source, "the file is empty (0 bytes)", "obtain it again")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if b"E\0n\0c\0r\0y\0p\0t" in data:
            raise EncryptedFileError(source, "needs a password", "save it without one")
        raise WrongTypeError(source, "an old Word document (.doc)", "save it as DOCX or PDF")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = Parts(archive, source, limits)
            return _Reader(parts, source).read()
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise DamagedFileError(source, f"a damaged DOCX ({error})", "obtain it again") from error
    except (RuntimeError, etree.XMLSyntaxError) as error:
        raise DamagedFileError(
            source, f"not readable as DOCX ({error})", "save it again"
        ) from error


@dataclass(slots=True)
class _Words:
    """A paragraph's words in the making."""

    parts: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    italic: list[tuple[bool, str]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    size: float = 0.0

    @property
    def raw(self) -> str:
        """The words with their tabs and line breaks."""
        return "".join(self.parts)

    @property
    def lead_italic(self) -> str:
        """The words it opens with in italics."""
        lead = ""
        for italic, text in self.italic:
            if not italic and text.strip():
                break
            lead += text
        return folded(lead)


class _Reader:
    """Turns the parts of one document into blocks."""

    def __init__(self, parts: Parts, source: str) -> None:
        self._parts, self._source = parts, source
        self._numbering = Numbering(parts.xml("word/styles.xml"), parts.xml("word/numbering.xml"))
        self._note_marks: dict[tuple[str, str], str] = {}
        self._marks: list[tuple[str, str]] = []
        self._opening: list[OpeningLine] = []
        self._groups = 0

    def read(self) -> FlowReading:
        """Read the whole."""
        name = "word/document.xml"
        if name not in self._parts.names:  # the part may have another name; its folder is fixed
            name = next(
                (n for n in self._parts.names if re.match(r"word/document\d*\.xml$", n)), ""
            )
        root = self._parts.xml(name)
        body = root.find(tag("body")) if root is not None else None
        if body is None:
            raise WrongTypeError(
                self._source, "an archive without a word-processor document", "save it as DOCX"
            )
        blocks = list(self._children(body))
        if not any(block.text for block in blocks):
            raise NoTextError(self._source, "holds no text", "recognise its images (OCR)")
        notes = list(self._notes("footnote")) + list(self._notes("endnote"))
        return FlowReading(
            tuple(blocks + notes),
            tuple(self._opening[: 2 * _OPENING_LINES]),
            heads=self._heads(),
            marks=tuple(self._marks),
        )

    def _children(self, node: etree._Element) -> Iterator[Block]:
        for child in node:
            if child.tag == tag("p"):
                yield from self._paragraph(child)
            elif child.tag == tag("tbl"):
                yield from self._table(child)
            elif child.tag in _CONTAINERS:
                yield from self._children(child)

    def _table(self, table: etree._Element) -> Iterator[Block]:
        for row in table.iter(tag("tr")):
            if next(row.iterancestors(tag("tbl"))) is not table:
                continue  # rows of a table inside a cell come with that cell
            cells = [
                cell for cell in row.iter(tag("tc")) if next(cell.iterancestors(tag("tr"))) is row
            ]
            filled = [cell for cell in cells if "".join(cell.itertext()).strip()]
            if len(filled) == 1 and len(cells) <= 2:
                yield from self._children(filled[0])  # a box, not a table
            elif filled:
                texts = [self._cell(cell) for cell in cells]
                yield Block(BlockKind.TABLE_ROW, " | ".join(texts).strip(" |"))

    def _cell(self, cell: etree._Element) -> str:
        lines = []
        for paragraph in cell.iter(tag("p")):
            words = self._words(paragraph)
            self._open(words, heading=False)
            lines.append(folded(words.raw))
            self._marks.extend((mark, lines[-1]) for mark in words.marks)
        return " ".join(line for line in lines if line)

    def _open(self, words: _Words, *, heading: bool, label: str = "") -> None:
        if self._groups >= _OPENING_LINES or not words.raw.strip():
            return
        self._groups += 1
        bold = bool(words.bold) and all(words.bold)
        for line in re.split(r"\n", f"{label} {words.raw}"):
            if line.strip():
                self._opening.append(
                    OpeningLine(folded(line), self._groups, words.size, bold, heading)
                )

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        words = self._words(paragraph)
        label, level, bullet = self._numbering.label(paragraph)
        heading = self._numbering.heading_level(paragraph)
        text = words.raw.strip()
        if not text:
            return
        bold = bool(words.bold) and all(words.bold)
        self._open(words, heading=bool(heading), label=label or "")
        plain_label = (label or "").strip()
        if (
            not heading
            and bold
            and len(text) < 200
            and (found := _LABEL_HEADING.match(plain_label))
        ):
            heading = 1 if found["roman"] and len(found["roman"]) >= 1 else 2
        if heading:
            yield Block(
                BlockKind.HEADING, folded(f"{plain_label} {text}"), level=heading, bold=bold
            )
            return
        number, text = _number(plain_label, text) if label else split_number(text)
        kind = BlockKind.TEXT
        if bullet or (number and not number[0].isdigit()):
            kind, level = BlockKind.LIST_ITEM, max(level, 0 if bullet else 1)
        else:
            level = 0
        self._marks.extend((mark, folded(text)) for mark in words.marks)
        lead = words.lead_italic
        yield Block(kind, folded(text), number=number, level=level, bold=bold, lead_italic=lead)

    def _words(self, paragraph: etree._Element) -> _Words:
        words = _Words()
        self._collect(paragraph, words)
        return words

    def _collect(self, node: etree._Element, words: _Words) -> None:
        for child in node:
            if child.tag == tag("r"):
                self._run(child, words)
            elif (
                child.tag not in _DROPPED and child.tag != _FALLBACK and isinstance(child.tag, str)
            ):
                self._collect(child, words)

    def _run(self, run: etree._Element, words: _Words) -> None:
        text = ""
        for child in run:
            if child.tag == tag("t"):
                text += child.text or ""
            elif child.tag == tag("tab"):
                text += "\t"
            elif child.tag in {tag("br"), tag("cr")}:
                text += "\n"
            elif child.tag == tag("noBreakHyphen"):
                text += "-"
            elif child.tag in {tag("footnoteReference"), tag("endnoteReference")}:
                words.marks.append(self._mark(child))
        if not text:
            return
        properties = run.find(tag("rPr"))
        if text.strip():
            words.bold.append(_on(properties, "b"))
            size = properties.find(tag("sz")) if properties is not None else None
            words.size = max(words.size, float(attribute(size, "val") or 0) / 2)
        words.italic.append((_on(properties, "i"), text))
        words.parts.append(text)

    def _mark(self, reference: etree._Element) -> str:
        kind = "footnote" if reference.tag == tag("footnoteReference") else "endnote"
        key = (kind, attribute(reference, "id") or "")
        if key not in self._note_marks:
            numbered = sum(k == kind for k, _ in self._note_marks)
            self._note_marks[key] = str(numbered + 1)
        return self._note_marks[key]

    def _notes(self, kind: str) -> Iterator[Block]:
        root = self._parts.xml(f"word/{kind}s.xml")
        if root is None:
            return
        found = {attribute(note, "id") or "": note for note in root.iter(tag(kind))}
        order = [key for key in self._note_marks if key[0] == kind]
        for key in order:
            if (note := found.get(key[1])) is not None and attribute(note, "type") is None:
                paragraphs = (folded(self._words(p).raw) for p in note.iter(tag("p")))
                if text := " ".join(filter(None, paragraphs)):
                    yield Block(BlockKind.FOOTNOTE, text, mark=self._note_marks[key])

    def _heads(self) -> tuple[str, ...]:
        heads: dict[str, None] = {}
        for name in sorted(self._parts.names):
            if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name):
                root = self._parts.xml(name)
                for paragraph in root.iter(tag("p")) if root is not None else ():
                    if text := folded(self._words(paragraph).raw):
                        heads[text] = None
        return tuple(heads)


def _on(properties: etree._Element | None, name: str) -> bool:
    found = properties.find(tag(name)) if properties is not None else None
    return found is not None and attribute(found, "val") not in {"0", "false", "off"}


def _number(label: str, text: str) -> tuple[str | None, str]:
    """Turn a computed label into a paragraph number, or put other words before the text."""
    if found := re.fullmatch(r"(\d{1,4}(?:\.\d{1,3})*)[.)\-．、]?", label):
        return found[1], text
    if re.fullmatch(r"\(?\w{1,5}\)", label):
        return label, text
    if found := re.fullmatch(r"([a-z]{1,5})\.", label):
        return f"({found[1]})", text
    return None, f"{label} {text}" if re.search(r"\w", label) else text
