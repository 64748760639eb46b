"""Answers that come bit by bit: how many may be open at the same time, and for whom they go on."""

from __future__ import annotations

from collections import Counter

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.access.caller import caller_of
from search_api.access.door import Door
from search_api.access.guard import presented_key
from search_api.asking_again import retry_after
from search_api.problems import plain_problem, problem_response

__all__ = ["STREAMED_TYPES", "StreamGuard", "is_let_in"]

STREAMED_TYPES = ("text/event-stream", "application/x-ndjson")
"""An answer of these is open for as long as there is something to tell, or somebody to tell it."""

_RETRY_S = 10


def is_let_in(request: Request) -> bool:
    """Tell whether who was let in would be still: a key may be revoked while its answer goes on."""
    door: Door | None = request.app.state.door
    return door is None or door.opens(presented_key(request.scope))


class _FullError(Exception):
    """No further answer may be open; ends the work for it."""


class StreamGuard:
    """Refuses, with 503, what would be one open answer too many.

    A caller with a key has at most half of the places. An answer is known for a stream by its type,
    when it begins: so nothing that streams is forgotten here.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and count its answer while it is open."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        counted: str | None = None

        async def send_counted(message: Message) -> None:
            nonlocal counted
            if message["type"] == "http.response.start" and _streams(message):
                caller = caller_of(HTTPConnection(scope)).key_id
                if self._is_full(caller):
                    raise _FullError
                counted = caller
                self._open[caller] += 1
            await send(message)

        try:
            await self._app(scope, receive, send_counted)
        except _FullError:
            detail = "Too many answers are being streamed; ask again shortly, or for a whole one."
            headers = {"Retry-After": retry_after(_RETRY_S)}
            response = problem_response(plain_problem(503, detail), scope["path"], headers)
            await response(scope, receive, send)
        finally:
            if counted is not None:
                self._open[counted] -= 1

    def _is_full(self, caller: str) -> bool:
        share = max(1, self._most // 2) if caller else self._most  # "": who needs no key
        return self._open.total() >= self._most or self._open[caller] >= share


def _streams(message: Message) -> bool:
    kind = Headers(raw=message.get("headers", [])).get("content-type", "")
    return kind.partition(";")[0].strip().lower() in STREAMED_TYPES
