"""Write DOCX files part by part: an ordinary one for tests, and broken or hostile ones."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
)
OPENING = f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>'
CLOSING = "</w:body></w:document>"


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{words}</w:t></w:r></w:p>"


def numbered(first: int, last: int) -> str:
    return "".join(
        paragraph(f"{n}. The people of the river valley asked the council for an answer.")
        for n in range(first, last + 1)
    )


def archive(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return out.getvalue()


def docx(body: str, **parts: str | bytes) -> bytes:
    """Write a document with this body; `parts` are further files of `word/` by stem."""
    more = {f"word/{name}.xml": data for name, data in parts.items()}
    return archive({"[Content_Types].xml": TYPES, "word/document.xml": OPENING + body + CLOSING,
                    **more})  # fmt: skip


def good_docx(paragraphs: int = 10) -> bytes:
    return docx(numbered(1, paragraphs))


def listing(count: int, said: int, *, long: bool = False, comment: bytes = b"") -> bytes:
    """Write an archive that lists `count` members, and says that they are `said`."""
    member = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0,
                         0, 0) + b"a"  # fmt: skip
    head = b"PK\x03\x04" + bytes(26) + b"word/"
    size, end = len(member) * count, b""
    if long:
        end = struct.pack(
            "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, said, said, size, len(head)
        )
        end += struct.pack("<4sLQL", b"PK\x06\x07", 0, len(head) + size, 1)
    short = 0xFFFFFFFF if long else size
    end += struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, said & 0xFFFF, said & 0xFFFF, short,
                       len(head), len(comment))  # fmt: skip
    return head + member * count + end + comment


def stored_bomb(name: str, size: int, opening: bytes = b"") -> bytes:
    """Write an archive whose one part unpacks to `size` spaces, by repeating deflate blocks."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(opening) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    times = size // 2**20
    packed = head + block * times + packer.flush(zlib.Z_FINISH)
    whole = len(opening) + times * 2**20
    encoded = name.encode()
    stated = min(whole, 0xFFFFFFFE)
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(packed), stated,
                        len(encoded), 0)  # fmt: skip
    central = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, 0, len(packed), stated,
                          len(encoded), 0, 0, 0, 0, 0, 0)  # fmt: skip
    start = len(local) + len(encoded) + len(packed)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(central) + len(encoded), start, 0)
    return local + encoded + packed + central + encoded + end


def overlapping(parts: int, size: int) -> bytes:
    """Write an archive in which many names share the bytes of one part, with `word/document.xml`.

    After David Fifield, "A better zip bomb" (2019): what is unpacked is that many times larger.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("word/document.xml", OPENING + " " * size + CLOSING)
        first = written.infolist()[0]
        for number in range(parts):
            twin = zipfile.ZipInfo(f"word/x{number:05}.xml")
            for known in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(twin, known, getattr(first, known))
            written.filelist.append(twin)
            written.NameToInfo[twin.filename] = twin
        written._didModify = True  # type: ignore[attr-defined]
    return packed.getvalue()


def xml_bomb() -> bytes:
    """Write the billion laughs: ten entities, each ten of the one before."""
    entities = '<!ENTITY l0 "lol">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11)
    )
    body = f"<w:document {W}><w:body><w:p><w:r><w:t>&l10;</w:t></w:r></w:p></w:body></w:document>"
    return archive({"[Content_Types].xml": TYPES,
                    "word/document.xml": f"<!DOCTYPE d [{entities}]>{body}"})  # fmt: skip


def outside_entity(path: str) -> bytes:
    """Write a document that asks for the words of another file."""
    body = f"<w:document {W}><w:body>{numbered(1, 10)}{paragraph('&x;')}</w:body></w:document>"
    kind = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{path}">]>'
    return archive({"[Content_Types].xml": TYPES, "word/document.xml": kind + body})


def climbing_names() -> bytes:
    """Write a good document beside parts whose names climb out of any folder."""
    return archive(
        {
            "[Content_Types].xml": TYPES,
            "word/document.xml": OPENING + numbered(1, 10) + CLOSING,
            "../../../../tmp/climbed.xml": "<a/>",
            "/etc/climbed": "x",
            "word/../../climbed.xml": "<a/>",
        }
    )


def nested_tables(depth: int) -> bytes:
    opening, closing = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    return docx(numbered(1, 10) + opening * depth + paragraph("inside") + closing * depth)


def nested_runs(depth: int) -> bytes:
    return docx(f"<w:p>{'<w:ins>' * depth}<w:r><w:t>in</w:t></w:r>{'</w:ins>' * depth}</w:p>")


NUMBERED = '<w:pPr><w:pStyle w:val="A"/></w:pPr>'
CYCLIC_STYLES = (
    f'<w:styles {W}><w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
)
CYCLIC_NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="A"/>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="1"><w:abstractNumId w:val="9"/></w:num></w:numbering>'
)


def cyclic_numbering() -> bytes:
    """Write styles based on each other, and a list that looks like itself."""
    body = "".join(paragraph(f"Words of sentence {n}.", NUMBERED) for n in range(10))
    return docx(body, styles=CYCLIC_STYLES, numbering=CYCLIC_NUMBERING)


def ole(stream_name: str) -> bytes:
    """Write the head of an old Office file with a stream of this name, as an encrypted DOCX is."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
    return head + stream_name.encode("utf-16-le") + b"\x00" * 2000


def macros() -> bytes:
    """Write a document with macros (.docm): its words are read, its program is not."""
    return archive(
        {
            "[Content_Types].xml": TYPES.replace(
                "application/xml", "application/vnd.ms-word.document.macroEnabled.main+xml"
            ),
            "word/document.xml": OPENING + numbered(1, 10) + CLOSING,
            "word/vbaProject.bin": ole("VBA"),
        }
    )
