"""The fields a sidecar may set: each checked, and put into a document with what it implies."""

from __future__ import annotations

import dataclasses
import datetime
import difflib
import re
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

from corpus.countries import country_code, is_country_code
from corpus.errors import SymbolError
from corpus.identity import document_id
from corpus.metadata.dates import year_of
from corpus.metadata.relations import relations_of_symbol
from corpus.readers.jsonl import fields
from corpus.symbols import Symbol, document_url, parse_symbol
from corpus.types import Document, DocumentKind, DocumentStatus, Relation

__all__ = ["FIELDS", "apply_fields", "checked"]

_KINDS = tuple(kind.value for kind in DocumentKind)
_STATUSES = {status.value: status for status in DocumentStatus}
_SEPARATOR = re.compile(r"\s*[;|]\s*")
# So near to a known kind that it is more likely a slip than a kind of the user's own.
_SLIP = 0.8


def _text(name: str, given: object) -> str | None:
    if isinstance(given, datetime.date) and not isinstance(given, datetime.datetime):
        given = given.isoformat()
    return fields.text_of({name: given}, name)


def _list(given: object) -> list[str]:
    parts = _SEPARATOR.split(given.strip()) if isinstance(given, str) else given
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise fields.FieldError("must be text or a list of texts")
    return [part.strip() for part in parts if part.strip()]


def _symbol(given: object) -> str | None:
    text = _text("symbol", given)
    parsed = _parsed(text)
    return parsed.text if parsed else text


def _kind(given: object) -> str | None:
    text = _text("kind", given)
    if text is None or text in _KINDS:
        return text
    near = difflib.get_close_matches(text.lower().replace(" ", "-"), _KINDS, 1, _SLIP)
    if near:
        raise fields.FieldError(f"{text!r} is no kind; {near[0]!r} is one")
    if not re.fullmatch(r"[a-z][a-z0-9-]{1,40}", text):
        raise fields.FieldError(f"{text!r} is no kind; one of your own is written like-this")
    return text


def _countries(given: object) -> tuple[str, ...]:
    names = _list(given)
    for name in names:
        if re.fullmatch(r"[A-Z]{3}", name) and not is_country_code(name):
            raise fields.FieldError(f"{name!r} is no ISO 3166-1 alpha-3 code")
    return tuple(dict.fromkeys(country_code(name) or name for name in names))


def _status(given: object) -> DocumentStatus | None:
    text = _text("status", given)
    if text is None:
        return None
    if (status := _STATUSES.get(text.lower().replace(" ", "-"))) is None:
        raise fields.FieldError(f"{text!r} is not one of {', '.join(_STATUSES)}")
    return status


def _vote(given: object) -> tuple[int, int, int] | None:
    if isinstance(given, str):
        if not given.strip():
            return None
        match = re.fullmatch(
            r"(\d{1,3})\s*[-–—,/]\s*(\d{1,3})\s*[-–—,/]\s*(\d{1,3})", given.strip()
        )
        given = [int(count) for count in match.groups()] if match else given
    if given == []:
        return None
    return fields.vote_of({"vote": given})


def _year(given: object) -> int | None:
    return fields.year_of_record({"year": given})


def _url(given: object) -> str | None:
    text = _text("url", given)
    if text is not None and not re.match(r"https?://[^\s/]+\S*\Z", text):
        raise fields.FieldError(f"{text!r} is no address; write it like https://docs.un.org/…")
    return text


def _relations(given: object) -> tuple[Relation, ...]:
    items = given if isinstance(given, list) else _list(given)
    return fields.relations_of({"relations": items})


def _plain(name: str) -> Callable[[object], str | None]:
    return lambda given: _text(name, given)


_CHECKS: dict[str, Callable[[object], Any]] = {
    "symbol": _symbol,
    "title": _plain("title"),
    "kind": _kind,
    "body": _plain("body"),
    "mandate": _plain("mandate"),
    "mandate_holder": _plain("mandate_holder"),
    "country": _countries,
    "session": _plain("session"),
    "agenda_item": _plain("agenda_item"),
    "date": lambda given: fields.date_of({"date": _text("date", given)}),
    "year": _year,
    "language": lambda given: fields.language_of({"language": given}),
    "status": _status,
    "superseded_by": _symbol,
    "vote": _vote,
    "url": _url,
    "job_number": _plain("job_number"),
    "relations": _relations,
    "restricted": lambda given: fields.restricted_of({"restricted": given}),
}
FIELDS = tuple(_CHECKS)
"""Names of what a sidecar may set, which are those of `Document`."""


def checked(name: str, given: object) -> Any:
    """Return the typed value of a field; None or () where the user blanks it.

    Raises:
        ValueError: the value is none of the field's; names the field.
    """
    try:
        if given is None or given == "":
            return () if name in {"country", "relations"} else None
        return _CHECKS[name](given)
    except fields.FieldError as error:
        words = str(error).removeprefix(f"`{name}` ")
        raise ValueError(f"key `{name}`: {words}") from error


def apply_fields(
    document: Document, values: Mapping[str, Any], places: Mapping[str, str]
) -> Document:
    """Return the document with fields set, and with what a new symbol or date implies.

    Id and address follow symbol, language and title. What else a symbol implies is filled in only
    where neither the document nor the user says it.

    Args:
        document: as read.
        values: checked, by field.
        places: where each was said, for the warning.
    """
    changed = [n for n in FIELDS if n in values and values[n] != getattr(document, n)]
    implied: dict[str, Any] = {}
    if "symbol" in changed:
        implied |= _implied_by_symbol(document, _parsed(values["symbol"]))
    if "date" in changed:
        symbol = _parsed(values.get("symbol", document.symbol))
        implied["year"] = year_of(values["date"]) or (symbol.year if symbol else None)
    if values.get("superseded_by"):
        implied["status"] = DocumentStatus.SUPERSEDED
    made = dataclasses.replace(document, **(implied | dict(values)))
    if {"symbol", "language", "title"} & set(changed):
        made = dataclasses.replace(made, id=_id(made, document))
    if "url" not in values and {"symbol", "language"} & set(changed):
        made = dataclasses.replace(made, url=_address(made, document))
    if not changed:
        return made
    return dataclasses.replace(made, warnings=(*made.warnings, *_remarks(changed, values, places)))


def _implied_by_symbol(document: Document, symbol: Symbol | None) -> dict[str, Any]:
    before = _parsed(document.symbol)
    old = relations_of_symbol(before) if before else ()
    kept = tuple(relation for relation in document.relations if relation not in old)
    implied: dict[str, Any] = {"relations": kept}
    if symbol is None:
        return implied
    implied["relations"] = (*relations_of_symbol(symbol), *kept)
    for name in ("body", "kind", "session", "year", "status"):
        if getattr(document, name) is None:
            implied[name] = getattr(symbol, name)
    if not document.country and is_country_code(symbol.country_code):
        implied["country"] = (symbol.country_code,)
    return implied


def _id(made: Document, read: Document) -> str:
    if made.symbol:
        return document_id(made.symbol, made.language, made.title, PurePath(made.source).name)
    if read.symbol:
        return document_id(None, made.language, made.title, PurePath(made.source).name)
    key = read.id.partition(":")[0]
    return f"{key}:{made.language}" if made.language else key


def _address(made: Document, read: Document) -> str | None:
    before, symbol = _parsed(read.symbol), _parsed(made.symbol)
    own = read.url is not None and (
        before is None or read.url != document_url(before, read.language)
    )
    if own and made.symbol == read.symbol:
        return read.url
    published = symbol is not None and symbol.organ != "SAMPLE"
    return document_url(symbol, made.language) if symbol and published else None


def _remarks(
    changed: list[str], values: Mapping[str, Any], places: Mapping[str, str]
) -> tuple[str, ...]:
    by_place: dict[str, list[str]] = {}
    for name in changed:
        by_place.setdefault(places[name], []).append(name)
    remarks = [f"{', '.join(names)} set by {place}" for place, names in by_place.items()]
    if "symbol" in changed and values["symbol"] and _parsed(values["symbol"]) is None:
        remarks.append(f"{values['symbol']!r} is not a document symbol; kept as given")
    return tuple(remarks)


def _parsed(text: str | None) -> Symbol | None:
    try:
        return parse_symbol(text) if text else None
    except SymbolError:
        return None
