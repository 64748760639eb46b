"""What the page of trends shows, as a value that stands in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import urlencode

import streamlit as st

from search_api.schemas import (
    MAX_TREND_CHARACTERS,
    MAX_TREND_QUERIES,
    Filters,
    TrendHow,
    TrendsRequest,
)
from ui.search.state import PageState
from ui.wording.language import PARAMETER, carried

__all__ = ["SeeState", "Shown", "Unit", "read", "write"]

Shown = Literal["share", "number"]
Unit = Literal["passages", "documents"]

_FILTERS = ("kind", "body", "country", "language", "status", "symbol", "year")


@dataclass(frozen=True, slots=True)
class SeeState:
    """One view of the page.

    Attributes:
        queries: One a line, as typed.
        how: What counts as saying it.
        shown: Shares of what there is, or plain numbers.
        unit: What is counted.
        telling: Whether the telling words of periods are shown.
        search: The same filters as a search; nothing else of it counts.
    """

    queries: tuple[str, ...] = ()
    how: TrendHow = "words"
    shown: Shown = "share"
    unit: Unit = "passages"
    telling: bool = False
    search: PageState = field(default_factory=PageState)

    @classmethod
    def from_params(cls, params: Mapping[str, Sequence[str]]) -> SeeState:
        """Read the state from the address; what is not understood there counts as not said."""
        first = {name: values[0] for name, values in params.items() if values}
        kept = {name: values for name, values in params.items() if name in _FILTERS}
        return cls(
            queries=queries_in("\n".join(params.get("q", ()))),
            how="meaning" if first.get("how") == "meaning" else "words",
            shown="number" if first.get("show") == "number" else "share",
            unit="documents" if first.get("of") == "documents" else "passages",
            telling=first.get("words") == "1",
            search=PageState.from_params(kept),
        )

    def to_params(self) -> dict[str, list[str]]:
        """Return the parameters of the address; what is at its default is left out."""
        given = {
            "q": list(self.queries),
            "how": ["meaning"] if self.how == "meaning" else [],
            "show": ["number"] if self.shown == "number" else [],
            "of": ["documents"] if self.unit == "documents" else [],
            "words": ["1"] if self.telling else [],
        }
        filters = self.search.to_params()
        given |= {name: filters[name] for name in _FILTERS if name in filters}
        return {name: values for name, values in given.items() if values}

    @property
    def filters(self) -> Filters:
        """What is counted among, for the API."""
        return self.search.filters

    def request(self) -> TrendsRequest:
        """Return the question for the API."""
        return TrendsRequest(queries=self.queries, how=self.how, filters=self.filters)

    def search_link(
        self, query: str, *, year: int | None = None, body: str | None = None, lang: str = ""
    ) -> str:
        """Return the address of the search for what a mark counts."""
        found = replace(self.search, query=query)
        if year is not None:
            found = replace(found, year_from=year, year_to=year)
        if body is not None:
            found = replace(found, body=(body,))
        params = found.to_params()
        if lang:
            params[PARAMETER] = [lang]
        return f"./?{urlencode(params, doseq=True)}"


def queries_in(written: str) -> tuple[str, ...]:
    """Return the queries of a text, one a line, each once, as many as the service takes."""
    lines = (" ".join(line.split())[:MAX_TREND_CHARACTERS] for line in written.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))[:MAX_TREND_QUERIES]


def read() -> SeeState:
    """Return the state that the address names."""
    return SeeState.from_params({name: st.query_params.get_all(name) for name in st.query_params})


def write(state: SeeState) -> None:
    """Put a state into the address; the page is drawn from it on the next run."""
    st.query_params.from_dict({**state.to_params(), **carried()})
