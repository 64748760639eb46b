"""Symbols in running text and in addresses."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, unquote, urlsplit

from corpus.errors import SymbolError
from corpus.symbols.grammar import IN_TEXT, Symbol, fold_letters, parse_symbol

__all__ = ["document_url", "find_symbols", "symbol_from_url"]


_ADDRESS_LIKE = "give one like https://docs.un.org/en/A/80/170"


def find_symbols(text: str) -> list[tuple[int, int, Symbol]]:
    """Find document symbols in running text, in order, as (start, end, symbol).

    A joint symbol is found as its members. "and/or" and "s/he" are none: a symbol has a number, and
    one that is a single letter and a number ("A/10") is too often something else.
    """
    folded = fold_letters(text)
    found = []
    for match in IN_TEXT.finditer(folded):
        words = match[0].rstrip(" .,-&")
        if not re.search(r"\d", words) or (
            words.count("/") == 1 and re.match(r"\w/\d{1,2}\b", words)
        ):
            continue
        try:
            symbol = parse_symbol(words)
        except SymbolError:
            continue
        found.append((match.start(), match.start() + len(words), symbol))
    return found


def symbol_from_url(url: str) -> Symbol:
    """Read the symbol out of an address of docs.un.org, undocs.org or documents.un.org.

    Raises:
        SymbolError: when the address holds none.
    """
    try:
        split = urlsplit(url.strip())
    except ValueError as error:  # half of the brackets of an IPv6 address
        raise SymbolError(repr(url), "not an address", _ADDRESS_LIKE) from error
    query = parse_qs(split.query)
    for name in ("s", "symbolno", "symbol"):
        if name in query:
            return parse_symbol(query[name][0])
    path = unquote(split.path).strip("/")
    path = re.sub(r"^(?:ar|en|es|fr|ru|zh)/", "", path, flags=re.IGNORECASE)
    if not split.netloc:
        raise SymbolError(repr(url), "not an address", _ADDRESS_LIKE)
    return parse_symbol(path)


def document_url(symbol: Symbol | str, language: str | None = None) -> str:
    """Return the address at which people can open a document, on docs.un.org.

    Languages other than the six official ones lead to the English text.
    """
    text = symbol.members[0].text if isinstance(symbol, Symbol) else symbol
    code = language if language in {"ar", "en", "es", "fr", "ru", "zh"} else "en"
    return f"https://docs.un.org/{code}/{quote(text.replace(' ', ''), safe='/()')}"
