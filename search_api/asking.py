"""Asking the engines in service: one search, and several in one call."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence

from corpus.errors import PrecedentError
from search_api.answers import Answer
from search_api.logs import log_query
from search_api.pool import EnginePool
from search_api.problems import BusyError, invalid_request, problem_of
from search_api.schemas import Problem, SearchRequest, UnreadSearch

__all__ = ["ask", "ask_all"]

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Control characters but tab and line ends: text copied out of a PDF carries some."""


async def ask(engines: EnginePool, asked: SearchRequest) -> Answer:
    """Answer a search, from memory where it was answered before.

    Raises:
        QueryError: it cannot be answered.
        BusyError: the service has no time for it.
    """
    if engines.logs_queries:
        log_query(asked.query)
    readable = _CONTROLS.sub(" ", asked.query)
    if readable == asked.query:
        return await engines.call(lambda engine: engines.answers.answer(engine, asked))
    request = asked.model_copy(update={"query": readable})
    answer = await engines.call(lambda engine: engine.search(request))
    warnings = (*answer.warnings, "Control characters in the query were read as spaces.")
    told = answer.model_copy(update={"query": asked.query, "warnings": warnings})
    return Answer.of(told)


async def ask_all(engines: EnginePool, asked: Sequence[SearchRequest | UnreadSearch]) -> bytes:
    """Answer several searches, each with its answer or its problem, as JSON of `BatchResponse`.

    One after the other, each waiting for a thread like a search that comes alone: so a batch takes
    one thread at most, and others are answered between its searches. Questions are encoded
    beforehand, in one go. All of it has the time of one request; what it does not reach is told so.

    Raises:
        PrecedentError: no index is in service, or the service is too busy to begin.
    """
    began = time.perf_counter()
    end = asyncio.get_running_loop().time() + engines.timeout_s
    valid = [one for one in asked if isinstance(one, SearchRequest)]
    await engines.call(lambda engine: engine.prepare(valid))
    results = [await _result(engines, one, place, end) for place, one in enumerate(asked)]
    took_ms = round((time.perf_counter() - began) * 1000, 3)
    # The answers are JSON already: reading them only to write them anew would cost most of it.
    return b'{"results":[%b],"took_ms":%r}' % (b",".join(results), took_ms)


async def _result(
    engines: EnginePool, asked: SearchRequest | UnreadSearch, place: int, end: float
) -> bytes:
    """Return one of the results as JSON of `BatchAnswer`."""
    if isinstance(asked, UnreadSearch):
        return _problem(invalid_request(asked.errors, "body", "searches", place))
    try:
        async with asyncio.timeout_at(end):
            answer = await ask(engines, asked)
    except TimeoutError:
        cause = f"the searches before it took the {engines.timeout_s:g} s there are for a call"
        return _problem(problem_of(BusyError("the service", cause, "ask for it again")))
    except PrecedentError as error:
        return _problem(problem_of(error))
    return b'{"answer":%b,"problem":null}' % answer.content


def _problem(problem: Problem) -> bytes:
    return b'{"answer":null,"problem":%b}' % problem.model_dump_json().encode()
