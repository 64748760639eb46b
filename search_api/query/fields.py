"""Filters as they are typed: `field:value`, and the spellings of years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

__all__ = [
    "FIELD_NAMES",
    "WORDS_TOO",
    "FieldValue",
    "field_named",
    "nearest_field",
    "span_of_years",
]

FIELD_NAMES: dict[str, tuple[str, ...]] = {
    "kind": ("kind", "kinds", "type"),
    "body": ("body", "bodies", "committee", "organ"),
    "country": ("country", "countries", "state"),
    "language": ("language", "languages", "lang"),
    "symbol": ("symbol", "symbols", "document", "within"),
    "year": ("year", "years", "from", "to", "since", "until"),
    "status": ("status", "standing"),
}
"""Each field with the names it goes by: those of the API, the page's, and their near synonyms."""

WORDS_TOO = frozenset({"from", "to", "since", "until"})
"""Names that are ordinary words: they name a field before a year only."""

_FIELDS = {name: field for field, names in FIELD_NAMES.items() for name in names}
_LIKENESS = 0.75
"""Likeness (difflib) from which an unknown name is a misspelt one: "contry", "langauge"."""

_YEAR = re.compile(
    r"(?P<sign>>=|<=|≥|≤|>|<|=)?(?P<year>[0-9]{4})"
    r"|(?P<first>[0-9]{4})?(?:\.{2,3}|…|[-–—])(?P<last>[0-9]{4})?"
)


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One filter of a query.

    Attributes:
        field: a key of `FIELD_NAMES`.
        value: as typed, without quotation marks; for years as `span_of_years` writes them.
        excluded: whether passages that have the value are left out.
    """

    field: str
    value: str
    excluded: bool = False


def field_named(name: str) -> str | None:
    """Return the field that goes by a name, in any case, or None."""
    return _FIELDS.get(name.casefold())


def nearest_field(name: str) -> str | None:
    """Return the field whose name a word nearly is, or None."""
    near = get_close_matches(name.casefold(), _FIELDS, n=1, cutoff=_LIKENESS)
    return _FIELDS[near[0]] if near else None


def span_of_years(text: str, name: str = "year") -> str | None:
    """Return a span of years in one form, `2015..2020`, `2015..` or `..2020`, or None.

    Args:
        text: `2015`, `2015-2020`, `2015..2020`, `2015..`, `..2020`, `>=2015`, `<2020`.
        name: of the field as typed; `from` and `since` open a span, `to` and `until` close one.
    """
    match = _YEAR.fullmatch(text.replace(" ", ""))
    if match is None or not (match["year"] or match["first"] or match["last"]):
        return None
    if match["year"] is None:
        first, last = match["first"] or "", match["last"] or ""
        if first and last and first > last:
            first, last = last, first
        return f"{first}..{last}"
    year = int(match["year"])
    sign = match["sign"] or {"from": ">=", "since": ">=", "to": "<=", "until": "<="}.get(
        name.casefold(), "="
    )
    return {
        ">": f"{year + 1}..",
        ">=": f"{year}..",
        "≥": f"{year}..",
        "<": f"..{year - 1}",
        "<=": f"..{year}",
        "≤": f"..{year}",
        "=": f"{year}..{year}",
    }[sign]
