"""A query as it would be typed, from what it was read as."""

from __future__ import annotations

import re

from search_api.query.fields import FieldValue
from search_api.query.reading import ParsedQuery

__all__ = ["as_typed"]


def as_typed(parsed: ParsedQuery) -> str:
    """Write a query, so that it is read as this one; filters come last.

    >>> as_typed(ParsedQuery("words", "access to counsel", ("access to",), ("military",)))
    '"access to" counsel -military'
    """
    words = parsed.words
    for phrase in parsed.phrases:
        words = words.replace(phrase, f'"{phrase}"', 1)
    excluded = [f'-"{each}"' if re.search(r"\W", each) else f"-{each}" for each in parsed.excluded]
    named = [parsed.symbol] if parsed.symbol and not words else []
    if named and parsed.paragraphs:
        named = [f"{parsed.symbol}, para. {', '.join(parsed.paragraphs)}"]
    return " ".join(
        part for part in (words, *named, *excluded, *map(_filter, parsed.filters)) if part
    )


def _filter(each: FieldValue) -> str:
    value = f'"{each.value}"' if re.search(r"[\s,;]", each.value) else each.value
    return f"{'-' * each.excluded}{each.field}:{value}"
