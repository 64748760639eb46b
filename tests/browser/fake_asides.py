"""What the invented service tells beside its hits: counts, order, other questions, ways out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from search_api.schemas import (
    Facets,
    FacetValue,
    Filters,
    Hit,
    Passage,
    QuotedPhrase,
    Removed,
    SearchRequest,
    Sorted,
    Suggestion,
)
from tests.browser.invented_corpus import LABELS

__all__ = ["asides", "counted", "in_order"]

COUNTED = ("kind", "body", "country", "language", "year")

Found = Callable[[Filters], list[Passage]]


def counted(found: Found, filters: Filters, counted: str = "index") -> Facets:
    """Count what is found, each facet without its own filter."""
    values: dict[str, Any] = {}
    for facet in COUNTED:
        own = {"year_from": None, "year_to": None} if facet == "year" else {facet: ()}
        counts: Counter[str] = Counter()
        for passage in found(filters.model_copy(update=own)):
            value = getattr(passage, facet)
            each = value if isinstance(value, tuple) else (value,)
            counts.update(str(v) for v in each if v)
        ordered = sorted(counts, reverse=True) if facet == "year" else _most(counts)
        values[facet] = tuple(
            FacetValue(
                value=value,
                label=LABELS.get(facet, {}).get(value, value),
                passages=counts[value],
                documents=1,
            )
            for value in ordered
        )
    return Facets.model_validate({"counted": counted, **values})


def _most(counts: Counter[str]) -> list[str]:
    return [value for value, _ in counts.most_common()]


def in_order(hits: Sequence[Hit], asked: SearchRequest) -> list[Hit]:
    """Put hits into the order asked for, all of them near enough."""
    if asked.sort == "authority":
        hits = sorted(hits, key=lambda hit: (not hit.standing.counts, hit.standing.authority))
    elif asked.sort != "relevance":
        newest = asked.sort == "newest"
        dated = sorted((h for h in hits if h.date), key=lambda h: h.date or "", reverse=newest)
        hits = [*dated, *(h for h in hits if not h.date)]
    return [hit.model_copy(update={"rank": n}) for n, hit in enumerate(hits, start=1)]


def asides(asked: SearchRequest, found: Found, symbols: Sequence[str]) -> dict[str, Any]:
    """Return the fields of an answer beside its hits."""
    told: dict[str, Any] = {}
    hits = len(found(asked.filters))
    if asked.facets:
        told["facets"] = counted(found, asked.filters, "candidates")
    if asked.sort != "relevance" and hits:
        told["sorted_by"] = Sorted(sort=asked.sort, near=hits, candidates=hits, least_share=0.5)
    written = asked.query.replace("-", "/")
    if written != asked.query and written in symbols:
        told["suggestions"] = (Suggestion(query=written, reason="symbol", symbol=written),)
    if hits:
        return told
    phrases = re.findall(r'"([^"]+)"', asked.query)
    told["quoted"] = tuple(
        QuotedPhrase(phrase=phrase, passages=0, passages_unfiltered=1) for phrase in phrases
    )
    told["removed"] = tuple(
        sorted(_removed(asked.filters, found), key=lambda way: (not way.hits, way.field))
    )
    return told


def _removed(filters: Filters, found: Found) -> list[Removed]:
    ways = []
    set_ = {name: getattr(filters, name) for name in Filters.model_fields}
    for name, values in set_.items():
        if isinstance(values, tuple) and values:
            hits = len(found(filters.model_copy(update={name: ()})))
            ways.append(Removed.model_validate({"field": name, "values": values, "hits": hits}))
    if len(ways) > 1:
        hits = len(found(Filters()))
        ways.append(Removed(field="filters", values=(), hits=hits))
    return ways
