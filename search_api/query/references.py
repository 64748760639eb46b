"""Symbols, addresses of documents and citations, alone or beside other words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.citations import parse_citation
from corpus.errors import SymbolError
from corpus.symbols import find_symbols, normalise_symbol, symbol_from_url

__all__ = ["addresses_without_symbol", "reference", "symbol_beside"]

_MAX_REFERENCE = 300
"""Characters of a symbol, an address or a citation; longer texts are not tried as one."""

_UN_HOST = r"(?:docs\.un\.org|(?:www\.)?undocs\.org|documents(?:-dds-ny)?\.un\.org)"
_ADDRESS = re.compile(rf"https?://\S+|(?<!\S){_UN_HOST}/\S+", re.IGNORECASE)
_UN_ADDRESS = re.compile(rf"(?:https?://)?{_UN_HOST}/", re.IGNORECASE)
_LINKING = re.compile(r"(?:\s|^)(?:in|within|inside)\s*\Z", re.IGNORECASE)


def reference(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the symbol and the paragraphs that a text is, as a whole, or None.

    A text is a symbol, the address of a document, or either with paragraph numbers behind it.
    """
    if "/" not in text or len(text) > _MAX_REFERENCE:
        return None
    text = _ADDRESS.sub(_symbol_of, text)
    try:
        return normalise_symbol(text), ()
    except SymbolError:
        pass
    try:
        citation = parse_citation(text)
    except SymbolError:
        return None
    return citation.symbol.text, citation.paragraphs


def symbol_beside(words: str, phrases: Sequence[str]) -> tuple[str, str | None]:
    """Split off the one symbol, or address of one, with which words begin or end.

    In the middle of a sentence a symbol is part of what is said; before or after the words it
    tells where to look. One inside a quoted phrase is quoted.

    >>> symbol_beside("detention in A/HRC/58/68", ())
    ('detention', 'A/HRC/58/68')
    """
    if "/" not in words:
        return words, None
    plain = _ADDRESS.sub(_symbol_of, words)
    found = [
        (start, end, symbol)
        for start, end, symbol in find_symbols(plain)
        if not any(plain[start:end] in phrase for phrase in phrases)
    ]
    if len(found) != 1:
        return words, None
    start, end, symbol = found[0]
    before = plain[:start].rstrip(" ([")
    after = plain[end:].lstrip("*").lstrip(" ,:;)]")
    if bool(re.search(r"\w", before)) == bool(re.search(r"\w", after)):
        return words, None
    rest = _LINKING.sub("", before) if re.search(r"\w", before) else after
    return (rest, symbol.text) if re.search(r"\w", rest) else (words, None)


def addresses_without_symbol(text: str) -> list[str]:
    """Return addresses of the United Nations' documents that do not say which document."""
    return [
        match[0]
        for match in _ADDRESS.finditer(text)
        if _UN_ADDRESS.match(match[0]) and _symbol_of(match) == match[0]
    ]


def _symbol_of(match: re.Match[str]) -> str:
    address = match[0].rstrip(",;.")
    try:
        symbol = symbol_from_url(address if "://" in address else f"https://{address}")
    except (SymbolError, ValueError):
        return match[0]
    return symbol.text + match[0][len(address) :]
