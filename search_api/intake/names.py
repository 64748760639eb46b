"""Names of uploaded files: what a sender wrote, made into a name that can only be a name.

A name is never trusted: it may hold a path (`../../x`), a device of another system (`NUL`),
controls that steer a terminal, marks that turn the direction of what follows, or 4,096 letters.
What is left still tells the original, letters of every script included, since people look for it
and the readers take a document's language from it (`report.ru.pdf`).
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["MOST_BYTES", "safe_name"]

MOST_BYTES = 160
"""Of a name in UTF-8: file systems take 255, and what reads a document may add an ending."""

_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|\Z)", re.IGNORECASE)
_UNWANTED = re.compile(r'[\\/:*?"<>|]+')
_SUFFIX = re.compile(r"(?:\.[A-Za-z0-9]{1,5}){1,2}\Z")


def safe_name(given: str) -> str:
    """Return a file name without a path, of at most `MOST_BYTES`, that no system reads otherwise.

    The ending is kept where the name is cut.
    """
    last = re.split(r"[\\/]", given)[-1]
    plain = unicodedata.normalize("NFC", last.encode("utf-8", "replace").decode())
    shown = "".join(c for c in plain if c == " " or unicodedata.category(c)[0] not in "CZ")
    name = _UNWANTED.sub("_", shown).lstrip(". ").rstrip(". ")
    if _DEVICES.match(name):
        name = f"_{name}"
    return _cut(name) or "document"


def _cut(name: str) -> str:
    if len(name.encode()) <= MOST_BYTES:
        return name
    found = _SUFFIX.search(name)
    suffix = found[0] if found else ""
    stem = name[: len(name) - len(suffix)].encode()[: MOST_BYTES - len(suffix)]
    return stem.decode("utf-8", "ignore").rstrip(". ") + suffix
