"""The words of a Word paragraph as they are shown: fields, changes, symbols, note marks, boxes.

Insertions are accepted and deletions are not there; a field shows its result and not its code;
hidden text, placeholders and comments are no words of the document. Text boxes stand beside the
paragraph that anchors them, once, though files hold them twice for older programs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]

from corpus.readers.decoding import without_controls
from corpus.readers.docx.parts import attribute, is_on, tag, value
from corpus.readers.docx.styles import Styles
from corpus.readers.docx.symbols import mended, symbol
from corpus.readers.flow import folded

__all__ = ["WordReader", "Words", "chosen", "is_contents_control", "is_mark_gone", "is_placeholder"]

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DROPPED = {
    tag(name)
    for name in (
        "del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "sdtEndPr", "rt",
        "instrText", "delText", "delInstrText", "commentReference", "annotationRef", "fldData",
        "ffData",
    )
}  # fmt: skip
_PLAIN = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SIGNS = {tag(name): sign for name, sign in _PLAIN.items()}
_DRAWN = {tag("drawing"), tag("pict"), tag("object")}
_REFERENCES = {tag("footnoteReference"): "footnote", tag("endnoteReference"): "endnote"}
# Fields whose result repeats headings that stand in the text.
_CONTENTS_FIELD = re.compile(r"\s*(?:TOC|INDEX|TOA)\b", re.IGNORECASE)
_NUMBER_FIELD = re.compile(r"\s*AUTONUM(?:LGL|OUT)?\b", re.IGNORECASE)

_TYPED_NUMBER = re.compile(r"\s*(?:\d{1,4}\s*[.．、)-]?|\(\w{1,4}\))\s*")


@dataclass(slots=True)
class Words:
    """A paragraph's words in the making."""

    parts: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    italic: list[tuple[bool, str]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    size: float = 0.0

    @property
    def raw(self) -> str:
        """The words with their tabs and line breaks."""
        return "".join(self.parts)

    @property
    def is_bold(self) -> bool:
        """Whether they are bold from first to last."""
        return bool(self.bold) and all(self.bold)

    @property
    def lead_italic(self) -> str:
        """The words it opens with in italics, a number typed before them apart."""
        lead = ""
        for italic, text in self.italic:
            if not italic and text.strip():
                if lead.strip() or not _TYPED_NUMBER.fullmatch(text):
                    break
                continue
            lead += text
        return folded(lead)

    def add(self, more: Words) -> None:
        """Append the words of a paragraph that this one is joined with."""
        self.parts += more.parts
        self.bold += more.bold
        self.italic += more.italic
        self.marks += more.marks
        self.boxes += more.boxes
        self.size = max(self.size, more.size)


@dataclass(slots=True)
class _Field:
    """An open field: its code, and whether its result has begun."""

    code: str = ""
    result: bool = False


class WordReader:
    """Collects the words of paragraphs in reading order; fields may span several of them."""

    def __init__(
        self,
        styles: Styles,
        note_mark: Callable[[str, str, str], str],
        written: Callable[[str], str] | None = None,
    ) -> None:
        """Read with styles, and a function from a note's (kind, id, typed mark) to its mark.

        Args:
            styles: of the document.
            note_mark: gives a note its mark.
            written: from a mark to what stands for it among the words; by default nothing does.
        """
        self._styles, self._note_mark = styles, note_mark
        self._written = written or (lambda _mark: "")
        self._fields: list[_Field] = []
        self._broken: set[etree._Element] = set()
        self._counted = 0

    def prepare(self, root: etree._Element) -> None:
        """Find the fields of a part that never end: what follows them is not their code."""
        self._fields.clear()
        open_: list[etree._Element] = []
        for node in root.iter(tag("fldChar")):
            if any(parent.tag in _DROPPED for parent in node.iterancestors()):
                continue
            kind = attribute(node, "fldCharType")
            if kind == "begin":
                open_.append(node)
            elif kind == "end" and open_:
                open_.pop()
        self._broken = set(open_)

    def read(self, paragraph: etree._Element) -> Words:
        """Return the words of a paragraph."""
        words = Words()
        self._collect(paragraph, words, self._styles.style_id(paragraph))
        return words

    @property
    def in_contents(self) -> bool:
        """Whether a table of contents is open."""
        return any(_CONTENTS_FIELD.match(open_.code) for open_ in self._fields)

    def _collect(self, node: etree._Element, words: Words, style_id: str) -> None:
        for child in chosen(node):
            if child.tag == tag("r"):
                self._run(child, words, style_id)
            elif child.tag == _MATH_TEXT:
                self._add(child.text or "", None, words, style_id)
            elif child.tag == tag("fldSimple"):
                if not _CONTENTS_FIELD.match(attribute(child, "instr") or ""):
                    self._collect(child, words, style_id)
            elif child.tag in _DRAWN:
                words.boxes += boxes_in(child)
            elif child.tag not in _DROPPED and not is_placeholder(child):
                self._collect(child, words, style_id)

    def _run(self, run: etree._Element, words: Words, style_id: str) -> None:
        properties = run.find(tag("rPr"))
        if self._styles.is_set("vanish", properties, style_id):
            for child in run:  # hidden field codes still open and close their fields
                self._field(child)
            return
        text, custom = "", None
        for child in chosen(run):
            if child.tag in {tag("t"), _MATH_TEXT}:
                text += child.text or ""
            elif child.tag in _SIGNS:
                text += _SIGNS[child.tag]
            elif child.tag == tag("sym"):
                text += symbol(attribute(child, "font") or "", attribute(child, "char") or "")
            elif child.tag == tag("ruby"):
                self._add(text, properties, words, style_id)
                text = ""
                self._collect(child, words, style_id)
            elif kind := _REFERENCES.get(child.tag):
                if is_on_attribute(child, "customMarkFollows"):
                    custom = (kind, attribute(child, "id") or "")
                elif self._shown:
                    words.marks.append(self._note_mark(kind, attribute(child, "id") or "", ""))
                    text += self._written(words.marks[-1])
            elif child.tag in _DRAWN:
                words.boxes += boxes_in(child)
            else:
                text += self._field(child)
        if custom is not None and text.strip() and len(text.strip()) <= 4:
            words.marks.append(self._note_mark(*custom, text.strip()))
            text = self._written(words.marks[-1])
        fonts = properties.find(tag("rFonts")) if properties is not None else None
        self._add(mended(text, attribute(fonts, "ascii") or ""), properties, words, style_id)

    @property
    def _shown(self) -> bool:
        return all(open_.result and not _CONTENTS_FIELD.match(open_.code) for open_ in self._fields)

    def _add(
        self, text: str, properties: etree._Element | None, words: Words, style_id: str
    ) -> None:
        text = without_controls(text)  # XML lets some of them stand
        if not text or not self._shown:
            return
        if text.strip():
            words.bold.append(self._styles.is_set("b", properties, style_id))
            words.size = max(words.size, self._styles.size(properties, style_id))
        words.italic.append((self._styles.is_set("i", properties, style_id), text))
        words.parts.append(text)

    def _field(self, node: etree._Element) -> str:
        """Follow the marks of a complex field; return the number an old-style one shows."""
        if node.tag == tag("instrText") and self._fields:
            self._fields[-1].code += node.text or ""
        if node.tag != tag("fldChar") or node in self._broken:
            return ""
        kind = attribute(node, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            closed = self._fields.pop()
            if not closed.result and _NUMBER_FIELD.match(closed.code) and self._shown:
                self._counted += 1  # its result is never stored
                return f"{self._counted}.\t"
        return ""


def is_on_attribute(node: etree._Element, name: str) -> bool:
    """Tell whether a switch written as an attribute is on."""
    return attribute(node, name) in {"1", "true", "on"}


def is_placeholder(node: etree._Element) -> bool:
    """Tell whether a content control shows only its prompt ("Click here to enter text")."""
    properties = node.find(tag("sdtPr")) if node.tag == tag("sdt") else None
    return is_on(properties, "showingPlcHdr") or False


def is_contents_control(node: etree._Element) -> bool:
    """Tell whether a content control holds a table of contents."""
    properties = node.find(tag("sdtPr")) if node.tag == tag("sdt") else None
    part = properties.find(tag("docPartObj")) if properties is not None else None
    return (value(part, "docPartGallery") or "").lower() == "table of contents"


def chosen(node: etree._Element) -> Iterator[etree._Element]:
    """Yield the child elements, of alternatives the first only."""
    for child in node:
        if not isinstance(child.tag, str):
            continue
        if child.tag == f"{_MC}AlternateContent":
            choice = child.find(f"{_MC}Choice")
            if choice is None:
                choice = child.find(f"{_MC}Fallback")
            if choice is not None:
                yield from chosen(choice)
        else:
            yield child


def boxes_in(drawing: etree._Element) -> list[etree._Element]:
    """Return the outermost text boxes of a drawing."""
    found: list[etree._Element] = []
    left = list(chosen(drawing))[::-1]
    while left:
        node = left.pop()
        if node.tag == tag("txbxContent"):
            found.append(node)
        else:
            left.extend(list(chosen(node))[::-1])
    return found


def is_mark_gone(properties: etree._Element | None) -> bool:
    """Tell whether a paragraph ends in a mark that is deleted or hidden, so that the next joins it.

    Args:
        properties: of the paragraph, or None.
    """
    mark = properties.find(tag("rPr")) if properties is not None else None
    if mark is None:
        return False
    gone = any(mark.find(tag(name)) is not None for name in ("del", "moveFrom"))
    return gone or bool(is_on(mark, "specVanish"))
