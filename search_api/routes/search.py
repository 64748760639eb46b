"""Searching: by words and meaning, and by likeness to a passage."""

from __future__ import annotations

import contextlib
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Query, Request, Response
from fastapi.openapi.models import Example

from corpus.errors import PrecedentError
from search_api.access.caller import caller_of
from search_api.asking import ask, ask_all
from search_api.error_responses import error_responses
from search_api.pool import EnginePool
from search_api.routes.acts import charge
from search_api.routes.links import Links, next_link
from search_api.routes.parameters import PassageId, SearchParameters, SimilarParameters
from search_api.schemas import BatchRequest, BatchResponse, SearchRequest, SearchResponse
from search_api.validators import index_tag, keep
from search_api.viewing import Views

__all__ = ["OF_INDEX", "Engines", "router"]

router = APIRouter(prefix="/v1", tags=["search"])


async def engine_pool(request: Request) -> EnginePool:
    """Return the pool of what the caller may see, which is all that is asked for the answer.

    It is as the caller has it: who asks much waits behind who asks little.
    """
    views: Views = request.app.state.views
    pool = await views.pool(request)
    return pool.asked_by(caller_of(request).name)


Engines = Annotated[EnginePool, Depends(engine_pool)]


async def _tag_by_index(request: Request, engines: Engines) -> None:
    with contextlib.suppress(PrecedentError):  # no engine, and whatever is asked says so
        with engines.holder.lease() as engine:
            index = (engines.run, engine.identity, engine.generation)
        keep(request, index_tag(request, *index))


OF_INDEX = [Depends(_tag_by_index)]
"""For paths whose answers follow from the index in service and the request, and nothing else."""

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


_BATCHES: dict[str, Example] = {
    "two": {
        "summary": "A question, and a citation",
        "value": {
            "searches": [
                {"query": "access of detainees to a lawyer of their choice", "k": 3},
                {"query": "A/HRC/15/16, para. 12"},
            ]
        },
    },
}


@router.post(
    "/search",
    summary="Search",
    operation_id="search",
    response_model=SearchResponse,
    responses=error_responses(413, 422, 500, 503),
)
async def search(
    asked: Annotated[SearchRequest, Body(openapi_examples=_BODIES)], engines: Engines
) -> Response:
    """Rank passages by words and by meaning, best first.

    The form to prefer: a pasted paragraph fits, and the query stands in no address. An empty query
    is answered with no hits.
    """
    answer = await ask(engines, asked)
    return Response(answer.content, media_type="application/json")


@router.get(
    "/search",
    summary="Search, by a link",
    operation_id="search_by_link",
    dependencies=OF_INDEX,
    response_model=SearchResponse,
    responses=error_responses(422, 500, 503),
)
async def search_by_link(
    parameters: Annotated[SearchParameters, Query()], engines: Engines, request: Request
) -> Response:
    """Rank passages as `POST /v1/search` does, for a query short enough to stand in an address."""
    answer = await ask(engines, parameters.request())
    following = answer.next_cursor
    headers = {} if following is None else {"Link": next_link(request, following)}
    return Response(answer.content, media_type="application/json", headers=headers)


@router.post(
    "/search/batch",
    summary="Several searches",
    operation_id="search_batch",
    response_model=BatchResponse,
    responses=error_responses(413, 422, 500, 503),
)
async def search_batch(
    asked: Annotated[BatchRequest, Body(openapi_examples=_BATCHES)],
    engines: Engines,
    request: Request,
) -> Response:
    """Answer up to 50 searches in one call, in their order.

    Each has its answer or its problem, so that a mistake in one costs no other. A batch takes one
    thread, and searches of others are answered between its own. It counts as so many requests.
    """
    charge(request, len(asked.read))
    return Response(await ask_all(engines, asked.read), media_type="application/json")


@router.get(
    "/similar/{passage_id:path}",
    summary="Passages like this one",
    operation_id="similar",
    dependencies=OF_INDEX,
    responses=error_responses(404, 422, 500, 503),
)
async def similar(
    passage_id: PassageId,
    parameters: Annotated[SimilarParameters, Query()],
    engines: Engines,
    links: Links,
) -> SearchResponse:
    """Rank the passages nearest in meaning to one that is in the index."""
    asked, filters = parameters, parameters.filters()
    answer = await engines.call(
        lambda engine: engine.similar(
            passage_id, k=asked.k, offset=asked.offset, cursor=asked.cursor, filters=filters
        )
    )
    return links.on(answer)
