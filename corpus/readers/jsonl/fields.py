"""The fields of a JSON Lines record, each checked and turned into what a `Document` holds."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from corpus.countries import country_code
from corpus.errors import SymbolError
from corpus.metadata.dates import iso_date
from corpus.readers.decoding import without_controls
from corpus.restricted import is_name
from corpus.symbols import parse_symbol
from corpus.types import (
    DocumentStatus,
    Footnote,
    Paragraph,
    ParagraphKind,
    Quality,
    Relation,
    RelationKind,
)

__all__ = [
    "FieldError",
    "countries_of",
    "date_of",
    "footnotes_of",
    "language_of",
    "paragraphs_of",
    "quality_of",
    "relations_of",
    "restricted_of",
    "status_of",
    "text_of",
    "vote_of",
    "year_of_record",
]

# Longer than any real value, by the name of the field; what has no limit here has `_SHORT`.
_LONGEST = {"text": 1_000_000, "title": 10_000}
_SHORT = 2_000
_MAX_PARAGRAPHS = 100_000
_COUNTED = re.compile(r"(\d{1,4})(?:\.(\d{1,3}))?")
_MAX_PAGE = 1_000_000
_MAX_VOTES = 100_000
_STATUS = {status.value: status for status in DocumentStatus}


class FieldError(ValueError):
    """A field of a record is missing or of the wrong type."""


def text_of(record: dict[str, Any], name: str) -> str | None:
    """Return a text field with whitespace folded, line breaks kept, or None where it is empty."""
    value = record.get(name)
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise FieldError(f"`{name}` must be text, not {_type_name(value)}")
    if len(value) > (longest := _LONGEST.get(name, _SHORT)):
        raise FieldError(f"`{name}` has more than {longest:,} characters")
    return _folded(value) or None


def _type_name(value: object) -> str:
    names = {dict: "an object", list: "a list", bool: "true or false", float: "a fraction"}
    return names.get(type(value), type(value).__name__)


def _folded(text: str) -> str:
    r"""Fold whitespace, and drop control characters and halves of characters (`\ud83d` alone)."""
    if not text.isprintable():
        whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        text = without_controls(whole)
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def restricted_of(record: dict[str, Any]) -> str | None:
    """Return the restricted collection that a record is to be kept in."""
    name = record.get("restricted")
    if name is None or name == "":
        return None
    if not isinstance(name, str) or not is_name(name):
        raise FieldError("`restricted` must be a name of one to forty of a-z, 0-9 and -")
    return name


def language_of(record: dict[str, Any]) -> str | None:
    """Return the language code, region left out."""
    language = text_of(record, "language")
    if language is None:
        return None
    code = language.lower().partition("-")[0]
    if not re.fullmatch(r"[a-z]{2,3}", code):
        raise FieldError(f'`language` must be a code like "en", not {language!r}')
    return code


def date_of(record: dict[str, Any]) -> str | None:
    """Return the date in ISO form, to the precision given."""
    given = text_of(record, "date")
    if given is None:
        return None
    if (found := iso_date(given)) is None:
        raise FieldError(f'`date` {given!r} is no date; write it like "2025-04-15"')
    return found


def year_of_record(record: dict[str, Any]) -> int | None:
    """Return the year people file the document under, where the record says it."""
    given = text_of(record, "year")
    if given is None:
        return None
    if not re.fullmatch(r"(?:19|20)\d\d", given):
        raise FieldError(f"`year` {given!r} is no year")
    return int(given)


def countries_of(record: dict[str, Any]) -> tuple[str, ...]:
    """Return the countries, as alpha-3 codes where they can be resolved, else as given."""
    given = record.get("country")
    names = [given] if isinstance(given, str) else (given or [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise FieldError("`country` must be a name or a list of names")
    codes = (country_code(name) or _folded(name) for name in names)
    return tuple(dict.fromkeys(code for code in codes if code))


def status_of(record: dict[str, Any]) -> tuple[DocumentStatus | None, str | None]:
    """Return (standing, remark): a value that is none of ours is left out and said."""
    given = text_of(record, "status")
    if given is None:
        return None, None
    status = _STATUS.get(given.lower().replace(" ", "-"))
    return status, None if status else f"status {given!r} is not one of {', '.join(_STATUS)}"


def vote_of(record: dict[str, Any]) -> tuple[int, int, int] | None:
    """Return (in favour, against, abstaining), where the record has a tally."""
    given = record.get("vote")
    if given is None:
        return None
    counts = isinstance(given, list) and all(type(n) is int and 0 <= n <= _MAX_VOTES for n in given)
    if not counts or len(given) != 3:
        raise FieldError("`vote` must be [in favour, against, abstaining]")
    return given[0], given[1], given[2]


def relations_of(record: dict[str, Any]) -> tuple[Relation, ...]:
    """Return the ties to other documents: "adopts A/HRC/59/L.17", or an object of the two."""
    given = record.get("relations")
    items = [given] if isinstance(given, str) else (given or [])
    if not isinstance(items, list):
        raise FieldError("`relations` must be a list")
    return tuple(dict.fromkeys(_relation(item) for item in items))


def _relation(item: object) -> Relation:
    if isinstance(item, str):
        kind, _, symbol = item.strip().partition(" ")
    elif isinstance(item, dict):
        kind, symbol = text_of(item, "kind") or "", text_of(item, "symbol") or ""
    else:
        kind, symbol = "", ""
    try:
        return Relation(RelationKind(kind), parse_symbol(symbol).text)
    except (ValueError, SymbolError) as error:
        known = ", ".join(known.value for known in RelationKind)
        cause = f'`relations` must be like "adopts A/HRC/59/L.17" ({known})'
        raise FieldError(cause) from error


def paragraphs_of(record: dict[str, Any]) -> tuple[Paragraph, ...]:
    """Return the paragraphs in order, labels made unique."""
    given = record.get("paragraphs")
    if not isinstance(given, list):
        raise FieldError("`paragraphs` must be a list")
    if len(given) > _MAX_PARAGRAPHS:
        raise FieldError(f"more than {_MAX_PARAGRAPHS:,} paragraphs")
    used: dict[str, int] = {}
    paragraphs = []
    for index, item in enumerate(given, 1):
        if not isinstance(item, dict):
            raise FieldError(f"paragraph {index} must be an object with `text`")
        try:
            paragraph = _paragraph(item, index, used)
        except FieldError as error:
            raise FieldError(f"paragraph {index}: {error}") from error
        if paragraph is not None:
            paragraphs.append(paragraph)
    if not paragraphs:
        raise FieldError("no paragraph has any text")
    return tuple(paragraphs)


def _paragraph(item: dict[str, Any], index: int, used: dict[str, int]) -> Paragraph | None:
    text = text_of(item, "text")
    if text is None:
        return None
    number = text_of(item, "number")
    number = number.rstrip(".") if number else None
    kind = _kind(item, number)
    label = text_of(item, "id") or number or f"u{index}"
    used[label] = used.get(label, 0) + 1
    if used[label] > 1:
        label = f"{label}~{used[label]}"
        used[label] = 1
    return Paragraph(
        id=label,
        number=number,
        kind=kind,
        section=_section(item),
        pages=_pages(item),
        text=text,
        verb=text_of(item, "verb"),
        addressees=_texts(item, "addressees"),
        states=tuple(country_code(name) or name for name in _texts(item, "states")),
    )


def _texts(item: dict[str, Any], name: str) -> tuple[str, ...]:
    given = item.get(name)
    texts = [given] if isinstance(given, str) else (given or [])
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise FieldError(f"`{name}` must be text or a list of texts")
    if any(len(text) > _SHORT for text in texts):
        raise FieldError(f"`{name}` has more than {_SHORT:,} characters")
    return tuple(dict.fromkeys(text for text in map(_folded, texts) if text))


def _kind(item: dict[str, Any], number: str | None) -> ParagraphKind:
    given = text_of(item, "kind")
    if given is None:
        return ParagraphKind.ANNEX if re.match(r"A\d*-", number or "") else ParagraphKind.BODY
    try:
        return ParagraphKind(given)
    except ValueError as error:
        known = ", ".join(kind.value for kind in ParagraphKind)
        raise FieldError(f"`kind` {given!r} is not one of {known}") from error


def _section(item: dict[str, Any]) -> tuple[str, ...]:
    given = item.get("section")
    if given is None:
        return ()
    titles = given.split(" > ") if isinstance(given, str) else given
    if not isinstance(titles, list) or not all(isinstance(title, str) for title in titles):
        raise FieldError("`section` must be text, or a list of headings, outermost first")
    return tuple(title for title in map(_folded, titles) if title)


def _pages(item: dict[str, Any]) -> tuple[int, ...]:
    given = item.get("pages", item.get("page"))
    pages = [given] if type(given) is int else (given or [])
    if not isinstance(pages, list) or not all(type(n) is int and 0 < n <= _MAX_PAGE for n in pages):
        raise FieldError("`pages` must be a list of page numbers from 1")
    return tuple(sorted(set(pages)))


def footnotes_of(record: dict[str, Any], paragraphs: tuple[Paragraph, ...]) -> tuple[Footnote, ...]:
    """Return the footnotes, tied to the paragraphs they name."""
    given = record.get("footnotes") or []
    if not isinstance(given, list) or not all(isinstance(note, dict) for note in given):
        raise FieldError("`footnotes` must be a list of objects with `mark` and `text`")
    labels = {paragraph.id for paragraph in paragraphs}
    notes = []
    for index, note in enumerate(given, 1):
        page = note.get("page")
        label = text_of(note, "paragraph_id")
        notes.append(
            Footnote(
                mark=text_of(note, "mark") or str(index),
                text=text_of(note, "text") or "",
                page=page if type(page) is int and 0 < page <= _MAX_PAGE else None,
                paragraph_id=label if label in labels else None,
            )
        )
    return tuple(note for note in notes if note.text)


def quality_of(paragraphs: tuple[Paragraph, ...]) -> Quality:
    """Check the numbering 1..N, as for any other format; "2.1" stands for the 2 it belongs to."""
    printed = (_COUNTED.fullmatch(p.number) for p in paragraphs if p.number)
    places = [(int(match[1]), int(match[2] or 0)) for match in printed if match]
    if not places:
        return Quality()
    present = {whole for whole, _ in places}
    missing = tuple(n for n in range(min(present), max(present)) if n not in present)
    return Quality(
        chain=len(places),
        gaps=missing,
        first=places[0][0],
        last=places[-1][0],
        restarts=sum(after <= before for before, after in pairwise(places)),
    )
