"""Set numbered paragraphs as PDF in the templates that UN offices have used.

Sizes and places are those of real files: what a reader has to cope with, made from any text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fpdf import FPDF

__all__ = ["TEMPLATES", "Setting", "Template", "set_pdf"]


@dataclass(frozen=True, slots=True)
class Template:
    """How an office set its documents; lengths in points.

    Attributes:
        name: for tables.
        width: of the page.
        height: of the page.
        font: family of PDF's own fonts.
        size: of the body.
        pitch: from line to line.
        gap: from the last line of a paragraph to the first of the next.
        number_x: where numbers stand.
        text_x: where the words of a first line begin.
        left: where the other lines begin.
        right: where lines end.
        mirror: how far even pages are shifted to the left.
        head: "symbol", "symbol and page" or "three lines".
        heading: "bold", "centred" or "underlined".
        mark: how notes are marked: "raised" or "slash" (1/).
    """

    name: str
    width: float
    height: float
    font: str
    size: float
    pitch: float
    gap: float
    number_x: float
    text_x: float
    left: float
    right: float
    mirror: float = 0.0
    head: str = "symbol"
    heading: str = "bold"
    mark: str = "raised"


TEMPLATES = (
    Template("Geneva, from 2011", 595.3, 841.9, "Times", 10, 12, 18, 113.3, 142, 113.3, 482),
    Template(
        "Geneva, 2009", 595.3, 841.9, "Times", 11, 13, 24, 85, 119, 85, 552,
        mirror=42, head="symbol and page",
    ),
    Template("New York", 612, 792, "Times", 10, 12, 18, 123, 147, 123, 489),
    Template(
        "typewriter, 1990s", 612, 792, "Courier", 10, 12, 24, 93, 123, 93, 519,
        head="three lines", heading="underlined", mark="slash",
    ),
    Template(
        "centred headings, 2000s", 595.3, 841.9, "Times", 12, 14, 28, 71, 107, 71, 524,
        head="symbol and page", heading="centred",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing to set: a heading (number None) or a numbered paragraph, perhaps with a note."""

    number: str | None
    text: str
    note: str | None = None


_TOP_SPACE, _FOOT_SPACE = 90.0, 78.0
_NOTE_SIZE, _NOTE_PITCH = 8.5, 10.0


class _Press:
    def __init__(self, template: Template, symbol: str, job: str) -> None:
        self.template = template
        self.symbol = symbol
        self.job = job
        self.pdf = FPDF(unit="pt", format=(template.width, template.height))
        self.pdf.set_auto_page_break(auto=False)
        self.pdf.c_margin = 0
        self.pdf.core_fonts_encoding = "cp1252"
        self.number = 0
        self.y = 0.0
        self.notes: list[tuple[int, str]] = []

    @property
    def shift(self) -> float:
        return -self.template.mirror if self.number % 2 == 0 else 0.0

    def put(self, x: float, text: str, style: str = "", size: float = 0.0, rise: float = 0) -> None:
        self.pdf.set_font(self.template.font, style, size or self.template.size)
        self.pdf.text(x + self.shift, self.y - rise, text)

    def wide(self, text: str, style: str = "", size: float = 0.0) -> float:
        self.pdf.set_font(self.template.font, style, size or self.template.size)
        return float(self.pdf.get_string_width(text))

    def turn(self) -> None:
        """Finish the page and begin the next."""
        self.finish()
        self.pdf.add_page()
        self.number += 1
        head = _head(self.template, self.symbol, self.number)
        even = self.number % 2 == 0
        for place, line in enumerate(head):
            self.y = 53 + 12 * place
            edge = self.template.left if even else self.template.right - self.wide(line, "B", 9)
            self.put(edge, line, "B", 9)
        self.y = _TOP_SPACE

    def finish(self) -> None:
        """Print the notes and the foot of the page."""
        if not self.number:
            return
        self.y = self.template.height - _FOOT_SPACE - _NOTE_PITCH * len(self.notes) + 16
        if self.notes and self.template.mark == "slash":
            self.y -= _NOTE_PITCH
            self.put(self.template.left, "_" * 20)
            self.y += _NOTE_PITCH
        for mark, note in self.notes:
            if self.template.mark == "slash":
                self.put(self.template.left, f"{mark}/ {note}", "", _NOTE_SIZE)
            else:
                self.put(self.template.left, str(mark), "", 6, rise=3)
                self.put(self.template.left + 8, note, "", _NOTE_SIZE)
            self.y += _NOTE_PITCH
        self.notes = []
        self.y = self.template.height - 40
        self.put(self.template.left, self.job, "", 8)
        if self.template.head == "symbol":
            self.put(self.template.right - 12, str(self.number), "B", 9)
        elif self.template.head == "three lines":
            self.put(self.template.right - 30, "/...")

    def line(self, lead: float, *, note: bool = False) -> None:
        """Go down to the next line, on the next page where this one is full."""
        notes = len(self.notes) + note
        room = self.template.height - _FOOT_SPACE - _NOTE_PITCH * (notes + bool(notes))
        if self.y + lead > room:
            self.turn()
        else:
            self.y += lead


def _head(template: Template, symbol: str, number: int) -> tuple[str, ...]:
    if template.head == "symbol":
        return (symbol,)
    if template.head == "three lines":
        return (symbol, "English", f"Page {number}")
    return (symbol, f"Page {number}")


def _lines(text: str, first: float, rest: float, press: _Press, style: str) -> Iterator[str]:
    line, room = "", first
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and press.wide(longer, style) > room:
            yield line
            line, room = word, rest
        else:
            line = longer
    yield line


def _set_heading(press: _Press, text: str) -> None:
    template = press.template
    press.line(template.gap + 2)
    style = "B" if template.heading == "bold" else ""
    for line in _lines(text, 300, 300, press, style):
        x = template.number_x
        if template.heading == "centred":
            style = "B"
            x = (template.left + template.right - press.wide(line, "B")) / 2
        press.put(x, line, style)
        if template.heading == "underlined":
            at = x + press.shift
            press.pdf.line(at, press.y + 1.5, at + press.wide(line), press.y + 1.5)
        press.line(template.pitch)
    press.y -= template.pitch


def _set_paragraph(press: _Press, setting: Setting, mark: int) -> None:
    template = press.template
    noted = setting.note is not None
    press.line(template.gap, note=noted)
    press.put(template.number_x, f"{setting.number}." if setting.number else "")
    text_x = max(template.text_x, template.number_x + press.wide(f"{setting.number}.") + 8)
    lines = _lines(setting.text, template.right - text_x, template.right - template.left, press, "")
    for place, line in enumerate(lines):
        x = text_x if place == 0 else template.left
        if place:
            press.line(template.pitch, note=noted)
        press.put(x, line)
        if place == 0 and setting.note is not None:
            press.notes.append((mark, setting.note))
            end = x + press.wide(line)
            if template.mark == "slash":
                press.put(end, f" {mark}/")
            else:
                press.put(end, str(mark), "", 6, rise=3.5)


def set_pdf(
    settings: Sequence[Setting], template: Template, target: Path, *, symbol: str, job: str
) -> None:
    """Write paragraphs and headings as a PDF, without a title page: all of it is text."""
    press = _Press(template, symbol, job)
    press.turn()
    mark = 0
    for setting in settings:
        if setting.number is None:
            _set_heading(press, setting.text)
            continue
        mark += setting.note is not None
        _set_paragraph(press, setting, mark)
    press.finish()
    press.pdf.output(str(target))
