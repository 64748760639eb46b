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

import contextlib
import ctypes
import re
from collections.abc import Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from corpus.errors import (
    DamagedFileError,
    EncryptedFileError,
    LimitExceededError,
)
from corpus.limits import Limits
from corpus.readers.page import Page
from corpus.readers.pdf.bidi import mirrored
from corpus.readers.pdf.lines import assemble_lines
from corpus.readers.pdf.runs import upright_chunks
from corpus.readers.pdf.style import Prints

__all__ = ["read_pages"]

_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u06ff\u0750-\u077f\ufb1d-\ufdff\ufe70-\ufefc]")
# An image is looked for only on pages with less text than this: counting objects is not free.
_SPARSE_CHARS = 400
_SCAN_SHARE = 0.5


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
        prints = Prints()
        pages = tuple(_read_page(document, i, prints, source, limits) for i in range(count))
        if _runs_right_to_left(pages):
            pages = tuple(
                _read_page(document, i, prints, source, limits, right_to_left=True)
                for i in range(count)
            )
        info = _information(document)
    finally:
        document.close()
    return pages, info


def _information(document: Any) -> dict[str, str]:
    """Return the document information, without what is no text (half a character, no UTF-16)."""
    info = {}
    for key in document.METADATA_KEYS:
        with contextlib.suppress(UnicodeDecodeError):
            if value := document.get_metadata_value(key):
                info[key] = value
    return info


def _open(data: bytes, source: str) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise EncryptedFileError(
                source, "needs a password", "save a copy without one"
            ) from error
        if getattr(error, "err_code", None) == raw.FPDF_ERR_SECURITY:
            raise EncryptedFileError(
                source,
                "locked by a scheme that only its maker's program opens",
                "save a copy without it",
            ) from error
        raise DamagedFileError(
            source, f"not a readable PDF ({error})", "obtain the file again"
        ) from error


def _read_page(
    document: Any,
    index: int,
    prints: Prints,
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
        textpage = page.get_textpage()
        count = textpage.count_chars()
        if count > limits.max_page_chars:
            raise LimitExceededError(
                source,
                f"{count} characters on page {index + 1}, more than {limits.max_page_chars}",
                "the file is not an ordinary document",
            )
        chunks, turned = upright_chunks(page, textpage, count, prints)
        width, height = page.get_size()
        image_size = width * height
        if turned % 2:
            width, height = height, width
        if right_to_left:
            chunks = [mirrored(chunk, width) for chunk in chunks]
        lines = assemble_lines(chunks, index + 1, right_to_left=right_to_left)
        letters = sum(len(line.text) for line in lines)
        image = letters < _SPARSE_CHARS and _is_scan(page, image_size)
        textpage.close()
    finally:
        page.close()
    return Page(
        number=index + 1,
        width=width,
        height=height,
        lines=lines,
        has_image=image,
        turned=turned,
        mirrored=right_to_left,
    )


def _runs_right_to_left(pages: Sequence[Page]) -> bool:
    text = "".join(line.text for page in pages[:5] for line in page.lines)
    return len(_RIGHT_TO_LEFT.findall(text)) * 3 > sum(map(str.isalpha, text)) > 0


def _is_scan(page: Any, area: float) -> bool:
    """Tell whether one image covers most of the page."""
    area = max(1.0, area)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for i in range(min(raw.FPDFPage_CountObjects(page), 500)):
        item = raw.FPDFPage_GetObject(page, i)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_IMAGE:
            continue
        raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        if (right.value - left.value) * (top.value - bottom.value) > _SCAN_SHARE * area:
            return True
    return False
