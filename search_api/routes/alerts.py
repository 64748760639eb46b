"""What is new in all saved searches, in one call."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field

from search_api.error_responses import error_responses
from search_api.keeping.alerts import alerts
from search_api.routes.acts import charge
from search_api.routes.kept import LibraryFileOf
from search_api.routes.links import Links
from search_api.routes.parameters import ListParameters
from search_api.routes.search import Engines
from search_api.schemas import AlertList

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["library"])


class AlertParameters(ListParameters):
    """How many saved searches to look at, and how much to tell of each."""

    hits: int = Field(
        5, ge=0, le=50, description="Hits told of each kind in one alert.", examples=[5]
    )


@router.get(
    "/alerts",
    summary="What is new in all saved searches",
    operation_id="alerts",
    responses=error_responses(422, 500, 503, 507),
)
async def read_alerts(
    parameters: Annotated[AlertParameters, Query()],
    library: LibraryFileOf,
    engines: Engines,
    links: Links,
    request: Request,
) -> AlertList:
    """Tell in which saved searches something changed since each was visited.

    Looking is no visit: what is new stays new until `POST /v1/searches/{id}/seen`. Where there are
    too many to be asked in one call, `next_cursor` goes on.
    """
    found = await alerts(
        engines,
        library,
        hits=parameters.hits,
        k=parameters.k,
        cursor=parameters.cursor,
        charge=partial(charge, request),
    )
    return links.on(found)
