"""The search service inside this process, reached without a port.

No other program on the machine can reach it, as it could a port of loopback, and nothing has to be
started before. Made for one reader, an assistant at a desk: what it asks is answered by an event
loop in a thread.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from types import TracebackType
from typing import Self

import httpx
from fastapi import FastAPI

__all__ = ["INSIDE_URL", "InsideService"]

INSIDE_URL = "http://127.0.0.1"
"""Its name in requests; nothing listens there."""

_START_S = 120.0
"""A large index on a slow disk; the first question waits for it."""

_STOP_S = 5.0


class InsideService(httpx.BaseTransport):
    """Runs an application in a thread, and carries requests to it.

    It starts with the first request, which waits until it is up: by then stdout is the protocol's
    alone, and what libraries print while they load goes elsewhere.
    """

    def __init__(self, app: FastAPI) -> None:
        """Prepare; nothing runs yet."""
        self._app = app
        self._loop = asyncio.new_event_loop()
        self._asgi = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._stopping = asyncio.Event()
        self._up: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="service", daemon=True)
        self._starting = threading.Lock()
        self._started = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        with self._starting:
            if not self._started:
                self._started = True  # and never will
                self._loop.close()
                return
        with contextlib.suppress(RuntimeError):  # it has ended already
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(_STOP_S)

    def _start(self) -> None:
        with self._starting:
            if not self._started:
                self._started = True
                self._thread.start()

    def _run(self) -> None:
        with contextlib.closing(self._loop):
            self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        try:
            async with self._app.router.lifespan_context(self._app):
                self._up.set_result(None)
                await self._stopping.wait()
        except BaseException as error:
            if self._up.done():
                raise
            self._up.set_exception(error)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request, as a transport of httpx does.

        Raises:
            httpx.ConnectError: the service did not come up.
            httpx.ReadTimeout: it took longer than the request allows.
        """
        self._start()
        timeout_s: float | None = request.extensions.get("timeout", {}).get("read")
        try:
            self._up.result(_START_S)
        except Exception as error:
            raise httpx.ConnectError(f"did not start: {type(error).__name__}") from error
        answer = asyncio.run_coroutine_threadsafe(self._answer(request), self._loop)
        try:
            return answer.result(timeout_s)
        except FutureTimeoutError as error:
            answer.cancel()
            raise httpx.ReadTimeout("no answer in time", request=request) from error

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        asked = httpx.Request(
            request.method, request.url, headers=request.headers, content=request.read()
        )
        answer = await self._asgi.handle_async_request(asked)
        return httpx.Response(
            answer.status_code, headers=answer.headers, content=await answer.aread()
        )
