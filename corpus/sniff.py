"""Tell what a file is from its first bytes; its name is only a last resort.

Of seven real `.doc` files four were really DOCX, and HTML, JPEG and nothing at all have come under
the name `.pdf`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

from corpus.errors import EmptyFileError, EncryptedFileError, WrongTypeError

__all__ = ["HEAD_BYTES", "Format", "looks_like_document", "sniff", "text_encoding"]

HEAD_BYTES = 64 * 1024
"""How much of a file to give to `sniff`: junk before a PDF header has been seen some way in."""


class Format(StrEnum):
    """A format that can be read."""

    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    HTML = "html"
    TXT = "txt"
    JSONL = "jsonl"
    JSONL_GZ = "jsonl.gz"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_2 = b"\xdb\xa5-\x00"
# The header of an old Office file fills its first sector.
_OFFICE_HEADER = 512
_MOST_CONTROLS = 0.02
_FOREIGN = (
    (b"\xff\xd8\xff", "a JPEG image", "convert it to PDF with a text layer (OCR)"),
    (b"\x89PNG\r\n", "a PNG image", "convert it to PDF with a text layer (OCR)"),
    (b"GIF8", "a GIF image", "convert it to PDF with a text layer (OCR)"),
    (b"II*\x00", "a TIFF image", "convert it to PDF with a text layer (OCR)"),
    (b"MM\x00*", "a TIFF image", "convert it to PDF with a text layer (OCR)"),
    (b"{\\rtf", "an RTF file", "save it as DOCX or PDF"),
    (b"\xffWPC", "a WordPerfect file", "save it as DOCX or PDF"),
    (b"%!PS", "a PostScript file", "convert it to PDF"),
    (b"SQLite format 3", "a SQLite database", "give documents"),
    (b"\x7fELF", "a program", "give documents"),
    (b"Rar!", "a RAR archive", "unpack it"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "unpack it"),
    (b"BZh", "a bzip2 archive", "unpack it"),
    (b"\xfd7zXZ", "an xz archive", "unpack it"),
)
# None of its parts is tried in a second way: of 40 comments that would take an hour, and eight
# kilobytes of them would keep whoever asks for ever.
_HTML = re.compile(
    rb"\s*+(?>(?><\?xml[^>]*>|<!--.*?-->)\s*+)*+"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|div|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
# The letters and signs that make up much of a text, and the least part of its letters beyond ASCII
# that they are, by the encodings it may have been kept in. Of Russian, Belarusian and Arabic they
# are 0.68 to 0.76 where it is read rightly, of Chinese 0.29; in any wrong encoding 0.28 at most,
# and 0.01 in that of Chinese.
_CYRILLIC = "оеаинтсрвлкмпыі"
_ARABIC = "اليمونرتبةدعف"
_CHINESE = (
    "的一是不在有和人国了这为以对等于会权法员关其及他与或中大所者府政方行律机利由从年到第，。、；："
)
_OLD_ENCODINGS = (
    ("cp1251", _CYRILLIC, 0.5),
    ("koi8-u", _CYRILLIC, 0.5),
    ("cp866", _CYRILLIC, 0.5),
    ("iso8859-5", _CYRILLIC, 0.5),
    ("cp1256", _ARABIC, 0.5),
    ("gb18030", _CHINESE, 0.15),
)
_JSON_OBJECT = re.compile(rb'\s*\{\s*"[^"]*"\s*:')
_SUFFIXES = {
    ".pdf",
    ".docx",
    ".doc",
    ".html",
    ".htm",
    ".xhtml",
    ".txt",
    ".text",
    ".jsonl",
    ".ndjson",
}


def sniff(head: bytes, name: str) -> Format:
    """Return the format of a file from its first `HEAD_BYTES` bytes.

    Args:
        head: the beginning of the file; all of it where it is shorter.
        name: of the file, for messages, and to tell JSON Lines from gzip of anything else.

    Raises:
        EmptyFileError: nothing in it.
        EncryptedFileError: an Office file locked with a password.
        WrongTypeError: of no supported type; says which it is and what to do.
    """
    if not head:
        raise EmptyFileError(name, "the file is empty (0 bytes)", "fetch it again")
    if not head.strip(b"\x00 \t\r\n"):
        raise EmptyFileError(name, "the file holds nothing but blanks", "fetch it again")
    if head.startswith(b"%PDF-"):
        return Format.PDF
    if head.startswith(b"PK\x03\x04"):
        return _sniff_zip(head, name)
    if head.startswith(b"\x1f\x8b"):
        if re.search(r"\.(?:jsonl|ndjson)\.gz\Z", name, re.IGNORECASE):
            return Format.JSONL_GZ
        raise WrongTypeError(name, "a gzip archive, not JSON Lines (.jsonl.gz)", "unpack it")
    if head.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in head:
        raise EncryptedFileError(name, "needs a password (Office)", "save it without one")
    if head.startswith((_OLE, _WORD_2)):
        return _sniff_office(head, name)
    for magic, what, remedy in _FOREIGN:
        if head.startswith(magic):
            raise WrongTypeError(name, f"{what}{_in_disguise(name)}, which is not read", remedy)
    if b"%PDF-" in head:
        return Format.PDF
    return _sniff_text(head, name)


def _in_disguise(name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    return f" under the name {suffix}" if suffix in _SUFFIXES - {".doc"} else ""


def _sniff_office(head: bytes, name: str) -> Format:
    """Take an old Office file for Word's; the reader, which has all of it, says if it is not."""
    if len(head) < _OFFICE_HEADER:
        cause = f"an old Office file{_in_disguise(name)}, cut short"
        raise WrongTypeError(name, cause, "fetch it again, or save it as DOCX or PDF")
    return Format.DOC


def _sniff_zip(head: bytes, name: str) -> Format:
    if b"word/" in head or (b"[Content_Types].xml" in head and name.lower().endswith(".docx")):
        return Format.DOCX
    kinds = (
        (b"xl/", "an Excel workbook"),
        (b"ppt/", "a PowerPoint file"),
        (b"opendocument", "an OpenDocument file"),
        (b"epub+zip", "an EPUB book"),
    )
    what = next((words for mark, words in kinds if mark in head), "a ZIP archive")
    raise WrongTypeError(
        name, f"{what}{_in_disguise(name)}, which is not read", "save its documents as DOCX or PDF"
    )


def _sniff_text(head: bytes, name: str) -> Format:
    encoding = text_encoding(head)
    if encoding is None:
        raise WrongTypeError(
            name, f"of no known type{_in_disguise(name)}", "give PDF, DOCX, HTML, TXT or JSON Lines"
        )
    plain = head.decode(encoding, "replace").lstrip("\ufeff").encode("utf-8", "replace")
    if _HTML.match(plain):
        return Format.HTML
    suffix = PurePath(name).suffix.lower()
    if suffix in {".html", ".htm", ".xhtml"} and re.search(rb"<\w[^<>]*+>", plain):
        return Format.HTML
    if _JSON_OBJECT.match(plain) and suffix in {".jsonl", ".ndjson", ""}:
        return Format.JSONL
    if suffix in {".jsonl", ".ndjson"}:
        return Format.JSONL  # its first line may be the bad one; each line is judged alone
    if suffix in {".pdf", ".docx", ".doc"}:
        raise WrongTypeError(
            name, f"plain text under the name {suffix}", "rename it to .txt, or fetch it again"
        )
    return Format.TXT


def text_encoding(head: bytes) -> str | None:
    """Return the encoding of a text, or None where the bytes are no text.

    Byte-order marks are believed, then UTF-8 if it is valid, then UTF-16 and UTF-32 without a mark
    by their zero bytes, then the encodings of Chinese, Cyrillic and Arabic that texts were kept in
    before Unicode, where their most frequent letters come out, and Windows-1252 (a superset of
    Latin-1 in print) last.
    """
    marks = (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    )
    for mark, encoding in marks:
        if head.startswith(mark):
            return encoding
    if b"\x00" in head:
        wide = _wide_without_mark(head)
        if wide is not None:
            return wide
    if _control_share(head) > _MOST_CONTROLS:
        return None
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:  # otherwise a character was cut by the end of the head
            return _eight_bit(head)
    return "utf-8"


def _wide_without_mark(head: bytes) -> str | None:
    rest = head.replace(b"\x00", b"")
    few = len(rest) > 0.7 * len(head)
    if few and rest.isascii() and _control_share(rest) <= _MOST_CONTROLS:
        return None  # a text of bytes with stray zeros; of two bytes a letter half would be zeros
    # ASCII blanks and punctuation have a zero byte on one side in every script.
    even, odd = head[0::2].count(0), head[1::2].count(0)
    for encoding in ("utf-16-le" if odd > even else "utf-16-be", "utf-32-le", "utf-32-be"):
        try:
            text = head[: len(head) // 4 * 4 or len(head) // 2 * 2].decode(encoding)
        except UnicodeDecodeError:
            continue
        good = sum(c.isalnum() or c.isspace() or c in ".,;:()-\"'«»/<>=" for c in text)
        if good > 0.9 * len(text):
            return encoding
    return None


def _control_share(head: bytes) -> float:
    controls = sum(head.count(bytes((b,))) for b in range(32) if b not in (9, 10, 12, 13, 27))
    return controls / len(head)


def _eight_bit(head: bytes) -> str:
    """Return the encoding in which a text of bytes above 127 reads as a language."""
    high = sum(byte >= 0x80 for byte in head)
    letters = len(re.findall(rb"[A-Za-z]", head))
    # Accents stand alone among Latin letters; the letters of other scripts stand in runs.
    if high <= letters * 0.5 or not re.search(rb"[\x80-\xff]{3}", head):
        return "cp1252"
    fits = {name: _share(head, name, signs) / least for name, signs, least in _OLD_ENCODINGS}
    best = max(fits, key=lambda name: fits[name])
    return best if fits[best] >= 1 else "cp1252"


def _share(head: bytes, encoding: str, signs: str) -> float:
    """Return which part of the characters beyond ASCII, read in an encoding, are these signs."""
    try:
        text = head.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return 0.0
        text = head[: error.start].decode(encoding)
    beyond = [c for c in text if c > "\x7f" and not c.isspace()]
    return sum(c in signs for c in beyond) / max(1, len(beyond))


def looks_like_document(head: bytes, name: str) -> bool:
    """Tell whether a file met in a folder should be read, or be passed over in silence.

    A known extension is always taken, so that what is wrong with it is said. Any other is taken
    only where its content is PDF, DOCX or HTML, which no one keeps there by chance. Text under an
    unknown extension (a table, a script, a log) is not.
    """
    lower = name.lower()
    if PurePath(lower).suffix in _SUFFIXES or lower.endswith((".jsonl.gz", ".ndjson.gz")):
        return True
    if head.startswith(b"%PDF-"):
        return True
    if head.startswith(b"PK\x03\x04"):
        return b"word/" in head
    return PurePath(lower).suffix == "" and bool(_HTML.match(head))
