"""Draw a page of a PDF, so that its words can be recognised in the picture.

200 dots an inch are enough for the print of UN documents: tesseract gives the same words at 300 and
takes twice as long. The picture has a bounded number of dots, however large the page says it is.
"""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from types import TracebackType

import pypdfium2
import pypdfium2.raw as raw

__all__ = ["PageImage", "PageImages"]

_DPI = 200.0
_POINTS_PER_INCH = 72.0
# An A3 page at 200 dpi has 7.7 million dots; tesseract needs some ten bytes for each.
_MAX_DOTS = 20_000_000
_MIN_SIDE = 32
_GLANCE_DPI = 36.0
# Paper is light; what is darker than this is ink.
_INK_BELOW = 160
_MAX_OBJECTS = 500


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page drawn in grey.

    Attributes:
        data: a "P5" portable grey map, header included.
        width: in dots.
        height: in dots.
        dpi: dots an inch.
    """

    data: bytes
    width: int
    height: int
    dpi: float


class PageImages:
    """Draws the pages of one PDF. Use as a context manager.

    Args:
        data: the file, which pdfium must have opened before.
    """

    def __init__(self, data: bytes) -> None:
        self._document = pypdfium2.PdfDocument(data)

    def __enter__(self) -> PageImages:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._document.close()

    def draw(self, number: int, turns: int = 0, slope: float = 0.0) -> PageImage | None:
        """Draw a page, turned clockwise by quarter turns; None where it cannot be.

        Args:
            number: physical page, from 1.
            turns: 0 to 3.
            slope: of its lines, downwards to the right, to set level; only without turns.
        """
        try:
            page = self._document[number - 1]
        except pypdfium2.PdfiumError:
            return None
        try:
            width, height = page.get_size()
            area = max(1.0, width * height) / _POINTS_PER_INCH**2
            dpi = min(_DPI, math.sqrt(_MAX_DOTS / area))
            if min(width, height) * dpi / _POINTS_PER_INCH < _MIN_SIDE:
                return None
            return _levelled(page, dpi, slope) if slope else _drawn(page, dpi, turns)
        finally:
            page.close()

    def image_share(self, number: int) -> float:
        """Return the share of a page that its largest image covers, 0.0 to 1.0."""
        page = self._document[number - 1]
        try:
            width, height = page.get_size()
            sides = [ctypes.c_float() for _ in range(4)]
            largest = 0.0
            for i in range(min(raw.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
                item = raw.FPDFPage_GetObject(page, i)
                if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_IMAGE:
                    raw.FPDFPageObj_GetBounds(item, *sides)
                    left, bottom, right, top = (side.value for side in sides)
                    largest = max(largest, (right - left) * (top - bottom))
            return min(1.0, largest / float(max(1.0, width * height)))
        finally:
            page.close()

    def is_blank(self, number: int) -> bool:
        """Tell whether a page shows nothing at all, at a glance."""
        page = self._document[number - 1]
        try:
            width, height = page.get_size()
            dpi = min(_GLANCE_DPI, _GLANCE_DPI * 1000 / max(1.0, width, height))
            drawn = _drawn(page, dpi, 0)
        finally:
            page.close()
        # The header is a few dark bytes at most; the dots decide.
        return not any(level < _INK_BELOW for level in drawn.data[-drawn.width * drawn.height :])


def _drawn(page: pypdfium2.PdfPage, dpi: float, turns: int) -> PageImage:
    bitmap = page.render(
        scale=dpi / _POINTS_PER_INCH, rotation=90 * turns, grayscale=True, may_draw_forms=False
    )
    return _grey_map(bitmap, dpi)


def _levelled(page: pypdfium2.PdfPage, dpi: float, slope: float) -> PageImage:
    """Draw a page turned about its middle by the angle at which its lines slope."""
    scale = dpi / _POINTS_PER_INCH
    width, height = (math.ceil(side * scale) for side in page.get_size())
    angle = math.atan(slope)
    cos, sin = math.cos(angle), math.sin(angle)
    x = width / 2 * (1 - cos) - height / 2 * sin
    y = height / 2 * (1 - cos) + width / 2 * sin
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_Gray)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    matrix = raw.FS_MATRIX(scale * cos, -scale * sin, scale * sin, scale * cos, x, y)
    clip = raw.FS_RECTF(0, 0, width, height)
    flags = raw.FPDF_ANNOT | raw.FPDF_GRAYSCALE
    raw.FPDF_RenderPageBitmapWithMatrix(bitmap, page, matrix, clip, flags)
    return _grey_map(bitmap, dpi)


def _grey_map(bitmap: pypdfium2.PdfBitmap, dpi: float) -> PageImage:
    try:
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        dots = memoryview(bitmap.buffer).cast("B")
        if stride == width:
            rows = bytes(dots[: width * height])
        else:
            rows = b"".join(bytes(dots[y * stride : y * stride + width]) for y in range(height))
    finally:
        bitmap.close()
    return PageImage(b"P5 %d %d 255\n" % (width, height) + rows, width, height, dpi)
