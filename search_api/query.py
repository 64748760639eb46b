"""How a query is read: a symbol, a citation, or words with phrases and exclusions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from corpus.citations import parse_citation
from corpus.errors import SymbolError
from corpus.symbols import normalise_symbol, symbol_from_url

__all__ = ["MAX_SYNTAX_WORDS", "ParsedQuery", "parse_query"]

MAX_SYNTAX_WORDS = 32
"""A longer text is pasted, not typed: its quotation marks quote, and its dashes are dashes."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_PHRASE = re.compile(r"""(?<!\S)(-?)(?:"([^"]*)"|“([^”]*)”|«([^»]*)»|„([^“”]*)[“”])""")
_EXCLUDED = re.compile(r"(?<!\S)-([^\W_][\w'’-]*)")


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as the engine takes it.

    Attributes:
        interpretation: what it is.
        words: all that is to be matched by meaning and words, phrases included.
        phrases: must stand in a passage, word for word.
        excluded: must not stand in a passage.
        symbol: for a symbol or a citation, normalised.
        paragraphs: for a citation, paragraph numbers.
        warnings: what was read otherwise than written.
    """

    interpretation: Literal["words", "symbol", "citation", "empty"]
    words: str = ""
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    symbol: str | None = None
    paragraphs: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def parse_query(text: str) -> ParsedQuery:
    """Read a query; never fails: what is malformed is plain words, with a warning."""
    cleaned = " ".join(_CONTROL.sub(" ", text).split())
    if not cleaned:
        return ParsedQuery("empty")
    if direct := _direct(cleaned):
        return direct
    if len(cleaned.split()) > MAX_SYNTAX_WORDS:
        return ParsedQuery("words", words=cleaned)
    return _words(cleaned)


def _direct(text: str) -> ParsedQuery | None:
    """Recognise a symbol, an address of one, or a citation; the whole text must be it."""
    try:
        if text.startswith(("http://", "https://")):
            return ParsedQuery("symbol", symbol=symbol_from_url(text).text)
        if "/" not in text:
            return None
        try:
            return ParsedQuery("symbol", symbol=normalise_symbol(text))
        except SymbolError:
            citation = parse_citation(text)
            return ParsedQuery(
                "citation", symbol=citation.symbol.text, paragraphs=citation.paragraphs
            )
    except SymbolError:
        return None


def _words(text: str) -> ParsedQuery:
    phrases: list[str] = []
    excluded: list[str] = []
    warnings: list[str] = []

    def take_phrase(match: re.Match[str]) -> str:
        phrase = next((group for group in match.groups()[1:] if group is not None), "").strip()
        if not phrase:
            return " "
        (excluded if match[1] else phrases).append(phrase)
        return " " if match[1] else f" {phrase} "

    def take_word(match: re.Match[str]) -> str:
        excluded.append(match[1])
        return " "

    rest = _EXCLUDED.sub(take_word, _PHRASE.sub(take_phrase, text))
    if rest.count('"') % 2 or rest.count("“") != rest.count("”"):
        warnings.append("a quotation mark is not closed; it was read as plain text")
    words = " ".join(rest.split())
    if not words and excluded:
        warnings.append("only exclusions were given; there is nothing to look for")
    return ParsedQuery(
        "words" if words else "empty",
        words=words,
        phrases=tuple(phrases),
        excluded=tuple(excluded),
        warnings=tuple(warnings),
    )
