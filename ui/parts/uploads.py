"""Files that readers hand to the page, made small enough to travel."""

from __future__ import annotations

import base64
import io
import re
import zipfile

from search_api.schemas import DraftFile

__all__ = ["MOST_BYTES", "draft_file"]

MOST_BYTES = 3_000_000
"""Of a file, so that a request with it in base64 stays under what the service takes (4 MiB)."""

_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/.*|word/(?:_rels/.*|document\d*\.xml|footnotes\d*\.xml|"
    r"endnotes\d*\.xml|styles\d*\.xml|numbering\d*\.xml|settings\d*\.xml)"
)
_MOST_UNPACKED = 50_000_000
_MOST_PARTS = 10_000
_LISTED = b"PK\x01\x02"
"""Begins what the list of an archive says of a part; counted before the list is read, which takes
400 bytes of memory a part, since what the archive says of their number may be a lie."""


def draft_file(name: str, data: bytes) -> DraftFile | None:
    """Return a file ready to be sent; None where it is too large.

    A Word file is sent without its pictures and fonts, which hold no words and most of its bytes.
    """
    if len(data) > MOST_BYTES:
        data = _words_only(data)
    if len(data) > MOST_BYTES:
        return None
    return DraftFile(name=name[:300], content=base64.b64encode(data).decode())


def _words_only(data: bytes) -> bytes:
    """Pack the parts of a Word file that hold words anew; any other file comes back as it was."""
    if data.count(_LISTED) > _MOST_PARTS:
        return data
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as given:
            parts = [each for each in given.infolist() if _NEEDED.fullmatch(each.filename)]
            if sum(each.file_size for each in parts) > _MOST_UNPACKED:
                return data
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
                for each in parts:
                    packed.writestr(each.filename, given.read(each))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        return data  # damaged, or with a password: whoever reads it says so
    return out.getvalue()
