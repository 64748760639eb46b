"""What every request passes before a path answers it, as plain ASGI middleware.

Plain, because Starlette's function middleware puts a task and a queue around every answer.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.asking_again import retry_after
from search_api.problems import (
    SECURITY_HEADERS,
    plain_problem,
    problem_response,
    unexpected_problem,
)

__all__ = [
    "LOCAL_HOSTS",
    "BodyGuard",
    "FaultGuard",
    "FramingGuard",
    "HostGuard",
    "OriginGuard",
    "SecurityHeaders",
]

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
"""Names of this machine, which no other has."""

_LONGEST_NUMBER = 15
"""Digits of a Content-Length that is worth reading; the server has seen that they are digits."""

_TELLING = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITES = frozenset({"none", "same-origin"})

_MOST_AT_ONCE = 16
"""Bodies of the greatest length that are held at the same time; shorter ones are more."""

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


class FaultGuard:
    """Answers a fault with 500 where its answer still gets what every answer has.

    Starlette answers it outside of all that stands here: then a page of another site that may ask
    could not read that it failed, and saw a broken connection. The fault goes on, to the log.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; raises what it raised, once that is answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def send_noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        except Exception:
            if not begun:
                await problem_response(unexpected_problem(), scope["path"])(scope, receive, send)
            raise


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


class FramingGuard:
    """Refuses a request that says in two ways where it ends, with 400, and ends the connection.

    `Content-Length` beside `Transfer-Encoding` is how one request is hidden in another from a proxy
    that goes by the other of the two (RFC 9112, 6.3 and 11.2).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 400."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            if "content-length" in headers and "transfer-encoding" in headers:
                detail = "The request has Content-Length and Transfer-Encoding; send one of them."
                await _refuse(scope, receive, send, 400, detail, {"Connection": "close"})
                return
        await self._app(scope, receive, send)


class OriginGuard:
    """Refuses to do anything but tell for a page of another site.

    A browser lets any page on the web send a form here, with files in it, and only keeps the answer
    from it. It says so of its own accord: in `Origin`, which it sends with everything but GET and
    HEAD, and in `Sec-Fetch-Site`. What is no browser sends neither and is not concerned: the page
    of this project, whose server asks, and curl. The answer is 403. Pages of `allowed_origins` may.
    """

    def __init__(self, app: ASGIApp, allowed_origins: Iterable[str] = ()) -> None:
        self._app = app
        self._allowed = frozenset(allowed_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        if scope["type"] == "http" and scope["method"] not in _TELLING:
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            own = origin is None or origin.lower().partition("://")[2] == headers.get("host", "")
            own = own and headers.get("sec-fetch-site", "none") in _OWN_SITES
            if not own and origin not in self._allowed:
                detail = "This service does nothing for web pages of another address."
                await _refuse(scope, receive, send, 403, detail, {"Connection": "close"})
                return
        await self._app(scope, receive, send)


class BodyGuard:
    """Takes in the whole body before anything else runs, up to a length and within a time.

    A body that is too long is refused with 413, whether or not it says how long it is, and one
    that does not arrive with 408. Paths that take their body in piece by piece bound it themselves.
    All bodies together may be `_MOST_AT_ONCE` times the longest; past that the answer is 503.
    """

    def __init__(
        self, app: ASGIApp, max_bytes: int, timeout_s: float, streamed: Iterable[str] = ()
    ) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._timeout_s = timeout_s
        self._streamed = frozenset(streamed)
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body, or answer 413 or 408."""
        if scope["type"] != "http" or scope["path"] in self._streamed:
            await self._app(scope, receive, send)
            return
        body = _Body()
        try:
            refusal = await self._refusal(scope, receive, body)
            if refusal is not None:
                body.messages.clear()
                await _refuse(scope, receive, send, *refusal)
                return
            following = iter(body.messages)

            async def receive_again() -> Message:
                return next(following, None) or await receive()

            await self._app(scope, receive_again, send)
        finally:
            self._held -= body.length

    async def _refusal(
        self, scope: Scope, receive: Receive, body: _Body
    ) -> tuple[int, str, Mapping[str, str]] | None:
        """Take the body in; return None, or status, detail and headers of why it is not taken."""
        try:
            async with asyncio.timeout(self._timeout_s):
                status = await self._take_in(scope, receive, body)
        except TimeoutError:
            status = 408
        if not status:
            return None
        detail = {
            408: f"The request did not arrive within {self._timeout_s:g} s.",
            413: f"The body is longer than {self._max_bytes} bytes.",
            503: "Too many long requests arrive at once; ask again shortly.",
        }
        headers = {"Connection": "close"}
        if status == 503:
            headers["Retry-After"] = retry_after(1)
        return status, detail[status], headers

    async def _take_in(self, scope: Scope, receive: Receive, body: _Body) -> int:
        """Fill in a body; return 0, or 413 or 503 as soon as it is known that it is not taken."""
        declared = Headers(scope=scope).get("content-length", "0")
        if len(declared) > _LONGEST_NUMBER or int(declared) > self._max_bytes:
            return 413
        while True:
            message = await receive()
            body.messages.append(message)
            length = len(message.get("body", b""))
            body.length += length
            self._held += length
            if body.length > self._max_bytes:
                return 413
            if self._held > _MOST_AT_ONCE * self._max_bytes:
                return 503
            if not message.get("more_body", False):  # the end, or the client has gone
                return 0


@dataclass(slots=True)
class _Body:
    """What has arrived of a body, and its length."""

    messages: list[Message] = field(default_factory=list)
    length: int = 0
