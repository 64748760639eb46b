"""From the bytes of a text file or web page to its characters."""

from __future__ import annotations

import codecs
import re

from corpus.errors import EmptyFileError, WrongTypeError
from corpus.sniff import text_encoding

__all__ = ["decode_page", "decode_text", "without_controls"]

# Encodings that pages are written in; others that Python knows (escapes, punycode) are none.
_CHARSETS = re.compile(
    r"utf-8|ascii|iso8859-\d+|cp125\d|cp866|cp874|koi8-[rut]|gb2312|gbk|gb18030|big5(?:hkscs)?|"
    r"euc_(?:jp|kr)|shift_jis|mac-(?:roman|cyrillic)"
)
_LATIN = {"ascii", "cp1252", "iso8859-1"}
# No character of a text: escape sequences steer a terminal, zero bytes end a text in SQLite.
_CONTROLS = dict.fromkeys([*range(9), 11, *range(14, 32), *range(0x7F, 0x85), *range(0x86, 0xA0)])


def decode_text(data: bytes, source: str) -> str:
    """Return a text file's characters, its encoding found by `corpus.sniff.text_encoding`.

    Raises:
        EmptyFileError: nothing in it.
        WrongTypeError: the bytes are no text.
    """
    if not data.strip():
        raise EmptyFileError(source, "the file is empty", "obtain it again")
    encoding = text_encoding(data)
    if encoding is None:
        raise WrongTypeError(source, "not a text file", "give PDF, DOCX, HTML, TXT or JSON Lines")
    text = data.decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
    return without_controls(text)


def without_controls(text: str) -> str:
    """Drop control characters but tabs, line ends and page breaks."""
    return text.translate(_CONTROLS)


def decode_page(data: bytes, source: str) -> str:
    """Return the characters of a page: as it declares, unless its bytes speak against it.

    Raises:
        EmptyFileError, WrongTypeError: as `decode_text`.
    """
    declared = re.search(rb"<meta[^>]+charset\s*=\s*[\"']?([A-Za-z0-9_:.-]+)", data[:4096], re.I)
    if declared and b"\x00" not in data[:4096] and not data.startswith(b"\xef\xbb\xbf"):
        charset = _charset(declared[1].decode("ascii"))
        seen = text_encoding(re.sub(rb"<[^>]{0,2000}>", b" ", data))
        if charset in _LATIN and seen is not None:
            charset = seen  # the default of many programs, whatever they write
        if charset is not None:
            try:
                return without_controls(data.decode(charset))
            except UnicodeDecodeError:
                pass  # a page that lies about its encoding is read like any other text
        if seen is not None:
            return without_controls(data.decode(seen, "replace"))
    return decode_text(data, source)


def _charset(name: str) -> str | None:
    """Return the codec of a declared encoding, or None where it is none of pages."""
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    return codec if _CHARSETS.fullmatch(codec) else None
