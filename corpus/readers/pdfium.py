"""Read lines with position from PDFs with pdfium, the primary reader.

pdfium gives each character with its text object, and characters of one text object share font and
baseline. So only two calls a character are needed (character and object) and the rest is asked once
an object: 3 × faster than asking each character for its box.

Known traps, met on real files: `FPDFText_GetFontSize` is 1.0 in Distiller files and must be scaled
by the text matrix; a hyphen at a line end comes as U+0002 or U+FFFE; the tight character box of "1"
is narrower than its advance, so "11" falls apart, and the loose box is used; note marks are glued
to the word before them and only size and baseline tell them from it.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from corpus.errors import (
    DamagedFileError,
    EncryptedFileError,
    LimitExceededError,
)
from corpus.limits import Limits
from corpus.readers.bidi import mirrored
from corpus.readers.chunks import Chunk
from corpus.readers.layout import assemble_lines
from corpus.readers.page import Page
from corpus.readers.placement import Placement

__all__ = ["read_pages"]

_CLEANED = {0x02: "-", 0xFFFE: "-", 0x00: None, 0xFEFF: None, 0x200B: None, 0xFFFF: None}
_LINE_ENDS = {10, 13}
_SWAPPED = re.compile("[اأإآ]ل")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u06ff\u0750-\u077f\ufb1d-\ufdff\ufe70-\ufefc]")
_FORCE_BOLD = 1 << 18
_ITALIC = 1 << 6
# An image is looked for only on pages with less text than this: counting objects is not free.
_SPARSE_CHARS = 400
_SCAN_SHARE = 0.5
# Text turned by more than this is a margin stamp or a chart label, not a line of the document.
_MAX_TILT_RAD = 0.1


def read_pages(data: bytes, source: str, limits: Limits) -> tuple[tuple[Page, ...], dict[str, str]]:
    """Read every page of a PDF.

    Args:
        data: the file.
        source: its name, for messages.
        limits: bounds on pages and characters; time and memory are bounded by the worker process.

    Returns:
        Pages in order, and the document information (`Title`, `CreationDate`, …).

    Raises:
        EncryptedFileError: a password is needed.
        DamagedFileError: pdfium cannot open it.
        LimitExceededError: more pages or characters than allowed.
    """
    document = _open(data, source)
    try:
        count = len(document)
        if count > limits.max_pages:
            raise LimitExceededError(
                source, f"{count} pages, more than {limits.max_pages}", "split the file"
            )
        if count == 0:
            raise DamagedFileError(source, "the PDF has no pages", "obtain the file again")
        fonts: dict[int, tuple[bool, bool]] = {}
        pages = tuple(_read_page(document, i, fonts, source, limits) for i in range(count))
        if _runs_right_to_left(pages):
            pages = tuple(
                _read_page(document, i, fonts, source, limits, right_to_left=True)
                for i in range(count)
            )
        info = {key: value for key, value in document.get_metadata_dict().items() if value}
    finally:
        document.close()
    return pages, info


def _open(data: bytes, source: str) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise EncryptedFileError(
                source, "needs a password", "save a copy without one"
            ) from error
        raise DamagedFileError(
            source, f"not a readable PDF ({error})", "obtain the file again"
        ) from error


def _read_page(
    document: Any,
    index: int,
    fonts: dict[int, tuple[bool, bool]],
    source: str,
    limits: Limits,
    *,
    right_to_left: bool = False,
) -> Page:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        # One damaged page must not cost the rest of the document.
        return Page(number=index + 1, width=0.0, height=0.0, lines=())
    try:
        width, height = page.get_size()
        textpage = page.get_textpage()
        count = textpage.count_chars()
        if count > limits.max_page_chars:
            raise LimitExceededError(
                source,
                f"{count} characters on page {index + 1}, more than {limits.max_page_chars}",
                "the file is not an ordinary document",
            )
        chunks = list(_chunks(page, textpage, count, fonts))
        if right_to_left:
            chunks = [mirrored(chunk, width) for chunk in chunks]
        lines = assemble_lines(chunks, index + 1, right_to_left=right_to_left)
        letters = sum(len(line.text) for line in lines)
        image = letters < _SPARSE_CHARS and _is_scan(page, width, height)
        textpage.close()
    finally:
        page.close()
    return Page(number=index + 1, width=width, height=height, lines=lines, has_image=image)


def _chunks(
    page: Any, textpage: Any, count: int, fonts: dict[int, tuple[bool, bool]]
) -> Iterator[Chunk]:
    """Yield runs of characters of one text object, in the order of the content stream."""
    place = _placement(page)
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
        if (chunk := _chunk(textpage, start, end, text, fonts, place)) is not None:
            yield chunk
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


def _chunk(
    textpage: Any,
    start: int,
    end: int,
    text: str,
    fonts: dict[int, tuple[bool, bool]],
    place: Placement,
) -> Chunk | None:
    if not text.strip():
        return Chunk(" ", 0.0, 0.0, 0.0, 0.0)
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
    tilt = math.atan2(matrix.b, matrix.a) - place.rotation
    if abs(math.remainder(tilt, 2 * math.pi)) > _MAX_TILT_RAD:
        return None
    size = raw.FPDFText_GetFontSize(textpage, first) * math.hypot(matrix.c, matrix.d)
    bold, italic = _font_style(textpage, first, fonts)
    x0, baseline = place(x.value, y.value)
    x1 = max(place(box.left, box.bottom)[0], place(box.right, box.top)[0])
    return Chunk(text, x0, max(x0, x1), baseline, size, bold, italic)


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


def _runs_right_to_left(pages: Sequence[Page]) -> bool:
    text = "".join(line.text for page in pages[:5] for line in page.lines)
    return len(_RIGHT_TO_LEFT.findall(text)) * 3 > sum(map(str.isalpha, text)) > 0


def _font_style(
    textpage: Any, index: int, fonts: dict[int, tuple[bool, bool]]
) -> tuple[bool, bool]:
    handle = raw.FPDFText_GetTextObject(textpage, index)
    font = raw.FPDFTextObj_GetFont(handle) if handle else None
    if not font:
        return False, False
    key = ctypes.addressof(font.contents)
    if key not in fonts:
        length = raw.FPDFFont_GetBaseFontName(font, None, 0)
        buffer = ctypes.create_string_buffer(max(1, length))
        raw.FPDFFont_GetBaseFontName(font, buffer, length)
        name = buffer.value.decode("utf-8", "replace").lower()
        flags = raw.FPDFFont_GetFlags(font)
        bold = any(word in name for word in ("bold", "black", "heavy", "demi"))
        italic = any(word in name for word in ("italic", "oblique", "-it"))
        fonts[key] = (
            bold or bool(flags & _FORCE_BOLD and flags != -1),
            italic or bool(flags & _ITALIC and flags != -1),
        )
    return fonts[key]


def _placement(page: Any) -> Placement:
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, box)
    turns = max(0, raw.FPDFPage_GetRotation(page)) % 4
    return Placement(box.left, box.bottom, box.right, box.top, turns)


def _is_scan(page: Any, width: float, height: float) -> bool:
    """Tell whether one image covers most of the page."""
    area = max(1.0, width * height)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for i in range(min(raw.FPDFPage_CountObjects(page), 500)):
        item = raw.FPDFPage_GetObject(page, i)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_IMAGE:
            continue
        raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        if (right.value - left.value) * (top.value - bottom.value) > _SCAN_SHARE * area:
            return True
    return False
