"""Calls that search: by words and meaning, by likeness, and what there is to filter by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict, Unpack

from precedent_client.addressing import Params, filter_params, params_of, segment
from precedent_client.answers import Download
from precedent_client.calls import Call, ask, download, get, operation, series
from precedent_client.paging import Pages
from search_api.schemas import (
    BatchRequest,
    BatchResponse,
    Facets,
    Filters,
    Hit,
    SearchRequest,
    SearchResponse,
    Signals,
    Sort,
    Telling,
    TellingRequest,
    TrendFileRequest,
    TrendHow,
    Trends,
    TrendsRequest,
)

__all__ = ["SearchFields", "Searching"]


class SearchFields(TypedDict, total=False):
    """What a search may say beside its words; `SearchRequest` describes each."""

    k: int
    offset: int
    cursor: str | None
    filters: Filters
    group_by_document: bool
    highlights: bool
    signals: Signals
    sort: Sort
    facets: bool
    explain: bool
    rerank: bool


class Searching:
    """Calls that search."""

    @operation
    def search(
        self, request: SearchRequest | str, **fields: Unpack[SearchFields]
    ) -> Call[SearchResponse]:
        """Return the passages that answer, best first.

        Args:
            request: The words, or a whole request.
            fields: What else it says; goes before what a whole request says.
        """
        return ask("/v1/search", _request(request, fields), SearchResponse)

    @operation
    def search_by_link(
        self, request: SearchRequest | str, **fields: Unpack[SearchFields]
    ) -> Call[SearchResponse]:
        """Return what `search` does, asked in an address; prefer `search`, which leaves no trace.

        Addresses end in the logs of whatever stands between.
        """
        asked = _request(request, fields)
        said = asked.model_fields_set - {"query", "filters"}
        params = params_of(**{name: getattr(asked, name) for name in sorted(said)})
        return get(
            "/v1/search",
            SearchResponse,
            {"q": [asked.query], **params, **filter_params(asked.filters)},
        )

    @operation
    def search_batch(
        self, request: BatchRequest | Sequence[SearchRequest | str]
    ) -> Call[BatchResponse]:
        """Return the answers to several searches, in their order, each or why there is none."""
        if not isinstance(request, BatchRequest):
            asked = tuple(SearchRequest(query=q) if isinstance(q, str) else q for q in request)
            request = BatchRequest(searches=asked)
        return ask("/v1/search/batch", request, BatchResponse)

    @series
    def iter_hits(
        self, request: SearchRequest | str, **fields: Unpack[SearchFields]
    ) -> Pages[SearchResponse, Hit]:
        """Yield the hits of a search, best first, page by page of `k`, to the last.

        Raises:
            ValueError: the search groups by document; such hits come in `groups`.
        """
        asked = _request(request, fields)
        if asked.group_by_document:
            raise ValueError("a search that groups by document has no plain list of hits")

        def page(cursor: str | None) -> Call[SearchResponse]:
            at = asked if cursor is None else asked.model_copy(update={"cursor": cursor})
            return ask("/v1/search", at, SearchResponse)

        return Pages(page, lambda answer: answer.hits, _after)

    @operation
    def similar(
        self,
        passage_id: str,
        *,
        k: int | None = None,
        offset: int | None = None,
        cursor: str | None = None,
        filters: Filters | None = None,
    ) -> Call[SearchResponse]:
        """Return a page of the passages nearest to one, best first, without itself.

        Args:
            passage_id: The one they are like.
            k: Most passages to return.
            offset: Passages to pass over.
            cursor: `next_cursor` of the page before; takes the place of `offset`.
            filters: What they must be.
        """
        return _similar(passage_id, filters, k=k, offset=offset, cursor=cursor)

    @series
    def iter_similar(
        self, passage_id: str, *, k: int = 50, filters: Filters | None = None
    ) -> Pages[SearchResponse, Hit]:
        """Yield the passages nearest to one, best first, asking for `k` at a time."""
        return Pages(
            lambda cursor: _similar(passage_id, filters, k=k, cursor=cursor),
            lambda answer: answer.hits,
            _after,
        )

    @operation
    def facets(self, filters: Filters | None = None) -> Call[Facets]:
        """Return the values to filter by, with the counts that the given filters leave."""
        return get("/v1/facets", Facets, filter_params(filters))

    @operation
    def trends(self, request: TrendsRequest) -> Call[Trends]:
        """Return how much of each year and body says what each query asks for."""
        return ask("/v1/trends", request, Trends)

    @operation
    def trends_by_link(
        self, q: list[str] | str, *, how: TrendHow | None = None, filters: Filters | None = None
    ) -> Call[Trends]:
        """Return what `trends` does, asked in an address."""
        queries: Params = {"q": [q] if isinstance(q, str) else q}
        params = {**queries, **params_of(how=how), **filter_params(filters)}
        return get("/v1/trends", Trends, params)

    @operation
    def trends_file(self, request: TrendFileRequest) -> Call[Download]:
        """Return one table of trends as CSV."""
        return download("POST", "/v1/trends/file", request)

    @operation
    def trends_words(self, request: TellingRequest) -> Call[Telling]:
        """Return the words that tell the periods of a theme apart."""
        return ask("/v1/trends/words", request, Telling)


def _similar(
    passage_id: str, filters: Filters | None, **said: str | int | None
) -> Call[SearchResponse]:
    params = {**params_of(**said), **filter_params(filters)}
    return get(f"/v1/similar/{segment(passage_id)}", SearchResponse, params)


def _after(answer: SearchResponse) -> str | None:
    return answer.next_cursor if answer.hits else None


def _request(request: SearchRequest | str, fields: SearchFields) -> SearchRequest:
    """Return a request, checked, with what was said and no more.

    Raises:
        pydantic.ValidationError: a value is out of bounds; nothing was sent.
    """
    if isinstance(request, str):
        return SearchRequest(query=request, **fields)
    if not fields:
        return request
    said = {name: getattr(request, name) for name in request.model_fields_set}
    return SearchRequest.model_validate({**said, **fields})
