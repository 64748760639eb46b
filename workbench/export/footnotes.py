"""Footnotes for python-docx, which has none: the part, its separators, styles and settings.

Source: ECMA-376, part 1, 17.11 (footnotes and endnotes), 11.3.7 (the footnotes part).
"""

from __future__ import annotations

import re
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from lxml import etree  # type: ignore[import-untyped]

from workbench.export.word import add_text, child, named_style

__all__ = ["Footnotes"]

_NUMBERED = re.compile(r"\b(paras?|No|pp?)\. (?=\d)")
"""A label and its number, between which no line should end."""

_SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))
"""Ids of the two notes that are no notes: Word wants them, and counts its own from 1."""


class Footnotes:
    """The footnotes of one document: `add` each where its mark is to stand, `attach` at the end."""

    def __init__(self, document: Document) -> None:
        """Make the styles and an empty part."""
        self._document = document
        self._notes = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        self._count = 0
        text = named_style(document, "footnote text", WD_STYLE_TYPE.PARAGRAPH, 9)
        text.base_style = document.styles["Normal"]
        text.paragraph_format.space_after = 0
        self._text_id = text.style_id
        mark = named_style(document, "footnote reference", WD_STYLE_TYPE.CHARACTER, 11)
        mark.element.rPr.clear()  # the size is that of the words beside it
        mark.font.superscript = True
        self._mark_id = mark.style_id
        for id_, kind in _SEPARATORS:
            note = child(self._notes, "w:footnote", type=kind, id=id_)
            child(child(child(note, "w:p"), "w:r"), f"w:{kind}")

    def add(self, paragraph: Paragraph, words: str) -> None:
        """Put a footnote's mark at the end of a paragraph, and its words at the foot."""
        self._count += 1
        number = str(self._count)
        self._mark(paragraph._p, "w:footnoteReference", id=number)
        note = child(self._notes, "w:footnote", id=number)
        line = child(note, "w:p")
        child(child(line, "w:pPr"), "w:pStyle", val=self._text_id)
        self._mark(line, "w:footnoteRef")
        kept = _NUMBERED.sub("\\1.\N{NO-BREAK SPACE}", words)
        add_text(line, f" {kept}", "en")

    def _mark(self, parent: Any, name: str, **attributes: str) -> None:
        run = child(parent, "w:r")
        child(child(run, "w:rPr"), "w:rStyle", val=self._mark_id)
        child(run, name, **attributes)

    def attach(self) -> None:
        """Write the part into the document; nothing can be added after it."""
        blob = etree.tostring(self._notes, xml_declaration=True, encoding="UTF-8", standalone=True)
        holder = self._document.part
        part = Part(
            PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, holder.package
        )
        holder.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        listed = OxmlElement("w:footnotePr")
        for id_, _ in _SEPARATORS:
            child(listed, "w:footnote", id=id_)
        settings = self._document.settings.element
        # The schema fixes the order of settings; compat comes right after the notes'.
        compat = settings.find(qn("w:compat"))
        if compat is None:
            settings.append(listed)
        else:
            compat.addprevious(listed)
