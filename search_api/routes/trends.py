"""Trends: how often something is said, by year and by body, and in which words."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request, Response
from fastapi.openapi.models import Example
from pydantic import Field

from search_api.error_responses import error_responses
from search_api.routes.acts import charge
from search_api.routes.files import file_response
from search_api.routes.parameters import FilterParameters
from search_api.routes.search import OF_INDEX, Engines
from search_api.schemas import (
    Telling,
    TellingRequest,
    TrendFileRequest,
    TrendHow,
    TrendQuery,
    Trends,
    TrendsRequest,
)

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["trends"])

_TRENDS: dict[str, Example] = {
    "words": {
        "summary": "A phrase and two words, counted exactly",
        "value": {"queries": ['"enforced disappearance"', "missing persons"], "how": "words"},
    },
    "meaning": {
        "summary": "What a search finds close, since 2010",
        "value": {
            "queries": ["access to a lawyer"],
            "how": "meaning",
            "filters": {"year_from": 2010},
        },
    },
}
_WORDS: dict[str, Example] = {
    "theme": {
        "summary": "Three periods of one theme",
        "value": {"query": "enforced disappearance", "periods": 3},
    },
}
_FILES: dict[str, Example] = {
    "years": {
        "summary": "Counts by year",
        "value": {"queries": ["enforced disappearance"], "table": "year"},
    },
}


class TrendsParameters(FilterParameters):
    """Trends, spelt in a query string."""

    q: Annotated[tuple[TrendQuery, ...], TrendsRequest.model_fields["queries"]]
    how: Annotated[TrendHow, TrendsRequest.model_fields["how"]] = Field("words")

    def request(self) -> TrendsRequest:
        """Return the request these parameters spell."""
        return TrendsRequest(queries=self.q, how=self.how, filters=self.filters())


_CSV: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The table.",
        "content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post(
    "/trends",
    summary="Trends",
    operation_id="trends",
    responses=error_responses(413, 422, 500, 503),
)
async def trends(
    asked: Annotated[TrendsRequest, Body(openapi_examples=_TRENDS)],
    engines: Engines,
    request: Request,
) -> Trends:
    """Count how much of each year and of each body says what each query asks for.

    Every count has beside it how much there is, since no collection holds as much of every year.
    """
    charge(request, len(asked.queries))
    return await engines.call(lambda engine: engine.trends.trends(asked))


@router.get(
    "/trends",
    summary="Trends, by a link",
    operation_id="trends_by_link",
    dependencies=OF_INDEX,
    responses=error_responses(422, 500, 503),
)
async def trends_by_link(
    parameters: Annotated[TrendsParameters, Query()], engines: Engines, request: Request
) -> Trends:
    """Count as `POST /v1/trends` does; `q` may be given several times."""
    asked = parameters.request()
    charge(request, len(asked.queries))
    return await engines.call(lambda engine: engine.trends.trends(asked))


@router.post(
    "/trends/file",
    summary="Trends as CSV",
    operation_id="trends_file",
    response_class=Response,
    responses=_CSV | error_responses(413, 422, 500, 503),
)
async def trends_file(
    asked: Annotated[TrendFileRequest, Body(openapi_examples=_FILES)],
    engines: Engines,
    request: Request,
) -> Response:
    """Answer with one table of counts as CSV, a row for each query and year or body."""
    charge(request, len(asked.queries))
    return file_response(await engines.call(lambda engine: engine.trends.file(asked)))


@router.post(
    "/trends/words",
    summary="Words of a theme over the years",
    operation_id="trends_words",
    responses=error_responses(413, 422, 500, 503),
)
async def trends_words(
    asked: Annotated[TellingRequest, Body(openapi_examples=_WORDS)], engines: Engines
) -> Telling:
    """Tell which words a theme's passages have in one period more than in the others.

    The measure is the log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and
    Quinn, 2008), in standard deviations. Words that stand in a twelfth of all passages, and those
    of fewer than three documents of the period, are left out.
    """
    return await engines.call(lambda engine: engine.trends.telling(asked))
