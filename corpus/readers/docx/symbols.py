"""Characters of symbol fonts, which Word stores as codes of the font and not of Unicode."""

from __future__ import annotations

import re

__all__ = ["mended", "symbol"]

# Adobe's Symbol encoding, letters first: the Greek alphabet under Latin keys.
_SYMBOL = dict(
    zip(
        "ABGDEZHQIKLMNXOPRSTUFCYWabgdezhqiklmnxoprstufcyw",
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω",
        strict=True,
    )
) | {
    "\xb7": "•", "\xb0": "°", "\xb1": "±", "\xb3": "≥", "\xa3": "≤", "\xb9": "≠", "\xb4": "×",
    "\xae": "→", "\xac": "←", "\xa5": "∞", "\xb2": "″", "\xa2": "′", "\x2d": "−", "\xbc": "…",
    "\xd3": "©", "\xd2": "®", "\xd4": "™", "\xb8": "÷", "\xbb": "≈", "\xe5": "∑",
}  # fmt: skip
_WINGDINGS = {
    "\xa7": "▪", "\x6e": "■", "\x6c": "●", "\x71": "❑", "\x75": "◆", "\x76": "❖", "\xd8": "➢",
    "\xe0": "→", "\xfc": "✓", "\xfb": "✗", "\xa8": "☐", "\xfe": "☑", "\xfd": "☒", "\x28": "☎",
    "\x2a": "✉", "\x2b": "✉", "\xb2": "★", "\xb7": "•",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_PRIVATE = re.compile("[\uf000-\uf0ff]")


def symbol(font: str, code: str) -> str:
    """Return the character of a symbol font in Unicode, "" where it has none.

    >>> symbol("Symbol", "F061"), symbol("Wingdings", "F0FC"), symbol("Arial", "00A7")
    ('α', '✓', '§')
    """
    if not re.fullmatch(r"[0-9A-Fa-f]{2,5}", code):
        return ""
    character = chr(int(code, 16))
    known = _FONTS.get(font.lower().strip(), {})
    return known[character] if character in known else mended(character, font)


def mended(text: str, font: str) -> str:
    """Replace characters in the private range of symbol fonts by their equals in Unicode."""
    known = _FONTS.get(font.lower().strip())

    def plain(match: re.Match[str]) -> str:
        key = chr(ord(match[0]) - 0xF000)
        if known is None:  # the bullet of every Word list
            return "•" if key == "\xb7" else ""
        return known.get(key, "")

    return _PRIVATE.sub(plain, text)
