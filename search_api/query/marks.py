"""Quotation marks: which of them opens a phrase, and where it closes."""

from __future__ import annotations

import re

__all__ = ["STRAY", "quoted_at"]

# What may close what opens, by language and as keyboards mix them; the second is tried where the
# first closes nothing.
_CLOSERS: dict[str, tuple[str, ...]] = {
    '"': ('"”“',),
    "“": ('”"', "“"),
    "”": ("”",),
    "„": ('“”"',),
    "‟": ('”"',),
    "«": ("»",),
    "»": ("«", "»"),
    "‹": ("›",),
    "「": ("」",),
    "『": ("』",),
    "＂": ('＂"',),
    "‘": ("’'",),
    "‚": ("‘’",),
    "'": ("'’",),
}
_APOSTROPHES = frozenset("'’‘")
_ONLY_AT_A_WORD = frozenset("\"'‘‚”»＂")
"""Marks that also close, abbreviate or measure: they open a phrase before a word only."""

STRAY = re.compile(r"(?<![\d.])[\"“”„«»＂]")
"""A double mark left in plain words; one after a figure is inches or seconds."""


def quoted_at(text: str, at: int) -> tuple[str, int] | None:
    """Return the text inside the quotation marks that open at a place, and where they end.

    An apostrophe is none: a single mark opens only where a word begins and closes only where one
    ends ("the lawyers' views").

    >>> quoted_at('of „their own“ choice', 3)
    ('their own', 14)
    """
    opener = text[at]
    closers = _CLOSERS.get(opener)
    if closers is None:
        return None
    before = text[at - 1] if at else " "
    if opener in _ONLY_AT_A_WORD and before.isalnum() and not _is_han(before):
        return None
    if text[at : at + 2] == "''":  # two for one double mark
        return None
    for each in closers:
        if (end := _closing(text, at, each)) is not None:
            return text[at + 1 : end].strip(), end + 1
    return None


def _closing(text: str, at: int, closers: str) -> int | None:
    """Return where what opens at a place is closed, marks of the same kind within it passed by."""
    depth = 0
    for end in range(at + 1, len(text)):
        mark = text[end]
        if mark == text[at] and mark not in closers:
            depth += 1
        elif mark in closers and not (mark in _APOSTROPHES and not _closes(text, end)):
            if not depth:
                return end
            depth -= 1
    return None


def _closes(text: str, at: int) -> bool:
    """Whether an apostrophe stands after a word and not within one."""
    after = text[at + 1] if at + 1 < len(text) else " "
    return not text[at - 1].isspace() and not after.isalnum()


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"
