"""Query parameters, with the bounds and descriptions of the schemas they become.

A parameter that is not listed is an error: a misspelt filter that is passed over would give
answers that look filtered and are not. `declared` says so of paths that have no model here.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Self

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from search_api.paging import MAX_CURSOR_CHARACTERS
from search_api.schemas import (
    MAX_K,
    MAX_QUERY_CHARACTERS,
    Filters,
    FilterValue,
    SearchRequest,
    Signals,
    Sort,
)

__all__ = [
    "Cursor",
    "DocumentParameters",
    "DocumentsParameters",
    "FilterParameters",
    "ListParameters",
    "NeighbourParameters",
    "PageParameters",
    "PassageId",
    "SearchParameters",
    "SimilarParameters",
    "SymbolOrId",
    "UploadParameters",
]

_YEARS = re.compile(r"(?P<one>[0-9]{4})|(?P<first>[0-9]{4})?\.\.(?P<last>[0-9]{4})?")

PassageId = Annotated[
    str,
    Path(
        min_length=1,
        max_length=300,
        description="Key of the passage, as hits carry it.",
        examples=["A_HRC_15_16:en:12"],
    ),
]

SymbolOrId = Annotated[
    str,
    Path(
        min_length=1,
        max_length=300,
        description="Symbol, slashes and all, or a document id.",
        examples=["A/HRC/15/16", "A_HRC_15_16:en"],
    ),
]


Cursor = Annotated[
    str | None,
    Field(
        max_length=MAX_CURSOR_CHARACTERS,
        description="`next_cursor` of the page before, asked for alike; goes before `offset`.",
    ),
]


def _of_request(name: str) -> Any:
    return SearchRequest.model_fields[name]


def _of_filters(name: str) -> Any:
    return Filters.model_fields[name]


class FilterParameters(BaseModel):
    """What a hit must be; each may be given several times."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Annotated[tuple[FilterValue, ...], _of_filters("kind")]
    body: Annotated[tuple[FilterValue, ...], _of_filters("body")]
    country: Annotated[tuple[FilterValue, ...], _of_filters("country")]
    language: Annotated[tuple[FilterValue, ...], _of_filters("language")]
    symbol: Annotated[tuple[FilterValue, ...], _of_filters("symbol")]
    status: Annotated[tuple[FilterValue, ...], _of_filters("status")]
    year: str | None = Field(
        None,
        max_length=10,
        description="A year, or first and last joined by two full stops; either may be left out.",
        examples=["2019..2024", "2020", "2019.."],
    )

    @field_validator("year")
    @classmethod
    def _check_year(cls, year: str | None) -> str | None:
        if year is not None:
            _years(year)
        return year

    def filters(self) -> Filters:
        """Return the filters these parameters spell."""
        year_from, year_to = (None, None) if self.year is None else _years(self.year)
        return Filters(
            kind=self.kind,
            body=self.body,
            country=self.country,
            language=self.language,
            symbol=self.symbol,
            status=self.status,
            year_from=year_from,
            year_to=year_to,
        )


def _years(text: str) -> tuple[int | None, int | None]:
    match = _YEARS.fullmatch(text)
    if match is None or text == "..":
        raise ValueError("should be a year (2020) or a span of years (2019..2024, 2019.., ..2024)")
    bounds = [match["one"] or match["first"], match["one"] or match["last"]]
    first, last = (None if bound is None else int(bound) for bound in bounds)
    for year in (first, last):
        if year is not None and not 1900 <= year <= 2100:
            raise ValueError("should lie between 1900 and 2100")
    if first is not None and last is not None and first > last:
        raise ValueError("should have its first year before its last")
    return first, last


class SearchParameters(FilterParameters):
    """A search, spelt in a query string."""

    q: str | None = Field(
        None,
        max_length=MAX_QUERY_CHARACTERS,
        description=SearchRequest.model_fields["query"].description,
        examples=SearchRequest.model_fields["query"].examples,
    )
    query: str | None = Field(
        None, max_length=MAX_QUERY_CHARACTERS, description="Another name of `q`."
    )
    k: Annotated[int, _of_request("k")]
    offset: Annotated[int, _of_request("offset")]
    cursor: Annotated[str | None, _of_request("cursor")]
    group_by_document: Annotated[bool, _of_request("group_by_document")]
    highlights: Annotated[bool, _of_request("highlights")]
    signals: Annotated[Signals, _of_request("signals")]
    sort: Annotated[Sort, _of_request("sort")]
    facets: Annotated[bool, _of_request("facets")]
    explain: Annotated[bool, _of_request("explain")]
    rerank: Annotated[bool, _of_request("rerank")]

    @model_validator(mode="after")
    def _ask_once(self) -> Self:
        if (self.q is None) == (self.query is None):
            raise ValueError("give the query once, as q or as query")
        return self

    def request(self) -> SearchRequest:
        """Return the search these parameters spell."""
        return SearchRequest(
            query=(self.q if self.q is not None else self.query) or "",
            k=self.k,
            offset=self.offset,
            cursor=self.cursor,
            filters=self.filters(),
            group_by_document=self.group_by_document,
            highlights=self.highlights,
            signals=self.signals,
            sort=self.sort,
            facets=self.facets,
            explain=self.explain,
            rerank=self.rerank,
        )


class SimilarParameters(FilterParameters):
    """A page of similar passages, and what they must be."""

    k: Annotated[int, _of_request("k")]
    offset: Annotated[int, _of_request("offset")]
    cursor: Annotated[str | None, _of_request("cursor")]


class DocumentsParameters(FilterParameters):
    """A page of the documents."""

    q: str | None = Field(
        None,
        max_length=500,
        description="Part of a symbol or of a title.",
        examples=["Working Group"],
    )
    offset: int = Field(
        0, ge=0, le=1_000_000, description="How many documents to pass over.", examples=[0]
    )
    cursor: Cursor = None
    k: int = Field(50, ge=1, le=MAX_K, description="How many documents to return.", examples=[50])


class PageParameters(BaseModel):
    """A page of a list of documents."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    offset: int = Field(
        0, ge=0, le=1_000_000, description="How many documents to pass over.", examples=[0]
    )
    cursor: Cursor = None
    k: int = Field(50, ge=1, le=MAX_K, description="How many documents to return.", examples=[50])


class ListParameters(BaseModel):
    """A page of a list that is given whole where no page is asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    k: int | None = Field(
        None, ge=1, le=MAX_K, description="How many to return; all without it.", examples=[50]
    )
    cursor: Annotated[str | None, PageParameters.model_fields["cursor"]]


class UploadParameters(BaseModel):
    """Where an upload goes; misspelt, it must not go where everybody sees it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    restricted: str | None = Field(
        None,
        pattern=r"^[a-z0-9-]{1,40}$",
        description="Restricted collection that the files go into, which the caller may see.",
    )


class DocumentParameters(BaseModel):
    """Which language version of a document."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str | None = Field(
        None,
        max_length=16,
        description="ISO 639-1, where a symbol stands for versions in several languages.",
        examples=["en"],
    )


class NeighbourParameters(BaseModel):
    """How much of what surrounds a passage."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    before: int = Field(2, ge=0, le=50, description="Passages before it.", examples=[2])
    after: int = Field(2, ge=0, le=50, description="Passages after it.", examples=[2])
