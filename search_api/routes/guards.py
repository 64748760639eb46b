"""What every request passes before a path answers it, as plain ASGI middleware.

Plain, because Starlette's function middleware puts a task and a queue around every answer.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.problems import SECURITY_HEADERS, plain_problem, problem_response

__all__ = ["LOCAL_HOSTS", "BodyGuard", "HostGuard", "SecurityHeaders"]

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]", "testserver")
"""Names of this machine; `testserver` is what Starlette's test client calls it."""

_LONGEST_NUMBER = 15
"""Digits of a Content-Length that is worth reading; the server has seen that they are digits."""

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?")


async def _refuse(
    scope: Scope,
    receive: Receive,
    send: Send,
    status: int,
    detail: str,
    headers: Mapping[str, str] | None = None,
) -> None:
    response = problem_response(plain_problem(status, detail), scope["path"], headers)
    await response(scope, receive, send)


class SecurityHeaders:
    """Puts `SECURITY_HEADERS` on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class HostGuard:
    """Refuses requests that do not name this service in their Host header.

    A page on the web can point its own name at 127.0.0.1 (DNS rebinding) and would then read
    answers as its own; the browser still sends that name, and here it is known by it. The answer
    is 421, Misdirected Request (RFC 9110, 15.5.20).
    """

    def __init__(self, app: ASGIApp, allowed_hosts: Iterable[str]) -> None:
        self._app = app
        self._allowed = frozenset(allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 421."""
        if scope["type"] == "http" and not self._is_allowed(Headers(scope=scope).get("host", "")):
            detail = (
                "This service does not go by the name in the Host header; "
                "PRECEDENT_ALLOWED_HOSTS lists further names it may have."
            )
            await _refuse(scope, receive, send, 421, detail)
            return
        await self._app(scope, receive, send)

    def _is_allowed(self, host: str) -> bool:
        match = _HOST.fullmatch(host.lower())
        return match is not None and match["name"] in self._allowed


class BodyGuard:
    """Takes in the whole body before anything else runs, up to a length and within a time.

    A body that is too long is refused with 413, whether or not it says how long it is, and one
    that does not arrive with 408.
    """

    def __init__(self, app: ASGIApp, max_bytes: int, timeout_s: float) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._timeout_s = timeout_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body, or answer 413 or 408."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._timeout_s):
                body = await self._take_in(scope, receive)
        except TimeoutError:
            detail = f"The request did not arrive within {self._timeout_s:g} s."
            await _refuse(scope, receive, send, 408, detail, {"Connection": "close"})
            return
        if body is None:
            detail = f"The body is longer than {self._max_bytes} bytes."
            await _refuse(scope, receive, send, 413, detail, {"Connection": "close"})
            return
        messages = iter(body)

        async def receive_again() -> Message:
            return next(messages, None) or await receive()

        await self._app(scope, receive_again, send)

    async def _take_in(self, scope: Scope, receive: Receive) -> list[Message] | None:
        """Return the messages of the body, or None as soon as it is known to be too long."""
        declared = Headers(scope=scope).get("content-length", "0")
        if len(declared) > _LONGEST_NUMBER or int(declared) > self._max_bytes:
            return None
        messages: list[Message] = []
        length = 0
        while True:
            message = await receive()
            messages.append(message)
            length += len(message.get("body", b""))
            if length > self._max_bytes:
                return None
            if not message.get("more_body", False):  # the end, or the client has gone
                return messages
