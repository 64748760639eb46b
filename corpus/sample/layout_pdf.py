"""PDF in the Geneva layout: masthead, session block, body, footnotes, running heads."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF

from corpus.sample.fonts import FAMILIES, FONT_ROOT, truetype_subset
from corpus.sample.mastheads import MASTHEADS, clean_symbol, distribution
from corpus.sample.source import NOTICE, SampleSource
from corpus.sample.typesetting import (
    BODY_X,
    LEFT,
    RIGHT,
    Segment,
    TextLine,
    typeset,
    typeset_note,
)

__all__ = ["write_pdf"]

_WIDTH, _HEIGHT = 595.28, 841.89
_FIRST_TOP, _TOP, _BOTTOM = 229.0, 80.5, 782.0
_NOTE_RULE = 22.0
# A right-to-left line is printed in logical order, piece by piece, as word processors do it:
# stretches that keep their left-to-right order, single spaces and stops, and words.
_PIECE = re.compile(
    r"[/0-9A-Za-z](?:[0-9A-Za-z/.,:%\- ]*[0-9A-Za-z%])?(?: \([A-Z]\))?"
    r"|[ .:،؛-]"
    r"|[^ .:،؛/0-9A-Za-z-](?:[^/0-9A-Za-z]*[^ .:،؛/0-9A-Za-z-])?"
)


@dataclass(slots=True)
class _Page:
    """Lines placed on one page, with their baselines, and the notes at its foot."""

    lines: list[tuple[float, TextLine]] = field(default_factory=list)
    notes: list[TextLine] = field(default_factory=list)

    def notes_height(self, more: list[TextLine]) -> float:
        lines = [*self.notes, *more]
        return sum(line.lead for line in lines) + (_NOTE_RULE if lines else 0.0)


class _Press:
    """Draws words in the fonts of one language."""

    def __init__(self, source: SampleSource, folder: Path) -> None:
        self.source = source
        self.right_to_left = source.language == "ar"
        self.family = source.language if source.language in FAMILIES else "latin"
        self.pdf = FPDF(unit="pt", format="A4")
        self.pdf.set_auto_page_break(auto=False)
        self.pdf.c_margin = 0
        self.pdf.set_title(source.get("title"))
        self.pdf.set_author("Precedent")
        self.pdf.set_producer("Precedent sample corpus")
        day = source.date
        self.pdf.set_creation_date(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
        # The notice is set in an italic serif in every document.
        self._add_family("latin", folder)
        if self.family != "latin":
            self._add_family(self.family, folder)
        self.pdf.set_text_shaping(self.right_to_left)

    def _add_family(self, family: str, folder: Path) -> None:
        for style, name in FAMILIES[family].items():
            file = FONT_ROOT / name
            if family == "zh":
                body = self.source.path.read_text(encoding="utf-8")
                head = " ".join(value for value in _texts(self.source) if isinstance(value, str))
                everything = set(body + head) | {chr(code) for code in range(32, 127)}
                file = truetype_subset(file, everything - {"\n"}, folder / f"zh{style}.ttf")
            self.pdf.add_font(family, style, file)

    def _set(self, style: str, size: float, family: str = "") -> None:
        family = family or self.family
        known = FAMILIES[family]
        self.pdf.set_font(family, style if style in known else style.replace("I", ""), size)

    def measure(self, text: str, style: str, size: float) -> float:
        """Return the width of words, in points."""
        self._set(style, size)
        if self.right_to_left:
            return sum(self._width(part) for part in _directions(text))
        return float(self.pdf.get_string_width(text))

    def _width(self, part: str) -> float:
        return float(self.pdf.get_string_width(part))

    def put(self, y: float, segment: Segment) -> None:
        """Print a segment with its baseline at y, mirrored where the script asks for it."""
        self._set(segment.style, segment.size)
        baseline = y - segment.rise
        if not self.right_to_left:
            self.pdf.text(segment.x, baseline, segment.text)
            return
        edge = _WIDTH - segment.x
        for part in _directions(segment.text):
            width = self._width(part)
            edge -= width
            # fpdf2 shapes cells only; a cell of height 0 has its baseline 0.3 em below its top.
            self.pdf.set_xy(edge, baseline - 0.3 * segment.size)
            self.pdf.cell(width, 0, part)

    def notice(self, y: float) -> None:
        """Print the notice of fiction."""
        self._set("I", 9.0, "latin")
        self.pdf.set_text_shaping(False)
        self.pdf.text(LEFT, y, NOTICE)
        self.pdf.set_text_shaping(self.right_to_left)


def _texts(source: SampleSource) -> Iterator[object]:
    head = MASTHEADS[source.language]
    yield from (head.organization, head.organ, head.summary)
    yield from source.meta.values()


def _directions(text: str) -> list[str]:
    """Split a right-to-left line where its direction changes, in logical order."""
    return _PIECE.findall(text)


def _groups(lines: list[TextLine]) -> Iterator[list[TextLine]]:
    """Join lines that must stand on one page."""
    group: list[TextLine] = []
    for line in lines:
        group.append(line)
        if not line.keep:
            yield group
            group = []
    if group:
        yield group


def _paginate(source: SampleSource, press: _Press) -> list[_Page]:
    pages = [_Page()]
    y = _FIRST_TOP
    for group in _groups(list(typeset(source, press.measure))):
        marks = [mark for line in group for mark in line.notes]
        notes = [
            line for mark in marks for line in typeset_note(mark, source.notes[mark], press.measure)
        ]
        height = sum(line.lead for line in group)
        if y + height + pages[-1].notes_height(notes) > _BOTTOM:
            pages.append(_Page())
            y = _TOP - group[0].lead
        for line in group:
            y += line.lead
            pages[-1].lines.append((y, line))
        pages[-1].notes.extend(notes)
    return pages


def _masthead(press: _Press) -> None:
    source = press.source
    head = MASTHEADS[source.language]
    press.put(49.5, Segment(119.7, head.organization, "", 14.0))
    if symbol := clean_symbol(source):
        organ, _, rest = symbol.partition("/")
        small = press.measure("/" + rest, "", 10.0)
        large = press.measure(organ, "", 20.0)
        if press.right_to_left:
            # A symbol reads left to right on a mirrored page too.
            press.put(51.3, Segment(RIGHT - large, organ, "", 20.0))
            press.put(51.3, Segment(RIGHT - large - small, "/" + rest, "", 10.0))
        else:
            press.put(51.3, Segment(RIGHT - small - large, organ, "", 20.0))
            press.put(51.3, Segment(RIGHT - small, "/" + rest, "", 10.0))
    press.put(79.9, Segment(119.7, head.organ, "B", 20.0))
    for index, line in enumerate(distribution(source)):
        gap = 12.0 if index > 1 else 0.0
        press.put(78.9 + 12.0 * index + gap, Segment(392.1, line))
    press.notice(185.0)
    for y, weight in ((56.5, 0.5), (198.0, 1.5)):
        press.pdf.set_line_width(weight)
        press.pdf.line(LEFT, y, RIGHT, y)


def _running_head(press: _Press, number: int) -> None:
    symbol, job = clean_symbol(press.source), press.source.get("job")
    even = number % 2 == 0
    if symbol:
        x = LEFT if even else RIGHT - press.measure(symbol, "B", 9.0)
        press.put(50.7, Segment(x, symbol, "B", 9.0))
    press.pdf.set_line_width(0.5)
    press.pdf.line(LEFT, 57.0, RIGHT, 57.0)
    page = str(number)
    outer = LEFT if even else RIGHT - press.measure(page, "B", 9.0)
    press.put(811.7, Segment(outer, page, "B", 9.0))
    inner = RIGHT - press.measure(job, "", 8.0) if even else LEFT
    press.put(811.7, Segment(inner, job, "", 8.0))


def _box(press: _Press, page: _Page) -> None:
    boxed = [y for y, line in page.lines if line.boxed]
    if boxed:
        press.pdf.set_line_width(0.7)
        press.pdf.rect(LEFT, boxed[0] - 20, RIGHT - LEFT, boxed[-1] - boxed[0] + 36)


def _draw(press: _Press, page: _Page, number: int) -> None:
    press.pdf.add_page()
    if number == 1:
        _masthead(press)
    else:
        _running_head(press, number)
    for y, line in page.lines:
        for segment in line.segments:
            press.put(y, segment)
        if line.rule:
            press.pdf.set_line_width(0.7)
            press.pdf.line(BODY_X, y + 4, 482, y + 4)
    _box(press, page)
    y = _BOTTOM + 8 - sum(line.lead for line in page.notes)
    if page.notes:
        press.pdf.set_line_width(0.5)
        start = _WIDTH - 170 if press.right_to_left else 90
        press.pdf.line(start, y - 4, start + 76, y - 4)
    for line in page.notes:
        y += line.lead
        for segment in line.segments:
            press.put(y, segment)
    if number == 1 and (job := press.source.get("job")):
        suffix = MASTHEADS[press.source.language].suffix
        press.put(811.4, Segment(LEFT, f"{job} ({suffix})"))


def write_pdf(source: SampleSource, target: Path) -> None:
    """Write a source as PDF; the same source gives the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        press = _Press(source, Path(folder))
        for number, page in enumerate(_paginate(source, press), start=1):
            _draw(press, page, number)
        press.pdf.output(str(target))
