"""Formats by content: what can be read is, and what cannot is named with a remedy."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile

import pytest

from corpus.errors import EmptyFileError, WrongTypeError
from corpus.sniff import HEAD_BYTES, Format, looks_like_document, sniff, text_encoding


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return buffer.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"%PDF-1.7\n", "a.pdf", Format.PDF),
        (b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n", "a.pdf", Format.PDF),
        (b"%PDF-1.7\n", "a.doc", Format.PDF),
        (DOCX, "a.docx", Format.DOCX),
        (DOCX, "a.doc", Format.DOCX),
        (DOCX, "a.pdf", Format.DOCX),
        (b"<!DOCTYPE html><html><body>", "a.pdf", Format.HTML),
        (b"\xef\xbb\xbf<html lang='fr'>", "a", Format.HTML),
        ("<html>".encode("utf-16"), "a.html", Format.HTML),
        (b"<!-- saved from --><p>Words", "a.html", Format.HTML),
        (b'{"symbol": "A/80/1", "paragraphs": []}\n', "a.jsonl", Format.JSONL),
        (b'broken\n{"symbol": 1}\n', "a.jsonl", Format.JSONL),
        (b"\x1f\x8b\x08\x00", "a.jsonl.gz", Format.JSONL_GZ),
        (b"1. The Committee notes.\n", "a.txt", Format.TXT),
        ("1. Комитет отмечает.".encode("cp1251"), "a.txt", Format.TXT),
        ("1. Комитет отмечает.".encode("utf-16"), "a.txt", Format.TXT),
    ],
)
def test_known_formats(head, name, expected):
    assert sniff(head, name) is expected


@pytest.mark.parametrize(
    ("head", "name", "cause", "remedy"),
    [
        (b"\xff\xd8\xff\xe0", "a.pdf", "a JPEG image under the name .pdf", "OCR"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "an old Office file", "DOCX"),
        (b"{\\rtf1", "a.docx", "an RTF file under the name .docx", "DOCX"),
        (archive("xl/workbook.xml"), "a.docx", "an Excel workbook", "DOCX"),
        (archive("photo.jpg"), "a.docx", "a ZIP archive", "DOCX"),
        (b"\x1f\x8b\x08\x00", "a.tar.gz", "gzip", "unpack"),
        (b"not found", "a.pdf", "plain text under the name .pdf", "fetch it again"),
        (bytes(range(1, 32)) * 20, "a.bin", "of no known type", "PDF"),
    ],
)
def test_foreign_formats_are_named(head, name, cause, remedy):
    with pytest.raises(WrongTypeError) as caught:
        sniff(head, name)
    assert caught.value.subject == name
    assert cause in caught.value.cause
    assert remedy in caught.value.remedy


@pytest.mark.parametrize("head", [b"", b" \n\r\n\t", b"\x00\x00\x00"])
def test_nothing_in_it(head):
    with pytest.raises(EmptyFileError):
        sniff(head, "a.pdf")


RUSSIAN = "Комитет отмечает, что государство-участник не представило сведений. " * 3
FRENCH = "Le Comité relève que l’État partie n’a pas présenté d’élément à cet égard. " * 3


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-16-le"),
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "cp1252"),
        ("العربية والصينية 中文 " * 9, "utf-8"),
    ],
)
def test_encodings(text, encoding):
    data = text.encode(encoding)
    found = text_encoding(data)
    assert found is not None
    assert data.decode(found).lstrip("\ufeff") == text


def test_a_character_cut_by_the_end_of_the_head_is_still_utf8():
    assert text_encoding(RUSSIAN.encode()[:-3] + b"\xd0") == "utf-8"


def test_folders_hold_other_things_too():
    assert looks_like_document(b"anything", "a.pdf")
    assert looks_like_document(b"anything", "a.jsonl.gz")
    assert looks_like_document(b"%PDF-1.4", "download")
    assert looks_like_document(DOCX, "download")
    assert not looks_like_document(b"file\tpages\n", "MANIFEST.tsv")
    assert not looks_like_document(b"print(1)\n", "a.py")
    assert not looks_like_document(b"\xff\xd8\xff", "photo.jpg")


HOSTILE_HEADS = {
    "comments": b"<!---->" * 9_000 + b"x",
    "declarations": b"<?xml ?>" * 8_000 + b"x",
    "comments-in-a-comment": b"<!--" + b"-->" * 20_000 + b"x",
    "a-name-without-end": b"<" + b"a" * (HEAD_BYTES - 1),
    "names-without-end": b"<a" * (HEAD_BYTES // 2),
    "blanks": b" " * (HEAD_BYTES - 1) + b"x",
}


@pytest.mark.parametrize("head", HOSTILE_HEADS.values(), ids=HOSTILE_HEADS)
def test_no_head_keeps_whoever_asks_what_it_is(head: bytes) -> None:
    """The service asks for each upload, in its own process: 40 comments took it an hour."""
    script = (
        "import sys\n"
        "from corpus.sniff import looks_like_document, sniff\n"
        "head = sys.stdin.buffer.read()\n"
        "print(sniff(head, 'a.html'), sniff(head, 'a'))\n"
        "looks_like_document(head, 'a')\n"
    )
    # A search that is under way cannot be interrupted, but its process can be ended.
    done = subprocess.run(
        [sys.executable, "-c", script], input=head, capture_output=True, timeout=20, check=True
    )
    assert done.stdout.split() == [b"txt", b"txt"]


@pytest.mark.parametrize(
    "head",
    [
        b"<!-- a --> <!-- b --> <p>",
        b"<?xml version='1.0'?>\n<!-- -- > --><html>",
        b"1 < 2 <a href='x'>",
    ],
)
def test_what_comes_before_the_first_element_is_passed_over(head: bytes) -> None:
    assert sniff(head, "a.html") is Format.HTML
