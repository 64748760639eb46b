"""A search as it is asked for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from search_api.schemas.contract import Asked

__all__ = [
    "MAX_K",
    "MAX_QUERY_CHARACTERS",
    "FilterValue",
    "Filters",
    "SearchRequest",
    "Signals",
    "Sort",
]

MAX_QUERY_CHARACTERS = 20_000
"""A pasted page is about 3,000 characters; past 20,000 a text is a document, not a query."""

MAX_K = 200
"""Hits in one answer; further ones by `offset` or `cursor`."""

Signals = Literal["lexical", "dense", "hybrid"]
Sort = Literal["relevance", "newest", "oldest", "authority"]


MAX_FILTER_VALUES = 200
"""Values of one filter; far more than a person chooses, and few enough to answer at once."""

FilterValue = Annotated[str, Field(max_length=300)]


class Filters(Asked):
    """What a hit must be. Values of one facet are alternatives; facets are conjoined."""

    kind: tuple[FilterValue, ...] = Field(
        (),
        max_length=MAX_FILTER_VALUES,
        description="Document kinds.",
        examples=[["resolution", "special-rapporteur-report"]],
    )
    body: tuple[FilterValue, ...] = Field(
        (),
        max_length=MAX_FILTER_VALUES,
        description="Organs, treaty bodies or mandates.",
        examples=[["Human Rights Council"]],
    )
    country: tuple[FilterValue, ...] = Field(
        (),
        max_length=MAX_FILTER_VALUES,
        description="Countries concerned, ISO 3166-1 alpha-3.",
        examples=[["BLR"]],
    )
    language: tuple[FilterValue, ...] = Field(
        (),
        max_length=MAX_FILTER_VALUES,
        description="Languages of the text, ISO 639-1.",
        examples=[["en", "ru"]],
    )
    symbol: tuple[FilterValue, ...] = Field(
        (),
        max_length=MAX_FILTER_VALUES,
        description="Document symbols, for a search inside given documents.",
        examples=[["A/HRC/15/16"]],
    )
    status: tuple[FilterValue, ...] = Field(
        (),
        max_length=MAX_FILTER_VALUES,
        description="How the texts stand.",
        examples=[["adopted-without-vote", "adopted-by-vote", "final"]],
    )
    year_from: int | None = Field(
        None, ge=1900, le=2100, description="Earliest year, inclusive.", examples=[2019]
    )
    year_to: int | None = Field(
        None, ge=1900, le=2100, description="Latest year, inclusive.", examples=[2024]
    )


class SearchRequest(Asked):
    """A question, a pasted paragraph, a symbol or a citation, with what its hits must be."""

    query: str = Field(
        max_length=MAX_QUERY_CHARACTERS,
        description=(
            'Plain words or a pasted paragraph. In short queries "quoted words" must stand in the '
            "paragraph as quoted, -word excludes, and field:value filters (kind, body, country, "
            "language, symbol, status, year). A symbol, or a symbol with a paragraph number, goes "
            "straight to it. What is malformed is read as plain words, with a warning."
        ),
        examples=["access of detainees to a lawyer of their choice"],
    )
    k: int = Field(10, ge=1, le=MAX_K, description="How many hits to return.", examples=[10])
    offset: int = Field(0, ge=0, le=1000, description="How many hits to pass over.", examples=[0])
    cursor: str | None = Field(
        None,
        description="`next_cursor` of an earlier answer; takes the place of `offset`.",
        examples=[None],
    )
    filters: Filters = Field(default_factory=Filters, description="What a hit must be.")
    group_by_document: bool = Field(
        False, description="Return each document once, with its best passages inside."
    )
    highlights: bool = Field(True, description="Mark the matched parts of each hit.")
    signals: Signals = Field(
        "hybrid",
        description="Rank by words (lexical), by meaning (dense), or by both (hybrid).",
    )
    sort: Sort = Field(
        "relevance",
        description=(
            "Order of the hits: by relevance; newest or oldest by date, undated last; or by "
            "authority, strongest first. The last three order what is near enough to the query "
            "(`sorted_by` says how much that is), and by relevance what is equal."
        ),
        examples=["newest"],
    )
    facets: bool = Field(
        False,
        description=(
            "Count, for every facet, the candidates of the ranking that have each of its values."
        ),
    )
    explain: bool = Field(
        False,
        description=(
            "Name for every hit the longest run of words in common, and for the first 20 of an "
            "answer the sentence nearest in meaning. Sentences are encoded for it, some "
            "milliseconds each: some tenths of a second for ten hits."
        ),
    )
    rerank: bool = Field(
        False,
        description=(
            "Read the best 20 hits again, each together with the question, and reorder them. For a "
            "short question in English only: otherwise a warning says why it was not done. "
            "`took_ms.rerank` says what it cost. Needs `precedent models pull "
            "ms-marco-MiniLM-L-12-v2`."
        ),
    )
