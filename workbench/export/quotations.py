"""Passages as a Word document: each quoted in its language, its citation in a footnote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt, RGBColor

from workbench.citing import notes
from workbench.citing.source import long_date
from workbench.export.entry import Entry
from workbench.export.footnotes import Footnotes
from workbench.export.word import (
    add_field,
    add_text,
    blank,
    make_right_to_left,
    named_style,
    saved,
)

__all__ = ["as_docx"]

_CAUTION = RGBColor(0xB0, 0x1E, 0x1E)


def as_docx(entries: Sequence[Entry], *, title: str, form: str, on: date, ibid: bool) -> bytes:
    """Write a document with one quotation and one footnote a passage.

    Args:
        entries: in the order given.
        title: over the quotations.
        form: of the footnotes, a key of `workbench.citing.FORMS`.
        on: day it is made, shown under the title.
        ibid: as in `workbench.citing.notes`.
    """
    document = blank(title, on)
    heading = document.add_paragraph(style="Title")
    add_text(heading._p, title, "en")
    make_right_to_left(heading, title)
    count = "1 passage" if len(entries) == 1 else f"{len(entries)} passages"
    document.add_paragraph(f"{long_date(on.isoformat())} · {count}")
    quotation = named_style(document, "Quoted passage", WD_STYLE_TYPE.PARAGRAPH, 11)
    quotation.base_style = document.styles["Normal"]
    quotation.paragraph_format.left_indent = quotation.paragraph_format.right_indent = Mm(8)
    quotation.paragraph_format.space_before, quotation.paragraph_format.space_after = Pt(10), Pt(2)
    standing = named_style(document, "Standing", WD_STYLE_TYPE.PARAGRAPH, 9)
    standing.base_style = document.styles["Normal"]
    standing.paragraph_format.left_indent = Mm(8)
    standing.paragraph_format.space_after = Pt(8)
    footnotes = Footnotes(document)
    cited = [(entry.source, entry.place) for entry in entries]
    for entry, note in zip(entries, notes(cited, form, ibid=ibid), strict=True):
        paragraph = document.add_paragraph(style=quotation)
        make_right_to_left(paragraph, entry.text)
        add_text(paragraph._p, entry.text, entry.source.language)
        footnotes.add(paragraph, note)
        # The words never stand on one page and what they are worth on the next.
        paragraph.paragraph_format.keep_with_next = True
        line = document.add_paragraph(style=standing)
        add_text(line._p, entry.caveat or entry.standing, "en", bold=bool(entry.caveat))
        if entry.caveat:
            for run in line.runs:
                run.font.color.rgb = _CAUTION
    footnotes.attach()
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = 1
    add_field(foot, "PAGE")
    return saved(document)
