"""Read lines with position from PDFs with pypdf: the second reader.

Two things make it worth its 15 × slower text: it opens files that pdfium refuses, and it stops at
its own limits where pdfium takes gigabytes or aborts the process. It gives no right edges, and the
places of right-to-left text are of no use, so pdfium reads Arabic too.
"""

from __future__ import annotations

import io
import logging
import math
from typing import Any

import pypdf
import pypdf.errors

from corpus.errors import DamagedFileError, EncryptedFileError, LimitExceededError
from corpus.limits import Limits
from corpus.readers.chunks import Chunk
from corpus.readers.layout import assemble_lines
from corpus.readers.page import Page

__all__ = ["read_pages"]

# pypdf reports every repaired cross-reference; what matters is reported as an error or a warning.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

# Average advance of a letter in units of the font size: pypdf gives no right edge.
_LETTER_WIDTH = 0.5


def read_pages(data: bytes, source: str, limits: Limits) -> tuple[tuple[Page, ...], dict[str, str]]:
    """Read every page of a PDF; see `corpus.readers.pdfium.read_pages`.

    Raises:
        EncryptedFileError: a password is needed.
        DamagedFileError: pypdf cannot read it.
        LimitExceededError: more pages or characters than allowed, or a stream that unpacks to more
            than pypdf's limit (75 MB).
    """
    try:
        return _read(data, source, limits)
    except pypdf.errors.LimitReachedError as error:
        raise LimitExceededError(
            source, f"a part of it unpacks beyond all measure ({error})", "not an ordinary document"
        ) from error
    except pypdf.errors.FileNotDecryptedError as error:
        raise _encrypted(source) from error
    except RecursionError as error:
        raise LimitExceededError(
            source, "objects nested beyond all measure", "not an ordinary document"
        ) from error
    except (EncryptedFileError, LimitExceededError):
        raise
    except Exception as error:  # the one broad net, around a parser of foreign bytes
        raise DamagedFileError(
            source, f"not a readable PDF ({type(error).__name__}: {error})", "obtain the file again"
        ) from error


def _read(data: bytes, source: str, limits: Limits) -> tuple[tuple[Page, ...], dict[str, str]]:
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise _encrypted(source)
    count = reader.get_num_pages()
    if count > limits.max_pages:
        raise LimitExceededError(
            source, f"{count} pages, more than {limits.max_pages}", "split the file"
        )
    pages = tuple(
        _read_page(page, number, source, limits) for number, page in enumerate(reader.pages, 1)
    )
    info = {key.lstrip("/"): str(value) for key, value in (reader.metadata or {}).items() if value}
    return pages, info


def _read_page(page: Any, number: int, source: str, limits: Limits) -> Page:
    box = page.cropbox
    left, top = float(box.left), float(box.top)
    chunks: list[Chunk] = []
    seen = 0

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        nonlocal seen
        seen += len(text)
        if seen > limits.max_page_chars:
            raise LimitExceededError(
                source,
                f"more than {limits.max_page_chars} characters on page {number}",
                "not an ordinary document",
            )
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3])
        name = str((font or {}).get("/BaseFont", "")).lower()
        chunks.extend(_chunks(text, x - left, top - y, abs(size * scale), name))

    page.extract_text(visitor_text=visit)
    lines = assemble_lines(chunks, number)
    return Page(number, float(box.width), float(box.height), lines)


def _chunks(text: str, x: float, y: float, size: float, font: str) -> list[Chunk]:
    bold = any(word in font for word in ("bold", "black", "heavy", "demi"))
    italic = any(word in font for word in ("italic", "oblique"))
    found: list[Chunk] = []
    for piece in text.split("\n"):
        if piece.strip() and size > 0:
            width = _LETTER_WIDTH * size * len(piece)
            found.append(Chunk(piece, x, x + width, y, size, bold, italic))
        else:
            found.append(Chunk(" ", 0.0, 0.0, 0.0, 0.0))
    return found


def _encrypted(source: str) -> EncryptedFileError:
    return EncryptedFileError(source, "needs a password", "save a copy without one")
