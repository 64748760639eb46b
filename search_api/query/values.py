"""What a filter's value stands for in an index: codes, names in several languages, aliases."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

import pycountry

from corpus.bodies import COMMITTEES, body_named
from corpus.countries import country_code, country_name
from corpus.errors import SymbolError
from corpus.symbols import normalise_symbol
from indexer.snapshot import FacetColumns
from search_api.query.alike import symbols_alike

__all__ = ["nearest", "resolved", "unknown_values"]

_BODY_ALIASES = {
    "hrc": "Human Rights Council",
    "unhrc": "Human Rights Council",
    "chr": "Commission on Human Rights",
    "ga": "General Assembly",
    "unga": "General Assembly",
    "sc": "Security Council",
    "unsc": "Security Council",
    "ecosoc": "Economic and Social Council",
    "csw": "Commission on the Status of Women",
    "hr committee": "CCPR",
    "hrctte": "CCPR",
    "iccpr": "CCPR",
    "uncat": "CAT",
    "icerd": "CERD",
    "icescr": "CESCR",
    "uncrc": "CRC",
    "uncrpd": "CRPD",
}
"""Abbreviations in use beside a committee's own; "HRC" is the Council in the United Nations."""

_KIND_ALIASES = {
    "gc": "general-comment",
    "general-recommendation": "general-comment",
    "co": "concluding-observations",
    "cobs": "concluding-observations",
    "sr": "special-rapporteur-report",
    "view": "treaty-body-decision",
    "jurisprudence": "treaty-body-decision",
}

_LANGUAGE_NAMES = {
    "العربية": "ar", "عربي": "ar",
    "беларуская": "be", "белорусский": "be", "беларускі": "be", "byelorussian": "be",
    "deutsch": "de", "allemand": "de",
    "anglais": "en", "английский": "en", "англійская": "en", "inglés": "en",
    "español": "es", "castellano": "es", "espagnol": "es", "испанский": "es",
    "français": "fr", "francais": "fr", "французский": "fr", "french": "fr",
    "polski": "pl", "português": "pt",
    "русский": "ru", "руская": "ru", "russe": "ru", "ruso": "ru",
    "українська": "uk", "украинский": "uk",
    "中文": "zh", "汉语": "zh", "chinois": "zh", "chino": "zh", "китайский": "zh", "mandarin": "zh",
}  # fmt: skip
_COUNTRY_LANGUAGES = ("en", "ru", "be", "fr", "es", "ar", "zh", "pt")
_LIKENESS = 0.6
_MAX_WARNED = 10
_MAX_COMPARED = 2_000
"""Values a misspelt one is compared with: 100,000 would take seconds."""


def resolved(field: str, value: str, held: Iterable[str]) -> tuple[str, ...]:
    """Return the values that one stands for, in the index's spelling where it has them.

    Args:
        field: a facet.
        value: as typed.
        held: values there are.

    Returns:
        One value as a rule; several where a kind's beginning names a family ("upr", "draft"); one
        that is not among `held` where no document has it.
    """
    known = {_key(each): each for each in held}
    key = _key(value)
    if key in known:
        return (known[key],)
    if field == "kind":
        return _kinds(key, known)
    canonical = {
        "body": _body, "country": _country, "language": _language, "symbol": _symbol,
    }.get(field, str)(value)  # fmt: skip
    return (known.get(_key(canonical), canonical),)


def nearest(field: str, value: str, held: Iterable[str]) -> tuple[str, ...]:
    """Return up to three values of an index that a misspelt one may have meant, likest first."""
    if field == "symbol":
        return tuple(symbols_alike(value, tuple(held)))
    values = list(held)
    names: dict[str, str] = {}
    for each in values[:_MAX_COMPARED]:
        names[_key(each)] = each
        if label := _name(field, each):
            names.setdefault(_key(label), each)
    near = get_close_matches(_key(value), names, n=3, cutoff=_LIKENESS)
    return tuple(dict.fromkeys(_shown(field, names[name]) for name in near))


def unknown_values(columns: FacetColumns, wanted: Mapping[str, Iterable[str]]) -> list[str]:
    """Return a warning for every filter value that no document has, with what is nearest to it."""
    warnings: list[str] = []
    for field, values in wanted.items():
        there = columns.values[field]
        for value in values:
            if value not in there and len(warnings) < _MAX_WARNED:
                near = nearest(field, value, there.names)
                hint = f"; the nearest here: {', '.join(near)}" if near else ""
                warnings.append(f"no document has the {field} {_said(field, value)}{hint}")
    return warnings


def _key(value: str) -> str:
    folded = unicodedata.normalize("NFKC", value).casefold().replace("’", "'")
    return " ".join(folded.replace("_", " ").replace("-", " ").split())


def _kinds(key: str, known: Mapping[str, str]) -> tuple[str, ...]:
    name = key.replace(" ", "-")
    for each in (name, name.removesuffix("s"), *(f"{name}{end}" for end in ("s",))):
        alias = _KIND_ALIASES.get(each, each)
        if _key(alias) in known:
            return (known[_key(alias)],)
    family = [each for each in known.values() if each.startswith(f"{name}-")]
    return tuple(sorted(family)) or (_KIND_ALIASES.get(name, name),)


def _body(value: str) -> str:
    key = _key(value)
    acronym = value.strip().upper()
    if acronym in COMMITTEES:
        return acronym
    return _BODY_ALIASES.get(key) or body_named(value) or value


def _country(value: str) -> str:
    code = value.strip().upper()
    if len(code) == 2 and (found := pycountry.countries.get(alpha_2=code)):
        return str(found.alpha_3)
    for language in _COUNTRY_LANGUAGES:
        if named := country_code(value, language):
            return named
    return country_code(code) or value


def _language(value: str) -> str:
    key = _key(value)
    if key in _LANGUAGE_NAMES:
        return _LANGUAGE_NAMES[key]
    try:
        return str(getattr(pycountry.languages.lookup(key), "alpha_2", key))
    except LookupError:
        return key


def _symbol(value: str) -> str:
    try:
        return normalise_symbol(value)
    except SymbolError:
        return value


def _name(field: str, value: str) -> str | None:
    if field == "country":
        return country_name(value)
    if field == "body":
        return COMMITTEES.get(value)
    if field == "language":
        found = pycountry.languages.get(alpha_2=value)
        return None if found is None else str(found.name)
    return None


def _said(field: str, value: str) -> str:
    name = _name(field, value)
    return repr(value) if name is None or field == "body" else f"{name} ({value})"


def _shown(field: str, value: str) -> str:
    name = _name(field, value)
    return value if name is None or field == "body" else f"{value} ({name})"
