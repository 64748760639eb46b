"""Draft check: who said each sentence of a draft before."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from functools import partial
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Body, Header, Request
from fastapi.openapi.models import Example
from fastapi.responses import StreamingResponse

from corpus.errors import PrecedentError
from search_api.access.errors import NoKeyError
from search_api.bench.units import draft_units, summary
from search_api.engine_like import EngineLike
from search_api.error_responses import error_responses
from search_api.pool import EnginePool
from search_api.problems import problem_of
from search_api.routes.acts import charge
from search_api.routes.negotiation import JSON, prefers
from search_api.routes.search import Engines
from search_api.routes.streams import is_let_in
from search_api.schemas import DraftUnit, Precedents, PrecedentsRequest
from workbench.units import Unit

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["workbench"])

AT_A_TIME = 2
"""Sentences of one draft looked for at the same time; others want to search too."""

LINES = "application/x-ndjson"
"""JSON, a line for each unit as soon as it is checked."""

_BODIES: dict[str, Example] = {
    "draft": {
        "summary": "A draft resolution",
        "value": {
            "text": "1. Urges the Government to ensure that all detainees have access to a "
            "lawyer of their choice;\n\n2. Decides to remain seized of the matter.",
            "before": "Human Rights Council",
        },
    },
    "part": {
        "summary": "The next hundred sentences of a long one",
        "value": {"text": "…", "offset": 100, "limit": 100},
    },
}


@router.post(
    "/precedents",
    summary="Check a draft",
    operation_id="precedents",
    response_model=Precedents,
    responses={
        200: {
            "description": "The sentences with their precedents. With `Accept: "
            f'{LINES}`, first a line `{{"total": …}}`, then one for each as soon as it is '
            'checked, and at the end `{"summary": …}` with the rest; where the check cannot go '
            'on, `{"problem": …}` before it.',
            "content": {LINES: {"schema": {"type": "string"}}},
        },
        **error_responses(413, 422, 500, 503),
    },
)
async def precedents(
    asked: Annotated[PrecedentsRequest, Body(openapi_examples=_BODIES)],
    engines: Engines,
    request: Request,
    accept: Annotated[  # noqa: ARG001 - for the description; `prefers` reads all lines of it
        str, Header(description="`application/x-ndjson` for a line a unit.")
    ] = "",
) -> Precedents | StreamingResponse:
    """Find, for every sentence or clause of a draft, who said it, how closely, in which standing.

    A unit is graded by its closest precedent that counts: verbatim, near-verbatim, same-meaning or
    none. Where time runs out, what was checked is answered, and `next_offset` says where to go on.
    """
    began = time.perf_counter()
    units, unknown = await engines.call(partial(_read, asked))
    charge(request, min(asked.limit, len(units) - asked.offset))
    if prefers(request.headers, LINES, JSON):
        checked = _while_let_in(request, _checked(engines, asked, units))
        return StreamingResponse(_lines(checked, asked, units, unknown, began), media_type=LINES)
    found = []
    async with aclosing(_checked(engines, asked, units)) as checked:
        async for unit in checked:
            found.append(unit)
            if time.perf_counter() - began > engines.timeout_s:
                break
    return summary(found, len(units), asked.offset, began, unknown)


def _read(asked: PrecedentsRequest, engine: EngineLike) -> tuple[list[Unit], list[str]]:
    return draft_units(asked.text), engine.bench.unknown_exclusions(asked)


async def _checked(
    engines: EnginePool, asked: PrecedentsRequest, units: list[Unit]
) -> AsyncGenerator[DraftUnit]:
    """Check unit by unit, so that other requests have their turn and a client that left is seen."""
    waiting = iter(range(asked.offset, min(asked.offset + asked.limit, len(units))))

    def start(index: int) -> asyncio.Future[DraftUnit]:
        return asyncio.ensure_future(engines.call(partial(_check, asked, units, index)))

    ahead = deque(start(index) for index in islice(waiting, AT_A_TIME))
    try:
        while ahead:
            found = await ahead.popleft()
            ahead.extend(start(index) for index in islice(waiting, 1))
            yield found
    finally:
        for future in ahead:
            future.cancel()
        await asyncio.gather(*ahead, return_exceptions=True)


def _check(
    asked: PrecedentsRequest, units: list[Unit], index: int, engine: EngineLike
) -> DraftUnit:
    return engine.bench.precedents_of(asked, units, index)


async def _while_let_in(
    request: Request, checked: AsyncGenerator[DraftUnit]
) -> AsyncGenerator[DraftUnit]:
    """Yield what is checked for as long as the key opens the service.

    Raises:
        NoKeyError: it was revoked, has expired or has another secret.
    """
    async with aclosing(checked):
        async for unit in checked:
            if not is_let_in(request):
                raise NoKeyError("the key", "opens nothing any more", "ask for another")
            yield unit


async def _lines(
    checked: AsyncGenerator[DraftUnit],
    asked: PrecedentsRequest,
    units: list[Unit],
    unknown: list[str],
    began: float,
) -> AsyncIterator[str]:
    found = []
    yield json.dumps({"total": len(units)}) + "\n"
    try:
        async with aclosing(checked):
            async for unit in checked:
                found.append(unit)
                yield unit.model_dump_json() + "\n"
    except PrecedentError as error:
        yield json.dumps({"problem": problem_of(error).model_dump(mode="json")}) + "\n"
    whole = summary(found, len(units), asked.offset, began, unknown)
    rest = whole.model_copy(update={"units": ()}).model_dump(mode="json", exclude={"units"})
    yield json.dumps({"summary": rest}) + "\n"
