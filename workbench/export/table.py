"""The negotiation table: what is asked for, in which words, where, on what ground.

Its five columns are those that guides for advocates ask for. It goes out as Word, to be handed to a
delegation, and as CSV, which is also read back so that work goes on another day.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from corpus.errors import InputError
from workbench.citing.source import long_date
from workbench.export.entry import Entry
from workbench.export.spreadsheet import original, written
from workbench.export.word import add_field, add_text, blank, child, make_right_to_left, saved

__all__ = ["COLUMNS", "MAX_ROWS", "Row", "read_csv", "row_from", "table_as_csv", "table_as_docx"]

COLUMNS = ("Issue", "Suggested language", "Where inserted", "UN reference", "Justification")

MAX_ROWS = 500
"""A table that is negotiated has tens of rows."""

_MAX_CELL = 20_000
_WIDTHS_MM = (38, 82, 33, 52, 52)  # the 257 mm between the margins
_HOW = f"give a CSV file whose first line is {', '.join(COLUMNS)}"
_DELIMITERS = ",;\t"
_NUMBERING = re.compile(r"\A(?:[IVXLC]+|[A-ZА-Я]|\d+|[一二三四五六七八九十]+)\s?[.、)]\s*")
"""Of a heading, in its languages: "II. ", "A. ", "二、"."""

_WARNING = "WARNING: "
_PAGE_CHARACTERS = 1_500
"""A row with a cell longer than this may break across pages; a shorter one goes to the next."""

_SHADE = "E8ECF2"


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal; any cell may be empty.

    Attributes:
        issue: what it is about.
        suggested: words, as they are to stand.
        where: in the draft they are to stand.
        reference: UN document the words come from, with what it is worth.
        justification: why they should be there.
    """

    issue: str = ""
    suggested: str = ""
    where: str = ""
    reference: str = ""
    justification: str = ""

    @property
    def empty(self) -> bool:
        """Tell whether nothing is written in it."""
        return not any(cell.strip() for cell in astuple(self))


def row_from(entry: Entry) -> Row:
    """Return the row that a passage fills; where to insert its words is for people to say.

    Its standing goes with the reference, and what is no precedent is warned of in the
    justification, where whoever hands the table over will read it.
    """
    source = entry.source
    heading = _NUMBERING.sub("", entry.section[-1]) if entry.section else None
    issue = heading or source.comment_subject or source.subject or ""
    return Row(
        issue=issue,
        suggested=entry.text,
        reference=f"{entry.citation} ({entry.standing})",
        justification=f"{_WARNING}{entry.caveat}." if entry.caveat else "",
    )


def table_as_csv(rows: Iterable[Row]) -> bytes:
    """Write the table for a spreadsheet; `read_csv` gives the same rows back."""
    return written(COLUMNS, (astuple(row) for row in rows))


def read_csv(data: bytes, name: str) -> list[Row]:
    """Read a table that `table_as_csv` wrote, or that a spreadsheet saved again since.

    Excel saves with semicolons where the comma parts decimals, and in UTF-16 as "Unicode text".
    Columns may stand in any order, and some may be missing; empty rows are left out.

    Args:
        data: the file.
        name: of it, for errors.

    Raises:
        InputError: it is no such table, or is too long.
    """
    text = _decoded(data, name)
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise InputError(name, f"is not CSV: {error}", _HOW) from error
    titles = [title.strip().casefold() for title in lines[0]] if lines else []
    places = [titles.index(c.casefold()) if c.casefold() in titles else None for c in COLUMNS]
    if all(place is None for place in places):
        raise InputError(name, "has none of the columns of a negotiation table", _HOW)
    rows = [Row(*(_cell(line, place) for place in places)) for line in lines[1:]]
    rows = [row for row in rows if not row.empty]
    if len(rows) > MAX_ROWS:
        raise InputError(name, f"has {len(rows)} rows, and {MAX_ROWS} is the most", "split it")
    return rows


def _cell(line: Sequence[str], place: int | None) -> str:
    if place is None or place >= len(line):
        return ""
    return original(line[place]).replace("\r\n", "\n")[:_MAX_CELL]


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(name, "is not text in UTF-8", "save it as “CSV UTF-8”") from error


def table_as_docx(rows: Sequence[Row], *, title: str, on: date) -> bytes:
    """Write the table on A4, landscape: title, date, a head row on every page, page numbers.

    Args:
        rows: in the order given; with none, the head stands alone.
        title: over the table.
        on: day it is made.
    """
    document = blank(title, on, landscape=True)
    heading = document.add_paragraph(style="Title")
    add_text(heading._p, title, "en")
    make_right_to_left(heading, title)
    document.add_paragraph(long_date(on.isoformat()) or "")
    table = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for cell, column in zip(table.rows[0].cells, COLUMNS, strict=True):
        _fill(cell, column, bold=True)
        shading = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", _SHADE)):
            shading.set(qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(shading)
    _keep(table.rows[0], "w:cantSplit", "w:tblHeader")
    for row in rows:
        added = table.add_row()
        for cell, words in zip(added.cells, astuple(row), strict=True):
            _fill(cell, words, bold=words.startswith(_WARNING))
        if max(map(len, astuple(row))) < _PAGE_CHARACTERS:
            _keep(added, "w:cantSplit")
    for column, width in zip(table.columns, _WIDTHS_MM, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = 1
    add_field(foot, "PAGE")
    foot.add_run(" / ")
    add_field(foot, "NUMPAGES")
    return saved(document)


def _fill(cell: Any, words: str, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    make_right_to_left(paragraph, words)
    add_text(paragraph._p, words, None, bold=bold)


def _keep(row: Any, *rules: str) -> None:
    properties = row._tr.get_or_add_trPr()
    for rule in rules:
        child(properties, rule)
