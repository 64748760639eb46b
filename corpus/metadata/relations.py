"""Ties between documents, as a symbol implies them or a text states them plainly."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.errors import SymbolError
from corpus.roman import roman_value
from corpus.symbols import Symbol, find_symbols, parse_symbol
from corpus.types import DocumentKind, Relation, RelationKind

__all__ = ["relations_of_symbol", "relations_of_words", "replaced_comments", "superseded_by"]

_SUFFIX = re.compile(r"(?P<type>Add|Amend|Corr|Rev)\.(?P<number>\d+)\Z")
# `CCPR/C/79/Add.86`, `E/C.12/1/Add.5`: older series of treaty bodies count by addenda, and what
# they would add to is no document.
_SERIAL = re.compile(r"(?:[A-Z]+/C|E/C\.12)/\d+(?:/Rev\.\d+)?/Add\.\d+\Z")
_KINDS = {
    "Add": RelationKind.ADDS_TO,
    "Amend": RelationKind.AMENDS,
    "Corr": RelationKind.CORRECTS,
    "Rev": RelationKind.REVISES,
}


def relations_of_symbol(symbol: Symbol) -> tuple[Relation, ...]:
    """Return what the last suffix of a symbol says of the document it is a suffix to.

    `Rev.2` revises both `Rev.1` and the text first issued. Only the last suffix speaks:
    `L.1/Rev.1/Add.1` adds to `L.1/Rev.1`.
    """
    found: dict[Relation, None] = {}
    for member in symbol.members:
        head, _, last = member.text.rpartition("/")
        match = _SUFFIX.match(last)
        if match is None:
            continue
        kind, number = _KINDS[match["type"]], int(match["number"])
        if kind is RelationKind.ADDS_TO and _SERIAL.match(member.text):
            continue
        bases = [head]
        if kind is RelationKind.REVISES and number > 1:
            bases.insert(0, f"{head}/Rev.{number - 1}")
        for base in bases:
            try:
                found[Relation(kind, parse_symbol(base).text)] = None
            except SymbolError:
                continue
    return tuple(found)


_COMMENTS = (
    r"(?:general (?:comment|recommendation)s?|(?:observation|recommandation)s? générales?|"
    r"(?:observaci[oó]n|recomendaci[oó]n)(?:es)? general(?:es)?|"
    r"(?:замечани\w+|рекомендаци\w+) общего порядка)"
)
_REPLACES = re.compile(
    rf"(?:(?:\b(?:this|the present) {_COMMENTS}[^.]{{0,60}}?|\bto )\b(?:replac|supersed)(?:es?|ing)"
    r" (?:its |the (?:Committee’s |previous |earlier )?)?"
    r"|\bremplace(?:nt)? (?:l[’']|les |son |ses )?"
    r"|\b(?:sustituye|reemplaza)n? (?:a )?(?:la |las |su |sus )?"
    r"|\bзаменя[ею]т (?:собой )?)"
    rf"{_COMMENTS} (?P<which>.{{0,160}}?)"
    r"(?:(?<!\bNo)(?<!\bNos)(?<!\bnúm)\.\s|[,;:]? (?:reflecting|which|it )|\Z)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:\bn(?:os?|[uú]ms?|[°ºᵒ])\.?|№|(?<=\band)|(?<=\bet)|(?<=\by)|(?<=\bи))\s*(\d{1,2})\b"
    r"(?!\s+(?:de |d[’'])?[^\W\d_]+\s+(?:de )?\d{4})"  # a day, as in "and 5 May 1984"
    r"|\A(?-i:([IVXL]{1,6}))\b",
    re.IGNORECASE,
)
_PREVIOUSLY = re.compile(
    r"(?:previously|originally|earlier) issued (?:as|under)(?: the)?(?: document)?(?: symbol)?\s+",
    re.IGNORECASE,
)
_SUPERSEDED = re.compile(
    r"\b(?:the present|this) (?:document|general comment|general recommendation|draft|report|note|"
    r"text|version) (?:has been|is|was) (?:superseded|replaced) by (?:the )?(?:document )?",
    re.IGNORECASE,
)
_AMENDED = re.compile(r"amendments? (?:proposed )?to (?:the )?draft (?:resolution|decision) ", re.I)
# The first of each committee's general comments whose symbol is its number in the GC series; older
# ones were published in annual reports and under other symbols.
_FIRST_IN_SERIES = {
    "CCPR": 32, "CAT": 2, "CEDAW": 28, "CERD": 34, "CRC": 8, "CESCR": 17,
    "CRPD": 1, "CMW": 1, "CED": 1,
}  # fmt: skip


def relations_of_words(
    symbol: Symbol | None, brackets: Sequence[str], titles: Sequence[str], front: str
) -> tuple[Relation, ...]:
    """Return the ties a document states plainly, none where a symbol is not printed or certain.

    Args:
        symbol: of the document.
        brackets: lines in brackets of its title block: a resolution of the General Assembly names
            its draft there, "[without reference to a Main Committee (A/48/L.21/Rev.1)]".
        titles: of its title block.
        front: its first paragraphs and notes.
    """
    found: list[Relation] = []
    kind = symbol.kind if symbol else None
    if kind in {DocumentKind.RESOLUTION, DocumentKind.DECISION}:
        drafts = (named for text in brackets for _, _, named in find_symbols(text))
        found += [Relation(RelationKind.ADOPTS, draft.text) for draft in drafts if draft.status]
    for title in titles:
        if amended := _AMENDED.search(title):
            found += _first(RelationKind.AMENDS, title[amended.end() :])
    if previous := _PREVIOUSLY.search(front):
        found += _first(RelationKind.SUPERSEDES, front[previous.end() :])
    if symbol is not None and kind is DocumentKind.GENERAL_COMMENT:
        found += _replaced_comments(symbol, front)
    own = {member.text for member in symbol.members} if symbol else set()
    return tuple(relation for relation in dict.fromkeys(found) if relation.symbol not in own)


def superseded_by(front: str) -> str | None:
    """Return the symbol of the text that a front note says took the place of this one."""
    note = _SUPERSEDED.search(front)
    named = _first(RelationKind.SUPERSEDES, front[note.end() :]) if note else []
    return named[0].symbol if named else None


def _first(kind: RelationKind, text: str) -> list[Relation]:
    """Return the relation to the symbol a text opens with."""
    named = find_symbols(text[:60])
    return [Relation(kind, named[0][2].text)] if named and named[0][0] == 0 else []


def replaced_comments(front: str) -> tuple[int, ...]:
    """Return the numbers of the general comments that the first words of one say it replaces.

    >>> replaced_comments("This general comment replaces general comments Nos. 6 and 14.")
    (6, 14)
    """
    which = _replaced(front)
    found = (match[1] or match[2] for match in _NUMBERED.finditer(which))
    return tuple(
        dict.fromkeys(int(said) if said.isdecimal() else roman_value(said) for said in found)
    )


def _replaced(front: str) -> str:
    """Return the words that name the general comments that are replaced, or ""."""
    match = _REPLACES.search(re.sub(r"\s+", " ", front))
    return match["which"] if match else ""


def _replaced_comments(symbol: Symbol, front: str) -> list[Relation]:
    printed = [named.text for _, _, named in find_symbols(_replaced(front))]
    if printed:
        return [Relation(RelationKind.SUPERSEDES, text) for text in printed]
    series = symbol.text.rpartition("/GC/")[0]
    first = _FIRST_IN_SERIES.get(symbol.body or "")
    return [
        Relation(RelationKind.SUPERSEDES, f"{series}/GC/{number}")
        for number in replaced_comments(front)
        if series and first is not None and number >= first
    ]
