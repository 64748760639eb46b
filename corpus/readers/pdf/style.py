"""What pdfium can tell about print: bold, italic, and the underlining that typewriters had for it.

Fonts are named, and the name says the style, in all but the files that older printer drivers made,
whose fonts are called "TTF42o00" or "F1". United Nations documents are set in Times, so there the
widths of the letters tell: an upright "n" of Times is 500 wide, a bold one 556.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw

__all__ = ["Print", "Prints", "find_rules", "is_underlined"]

_BOLD = ("bold", "black", "heavy", "demi")
_ITALIC = ("italic", "oblique", "-it")
_FORCE_BOLD = 1 << 18
_ITALIC_FLAG = 1 << 6
# "ABCDEF+TTF42o00", "CIDFont+F1", "T3_0": no word in it.
_NAMELESS = re.compile(r"(?:[A-Z]{6}\+)?(?:CIDFont\+)?[A-Z]{0,4}_?\d*[a-z]{0,1}\d*")
# Adobe's metrics of the four Times fonts, in thousandths of the size (upright, bold, italic, both);
# only letters whose widths differ between them.
_TIMES: dict[str, tuple[int, int, int, int]] = {
    "a": (444, 500, 500, 500),
    "b": (500, 556, 500, 500),
    "d": (500, 556, 500, 500),
    "f": (333, 333, 278, 333),
    "h": (500, 556, 500, 556),
    "k": (500, 556, 444, 500),
    "m": (778, 833, 722, 778),
    "n": (500, 556, 500, 556),
    "p": (500, 556, 500, 500),
    "q": (500, 556, 500, 500),
    "r": (333, 444, 389, 389),
    "t": (278, 333, 278, 278),
    "u": (500, 556, 500, 556),
    "w": (722, 722, 667, 667),
}
_STYLES = ((False, False), (True, False), (False, True), (True, True))
# Letters to measure before a font is judged, and how far off (thousandths) the best may be.
_MIN_MEASURED = 8
_MAX_MEASURED = 60
_TOLERANCE = 12.0
# A rule under a word: thin, within this many points of the baseline.
_RULE_HEIGHT = 2.5
_RULE_REACH = 3.0
_MIN_RULE = 5.0
_MAX_OBJECTS = 4000


@dataclass(slots=True)
class Print:
    """The style of a font.

    Attributes:
        bold: heavier than the text's.
        italic: slanted.
        typewriter: Courier or its like, whose italics are underlined.
        nameless: its name says nothing, so its letters are measured.
        misfit: summed distance to each of the Times fonts, in thousandths of the size.
        measured: letters measured so far.
    """

    bold: bool = False
    italic: bool = False
    typewriter: bool = False
    nameless: bool = False
    misfit: list[float] = field(default_factory=lambda: [0.0] * len(_STYLES))
    measured: int = 0

    def measure(self, letter: str, width: float) -> None:
        """Note the advance of a letter, in units of the font size."""
        if (known := _TIMES.get(letter)) is not None:
            for i, expected in enumerate(known):
                self.misfit[i] += abs(1000 * width - expected)
            self.measured += 1

    def judge(self) -> None:
        """Take the style of the Times font that the letters fit."""
        if self.measured >= _MIN_MEASURED:
            best = min(range(len(_STYLES)), key=lambda i: self.misfit[i])
            if self.misfit[best] / self.measured <= _TOLERANCE:
                self.bold, self.italic = _STYLES[best]


class Prints:
    """The fonts of a document by address, each asked once."""

    def __init__(self) -> None:
        self._known: dict[int, Print] = {}

    def of(self, textpage: Any, start: int, text: str, size: float) -> Print:
        """Return the print of a run of characters.

        Args:
            textpage: of pdfium.
            start: index of its first character.
            text: the run.
            size: in points.
        """
        handle = raw.FPDFText_GetTextObject(textpage, start)
        font = raw.FPDFTextObj_GetFont(handle) if handle else None
        if not font:
            return Print()
        key = ctypes.addressof(font.contents)
        if (found := self._known.get(key)) is None:
            found = self._known[key] = _named(font)
        if found.nameless and found.measured < _MAX_MEASURED and size > 0:
            _measure(found, textpage, start, text, size)
        return found


def _named(font: Any) -> Print:
    length = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(1, length))
    raw.FPDFFont_GetBaseFontName(font, buffer, length)
    printed = buffer.value.decode("utf-8", "replace")
    name = printed.lower()
    flags = raw.FPDFFont_GetFlags(font)
    return Print(
        bold=any(word in name for word in _BOLD) or bool(flags & _FORCE_BOLD and flags != -1),
        italic=any(word in name for word in _ITALIC) or bool(flags & _ITALIC_FLAG and flags != -1),
        typewriter="courier" in name,
        nameless=_NAMELESS.fullmatch(printed) is not None,
    )


def _measure(found: Print, textpage: Any, start: int, text: str, size: float) -> None:
    box = raw.FS_RECTF()
    for at, letter in enumerate(text):
        if letter in _TIMES and raw.FPDFText_GetLooseCharBox(textpage, start + at, box):
            found.measure(letter, (box.right - box.left) / size)
            if found.measured >= _MAX_MEASURED:
                break
    found.judge()


def find_rules(page: Any) -> list[tuple[float, float, float]]:
    """Return the thin horizontal rules of a page as (left, right, height), in page coordinates."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    rules: list[tuple[float, float, float]] = []
    for i in range(min(raw.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        item = raw.FPDFPage_GetObject(page, i)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH:
            continue
        raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        if top.value - bottom.value < _RULE_HEIGHT and right.value - left.value >= _MIN_RULE:
            rules.append((left.value, right.value, (top.value + bottom.value) / 2))
    return rules


def is_underlined(
    rules: list[tuple[float, float, float]], left: float, right: float, baseline: float
) -> bool:
    """Tell whether a rule runs under a run of characters from end to end."""
    return any(
        0 <= baseline - height + 0.5 <= _RULE_REACH and x0 <= left + 2 and x1 >= right - 2
        for x0, x1, height in rules
    )
