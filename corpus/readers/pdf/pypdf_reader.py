"""Read lines with position from PDFs with pypdf: the second reader.

Two things make it worth its 15 × slower text: it opens files that pdfium refuses, and it stops at
its own limits where pdfium takes gigabytes or aborts the process. It gives no right edges, and the
places of right-to-left text are of no use, so pdfium reads Arabic too.
"""

from __future__ import annotations

import io
import logging
import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pypdf
import pypdf.errors

from corpus.errors import DamagedFileError, EncryptedFileError, LimitExceededError
from corpus.limits import Limits
from corpus.readers.page import Page
from corpus.readers.pdf.chunks import Chunk
from corpus.readers.pdf.lines import assemble_lines
from corpus.readers.pdf.placement import Placement, reading_turn

__all__ = ["read_pages"]

# pypdf reports every repaired cross-reference; what matters is reported as an error or a warning.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

# Average advance of a letter in units of the font size: pypdf gives no right edge.
_LETTER_WIDTH = 0.5


@dataclass(frozen=True, slots=True)
class _Run:
    """What pypdf hands over at once: text, place in page coordinates, print, quarters turned."""

    text: str
    x: float
    y: float
    size: float
    font: str
    tilt: int | None


def read_pages(data: bytes, source: str, limits: Limits) -> tuple[tuple[Page, ...], dict[str, str]]:
    """Read every page of a PDF; see `corpus.readers.pdf.pdfium.read_pages`.

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
    turns = (int(page.rotation) // 90) % 4
    edges = (float(box.left), float(box.bottom), float(box.right), float(box.top))
    shown = Placement(*edges, turns)
    runs: list[_Run] = []
    letters: Counter[int] = Counter()
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
        tilt = shown.tilt(tm[0] * cm[0] + tm[1] * cm[2], tm[0] * cm[1] + tm[1] * cm[3])
        if tilt is not None:
            letters[tilt] += len(text.strip())
        name = str((font or {}).get("/BaseFont", "")).lower()
        runs.append(_Run(text, x, y, abs(size * scale), name, tilt))

    page.extract_text(visitor_text=visit)
    turned = reading_turn(letters)
    place = Placement(*edges, turns, turned)
    upright = (run for run in runs if run.tilt == turned or not run.text.strip())
    lines = assemble_lines((chunk for run in upright for chunk in _chunks(run, place)), number)
    width, height = float(box.width), float(box.height)
    if (turns + turned) % 2:
        width, height = height, width
    return Page(number, width, height, lines, turned=turned)


def _chunks(run: _Run, place: Placement) -> list[Chunk]:
    bold = any(word in run.font for word in ("bold", "black", "heavy", "demi"))
    italic = any(word in run.font for word in ("italic", "oblique"))
    x, y = place(run.x, run.y)
    found: list[Chunk] = []
    for piece in run.text.split("\n"):
        if piece.strip() and run.size > 0:
            width = _LETTER_WIDTH * run.size * len(piece)
            found.append(Chunk(piece, x, x + width, y, run.size, bold, italic))
        else:
            found.append(Chunk(" ", 0.0, 0.0, 0.0, 0.0))
    return found


def _encrypted(source: str) -> EncryptedFileError:
    return EncryptedFileError(source, "needs a password", "save a copy without one")
