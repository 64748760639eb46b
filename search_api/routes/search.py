"""Searching: by words and meaning, and by likeness to a passage."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Query, Request
from fastapi.openapi.models import Example

from corpus.errors import QueryError
from search_api.problems import error_responses
from search_api.routes.parameters import PassageId, SearchParameters, SimilarParameters
from search_api.schemas import SearchRequest, SearchResponse
from search_api.serving import EnginePool

__all__ = ["Engines", "router"]

router = APIRouter(prefix="/v1", tags=["search"])

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Control characters but tab and line ends: text copied out of a PDF carries some."""


def engine_pool(request: Request) -> EnginePool:
    """Return the pool of the application that a request came to."""
    pool: EnginePool = request.app.state.engines
    return pool


Engines = Annotated[EnginePool, Depends(engine_pool)]

_BODIES: dict[str, Example] = {
    "words": {
        "summary": "A question in plain words",
        "value": {"query": "access of detainees to a lawyer of their choice", "k": 10},
    },
    "phrase": {
        "summary": "An exact phrase, without one word, in some documents only",
        "value": {
            "query": '"lawyer of their choice" -military',
            "filters": {"language": ["en"], "year_from": 2010, "year_to": 2024},
        },
    },
    "citation": {
        "summary": "A citation, which goes straight to its paragraph",
        "value": {"query": "A/HRC/15/16, para. 12"},
    },
    "grouped": {
        "summary": "Each document once, ranked by words alone",
        "value": {"query": "detainees", "group_by_document": True, "signals": "lexical"},
    },
}


@router.post(
    "/search",
    summary="Search",
    operation_id="search",
    responses=error_responses(413, 422, 500, 503),
)
async def search(
    asked: Annotated[SearchRequest, Body(openapi_examples=_BODIES)], engines: Engines
) -> SearchResponse:
    """Rank passages by words and by meaning, best first.

    The form to prefer: a pasted paragraph fits, and the query stands in no address. An empty query
    is answered with no hits.
    """
    return await _search(asked, engines)


@router.get(
    "/search",
    summary="Search, by a link",
    operation_id="search_by_link",
    responses=error_responses(422, 500, 503),
)
async def search_by_link(
    parameters: Annotated[SearchParameters, Query()], engines: Engines
) -> SearchResponse:
    """Rank passages as `POST /v1/search` does, for a query short enough to stand in an address."""
    return await _search(parameters.request(), engines)


@router.get(
    "/similar/{passage_id:path}",
    summary="Passages like this one",
    operation_id="similar",
    responses=error_responses(404, 422, 500, 503),
)
async def similar(
    passage_id: PassageId, parameters: Annotated[SimilarParameters, Query()], engines: Engines
) -> SearchResponse:
    """Rank the passages nearest in meaning to one that is in the index."""
    filters = parameters.filters()
    return await engines.call(
        lambda engine: engine.similar(passage_id, k=parameters.k, filters=filters)
    )


async def _search(asked: SearchRequest, engines: EnginePool) -> SearchResponse:
    first, last = asked.filters.year_from, asked.filters.year_to
    if first is not None and last is not None and first > last:
        raise QueryError("filters", f"year_from {first} is after year_to {last}", "swap them")
    readable = _CONTROLS.sub(" ", asked.query)
    if readable == asked.query:
        return await engines.call(lambda engine: engine.search(asked))
    request = asked.model_copy(update={"query": readable})
    answer = await engines.call(lambda engine: engine.search(request))
    warnings = (*answer.warnings, "Control characters in the query were read as spaces.")
    return answer.model_copy(update={"query": asked.query, "warnings": warnings})
