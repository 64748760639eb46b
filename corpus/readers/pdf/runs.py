"""Runs of characters of one text object, as pdfium hands them over, with place and print.

pdfium gives each character with its text object, and characters of one text object share font and
baseline. So only two calls a character are needed (character and object) and the rest is asked once
an object: 3 × faster than asking each character for its box.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2.raw as raw

from corpus.readers.pdf.chunks import Chunk
from corpus.readers.pdf.lines import WIDE_GAP
from corpus.readers.pdf.placement import Placement, reading_turn
from corpus.readers.pdf.style import Prints, find_rules, is_underlined

__all__ = ["upright_chunks"]

_CLEANED = {
    0x02: "-",
    0xFFFE: "-",
    0x00: None,
    0xFEFF: None,
    0x200B: None,
    0xFFFF: None,
    # Bullets of the Symbol and Wingdings fonts.
    0xF02D: "–",
    0xF06F: "◦",
    0xF0A7: "▪",
    0xF0B7: "•",
    0xF0D8: "▪",
    0xF0FC: "•",
}
_LINE_ENDS = {10, 13}
_SWAPPED = re.compile("[اأإآ]ل")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u06ff\u0750-\u077f\ufb1d-\ufdff\ufe70-\ufefc]")
# Letters of text are half as wide as their size; a run much wider than that has gaps in it.
_LOOSE_WIDTH = 0.55
_SPACES = re.compile(r"(?<=\S)\s+(?=\S)")


@dataclass(slots=True)
class _Sheet:
    """A page that is read: what its runs are measured with.

    Attributes:
        page: of pdfium.
        textpage: its text.
        prints: the fonts of the document.
        place: where its points stand.
        letters: characters by the quarter they are turned to.
        rules: thin lines, looked for only where a typewriter face is met.
    """

    page: Any
    textpage: Any
    prints: Prints
    place: Placement
    letters: Counter[int] = field(default_factory=Counter)
    rules: list[tuple[float, float, float]] | None = None

    def underlined(self, left: float, right: float, baseline: float) -> bool:
        """Tell whether a rule runs under a run of characters, all in page coordinates."""
        if self.rules is None:
            self.rules = find_rules(self.page)
        return is_underlined(self.rules, left, right, baseline)


def upright_chunks(page: Any, textpage: Any, count: int, prints: Prints) -> tuple[list[Chunk], int]:
    """Return the runs that stand upright, and by how many quarters the page was turned for it."""
    sheet = _Sheet(page, textpage, prints, _placement(page))
    chunks = list(_chunks(sheet, count))
    turned = reading_turn(sheet.letters)
    if turned:
        chunks = list(_chunks(_Sheet(page, textpage, prints, _placement(page, turned)), count))
    return chunks, turned


def _chunks(sheet: _Sheet, count: int) -> Iterator[Chunk]:
    """Yield upright runs of one text object, in the order of the content stream."""
    textpage = sheet.textpage
    start = 0
    while start < count:
        owner = _owner(textpage, start)
        if owner == 0:
            code = raw.FPDFText_GetUnicode(textpage, start)
            yield Chunk(" ", 0.0, 0.0, 0.0, 0.0, ends_line=code in _LINE_ENDS)
            start += 1
            continue
        end = _run_end(textpage, start, count, owner)
        text = _run_text(textpage, start, end)
        if "ل" in text:
            text = _unswapped(textpage, start, text)
        if (chunk := _chunk(sheet, start, end, text)) is not None:
            yield from _cells(sheet, start, end, chunk)
        start = end


def _owner(textpage: Any, index: int) -> int:
    """Return the address of the text object a character belongs to; 0 for an inferred one."""
    handle = raw.FPDFText_GetTextObject(textpage, index)
    return ctypes.addressof(handle.contents) if handle else 0


def _run_end(textpage: Any, start: int, count: int, owner: int) -> int:
    """Return the index after the last character of a text object.

    Its characters are consecutive, so the end is found by doubling steps and halving back.
    """
    same, step = start, 8
    while same + step < count and _owner(textpage, same + step) == owner:
        same += step
        step *= 2
    other = min(count, same + step)
    while other - same > 1:
        middle = (same + other) // 2
        if _owner(textpage, middle) == owner:
            same = middle
        else:
            other = middle
    return other


def _run_text(textpage: Any, start: int, end: int) -> str:
    length = end - start
    buffer = (ctypes.c_ushort * (length + 1))()
    written = raw.FPDFText_GetText(textpage, start, length, buffer) - 1
    if written == length:
        text = bytes(buffer)[: 2 * length].decode("utf-16-le", "replace")
    else:
        # Characters that pdfium leaves out of its text (U+0002 among them) shift the positions.
        codes = (raw.FPDFText_GetUnicode(textpage, i) for i in range(start, end))
        units = b"".join((code & 0xFFFF).to_bytes(2, "little") for code in codes)
        text = units.decode("utf-16-le", "replace")
    return text.translate(_CLEANED)


def _chunk(sheet: _Sheet, start: int, end: int, text: str) -> Chunk | None:
    if not text.strip():
        return Chunk(" ", 0.0, 0.0, 0.0, 0.0)
    textpage, place = sheet.textpage, sheet.place
    first = start + len(text) - len(text.lstrip())
    last = max(first, end - 1 - (len(text) - len(text.rstrip())))
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    raw.FPDFText_GetCharOrigin(textpage, first, x, y)
    if _RIGHT_TO_LEFT.match(stripped := text.strip()) and len(stripped) > 1:
        first, last = last, first
        raw.FPDFText_GetCharOrigin(textpage, first, x, y)
    raw.FPDFText_GetLooseCharBox(textpage, last, box)
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, first, matrix)
    tilt = place.tilt(matrix.a, matrix.b)
    if tilt is not None:
        sheet.letters[tilt] += len(text)
    if tilt != 0:
        return None
    size = raw.FPDFText_GetFontSize(textpage, first) * math.hypot(matrix.c, matrix.d)
    style = sheet.prints.of(textpage, start, text, size)
    italic = style.italic or (style.typewriter and sheet.underlined(x.value, box.right, y.value))
    x0, baseline = place(x.value, y.value)
    x1 = max(place(box.left, box.bottom)[0], place(box.right, box.top)[0])
    return Chunk(text, x0, max(x0, x1), baseline, size, style.bold, italic)


def _cells(sheet: _Sheet, start: int, end: int, chunk: Chunk) -> Iterator[Chunk]:
    """Split a run that is a row of a table: one object, with wide gaps at some of its spaces."""
    text = chunk.text
    room = _LOOSE_WIDTH * chunk.size * len(text)
    wide = chunk.x1 - chunk.x0 > room and " " in text.strip() and len(text) == end - start
    # The widths of a text layer under a scan are those of no font.
    if not wide or _is_invisible(sheet.textpage, start):
        yield chunk
        return
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    begin, left = 0, chunk.x0
    for match in _SPACES.finditer(text):
        raw.FPDFText_GetLooseCharBox(sheet.textpage, start + match.start() - 1, box)
        raw.FPDFText_GetCharOrigin(sheet.textpage, start + match.end(), x, y)
        right = max(sheet.place(box.left, box.bottom)[0], sheet.place(box.right, box.top)[0])
        next_left = sheet.place(x.value, y.value)[0]
        if next_left - right > WIDE_GAP * chunk.size and right > left:
            yield replace(chunk, text=text[begin : match.end()], x0=left, x1=right)
            begin, left = match.end(), next_left
    yield replace(chunk, text=text[begin:], x0=left)


def _is_invisible(textpage: Any, index: int) -> bool:
    handle = raw.FPDFText_GetTextObject(textpage, index)
    mode = raw.FPDFTextObj_GetTextRenderMode(handle) if handle else raw.FPDF_TEXTRENDERMODE_FILL
    return bool(mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE)


def _unswapped(textpage: Any, start: int, text: str) -> str:
    """Put lam before alef again where one glyph stands for both.

    pdfium turns right-to-left text around letter by letter, the letters inside a ligature too: "لا"
    comes as "ال". The two letters of a ligature have one origin; of an article, two.
    """
    letters = list(text)
    x, y = ctypes.c_double(), ctypes.c_double()
    for match in _SWAPPED.finditer(text):
        at = match.start()
        raw.FPDFText_GetCharOrigin(textpage, start + at, x, y)
        left = x.value
        raw.FPDFText_GetCharOrigin(textpage, start + at + 1, x, y)
        if abs(left - x.value) < 0.01:
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)


def _placement(page: Any, turned: int = 0) -> Placement:
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, box)
    turns = max(0, raw.FPDFPage_GetRotation(page)) % 4
    return Placement(box.left, box.bottom, box.right, box.top, turns, turned)
