"""From the filters of a request to a selection over facets."""

from __future__ import annotations

from corpus.countries import country_code
from corpus.errors import QueryError, SymbolError
from corpus.symbols import normalise_symbol
from indexer.facets import Selection
from search_api.schemas import Filters

__all__ = ["selection_of"]


def selection_of(filters: Filters) -> Selection:
    """Return what the filters select; symbols are normalised as they are in the index.

    Raises:
        QueryError: the first year is after the last.
    """
    first, last = filters.year_from, filters.year_to
    if first is not None and last is not None and first > last:
        raise QueryError("filters", f"year_from {first} is after year_to {last}", "swap them")
    values = {
        "kind": filters.kind,
        "body": filters.body,
        "country": tuple(_country(value) for value in filters.country),
        "language": tuple(value.lower() for value in filters.language),
        "symbol": tuple(_symbol(value) for value in filters.symbol),
        "status": filters.status,
    }
    return Selection(
        values={name: wanted for name, wanted in values.items() if wanted},
        year_from=first,
        year_to=last,
    )


def _symbol(value: str) -> str:
    try:
        return normalise_symbol(value)
    except SymbolError:
        return value


def _country(value: str) -> str:
    """Accept a code in any case and a country's name."""
    return country_code(value) or (value.upper() if len(value) == 3 else value)
