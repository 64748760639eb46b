"""Jobs as they go on, told as server-sent events."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from starlette.responses import Response, StreamingResponse

from corpus.errors import PrecedentError
from search_api.error_responses import error_responses
from search_api.intake.watching import Change
from search_api.routes.jobs import JobId, Jobs, Told
from search_api.routes.streams import is_let_in
from search_api.schemas import Job, JobFileEvent

__all__ = ["LOOK_EVERY_S", "Streams", "router"]

router = APIRouter(prefix="/v1", tags=["corpus"])

EVENTS = "text/event-stream"

LOOK_EVERY_S = 0.25
"""Between looks at the job of a stream; `StreamGuard` bounds how many streams there are."""
HEARTBEAT_S = 15.0
"""Between signs of life where nothing happens: intermediaries close what is silent for a minute."""

_LONGEST_NUMBER = 18
"""Digits of a Last-Event-ID that is worth reading."""

_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events with numbers that grow. `file`: what became of a file, as "
        "`JobFileEvent`; `job`: how far the job has come, as `JobSummary`, which is the last one "
        "when `state` says that it has ended. In between comments, as a sign of life.",
        "content": {EVENTS: {"schema": {}}},
    },
    204: {"description": "The job has ended, and all of it was told: do not ask again."},
}


class Streams:
    """What streams go by: whether the service is about to end."""

    def __init__(self) -> None:
        self.is_stopping: Callable[[], bool] = lambda: False


@router.get(
    "/jobs/{job_id}/events",
    summary="A job as it goes on",
    operation_id="job_events",
    responses=_STREAM | error_responses(404, 422, 500, 503),
    response_class=Response,  # FastAPI's own for events could answer neither 404 nor 204
)
async def job_events(
    job_id: JobId,
    jobs: Jobs,
    told_of: Told,
    request: Request,
    last_event_id: Annotated[
        str,
        Header(
            max_length=100,
            description="Number of the last event that was received; those after it are sent.",
            examples=["0"],
        ),
    ] = "",
) -> Response:
    """Tell how a job goes on until it has ended, as server-sent events.

    `EventSource` and other clients come back with the number of the last event, and are told what
    they have missed: where the job is now, and of each file what became of it.
    """
    streams: Streams = request.app.state.streams
    number = _number(last_event_id)
    state, changes = await asyncio.to_thread(jobs.changes, job_id, number, told_of)
    if number and not changes and state.has_ended:
        return Response(status_code=204)
    headers = {"X-Accel-Buffering": "no"}  # nginx would else keep events back until it has many
    changes_after = partial(jobs.changes, job_id, view=told_of)
    told = _told(changes_after, number, streams, partial(is_let_in, request))
    return StreamingResponse(told, media_type=EVENTS, headers=headers)


def _number(last_event_id: str) -> int:
    """Return the number of an event, 0 where it is none: then all is told, which is never wrong."""
    digits = last_event_id.strip()
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER
    return int(digits) if is_number else 0


async def _told(
    changes_after: Callable[[int], tuple[Job, list[Change]]],
    number: int,
    streams: Streams,
    is_let_in: Callable[[], bool],
) -> AsyncIterator[bytes]:
    last_sign = time.monotonic()
    while is_let_in() and not streams.is_stopping():
        try:
            state, changes = await asyncio.to_thread(changes_after, number)
        except PrecedentError:  # forgotten since, as the oldest are
            return
        for change in changes:
            yield _written(change)
            number = change.number
        if state.has_ended:
            return
        if changes:
            last_sign = time.monotonic()
        elif time.monotonic() - last_sign >= HEARTBEAT_S:
            yield KEEPALIVE_COMMENT
            last_sign = time.monotonic()
        await asyncio.sleep(LOOK_EVERY_S)


def _written(change: Change) -> bytes:
    return format_sse_event(
        data_str=change.what.model_dump_json(),
        event="file" if isinstance(change.what, JobFileEvent) else "job",
        id=str(change.number),
    )
