"""The corpus as a whole: where it lies, taking documents out of it, publishing it anew."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path, Request

from corpus.errors import UnknownNameError
from search_api.error_responses import error_responses
from search_api.intake.state import corpus_state
from search_api.routes.acts import audited
from search_api.routes.jobs import Bounds, Jobs, Seen
from search_api.routes.search import Engines
from search_api.schemas import CorpusState, Job

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["corpus"])

DocumentId = Annotated[
    str,
    Path(
        min_length=1,
        max_length=300,
        description="Key of the document; of its versions in other languages each has its own.",
        examples=["A_HRC_15_16:en"],
    ),
]


@router.get(
    "/corpus",
    summary="Where the index lies",
    operation_id="corpus",
    responses=error_responses(500),
)
async def corpus(jobs: Jobs, bounds: Bounds, seen: Seen) -> CorpusState:
    """Return the folder of the index, its size, and whether it may be changed from here."""
    return await asyncio.to_thread(corpus_state, jobs, bounds, seen)


@router.delete(
    "/documents/{symbol:path}",
    status_code=202,
    summary="Remove a document",
    operation_id="remove_document",
    responses=error_responses(403, 404, 422, 500, 503),
)
async def remove_document(
    request: Request, symbol: DocumentId, jobs: Jobs, engines: Engines
) -> Job:
    """Take a document out of the index as a job, and its file where it was uploaded.

    A file of your own stays where it is, and is indexed again by the next `precedent index` that
    is given it.
    """
    async with audited(request, "remove_document", symbol) as act:
        await asyncio.to_thread(jobs.check_allowed)
        held = await engines.call(lambda engine: engine.document(symbol).document_id)
        if held != symbol:  # named as where it is read: two names for one path are one too many
            raise UnknownNameError(
                "the document", "is named by its symbol", f"name it by its key, such as {held}"
            )
        job = await asyncio.to_thread(jobs.remove, symbol)
        act.details["job"] = job.job_id
        return job


@router.post(
    "/index/rebuild",
    status_code=202,
    summary="Publish the index anew",
    operation_id="rebuild_index",
    responses=error_responses(403, 500, 503),
)
async def rebuild(request: Request, jobs: Jobs) -> Job:
    """Write every part of the index anew from what is held, as a job; nothing is embedded again."""
    async with audited(request, "rebuild_index", "the index") as act:
        job = await asyncio.to_thread(jobs.rebuild)
        act.details["job"] = job.job_id
        return job
