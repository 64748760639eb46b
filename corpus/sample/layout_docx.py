"""DOCX as word processors make it: automatic numbering, footnotes, tables, running head.

A source whose `numbering` is "typed" gets its numbers as literal text and a tab, as the official
word-processor files of resolutions have them; otherwise numbers exist only as `w:numPr`.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from corpus.sample.mastheads import MASTHEADS, distribution
from corpus.sample.source import NOTICE, Block, BlockKind, SampleSource, runs

__all__ = ["write_docx"]

_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_NUMBERING_ID = 90
_ZIP_TIME = (2024, 1, 1, 0, 0, 0)

_ABSTRACT_NUMBERING = f"""<w:abstractNum {nsdecls("w")} w:abstractNumId="{_NUMBERING_ID}">
<w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>
<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/>
<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:firstLine="0"/></w:pPr></w:lvl>
</w:abstractNum>"""

_NUM = (
    f'<w:num {nsdecls("w")} w:numId="{_NUMBERING_ID}">'
    f'<w:abstractNumId w:val="{_NUMBERING_ID}"/></w:num>'
)


def _footnotes_xml(notes: dict[str, str]) -> bytes:
    """Return the footnotes part: two separators that Word requires, then the notes."""
    parts = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
        f"<w:footnotes {nsdecls('w')}>",
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r>'
        "<w:separator/></w:r></w:p></w:footnote>",
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
        "<w:continuationSeparator/></w:r></w:p></w:footnote>",
    ]
    for mark, text in notes.items():
        parts.append(
            f'<w:footnote w:id="{mark}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            f'<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r>'
            "</w:p></w:footnote>"
        )
    return "".join([*parts, "</w:footnotes>"]).encode("utf-8")


class _Writer:
    """Adds a source's blocks to a word-processor document."""

    def __init__(self, source: SampleSource) -> None:
        self.source = source
        self.typed = source.get("numbering") == "typed"
        self.document: DocxDocument = docx.Document()
        style = self.document.styles["Normal"]
        style.font.name = "Times New Roman"
        style.font.size = Pt(10)
        numbering = self.document.part.numbering_part.element
        numbering.insert(0, parse_xml(_ABSTRACT_NUMBERING))
        numbering.append(parse_xml(_NUM))

    def _fill(self, paragraph: Paragraph, text: str) -> Paragraph:
        for run in runs(text):
            if run.style == "mark":
                self._mark(paragraph, run.text)
            else:
                paragraph.add_run(run.text).italic = run.style == "I" or None
        return paragraph

    def _mark(self, paragraph: Paragraph, mark: str) -> None:
        run = paragraph.add_run()
        run.font.superscript = True
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), mark)
        run._r.append(reference)

    def _number(self, paragraph: Paragraph, level: int) -> None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = _NUMBERING_ID

    def line(self, text: str, *, bold: bool = False, size: float = 10) -> Paragraph:
        """Add one line of the masthead or the titles."""
        paragraph = self.document.add_paragraph()
        run = paragraph.add_run(text)
        run.bold = bold or None
        run.font.size = Pt(size)
        return paragraph

    def masthead(self) -> None:
        """Add the running head, the masthead table, the notice, the session and the titles."""
        source, head = self.source, MASTHEADS[self.source.language]
        section = self.document.sections[0]
        section.different_first_page_header_footer = True
        section.header.paragraphs[0].add_run(source.symbol or "").bold = True
        section.first_page_footer.paragraphs[0].text = f"{source.get('job')} ({head.suffix})"
        table = self.document.add_table(rows=2, cols=2)
        table.cell(0, 0).text = head.organization
        table.cell(0, 1).text = source.symbol or ""
        table.cell(1, 0).text = head.organ
        table.cell(1, 1).text = "\n".join(distribution(source))
        self.document.add_paragraph().add_run(NOTICE).italic = True
        for name, bold, size in (
            ("council", True, 12),
            ("session", True, 10),
            ("session_dates", False, 10),
            ("agenda_item", False, 10),
            ("agenda_title", True, 10),
            ("title", True, 14),
            ("subtitle", True, 12),
        ):
            if text := source.get(name):
                self.line(text, bold=bold, size=size)

    def _numbered(self, block: Block) -> None:
        if self.typed:
            paragraph = self.document.add_paragraph(f"{block.label}.\t")
            self._fill(paragraph, block.text)
        else:
            paragraph = self._fill(self.document.add_paragraph(), block.text)
            self._number(paragraph, 0)
        for sub in block.subs:
            if self.typed:
                self._fill(self.document.add_paragraph(f"\t{sub.label}\t"), sub.text)
            else:
                paragraph = self._fill(self.document.add_paragraph(), sub.text)
                self._number(paragraph, 1)

    def _table(self, block: Block) -> None:
        table = self.document.add_table(rows=0, cols=len(block.rows[0]), style="Table Grid")
        for row in block.rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text

    def add(self, block: Block) -> None:
        """Add one block."""
        if block.kind is BlockKind.HEADING:
            text = f"{block.label}\t{block.text}" if block.label else block.text
            self.document.add_heading(text, level=block.level)
        elif block.kind is BlockKind.NUMBERED:
            self._numbered(block)
        elif block.kind is BlockKind.TABLE:
            self._table(block)
        elif block.kind is BlockKind.RIGHT:
            for text in block.text.splitlines():
                paragraph = self.document.add_paragraph()
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                paragraph.add_run(text).italic = True
        else:
            self._fill(self.document.add_paragraph(), block.text)
            for sub in block.subs:
                self._fill(self.document.add_paragraph(f"\t{sub.label}\t"), sub.text)

    def summary(self) -> None:
        """Add the summary in a table of one cell, as the official template has it."""
        blocks = [block for block in self.source.blocks if block.kind is BlockKind.SUMMARY]
        if not blocks:
            return
        cell = self.document.add_table(rows=1, cols=1, style="Table Grid").cell(0, 0)
        cell.paragraphs[0].add_run(MASTHEADS[self.source.language].summary).italic = True
        for block in blocks:
            self._fill(cell.add_paragraph(), block.text)

    def footnotes(self) -> None:
        """Add the footnotes part where the source has notes."""
        if self.source.notes:
            part = Part(
                PackURI("/word/footnotes.xml"),
                _FOOTNOTES,
                _footnotes_xml(self.source.notes),
                self.document.part.package,
            )
            self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def properties(self) -> None:
        """Set every date and name that would otherwise differ between two runs."""
        day = self.source.date
        core = self.document.core_properties
        core.title, core.author = self.source.get("title"), "Precedent"
        core.last_modified_by, core.revision = "Precedent", 1
        core.comments = NOTICE
        core.created = core.modified = datetime(day.year, day.month, day.day)


def _repack(data: bytes, target: Path) -> None:
    """Write the archive again with one fixed time on every member."""
    with (
        zipfile.ZipFile(io.BytesIO(data)) as packed,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as again,
    ):
        for name in packed.namelist():
            again.writestr(
                zipfile.ZipInfo(name, _ZIP_TIME), packed.read(name), zipfile.ZIP_DEFLATED
            )


def write_docx(source: SampleSource, target: Path) -> None:
    """Write a source as DOCX; the same source gives the same bytes."""
    writer = _Writer(source)
    writer.masthead()
    writer.summary()
    for block in source.blocks:
        if block.kind is not BlockKind.SUMMARY:
            writer.add(block)
    writer.footnotes()
    writer.properties()
    buffer = io.BytesIO()
    writer.document.save(buffer)
    _repack(buffer.getvalue(), target)
