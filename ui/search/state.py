"""What the page is showing, as a value that goes to the address bar and comes back unchanged.

The address is the only place where the state lives: every control writes a new state into it and
the page is drawn from what it reads there. So a reload, a bookmark, the browser's Back button and
an address sent to a colleague all show the same hits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args
from urllib.parse import urlencode

from search_api.schemas import MAX_K, MAX_QUERY_CHARACTERS, Filters, SearchRequest, Signals, Sort

__all__ = ["DEFAULT_K", "MAX_ADDRESS_BYTES", "MAX_OFFSET", "PER_PAGE", "PageState"]

DEFAULT_K = 10
PER_PAGE = (10, 20, 50, 100, 200)
MAX_OFFSET = 1000
"""Bound of `SearchRequest.offset`."""

MAX_ADDRESS_BYTES = 32_000
"""Longest query string put into the address: the head of a request may hold 64 KiB in all where the
page is served, and half of that leaves room. A pasted page of Russian takes about 18 KB."""

MAX_VALUE_CHARACTERS = 300
"""Longest filter value or passage id that is read from an address; the service takes no longer."""

_LISTS = ("kind", "body", "country", "language", "status", "symbol")
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class PageState:
    """One view of the search page.

    Attributes:
        query: As typed.
        kind: Document kinds to allow; empty allows all. So with the next five.
        body: Organs, treaty bodies or mandates.
        country: ISO 3166-1 alpha-3.
        language: ISO 639-1.
        status: How the texts stand.
        symbol: Documents to search within.
        year_from: Earliest year, inclusive.
        year_to: Latest year, inclusive.
        k: Hits a page.
        offset: Hits before this page.
        grouped: Whether each document is shown once.
        signals: What the ranking is by.
        sort: Order of the hits.
        explain: Whether each hit says why it is one.
        rerank: Whether the best hits are read again.
        similar: Passage whose neighbours in meaning are shown instead of the search.
    """

    query: str = ""
    kind: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    symbol: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    k: int = DEFAULT_K
    offset: int = 0
    grouped: bool = False
    signals: Signals = "hybrid"
    sort: Sort = "relevance"
    explain: bool = False
    rerank: bool = False
    similar: str | None = None

    @classmethod
    def from_params(cls, params: Mapping[str, Sequence[str]]) -> PageState:
        """Read the state from the address; what is not understood there counts as not said.

        Args:
            params: Every value of each parameter, in the order of the address.
        """
        first = {name: values[0] for name, values in params.items() if values}
        year_from, year_to = _years(first.get("year", ""))
        k = _number(first.get("k", ""), range(1, MAX_K + 1))
        offset = _number(first.get("offset", ""), range(MAX_OFFSET + 1))
        signals, sort = first.get("signals"), first.get("sort")
        return cls(
            query=first.get("q", "")[:MAX_QUERY_CHARACTERS],
            kind=_distinct(params.get("kind", ())),
            body=_distinct(params.get("body", ())),
            country=_distinct(params.get("country", ())),
            language=_distinct(params.get("language", ())),
            status=_distinct(params.get("status", ())),
            symbol=_distinct(params.get("symbol", ())),
            year_from=year_from,
            year_to=year_to,
            k=DEFAULT_K if k is None else k,
            offset=offset or 0,
            grouped=first.get("group") == "1",
            signals=signals if signals in get_args(Signals) else "hybrid",  # type: ignore[arg-type]
            sort=sort if sort in get_args(Sort) else "relevance",  # type: ignore[arg-type]
            explain=first.get("why") == "1",
            rerank=first.get("rerank") == "1",
            similar=next(iter(_distinct(params.get("similar", ())[:1])), None),
        )

    def to_params(self) -> dict[str, list[str]]:
        """Return the parameters of the address; what is at its default is left out."""
        params: dict[str, list[str]] = {}
        if self.query:
            params["q"] = [self.query]
        for name in _LISTS:
            if values := getattr(self, name):
                params[name] = list(values)
        if self.year_from is not None or self.year_to is not None:
            params["year"] = [f"{_year(self.year_from)}..{_year(self.year_to)}"]
        if self.k != DEFAULT_K:
            params["k"] = [str(self.k)]
        if self.offset:
            params["offset"] = [str(self.offset)]
        if self.grouped:
            params["group"] = ["1"]
        if self.signals != "hybrid":
            params["signals"] = [self.signals]
        if self.sort != "relevance":
            params["sort"] = [self.sort]
        if self.explain:
            params["why"] = ["1"]
        if self.rerank:
            params["rerank"] = ["1"]
        if self.similar:
            params["similar"] = [self.similar]
        return params

    def fits_address(self) -> bool:
        """Tell whether the whole state can stand in the address bar."""
        return len(urlencode(self.to_params(), doseq=True)) <= MAX_ADDRESS_BYTES

    @property
    def filters(self) -> Filters:
        """What the hits must be, for the API."""
        return Filters(
            kind=self.kind,
            body=self.body,
            country=self.country,
            language=self.language,
            status=self.status,
            symbol=self.symbol,
            year_from=self.year_from,
            year_to=self.year_to,
        )

    @property
    def filtered(self) -> bool:
        """Whether anything is filtered out."""
        return self.filters != Filters()

    def request(self) -> SearchRequest:
        """Return the question for the API."""
        return SearchRequest(
            query=self.query,
            k=self.k,
            offset=self.offset,
            filters=self.filters,
            group_by_document=self.grouped,
            signals=self.signals,
            sort=self.sort,
            facets=True,
            explain=self.explain,
            rerank=self.rerank,
        )

    def without_filters(self) -> PageState:
        """Return the same search over everything, from its first hit."""
        return PageState(
            query=self.query,
            k=self.k,
            grouped=self.grouped,
            signals=self.signals,
            sort=self.sort,
            explain=self.explain,
            rerank=self.rerank,
            similar=self.similar,
        )

    @property
    def chosen(self) -> tuple[tuple[str, str], ...]:
        """The filters as single values, each with its field, in the order of the panel."""
        listed = [(name, value) for name in _LISTS for value in getattr(self, name)]
        years = [(name, getattr(self, name)) for name in ("year_from", "year_to")]
        return (*listed, *((name, str(year)) for name, year in years if year is not None))

    def without(self, field: str, value: str | None = None) -> PageState:
        """Return the same search from its first hit, without a filter or one value of it.

        Args:
            field: Of `Filters`, or `year` for both ends of a span.
            value: One of several alternatives; None takes the filter away whole.
        """
        if field == "year":
            return replace(self, year_from=None, year_to=None, offset=0)
        held = getattr(self, field)
        kept = tuple(each for each in held if each != value) if isinstance(held, tuple) else None
        changed: dict[str, Any] = {field: () if value is None and kept is not None else kept}
        return replace(self, **changed, offset=0)

    def at(self, offset: int) -> PageState:
        """Return the same search from another hit."""
        return replace(self, offset=max(0, min(offset, MAX_OFFSET)))


def _distinct(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v for v in values if v and len(v) <= MAX_VALUE_CHARACTERS))


def _number(written: str, allowed: range) -> int | None:
    # isdigit alone admits superscripts, which int() refuses
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 9 else None
    return number if number in allowed else None


def _years(written: str) -> tuple[int | None, int | None]:
    earliest, dots, latest = written.partition("..")
    if not dots:
        latest = earliest
    first, last = _number(earliest, _YEARS), _number(latest, _YEARS)
    if first is not None and last is not None and first > last:
        return last, first
    return first, last


def _year(year: int | None) -> str:
    return "" if year is None else str(year)
