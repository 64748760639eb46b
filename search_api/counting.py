"""How many passages and documents have each value of each facet."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from corpus.countries import country_name
from indexer.facets import FACETS, Selection
from indexer.snapshot import FacetColumns, Snapshot
from search_api.asked import Asked
from search_api.schemas import Facets, FacetValue, Filters
from search_api.selection import selection_of

__all__ = ["facets", "facets_of_candidates"]

COUNTED = tuple(facet for facet in FACETS if facet != "symbol")
"""Symbols are as many as documents: nobody chooses among them by a count."""

Counts = NDArray[np.int64]


def facets(snapshot: Snapshot, filters: Filters) -> Facets:
    """Count all passages by value of each facet, under the filters of the other facets."""
    columns = snapshot.columns
    selection = selection_of(filters)
    passages = columns.passages_by_document()
    counted: dict[str, tuple[FacetValue, ...]] = {}
    for facet in COUNTED:
        others = {name: wanted for name, wanted in selection.values.items() if name != facet}
        allowed = columns.documents(Selection(others, selection.year_from, selection.year_to))
        counted[facet] = _values(columns, facet, np.where(allowed, passages, 0))
    within = columns.documents(Selection(selection.values))
    counted["year"] = _years(columns, np.where(within, passages, 0))
    return Facets(**counted)


def facets_of_candidates(asked: Asked) -> Facets:
    """Count the candidates of a search, those of each facet found without its own filter.

    Values that were chosen are counted as they were found, under all filters: without that of their
    facet there would be fewer of them, as a search looks to a certain depth.
    """
    columns = asked.snapshot.columns
    documents = len(columns.document_ids)

    def by_document(*without: str) -> Counts:
        return np.bincount(columns.document[asked.rows(without=without)], minlength=documents)

    counted = {facet: _values(columns, facet, by_document(facet)) for facet in COUNTED}
    counted["year"] = _years(columns, by_document("year"))
    for facet in asked.filters.keys() & set(COUNTED):
        now = {each.value: each for each in _values(columns, facet, by_document())}
        chosen = set(asked.filters[facet])
        others = [each for each in counted[facet] if each.value not in chosen]
        counted[facet] = _ordered([*others, *(now[each] for each in chosen & now.keys())])
    return Facets(counted="candidates", **counted)


def _values(columns: FacetColumns, facet: str, by_document: Counts) -> tuple[FacetValue, ...]:
    """Return the values that passages have, most first, from how many each document has."""
    table = columns.values[facet]
    passages, documents = table.sums(by_document), table.sums(by_document > 0)
    found = [
        FacetValue(
            value=table.names[i],
            label=_label(facet, table.names[i]),
            passages=int(passages[i]),
            documents=int(documents[i]),
        )
        for i in np.flatnonzero(passages).tolist()
    ]
    return _ordered(found)


def _years(columns: FacetColumns, by_document: Counts) -> tuple[FacetValue, ...]:
    held = by_document > 0
    return tuple(
        FacetValue(
            value=str(year),
            label=str(year),
            passages=int(by_document[columns.year == year].sum()),
            documents=int((held & (columns.year == year)).sum()),
        )
        for year in sorted({int(y) for y in columns.year[held] if y}, reverse=True)
    )


def _ordered(values: Iterable[FacetValue]) -> tuple[FacetValue, ...]:
    return tuple(sorted(values, key=lambda value: (-value.passages, value.value)))


def _label(facet: str, value: str) -> str:
    if facet == "country":
        return country_name(value) or value
    if facet in ("kind", "status"):
        return value.replace("-", " ")
    return value
