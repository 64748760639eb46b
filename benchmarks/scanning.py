"""Make a scan of a PDF: the same pages as pictures, without a letter in them."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence

import pypdfium2

__all__ = ["as_scan"]


def as_scan(
    data: bytes,
    pages: Sequence[int] | None = None,
    *,
    dpi: float = 200.0,
    turns: int = 0,
    angle_deg: float = 0.0,
) -> bytes:
    """Return a PDF whose pages are pictures of those of another.

    Args:
        data: the PDF.
        pages: which, from 1; all where None.
        dpi: dots an inch of the pictures.
        turns: quarter turns clockwise by which each sheet lay on the glass.
        angle_deg: how much it lay askew, anticlockwise.
    """
    objects: list[bytes] = [b"", b""]
    kids: list[int] = []
    document = pypdfium2.PdfDocument(data)
    for number in pages or range(1, len(document) + 1):
        page = document[number - 1]
        bitmap = page.render(scale=dpi / 72, rotation=90 * turns, grayscale=True)
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        rows = bytes(bitmap.buffer)
        dots = b"".join(rows[y * stride : y * stride + width] for y in range(height))
        kids.append(_add_page(objects, dots, (width, height), dpi, math.radians(angle_deg)))
    document.close()
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), listed)
    return _assembled(objects)


def _add_page(
    objects: list[bytes], dots: bytes, size: tuple[int, int], dpi: float, angle: float
) -> int:
    """Append a picture, its drawing and its page; return the number of the page."""
    width, height = size[0] * 72 / dpi, size[1] * 72 / dpi
    picture = zlib.compress(dots)
    objects.append(
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray"
        b" /BitsPerComponent 8 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
        % (*size, len(picture), picture)
    )
    image = len(objects)
    cos, sin = math.cos(angle), math.sin(angle)
    # Turn the picture about the middle of the page.
    x = width / 2 * (1 - cos) + height / 2 * sin
    y = height / 2 * (1 - cos) - width / 2 * sin
    drawing = (
        f"q {cos:.6f} {sin:.6f} {-sin:.6f} {cos:.6f} {x:.3f} {y:.3f} cm "
        f"{width:.3f} 0 0 {height:.3f} 0 0 cm /P Do Q"
    ).encode()
    objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing))
    objects.append(
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.3f %.3f] /Contents %d 0 R"
        b" /Resources << /XObject << /P %d 0 R >> >> >>" % (width, height, len(objects), image)
    )
    return len(objects)


def _assembled(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)
