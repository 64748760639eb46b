"""Read a PDF: choose the reader, say cleanly why a file cannot be read.

pdfium reads first: four times as fast, and right on the Distiller files of the first two UPR
cycles, whose words pypdf splits. pypdf reads what pdfium refuses. Neither is safe on
hostile files by itself (pdfium aborts the process on a form that draws itself), so run this in a
worker: `corpus.sandbox.pool.ParsingPool`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import (
    DamagedFileError,
    EmptyFileError,
    LimitExceededError,
    NoTextError,
    WrongTypeError,
)
from corpus.limits import Limits
from corpus.readers.ocr.scans import Scanned, lacks_text, letters_of, page_list, read_scans
from corpus.readers.page import Page
from corpus.readers.pdf import pdfium, pypdf_reader
from corpus.readers.placeholders import refuse_placeholder

__all__ = ["READER_VARIABLE", "PdfReading", "read_pdf"]

# Set to "pypdf" by a worker that replaces one in which pdfium died.
READER_VARIABLE = "PRECEDENT_PDF_READER"

# Readers accept junk before the header (mail headers, a byte-order mark) up to here.
_HEADER_WITHIN = 64 * 1024
_OTHER_TYPES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive (DOCX?)"),
    (b"\xd0\xcf\x11\xe0", "an old Word document (.doc)"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG", "a PNG image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript file"),
    (b"\xffWPC", "a WordPerfect document"),
)
_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|\?xml)", re.IGNORECASE)
_CATALOGUE = re.compile(rb"(\d{1,7})\s+(\d{1,5})\s+obj\s*<<[^<>]{0,200}?/Type\s*/Catalog")
# A document with fewer letters in all has no text to find.
_NO_LETTERS = 20


@dataclass(frozen=True, slots=True)
class PdfReading:
    """What was read from a PDF.

    Attributes:
        pages: every physical page, in order.
        page_count: number of pages.
        reader: "pdfium" or "pypdf".
        warnings: what the user should know (pages without text, a second reader used).
        info: the document information dictionary (`Title`, `CreationDate`, …), as stored.
    """

    pages: tuple[Page, ...]
    page_count: int
    reader: str
    warnings: tuple[str, ...]
    info: dict[str, str]


def read_pdf(
    data: bytes, source: str, limits: Limits | None = None, *, again: bool = False
) -> PdfReading:
    """Read a PDF into lines with position; pages that are pictures by text recognition.

    Args:
        data: the file's bytes.
        source: its name, for messages.
        limits: bounds on size, pages and characters.
        again: do not trust its text layer, and recognise the words of every page.

    Raises:
        EmptyFileError: no bytes.
        WrongTypeError: another type under a PDF's name.
        EncryptedFileError: a password is needed.
        DamagedFileError: neither reader can open it.
        LimitExceededError: larger than allowed.
        NoTextError: only images of pages, and no text recognition or no words in them.
        NotADocumentError: a page that stands in for a document; see `corpus.readers.placeholders`.
    """
    limits = limits or Limits()
    data = _checked(data, source, limits)
    warnings: list[str] = []
    pages, info, reader = _pages(data, source, limits, warnings)
    # What kills pdfium when it reads kills it when it draws.
    drawn = reader == "pdfium"
    scanned = read_scans(data, pages, limits, again=again) if drawn else Scanned(pages)
    pages = scanned.pages
    _check_text(pages, source, scanned.remedy)
    lost = [page.number for page in pages if not page.width]
    if lost:
        warnings.append(f"{page_list(lost)} could not be read")
    warnings.extend(scanned.warnings)
    without = [page.number for page in pages if page.width and lacks_text(page)]
    if without and not scanned.warnings:
        warnings.append(f"no text on {page_list(without)} (image or blank)")
    return PdfReading(pages, len(pages), reader, tuple(warnings), info)


def _checked(data: bytes, source: str, limits: Limits) -> bytes:
    """Return the bytes from the PDF header on, or raise for what is no PDF."""
    if not data:
        raise EmptyFileError(source, "the file is empty (0 bytes)", "obtain it again")
    if len(data) > limits.max_file_bytes:
        raise LimitExceededError(
            source,
            f"{len(data) / 2**20:.0f} MiB, more than {limits.max_file_bytes / 2**20:.0f} MiB",
            "split the file",
        )
    start = data[:_HEADER_WITHIN].find(b"%PDF-")
    if start >= 0:
        if not data[start + 8 :].strip():
            raise DamagedFileError(
                source, "a PDF header and nothing after it", "obtain the file again"
            )
        return data[start:]
    raise WrongTypeError(source, f"not a PDF but {_type_name(data)}", "give it its right name")


def _type_name(data: bytes) -> str:
    for magic, name in _OTHER_TYPES:
        if data.startswith(magic):
            return name
    if _HTML.match(data[:1024]):
        return "a web page (HTML)"
    if not data.strip(b"\x00 \t\r\n"):
        return "blank"
    return "data of an unknown type"


def _pages(
    data: bytes, source: str, limits: Limits, warnings: list[str]
) -> tuple[tuple[Page, ...], dict[str, str], str]:
    if os.environ.get(READER_VARIABLE) == "pypdf":
        warnings.append("read with pypdf: pdfium could not survive this file")
        return (*pypdf_reader.read_pages(data, source, limits), "pypdf")
    try:
        pages, info = pdfium.read_pages(data, source, limits)
    except DamagedFileError as refused:
        # pypdf may read what pdfium refuses; where it cannot either, its reason is the fuller one.
        return _pages_of_damaged(data, source, limits, warnings, refused)
    return pages, info, "pdfium"


def _pages_of_damaged(
    data: bytes, source: str, limits: Limits, warnings: list[str], refused: DamagedFileError
) -> tuple[tuple[Page, ...], dict[str, str], str]:
    """Read what pdfium refuses: with pypdf, else what is left of a file that was cut short."""
    try:
        pages, info = pypdf_reader.read_pages(data, source, limits)
    except DamagedFileError:
        mended = _mended(data)
        if mended is None:
            raise
        pages, info = pdfium.read_pages(mended, source, limits)
        warnings.append("the file is cut short: what stands before the cut was read")
        return pages, info, "pdfium"
    warnings.append(f"read with pypdf: {refused.cause}")
    return pages, info, "pypdf"


def _mended(data: bytes) -> bytes | None:
    """Give a file without its end a trailer that points to its catalogue, where that is there."""
    catalogues = list(_CATALOGUE.finditer(data))
    if not catalogues:
        return None
    body = data + b"\nendstream\nendobj\n"
    number, generation = catalogues[-1].groups()
    return body + (
        b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root %s %s R >>\nstartxref\n%d\n%%%%EOF\n"
        % (number, generation, len(body))
    )


def _check_text(pages: Sequence[Page], source: str, remedy: str) -> None:
    if not any(page.width for page in pages):
        raise DamagedFileError(source, "none of its pages can be read", "obtain the file again")
    if sum(map(letters_of, pages)) < _NO_LETTERS or all(
        page.has_image and lacks_text(page) for page in pages
    ):
        raise NoTextError(
            source,
            f"{len(pages)} {'page' if len(pages) == 1 else 'pages'} without text"
            + (", a scan" if any(page.has_image for page in pages) else ""),
            remedy or "run text recognition (OCR) on it first",
        )
    if len(pages) == 1:
        refuse_placeholder(" ".join(line.text for line in pages[0].lines), source)
