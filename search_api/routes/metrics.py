"""Figures for Prometheus."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request, Response

from corpus.errors import PrecedentError
from search_api.access.metrics import MEDIA_TYPE, Metrics
from search_api.intake.queue import JobQueue
from search_api.pool import EnginePool

__all__ = ["router", "state_of"]

router = APIRouter()


@router.get("/metrics", operation_id="metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    """Return the figures; not of the contract under /v1, its form is that of Prometheus."""
    held: Metrics = request.app.state.metrics
    return Response(await asyncio.to_thread(held.text), media_type=MEDIA_TYPE)


def state_of(state: Any) -> Iterator[tuple[str, str, dict[str, float]]]:
    """Yield what the application knows of itself: requests that wait, the index, the jobs."""
    pool: EnginePool | None = getattr(state, "engines", None)
    queue: JobQueue | None = getattr(state, "jobs", None)
    if pool is not None:
        waiting = "Requests that wait for a thread, or have one."
        yield "precedent_engine_calls", waiting, {"waiting": pool.waiting, "running": pool.running}
        generation, passages, ready = 0, 0, 0
        try:
            with pool.holder.lease() as engine:
                info = engine.info()
                generation, passages, ready = info.generation, info.passages, 1
        except PrecedentError:  # none is in service, which is a figure too
            pass
        yield "precedent_ready", "1 where searches are answered, else 0.", {"": ready}
        yield "precedent_index_generation", "Generation of the index.", {"": generation}
        yield "precedent_passages", "Passages that can be found.", {"": passages}
    if queue is not None:
        states = dict.fromkeys(("queued", "running", "done", "failed", "cancelled"), 0.0)
        states["interrupted"] = 0.0
        for job in queue.jobs().jobs:
            states[job.state] += 1
        yield "precedent_jobs", "Jobs that are listed, by state.", states
