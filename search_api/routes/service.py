"""The service itself: whether it lives, whether it is ready, and what it serves."""

from __future__ import annotations

from fastapi import APIRouter, Request

from corpus.errors import PrecedentError, ServiceError
from search_api.error_responses import error_responses
from search_api.routes.search import Engines
from search_api.schemas import Info, Liveness, Readiness
from search_api.settings import Settings

__all__ = ["router"]

router = APIRouter(tags=["service"])


@router.get("/healthz", summary="Is it alive?", operation_id="healthz")
async def healthz() -> Liveness:
    """Answer as long as the process does, whether or not there is an index."""
    return Liveness(alive=True)


@router.get(
    "/readyz", summary="Is it ready?", operation_id="readyz", responses=error_responses(503)
)
async def readyz(request: Request, engines: Engines) -> Readiness:
    """Answer 200 when searches can be answered, and else 503 with the reason and the remedy.

    Where keys are required it answers without one, and gives no reason, which would name folders.
    """
    try:
        with engines.holder.lease():
            return Readiness(ready=True, reason=None)
    except PrecedentError as error:
        settings: Settings = request.app.state.settings
        if not settings.requires_keys:
            raise
        raise ServiceError("the service", "is not ready", "its log says why") from error


@router.get(
    "/v1/info", summary="What is served", operation_id="info", responses=error_responses(500, 503)
)
async def info(engines: Engines) -> Info:
    """Return the model, its digest, the generation of the index, and counts."""
    return await engines.call(lambda engine: engine.info())
