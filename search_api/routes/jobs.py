"""Uploads, and the jobs that uploads, removals and rebuilding become."""

from __future__ import annotations

import asyncio
import time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.requests import ClientDisconnect

from corpus.disk import refusal
from corpus.errors import InputError, StorageError, UnknownNameError
from indexer.restricted.place import View
from search_api.error_responses import error_responses
from search_api.intake.arriving import Arrival, boundary_of, too_many_bytes
from search_api.intake.queue import JobQueue
from search_api.intake.room import Promise
from search_api.routes.acts import audited
from search_api.routes.links import Links
from search_api.routes.parameters import ListParameters, UploadParameters
from search_api.schemas import Job, JobList, UploadBounds
from search_api.settings import Settings
from search_api.viewing import names_of_caller, view_of

__all__ = ["UPLOADS", "Bounds", "Jobs", "Seen", "Told", "router"]

UPLOADS = "/v1/uploads"
"""Takes its body in piece by piece; see `BodyGuard`."""

SLOWEST_BYTES_S = 1024
"""Least that must arrive of an upload, a second, on the whole; each piece has its time besides."""

router = APIRouter(prefix="/v1", tags=["corpus"])


async def job_queue(request: Request) -> JobQueue:
    """Return the queue of the application that a request came to."""
    queue: JobQueue = request.app.state.jobs
    return queue


async def upload_bounds(request: Request) -> UploadBounds:
    """Return the most that an upload may be."""
    settings: Settings = request.app.state.settings
    return UploadBounds(
        files=settings.max_upload_files,
        file_bytes=settings.max_upload_file_bytes,
        bytes=settings.max_upload_bytes,
    )


async def seen_by_caller(request: Request) -> View:
    """Return the restricted collections there are that the caller may see."""
    return view_of(request, request.app.state.settings)


async def told_to_caller(request: Request) -> View:
    """Return the restricted collections of whose jobs the caller is told.

    They need not be there yet: what the first upload brings is one only once its job has begun.
    """
    return names_of_caller(request, request.app.state.settings)


Seen = Annotated[View, Depends(seen_by_caller)]
Told = Annotated[View, Depends(told_to_caller)]
Jobs = Annotated[JobQueue, Depends(job_queue)]
Bounds = Annotated[UploadBounds, Depends(upload_bounds)]
JobId = Annotated[
    str,
    Path(
        min_length=1,
        max_length=50,
        description="Key of the job.",
        examples=["20250504-101500-3f2a91"],
    ),
]

_AGAIN = "upload again; nothing of this upload is kept, and what was there before is"

_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "files": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "description": "Files; the name of the field does not matter.",
                        }
                    },
                },
                "examples": {
                    "two": {
                        "summary": "Two files, as `curl -F files=@… -F files=@…` sends them",
                        "value": {"files": ["A_HRC_15_16.pdf", "A_HRC_RES_15_16.docx"]},
                    }
                },
            }
        },
    }
}


@router.post(
    "/uploads",
    status_code=202,
    summary="Upload files",
    operation_id="upload",
    openapi_extra=_BODY,
    responses=error_responses(403, 404, 413, 422, 500, 503, 507),
)
async def upload(
    request: Request,
    jobs: Jobs,
    bounds: Bounds,
    parameters: Annotated[UploadParameters, Query()],
) -> Job:
    """Keep the files of a form in the index folder, and index them as a job.

    What a file is, its content says. One that is not of the readable types is refused, with the
    reason, and the others go on.
    """
    restricted = parameters.restricted
    if restricted is not None and restricted not in names_of_caller(
        request, request.app.state.settings
    ):
        raise UnknownNameError(
            "the restricted collection", "is not known", "name one that you may see"
        )
    async with audited(request, "upload") as act:
        await asyncio.to_thread(jobs.prepare, frozenset([restricted] if restricted else ()))
        boundary = boundary_of(request.headers.get("content-type", ""))
        declared = int(request.headers.get("content-length", "0"))  # digits: the server saw to it
        if declared > bounds.bytes:
            raise too_many_bytes(bounds)
        try:
            taken = await _take_in(request, jobs, bounds, boundary, declared, restricted)
        except OSError as error:
            told = refusal(error, jobs.folder.root, _AGAIN)
            cause = error.strerror or str(error)
            raise told or StorageError("the disk", cause, f"look at it, and {_AGAIN}") from error
        act.object = taken.job_id
        act.details["files"] = [each.name for each in taken.files]
        return taken


async def _take_in(
    request: Request,
    jobs: JobQueue,
    bounds: UploadBounds,
    boundary: bytes,
    declared: int,
    restricted: str | None,
) -> Job:
    """Stream the body to disk, and make a job of what has arrived."""
    settings: Settings = request.app.state.settings
    with (
        await asyncio.to_thread(jobs.folder.promises.promise, declared) as room,
        jobs.folder.of(restricted).arriving() as folder,
    ):
        arrival = Arrival(folder, boundary, bounds)
        pieces = request.stream()
        began, taken = time.monotonic(), 0
        try:
            while True:
                _check_pace(taken, time.monotonic() - began, settings.body_timeout_s)
                async with asyncio.timeout(settings.body_timeout_s):  # for each piece
                    piece = await anext(pieces, None)
                if piece is None:
                    break
                taken += len(piece)
                if piece:
                    await asyncio.to_thread(_write, arrival, piece, room)
            arrived = await asyncio.to_thread(arrival.finish)
        except (TimeoutError, ClientDisconnect) as error:
            raise InputError("the upload", "did not arrive whole", "send it again") from error
        finally:
            arrival.close()
        return await asyncio.to_thread(jobs.upload, arrived, restricted)


def _write(arrival: Arrival, piece: bytes, room: Promise) -> None:
    room.ask(len(piece))
    arrival.take(piece)
    room.use(len(piece))


def _check_pace(taken: int, within_s: float, grace_s: float) -> None:
    """Make sure that an upload comes in earnest.

    Raises:
        TimeoutError: it does not.
    """
    if within_s > grace_s + taken / SLOWEST_BYTES_S:
        raise TimeoutError


@router.get("/jobs", summary="Jobs", operation_id="jobs", responses=error_responses(422, 500))
async def jobs_(
    parameters: Annotated[ListParameters, Query()], jobs: Jobs, told: Told, links: Links
) -> JobList:
    """List the jobs under way and the last that have ended, latest first, without their files."""
    found = await asyncio.to_thread(jobs.jobs, told, k=parameters.k, cursor=parameters.cursor)
    return links.on(found)


@router.get(
    "/jobs/{job_id}", summary="A job", operation_id="job", responses=error_responses(404, 422, 500)
)
async def job(job_id: JobId, jobs: Jobs, told: Told) -> Job:
    """Return how far a job has come, and what became of each of its files."""
    return await asyncio.to_thread(jobs.job, job_id, told)


@router.delete(
    "/jobs/{job_id}",
    summary="Cancel a job",
    operation_id="cancel_job",
    responses=error_responses(403, 404, 422, 500),
)
async def cancel(request: Request, job_id: JobId, jobs: Jobs, told: Told) -> Job:
    """Stop a job; what it has committed stays, and is published with the next change.

    Files that were not read yet are removed. A job that is done is left as it is.
    """
    async with audited(request, "cancel_job", job_id):
        return await asyncio.to_thread(jobs.cancel, job_id, told)


@router.post(
    "/jobs/{job_id}/resume",
    status_code=202,
    summary="Go on with a job",
    operation_id="resume_job",
    responses=error_responses(403, 404, 422, 500, 503),
)
async def resume(request: Request, job_id: JobId, jobs: Jobs, told: Told) -> Job:
    """Queue a job again that was interrupted or has failed; what it had done is not done again."""
    async with audited(request, "resume_job", job_id):
        return await asyncio.to_thread(jobs.resume, job_id, told)
