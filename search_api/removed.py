"""Where nothing was found: which part of the search left nothing, and the ways out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from indexer.lexical import LexicalQuery
from search_api.asked import Asked
from search_api.query import ParsedQuery, as_typed
from search_api.schemas import QuotedPhrase, Removed

__all__ = ["quoted", "ways_out"]

_MOST = 8
"""Phrases and excluded words that are each left out in turn: each costs a search."""

_NEARNESS = {"phrase": 1, "excluded": 1, "filters": 2}
"""To leave out one filter keeps more of what was asked than to loosen the words; all filters are
more than one."""


def ways_out(asked: Asked) -> tuple[Removed, ...]:
    """Return what there is without each part of a search, the nearest way out first.

    Nearest is what changes least: one filter, then quotation marks or an exclusion, then all
    filters; among equals what finds most. Parts without which there is still nothing come last. If
    no single part is to blame, the words alone are offered.
    """
    found = [*_filters(asked), *_of_query(asked)]
    if not any(way.hits for way in found):
        found += _words_alone(asked)
    return tuple(
        sorted(found, key=lambda way: (not way.hits, _NEARNESS.get(way.field, 0), -way.hits))
    )


def quoted(asked: Asked) -> tuple[QuotedPhrase, ...]:
    """Return how many passages each quoted phrase stands in, with the filters and without."""
    snapshot, mask = asked.snapshot, asked.question.mask if asked.question else None
    told = []
    for phrase in _phrases(asked.parsed):
        rows = snapshot.lexical.matching(LexicalQuery("", phrases=(phrase,)))
        allowed = len(rows) if mask is None else int(np.count_nonzero(mask[rows]))
        told.append(QuotedPhrase(phrase=phrase, passages=allowed, passages_unfiltered=len(rows)))
    return tuple(told)


def _filters(asked: Asked) -> Iterator[Removed]:
    """Yield each filter of the request, and all of them where there are several."""
    for field, values in asked.filters.items():
        yield _removed(field, values, len(asked.rows(without=(field,))))
    if len(asked.filters) > 1:
        values = tuple(value for each in asked.filters.values() for value in each)
        hits = len(asked.rows(without=tuple(asked.filters)))
        if hits:
            yield _removed("filters", values, hits)


def _of_query(asked: Asked) -> Iterator[Removed]:
    """Yield each filter, phrase and exclusion that stood in the query itself."""
    for field, values, without in _loosened(asked.parsed):
        yield _removed(field, values, len(asked.rows(parsed=without)), as_typed(without))


def _words_alone(asked: Asked) -> Iterator[Removed]:
    """Yield the query without any filter, and without its operators if that is needed."""
    parsed = asked.parsed
    fields = tuple(asked.filters)
    plain = replace(parsed, filters=())
    for left in (plain, replace(plain, phrases=_named(parsed), excluded=())):
        hits = len(asked.rows(without=fields, parsed=left))
        if hits:
            values = [value for each in asked.filters.values() for value in each]
            values += [each.value for each in parsed.filters]
            yield _removed("filters", tuple(values), hits, as_typed(left))
            return


def _loosened(parsed: ParsedQuery) -> Iterator[tuple[str, tuple[str, ...], ParsedQuery]]:
    """Yield a query without each of its parts: the part's field, its values, what is left."""
    for field in dict.fromkeys(each.field for each in parsed.filters):
        kept = tuple(each for each in parsed.filters if each.field != field)
        values = tuple(each.value for each in parsed.filters if each.field == field)
        yield field, values, replace(parsed, filters=kept)
    phrases = _phrases(parsed)
    for phrase in phrases:
        kept_phrases = tuple(each for each in parsed.phrases if each != phrase)
        yield "phrase", (phrase,), replace(parsed, phrases=kept_phrases)
    if len(phrases) > 1:
        yield "phrase", phrases, replace(parsed, phrases=_named(parsed))
    for word in parsed.excluded[:_MOST]:
        kept_words = tuple(each for each in parsed.excluded if each != word)
        yield "excluded", (word,), replace(parsed, excluded=kept_words)


def _named(parsed: ParsedQuery) -> tuple[str, ...]:
    return tuple(each for each in parsed.phrases if each == parsed.symbol)


def _phrases(parsed: ParsedQuery) -> tuple[str, ...]:
    """Return what was quoted; a symbol that the index does not hold is looked for as a phrase."""
    return tuple(each for each in parsed.phrases if each != parsed.symbol)[:_MOST]


def _removed(field: str, values: tuple[str, ...], hits: int, query: str | None = None) -> Removed:
    return Removed.model_validate({"field": field, "values": values, "hits": hits, "query": query})
