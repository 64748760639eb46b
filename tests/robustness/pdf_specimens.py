"""Hostile and broken PDFs beyond those of `pdf_bytes`: bombs, absurd numbers, odd structures."""

from __future__ import annotations

import base64
import io
import zlib

import pypdf

from tests.robustness.pdf_bytes import (
    FONTS,
    Text,
    assemble,
    content,
    good_pdf,
    page_tree,
    paragraphs_page,
    stream,
)

BODY = content(paragraphs_page(1, 10))
GIBIBYTE = 2**30


def encrypted(user: str, owner: str, algorithm: str = "RC4-128") -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(good_pdf()))
    writer.encrypt(user, owner, algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def unknown_security_handler() -> bytes:
    """Write a file locked by a scheme that only its maker's program opens."""
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font %s >> "
            b"/Contents 4 0 R >>" % FONTS,
            stream(bytes(b ^ 0x5A for b in BODY)),
            b"<< /Filter /Acme.Locker /V 7 /R 9 /Length 256 >>",
        ],
        "/Root 1 0 R /Encrypt 5 0 R /ID [<00><00>]",
    )


def bad_startxref() -> bytes:
    data = good_pdf()
    return data[: data.rindex(b"startxref")] + b"startxref\n99999999\n%%EOF\n"


def truncated() -> bytes:
    data = good_pdf(3)
    return data[: len(data) * 2 // 3]


# Bombs -----------------------------------------------------------------------------------------


def deflated(size: int, fill: bytes = b" ", times: int = 1) -> bytes:
    """Deflate a run of one byte, built from blocks so that making it costs nothing."""
    packer = zlib.compressobj(9)
    block = packer.compress(fill * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(fill * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    data = block + again * (size // 2**20 - 1) + packer.flush(zlib.Z_FINISH)
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def content_bomb(gibibytes: int, times: int = 2) -> bytes:
    filters = "/FlateDecode " * times
    return page_tree([stream(deflated(gibibytes * GIBIBYTE, times=times), f"/Filter [{filters}]")])


def hex_bomb() -> bytes:
    """Write a gibibyte of zeros that passes through hexadecimal and 85 after deflation."""
    packed = base64.a85encode(deflated(GIBIBYTE, b"0"), adobe=False) + b"~>"
    return page_tree([stream(packed, "/Filter [/ASCII85Decode /FlateDecode /ASCIIHexDecode]")])


def run_length_bomb() -> bytes:
    """Write runs of 128 spaces, deflated: every two bytes inside become 128."""
    packer = zlib.compressobj(9)
    block = packer.compress(b"\x81 " * 2**19) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b"\x81 " * 2**19) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = block + again * 31 + packer.flush(zlib.Z_FINISH)
    return page_tree([stream(packed, "/Filter [/FlateDecode /RunLengthDecode]")])


def lzw(data_runs: int) -> bytes:
    """Write the LZW of one byte repeated: each code is one byte longer than the one before."""
    out, held, bits = bytearray(), 0, 0

    def put(code: int, width: int) -> None:
        nonlocal held, bits
        held, bits = (held << width) | code, bits + width
        while bits >= 8:
            bits -= 8
            out.append((held >> bits) & 0xFF)
        held &= (1 << bits) - 1

    for _ in range(data_runs):
        put(256, 9 if not out else 12)
        put(32, 9)
        code = 258
        while code < 4094:
            put(code, 9 if code < 511 else 10 if code < 1023 else 11 if code < 2047 else 12)
            code += 1
    put(257, 12)
    put(0, 8)
    return bytes(out)


def lzw_bomb() -> bytes:
    packed = zlib.compress(lzw(160), 9)
    return page_tree([stream(packed, "/Filter [/FlateDecode /LZWDecode]")])


def xref_stream_bomb() -> bytes:
    """Write a cross-reference stream that unpacks to a gibibyte of entries."""
    packed = deflated(GIBIBYTE, b"\x00")
    body = bytearray(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n")
    body += b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    start = len(body)
    body += b"3 0 obj\n" + stream(
        packed, "/Type /XRef /W [1 8 2] /Size 90000000 /Root 1 0 R /Filter /FlateDecode"
    )
    return bytes(body + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)


def object_stream_bomb() -> bytes:
    """Write the page tree inside an object stream that unpacks to a gibibyte."""
    packed = deflated(GIBIBYTE)
    body = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number, data in (
        (1, b"<< /Type /Catalog /Pages 2 0 R >>"),
        (3, stream(packed, "/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode")),
    ):
        offsets[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    start = len(body)
    rows = b"\x00\x00\x00\x00\xff"
    rows += b"\x01" + offsets[1].to_bytes(3) + b"\x00" + b"\x02" + (3).to_bytes(3) + b"\x00"
    rows += b"\x01" + offsets[3].to_bytes(3) + b"\x00" + b"\x01" + start.to_bytes(3) + b"\x00"
    body += b"4 0 obj\n" + stream(rows, "/Type /XRef /W [1 3 1] /Size 5 /Root 1 0 R")
    return bytes(body + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)


def mapped_text(cmap: bytes) -> bytes:
    """Write a page whose fonts take their letters from object 5, a table of codes."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Sample /FirstChar 0 /LastChar 0 "
    font += b"/Widths [500] /ToUnicode 5 0 R >>"
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 %s "
            b"/F2 %s >> >> /Contents 4 0 R >>" % (font, font),
            stream(BODY),
            cmap,
        ]
    )


def cmap_bomb() -> bytes:
    """Write a font whose table from codes to letters unpacks to a gibibyte."""
    return mapped_text(stream(deflated(GIBIBYTE, b"\n"), "/Filter /FlateDecode"))


def cmap_ranges() -> bytes:
    """Write a table that maps four thousand million codes in a hundred lines."""
    lines = b"".join(b"<00000000> <FFFFFFFF> <0041>\n" for _ in range(100))
    return mapped_text(
        stream(
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            b"1 begincodespacerange\n<00000000> <FFFFFFFF>\nendcodespacerange\n"
            b"100 beginbfrange\n%sendbfrange\nendcmap" % lines
        )
    )


def image_bomb() -> bytes:
    """Write a page with its text and an image of 60,000 by 60,000 dots (3.6 GB)."""
    image = stream(
        deflated(GIBIBYTE, b"\x00"),
        "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceGray "
        "/BitsPerComponent 8 /Filter /FlateDecode",
    )
    drawn = b"q 595 0 0 842 0 0 cm /X Do Q\n" + BODY
    return page_tree([stream(drawn)], b"/XObject << /X 5 0 R >>", [image])


def form_doubling(depth: int = 40) -> bytes:
    """Write forms that each draw the next one twice: 2 to the 40th power drawings."""
    forms = [
        stream(
            b"/X Do /X Do",
            "/Type /XObject /Subtype /Form /BBox [0 0 600 800] "
            f"/Resources << /XObject << /X {number + 1} 0 R >> >>",
        )
        for number in range(5, 5 + depth)
    ]
    last = stream(b"BT /F1 10 Tf (word ) Tj ET", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return page_tree([stream(BODY + b"\n/X Do")], b"/XObject << /X 5 0 R >>", [*forms, last])


def deep_tree(depth: int = 20_000) -> bytes:
    """Write a page under twenty thousand branches of one branch each."""
    nodes = [
        b"<< /Type /Pages /Kids [%d 0 R] /Count 1 %s >>"
        % (number + 1, b"/Parent %d 0 R" % (number - 1) if number > 2 else b"")
        for number in range(2, 2 + depth)
    ]
    page = (
        b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Resources << /Font %s >> "
        b"/Contents %d 0 R >>" % (1 + depth, FONTS, 3 + depth)
    )
    return assemble([b"<< /Type /Catalog /Pages 2 0 R >>", *nodes, page, stream(BODY)])


# Absurd numbers --------------------------------------------------------------------------------


def with_media_box(box: str) -> bytes:
    return good_pdf().replace(b"[0 0 595 842]", box.encode())


def absurd_coordinates() -> bytes:
    """Write text at places no page has, among text at ordinary ones."""
    places = (
        b"1e38 1e38", b"-1e38 0", b"99999999999999999999999999999999999999999999 1", b"nan inf",
        b"0.000000000000000000000000000000000000000000001 3", b"-2147483649 4294967296",
    )  # fmt: skip
    wild = b"\n".join(b"BT /F1 10 Tf 1 0 0 1 %s Tm (stray) Tj ET" % place for place in places)
    wild += b"\nBT /F1 1e30 Tf 1 0 0 1 5 5 Tm (huge) Tj ET BT /F1 -10 Tf 9 9 Td (minus) Tj ET"
    wild += b"\nq 0 0 0 0 0 0 cm BT /F1 10 Tf (flat) Tj ET Q"
    return page_tree([stream(BODY + b"\n" + wild)])


def invisible_text() -> bytes:
    """Write a page whose only words are drawn with mode 3, as a layer of recognised text is."""
    return page_tree([stream(b"3 Tr\n" + BODY)])


def private_use_glyphs() -> bytes:
    """Write a font that maps every letter to a code without meaning, as a broken one does."""
    lines = b"".join(b"<%02X> <%04X>\n" % (code, 0xE000 + code) for code in range(0x20, 0x7F))
    cmap = b"begincmap\n1 begincodespacerange <00> <FF> endcodespacerange\n95 beginbfchar\n"
    cmap += lines + b"endbfchar\nendcmap"
    return mapped_text(stream(cmap))


# Odd structures --------------------------------------------------------------------------------


def wrong_count(count: int) -> bytes:
    return good_pdf(2).replace(b"/Count 2", b"/Count %d" % count)


def many_updates(times: int = 60) -> bytes:
    """Write a file saved again and again, each time at its end, with the last words last."""
    data = bytearray(good_pdf())
    before = int(data.split(b"startxref\n")[-1].split()[0])
    for number in range(times):
        at = len(data)
        words = BODY.replace(b"river", b"river%d" % number) if number < times - 1 else BODY
        data += b"4 0 obj\n%s\nendobj\n" % stream(words)
        start = len(data)
        data += b"xref\n4 1\n%010d 00000 n \ntrailer\n<< /Size 5 /Root 1 0 R /Prev %d >>\n" % (
            at,
            before,
        )
        data += b"startxref\n%d\n%%%%EOF\n" % start
        before = start
    return bytes(data)


def cyclic_updates() -> bytes:
    """Write a cross-reference whose predecessor is itself."""
    data = good_pdf()
    start = int(data.split(b"startxref\n")[-1].split()[0])
    return data.replace(b"trailer\n<< ", b"trailer\n<< /Prev %d " % start)


def scripts_and_attachments() -> bytes:
    """Write a document that runs a script, opens an address and carries a program."""
    program = stream(b"\x7fELF" + b"\x00" * 500, "/Type /EmbeddedFile")
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R /OpenAction 5 0 R /AA << /WC 5 0 R >> "
            b"/Names << /EmbeddedFiles << /Names [(run.exe) 6 0 R] >> /JavaScript << /Names "
            b"[(a) 5 0 R] >> >> >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font %s >> "
            b"/Contents 4 0 R /Annots [8 0 R] >>" % FONTS,
            stream(BODY),
            b"<< /S /JavaScript /JS (while (true) { app.alert\\('hostile words'\\); }) >>",
            b"<< /Type /Filespec /F (run.exe) /EF << /F 7 0 R >> >>",
            program,
            b"<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A << /S /URI /URI "
            b"(https://tracker.invalid/) >> >>",
        ]
    )


def portfolio() -> bytes:
    """Write a collection: a cover page that asks for another program, documents attached."""
    cover = content([Text(100, 100, "For the best experience, open this PDF portfolio in a newer "
                     "version of the reading program. Get it now.")])  # fmt: skip
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R /Collection << /Type /Collection /View /D >> "
            b"/Names << /EmbeddedFiles << /Names [(a.pdf) 5 0 R] >> >> >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font %s >> "
            b"/Contents 4 0 R >>" % FONTS,
            stream(cover),
            b"<< /Type /Filespec /F (a.pdf) /EF << /F 6 0 R >> >>",
            stream(good_pdf(), "/Type /EmbeddedFile"),
        ]
    )


def xfa_form() -> bytes:
    """Write a form whose page only asks the reader to wait for another program."""
    cover = content([Text(100, 100, "Please wait... If this message is not eventually replaced by "
                     "the proper contents of the document, your PDF viewer may not be able to "
                     "display this type of document.")])  # fmt: skip
    form = b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><template/></xdp:xdp>"
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [] /XFA 5 0 R >> "
            b"/NeedsRendering true >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font %s >> "
            b"/Contents 4 0 R >>" % FONTS,
            stream(cover),
            stream(form),
        ]
    )


def broken_linearisation() -> bytes:
    """Write a file that says it is ordered for the web, with every place in it wrong."""
    lie = b"<< /Linearized 1 /L 99 /H [1 999999999] /O 77 /E 3 /N 500 /T 12 >>"
    data = good_pdf()
    return data.replace(b"1 0 obj", b"9 0 obj\n%s\nendobj\n1 0 obj" % lie, 1)


def odd_information() -> bytes:
    """Write titles that are no text: a cut UTF-16, a huge name, a number, themselves."""
    data = good_pdf()
    objects = (
        b"5 0 obj\n<< /Title <FEFFD83D00> /Author 12 /Subject 5 0 R /Keywords <FEFFDC00DC00> "
        b"/Producer (%s) /CreationDate (D:99999999999999Z) >>\nendobj\n" % (b"A" * 100_000)
    )
    return data.replace(b"xref\n0", objects + b"xref\n0", 1).replace(
        b"/Root 1 0 R", b"/Root 1 0 R /Info 5 0 R"
    )
