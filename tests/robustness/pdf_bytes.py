"""Write small PDFs byte by byte: ordinary ones for tests, and broken or hostile ones."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

A4 = (595, 842)


@dataclass(frozen=True)
class Text:
    """Words at a place: points from the left and from the top of the page."""

    x: float
    y: float
    words: str
    size: float = 10
    font: str = "F1"


def stream(data: bytes, extra: str = "") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra.encode(), data)


def assemble(objects: Sequence[bytes], trailer: str = "/Root 1 0 R", header: str = "1.7") -> bytes:
    """Number objects from 1 and write them with a right cross-reference table."""
    out = bytearray(f"%PDF-{header}\n%\xe2\xe3\xcf\xd3\n".encode("latin-1"))
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer\n<< /Size %d %s >>\n" % (len(objects) + 1, trailer.encode())
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


FONTS = (
    b"<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >> "
    b"/F2 << /Type /Font /Subtype /Type1 /BaseFont /Times-Bold /Encoding /WinAnsiEncoding >> "
    b"/F3 << /Type /Font /Subtype /Type1 /BaseFont /Times-Italic /Encoding /WinAnsiEncoding >> >>"
)


def content(texts: Sequence[Text], height: float = A4[1]) -> bytes:
    parts = []
    for text in texts:
        words = text.words.encode("cp1252")
        for special in (b"\\", b"(", b")"):
            words = words.replace(special, b"\\" + special)
        parts.append(
            b"BT /%s %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET"
            % (text.font.encode(), text.size, text.x, height - text.y, words)
        )
    return b"\n".join(parts)


def page_tree(
    contents: Sequence[bytes], resources: bytes = b"", more: Sequence[bytes] = ()
) -> bytes:
    """Write a file with one page for each content stream; `more` objects follow from the last."""
    count = len(contents)
    font_dict = b"/Font %s %s" % (FONTS, resources)
    kids = b" ".join(b"%d 0 R" % (3 + 2 * i) for i in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
    ]
    for i, data in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << %s >> "
            b"/Contents %d 0 R >>" % (*A4, font_dict, 4 + 2 * i)
        )
        objects.append(data)
    return assemble([*objects, *more])


def text_pdf(pages: Sequence[Sequence[Text]]) -> bytes:
    return page_tree([stream(content(texts)) for texts in pages])


def paragraphs_page(first: int, last: int, *, head: str = "A/XYZ/1/2") -> list[Text]:
    """Write numbered paragraphs of two lines in the Geneva layout, with running head and foot."""
    texts = [Text(57, 51, head, 9, "F2"), Text(57, 812, str(first), 9, "F2")]
    y = 90.0
    for number in range(first, last + 1):
        texts.append(
            Text(
                113, y, f"{number}. The people of the river valley asked the council for an answer,"
            )
        )
        texts.append(
            Text(113, y + 12, "and the council gave them one within the month it had named.")
        )
        y += 30
    return texts


def good_pdf(pages: int = 1) -> bytes:
    """Write an ordinary document: ten numbered paragraphs on each page."""
    return text_pdf([paragraphs_page(10 * i + 1, 10 * i + 10) for i in range(pages)])


def flate_bomb(mebibytes: int = 3072) -> bytes:
    """Write a page whose content unpacks to many mebibytes from a few (spaces, deflated twice)."""
    # A block flushed whole is the same bytes each time, so the bomb is built by repeating them.
    packer = zlib.compressobj(9)
    block = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    once = block + again * (mebibytes - 1)
    twice = zlib.compress(once, 9)
    return page_tree([stream(twice, "/Filter [/FlateDecode /FlateDecode]")])


def recursive_form() -> bytes:
    """Write a page that draws a form that draws itself."""
    body = content(paragraphs_page(1, 10)) + b"\n/X Do"
    form = b"q /X Do Q"
    return page_tree(
        [stream(body)],
        b"/XObject << /X 5 0 R >>",
        [
            stream(
                form,
                "/Type /XObject /Subtype /Form /BBox [0 0 600 800] "
                "/Resources << /XObject << /X 5 0 R >> >>",
            )
        ],
    )


def nested_arrays(depth: int = 100_000) -> bytes:
    return page_tree(
        [stream(content(paragraphs_page(1, 10)))],
        b"/Deep 5 0 R",
        [b"[" * depth + b"]" * depth],
    )


def cyclic_tree() -> bytes:
    """Write a page tree whose only branch is its own parent."""
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>",
        ]
    )


def many_pages(count: int = 200_000) -> bytes:
    """Write a tree that names one page many times."""
    kids = b"3 0 R " * count
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>",
        ]
    )


def many_operators(count: int = 400_000) -> bytes:
    """Write a page with more characters than any page of print."""
    body = b"BT /F1 1 Tf 1 0 0 1 50 400 Tm " + b"(a b) Tj " * count + b"ET"
    return page_tree([stream(zlib.compress(body), "/Filter /FlateDecode")])


def scan() -> bytes:
    """Write a page that is one grey image and no text."""
    image = stream(
        zlib.compress(b"\x80" * 10_000),
        "/Type /XObject /Subtype /Image /Width 100 /Height 100 /ColorSpace /DeviceGray "
        "/BitsPerComponent 8 /Filter /FlateDecode",
    )
    return page_tree([stream(b"q 595 0 0 842 0 0 cm /X Do Q")], b"/XObject << /X 5 0 R >>", [image])
