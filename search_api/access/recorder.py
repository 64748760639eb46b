"""What is told of every request: an id, figures, a line in the log; never what it asked.

Plain ASGI, around everything else, so that refusals are counted too.
"""

from __future__ import annotations

import logging
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.access.metrics import Metrics
from search_api.access.request_id import HEADER, current_request_id, request_id_of

__all__ = ["RequestRecorder"]

_log = logging.getLogger(__name__)

_UNANSWERED = 500
_LEFT = 499
"""Status of a request whose client went before it was answered; as nginx counts them."""


class RequestRecorder:
    """Gives each request an id, counts it, times it, and logs it where that is asked for."""

    def __init__(self, app: ASGIApp, metrics: Metrics, *, logs: bool) -> None:
        """Take the figures to add to, and whether each request is a line in the log."""
        self._app = app
        self._metrics = metrics
        self._logs = logs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and tell of it once it is answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = request_id_of(Headers(scope=scope).get(HEADER))
        current_request_id.set(request_id)
        status = _UNANSWERED

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        began = time.perf_counter()
        self._metrics.begun()
        try:
            await self._app(scope, receive, send_with_id)
        finally:
            took_s = time.perf_counter() - began
            operation = getattr(scope.get("route"), "operation_id", None) or "none"
            self._metrics.ended(operation, status, took_s)
            if self._logs:
                told = {
                    "request_id": request_id,
                    "operation": operation,
                    "status": status,
                    "ms": round(took_s * 1000, 1),
                }
                _log.info("%s %d", operation, status, extra=told)
