"""Draw one page of a PDF as a picture for people. Run in a worker: see `corpus.sandbox.single`.

A PNG of the standard library's making: pages of print are grey, and in sixteen greys a page of
1,200 dots takes 0.1 MB and 30 ms, a quarter of what WebP takes.
"""

from __future__ import annotations

import math
import struct
import zlib

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from corpus.errors import DamagedFileError, OriginalError
from corpus.limits import Limits
from corpus.page_images import MAX_WIDTH, MIN_WIDTH, PageAsked, PageDrawn, original_bytes

__all__ = ["draw_page"]

_MAX_DOTS = 8_000_000
"""Of a picture: a page of A4 at the greatest width. A page may say it is a kilometre long."""

_MAX_SIDE = 8_000
"""Dots: of longer pictures browsers show nothing."""

_COLOUR_FROM = 12
"""How far the three colours of a dot lie apart, of 255, before it is more than a warm grey."""

_GREYS = 16
_FASTER = 4
Dots = NDArray[np.uint8]


def draw_page(asked: PageAsked, limits: Limits) -> PageDrawn:
    """Draw a page of a file whose bytes are those that were indexed.

    Turned, and cut to its crop box, as the file says it is shown: boxes are measured on it so.

    Raises:
        OriginalError: the file is gone or has changed, or has no such page.
        DamagedFileError: pdfium cannot open the file or the page.
    """
    name = asked.path.name
    data = original_bytes(asked.path, asked.sha256, limits.max_file_bytes)
    header = data.find(b"%PDF-")
    try:
        document = pypdfium2.PdfDocument(data[max(0, header) :])
    except pypdfium2.PdfiumError as error:
        raise DamagedFileError(name, "its pages cannot be drawn", "open the original") from error
    try:
        if not 1 <= asked.number <= len(document):
            cause = f"has no page {asked.number}; it has {len(document)}"
            raise OriginalError(name, cause)
        return _drawn(document[asked.number - 1], asked.width)
    except pypdfium2.PdfiumError as error:
        cause = f"page {asked.number} cannot be drawn"
        raise DamagedFileError(name, cause, "open the original") from error
    finally:
        document.close()


def _drawn(page: pypdfium2.PdfPage, wanted: int) -> PageDrawn:
    page_width, page_height = (max(1.0, side) for side in page.get_size())
    width = min(max(wanted, MIN_WIDTH), MAX_WIDTH)
    scale = min(width / page_width, math.sqrt(_MAX_DOTS / (page_width * page_height)))
    scale = min(scale, _MAX_SIDE / max(page_width, page_height))
    bitmap = page.render(scale=scale, may_draw_forms=False)
    try:
        dots = _dots(bitmap)
        png = _png(dots)
    finally:
        bitmap.close()
    height, width = dots.shape[:2]
    return PageDrawn(png, width, height, page_width, page_height)


def _dots(bitmap: pypdfium2.PdfBitmap) -> Dots:
    """Return the dots of a bitmap: (height, width) grey, or (height, width, 3) red, green, blue."""
    height, width, channels = bitmap.height, bitmap.width, bitmap.n_channels
    rows = np.frombuffer(bitmap.buffer, np.uint8).reshape(height, bitmap.stride)
    dots = rows[:, : width * channels].reshape(height, width, channels)
    if channels == 1:
        return dots[:, :, 0].copy()
    blue, green, red = (dots[:, :, at] for at in range(3))
    apart = np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue)
    if int(apart.max()) < _COLOUR_FROM:
        return green.copy()
    return np.ascontiguousarray(dots[:, :, 2::-1])


def _png(dots: Dots) -> bytes:
    """Write dots as a PNG (W3C, Portable Network Graphics, third edition), without filters."""
    height, width = dots.shape[:2]
    grey = dots.ndim == 2
    depth, colour = (4, 0) if grey else (8, 2)
    if grey:
        levels = (dots.astype(np.uint16) * (_GREYS - 1) + 127) // 255
        even = np.zeros((height, width + width % 2), np.uint8)
        even[:, :width] = levels
        packed: Dots = np.asarray((even[:, ::2] << 4) | even[:, 1::2], np.uint8)
    else:
        packed = dots.reshape(height, width * 3)
    filtered = np.zeros((height, packed.shape[1] + 1), np.uint8)  # each row opens with its filter
    filtered[:, 1:] = packed
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    body = zlib.compress(filtered.tobytes(), _FASTER)
    chunks = ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, held) for kind, held in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(data, zlib.crc32(kind))
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)
