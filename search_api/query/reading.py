"""How a query is read: a symbol, a citation, or words with phrases, exclusions and filters.

What looks like an operator and is none is read as plain words, with a warning; nothing a person can
type raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from search_api.query.fields import (
    FIELD_NAMES,
    WORDS_TOO,
    FieldValue,
    field_named,
    nearest_field,
    span_of_years,
)
from search_api.query.marks import STRAY, quoted_at
from search_api.query.references import addresses_without_symbol, reference, symbol_beside

__all__ = ["MAX_SYNTAX_CHARACTERS", "MAX_SYNTAX_WORDS", "ParsedQuery", "parse_query"]

MAX_SYNTAX_WORDS = 32
"""A longer text is pasted, not typed: its quotation marks quote, and its dashes are dashes. Chinese
has no spaces; two of its characters count as a word."""

MAX_SYNTAX_CHARACTERS = 1_000
"""A text of few but endless words is no query of operators either."""

_NOTHING = re.compile(
    "[\u00ad\u061c\u180e\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ud800-\udfff]+"
)
"""Marks without width and halves of surrogate pairs: they stand inside words and part none."""

_SPACE = re.compile("[\x00-\x1f\x7f-\x9f\u200b\\s]+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_MINUS = "-−－"
_FIELD = re.compile(r"(?P<name>[^\W\d_]{2,20})[:：](?P<value>\S*)")
_LETTER = re.compile(r"[^\W\d_]")
_EXCLUDED = re.compile(r"[^\W_][^\s\"“”„«»]*")
_PLAIN = re.compile(r"[^\s\"“„«「『＂]+|.")
_BOOLEAN = re.compile(r"(?<=\S )(AND|OR|NOT)(?= \S)")
_WILDCARD = re.compile(r"\w\*(?!\w)")
_WANTED = {
    "": "a filter needs a value, without a space before it",
    "year": "years are written year:2015, year:2015-2020, year:2015.. or year:>=2015",
}


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as the engine takes it.

    Attributes:
        interpretation: what it is.
        words: all that is to be matched by meaning and words, phrases included.
        phrases: must stand in a passage, word for word.
        excluded: must not stand in a passage.
        filters: what the documents must be, or must not.
        symbol: for a symbol or a citation, normalised; beside words, the document they are
            looked for in.
        paragraphs: for a citation, paragraph numbers.
        warnings: what was read otherwise than written.
    """

    interpretation: Literal["words", "symbol", "citation", "empty"]
    words: str = ""
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    filters: tuple[FieldValue, ...] = ()
    symbol: str | None = None
    paragraphs: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Parts:
    """What has been read of a query so far."""

    words: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    filters: list[FieldValue] = field(default_factory=list)
    warnings: dict[str, None] = field(default_factory=dict)

    def warn(self, message: str) -> None:
        self.warnings[message] = None


def parse_query(text: str) -> ParsedQuery:
    """Read a query; never fails: what is malformed is plain words, with a warning."""
    cleaned = _SPACE.sub(" ", _NOTHING.sub("", text)).strip()
    if not cleaned:
        return ParsedQuery("empty")
    if direct := _direct(cleaned):
        return direct
    if len(cleaned) > MAX_SYNTAX_CHARACTERS or _word_count(cleaned) > MAX_SYNTAX_WORDS:
        return _plain(cleaned)
    return _typed(cleaned)


def _word_count(text: str) -> int:
    return len(text.split()) + len(_HAN.findall(text)) // 2


def _plain(text: str, warnings: tuple[str, ...] = ()) -> ParsedQuery:
    if not re.search(r"[^\W_]", text):
        nothing = "there is no letter and no figure in it to look for"
        return ParsedQuery("empty", warnings=(*warnings, nothing))
    return ParsedQuery("words", words=text, warnings=warnings)


def _direct(text: str) -> ParsedQuery | None:
    """Recognise a symbol, an address of one, or a citation; the whole text must be it."""
    found = reference(text)
    if found is None:
        return None
    symbol, paragraphs = found
    kind: Literal["symbol", "citation"] = "citation" if paragraphs else "symbol"
    return ParsedQuery(kind, symbol=symbol, paragraphs=paragraphs)


def _typed(text: str) -> ParsedQuery:
    parts = _Parts()
    at = 0
    starts_word = True
    while at < len(text):
        if text[at] == " ":
            at, starts_word = at + 1, True
            continue
        end = (_operator(text, at, parts) if starts_word else None) or _phrase(text, at, parts)
        if end is None:
            end = _word(text, at, parts, joined=not starts_word)
        at, starts_word = end, False
    words = " ".join(parts.words)
    _warn_of_what_is_none(words, parts)
    return _with_symbol(words, parts)


def _operator(text: str, at: int, parts: _Parts) -> int | None:
    """Take an exclusion or a filter; return where it ends, or None where there is neither."""
    if text[at] not in _MINUS:
        return _filter(text, at, parts, excluded=False)
    at += 1
    if at == len(text):
        return None
    if quoted := quoted_at(text, at):
        if quoted[0]:
            parts.excluded.append(quoted[0])
        return quoted[1]
    if end := _filter(text, at, parts, excluded=True):
        return end
    match = _EXCLUDED.match(text, at)
    if match is None:
        return None
    word = match[0].rstrip(".,;:!?)")
    if not _LETTER.search(word):
        parts.warn(f'-{word} was read as plain words; to leave out a figure, write -"{word}"')
        return None
    parts.excluded.append(word)
    return match.end()


def _filter(text: str, at: int, parts: _Parts, *, excluded: bool) -> int | None:
    match = _FIELD.match(text, at)
    if match is None or match["value"].startswith("//"):
        return None
    name = match["name"]
    known = field_named(name)
    if known is None:
        _warn_of_unknown_field(match, parts)
        return None
    quoted = quoted_at(text, match.start("value")) if match["value"] else None
    end = match.end() if quoted is None else quoted[1]
    written = text[at:end]
    while quoted and text[end : end + 1] in (",", ";"):
        end += 1
    values = [quoted[0]] if quoted else match["value"].split(",")
    spelled = [_value(known, name, each) for each in values if each.strip()]
    if not spelled or None in spelled:
        if name.casefold() not in WORDS_TOO and (written[-1] not in ":：" or end == len(text)):
            parts.warn(f"{written} was read as plain words; {_WANTED.get(known, _WANTED[''])}")
        return None
    parts.filters += [FieldValue(known, value, excluded) for value in spelled if value]
    return end


def _value(known: str, name: str, written: str) -> str | None:
    """Return a value without what punctuation follows it, years in one form; None if none."""
    if known == "year":
        return span_of_years(written.strip(";)"), name)
    value = written.strip().strip("()").rstrip(".;,!?")
    return value if re.search(r"[^\W_]", value) else None


def _warn_of_unknown_field(match: re.Match[str], parts: _Parts) -> None:
    """Say that a name is no field, where it looks as if it was meant for one."""
    name, value = match["name"], match["value"]
    if not value[:1].isalnum():
        return
    if near := nearest_field(name):
        parts.warn(f"{name}: is no field and was read as plain words; did you mean {near}:?")
    elif name.islower() and name.isascii():
        known = ", ".join(FIELD_NAMES)
        parts.warn(f"{name}: is no field and was read as plain words; the fields are {known}")


def _phrase(text: str, at: int, parts: _Parts) -> int | None:
    quoted = quoted_at(text, at)
    if quoted is None:
        return None
    phrase, end = quoted
    if not re.search(r"[^\W_]", phrase):
        parts.warn("quotation marks with nothing between them were left out")
        return end
    if phrase not in parts.phrases:
        parts.phrases.append(phrase)
    parts.words.append(phrase)
    return end


def _word(text: str, at: int, parts: _Parts, *, joined: bool) -> int:
    match = _PLAIN.match(text, at)
    word, end = (match[0], match.end()) if match else (text[at], at + 1)
    after_phrase = bool(parts.phrases and parts.words and parts.words[-1] == parts.phrases[-1])
    if joined and parts.words and not (after_phrase and word[0].isalnum()):
        parts.words[-1] += word
    else:
        parts.words.append(word)
    return end


def _warn_of_what_is_none(words: str, parts: _Parts) -> None:
    """Warn of what looks like an operator and was read as plain words."""
    unquoted = words
    for phrase in parts.phrases:
        unquoted = unquoted.replace(phrase, "")
    if STRAY.search(unquoted):
        parts.warn("a quotation mark is not closed; it was read as plain text")
    if not words.isupper() and (found := _BOOLEAN.search(unquoted)):
        parts.warn(f"{found[1]} is no operator and was read as a plain word; -word excludes")
    for address in addresses_without_symbol(unquoted):
        parts.warn(f"{address} holds no document symbol; it was read as plain words")
    if _WILDCARD.search(unquoted):
        parts.warn("* is no operator; forms of a word are found without it")
    for match in re.finditer(r"(?<!\S)([^\W\d_]+)[:：](?= )", unquoted):
        if match[1].islower() and (known := field_named(match[1])):
            parts.warn(f"{match[0]} was read as plain words; a filter is written {known}:value")


def _with_symbol(words: str, parts: _Parts) -> ParsedQuery:
    """Finish: what stands beside the operators may itself be a symbol, or begin or end with one."""
    warnings = tuple(parts.warnings)
    filters = tuple(parts.filters)
    if not parts.phrases and not parts.excluded:
        if direct := _direct(words):
            return replace(direct, filters=filters, warnings=warnings)
        named = [each.value for each in filters if each.field == "symbol" and not each.excluded]
        if not words and len(named) == 1 and (direct := _direct(named[0])):
            others = tuple(each for each in filters if each.field != "symbol")
            return replace(direct, filters=others, warnings=warnings)
    if not words:
        given = " and ".join(
            name
            for name, present in (("exclusions", parts.excluded), ("filters", filters))
            if present
        )
        if given:
            warnings += (f"only {given} were given; there is nothing to look for",)
        return ParsedQuery("empty", "", (), tuple(parts.excluded), filters, warnings=warnings)
    words, symbol = symbol_beside(words, parts.phrases)
    found = _plain(words, warnings)
    return replace(
        found,
        phrases=tuple(parts.phrases),
        excluded=tuple(parts.excluded),
        filters=filters,
        symbol=symbol,
    )
