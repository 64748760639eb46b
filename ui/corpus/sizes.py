"""Sizes of files and folders, for people."""

from __future__ import annotations

from ui.wording import corpus as texts

__all__ = ["size_words"]


def size_words(count: int) -> str:
    """Write a number of bytes in the unit that suits it; a megabyte is 2^20 bytes, as disks say."""
    kilo, mega, giga = texts.SIZES
    if count < 1 << 20:
        return kilo.format(size=count / (1 << 10))
    if count < 1 << 30:
        return mega.format(size=count / (1 << 20))
    return giga.format(size=count / (1 << 30))
