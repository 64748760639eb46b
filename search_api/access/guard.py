"""Keys at the door of the service, as plain ASGI middleware."""

from __future__ import annotations

import time
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.errors import PrecedentError
from search_api.access.caller import Caller
from search_api.access.door import Door
from search_api.access.errors import NoKeyError, RateError
from search_api.access.limits import AddressBuckets, address_of
from search_api.access.scopes import OPEN_PATHS
from search_api.problems import headers_of, problem_of, problem_response

__all__ = ["AddressGuard", "KeyGuard", "presented_key"]

_ANYONE = Caller("anyone", frozenset())
"""Whoever asks whether the service lives: nobody, as far as anything else is concerned."""

_BEARER = b"bearer "


class KeyGuard:
    """Refuses requests without a key, and says who sent the others.

    Before the body is taken in: who has no key is not listened to. The key stands in
    `Authorization: Bearer` (RFC 6750) or in `X-API-Key`; in an address it would end in logs.
    """

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its caller, or answer 401, 429 or 503."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"] in OPEN_PATHS:
            _ANYONE.kept_by(HTTPConnection(scope))
            await self._app(scope, receive, send)
            return
        try:
            address = address_of(scope.get("client"))
            caller, told = self._door.admit(presented_key(scope), address)
        except PrecedentError as error:
            await _refuse(error, scope, receive, send)
            return
        caller.kept_by(HTTPConnection(scope))
        await self._app(scope, receive, _telling(send, told) if told else send)


class AddressGuard:
    """Refuses more than so many requests a minute from one address; for where no key is needed."""

    def __init__(self, app: ASGIApp, rate: int) -> None:
        self._app = app
        self._rate = rate
        self._buckets = AddressBuckets()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 429."""
        if scope["type"] == "http" and scope["path"] not in OPEN_PATHS:
            address = address_of(scope.get("client"))
            wait = self._buckets.take(address, self._rate, time.monotonic())
            if wait:
                seconds = int(wait) + 1
                cause = f"has had its {self._rate} requests a minute"
                error = RateError("this address", cause, f"ask again in {seconds} s", seconds)
                await _refuse(error, scope, receive, send)
                return
        await self._app(scope, receive, send)


def presented_key(scope: Scope) -> str | None:
    """Return the key that a request carries, or None; the first, where it carries several."""
    for name, value in scope["headers"]:
        if name == b"authorization" and value[:7].lower() == _BEARER:
            return _text(value[7:])
        if name == b"x-api-key":
            return _text(value)
    return None


def _text(value: bytes) -> str:
    return value.strip().decode("latin-1")


def _telling(send: Send, told: Mapping[str, str]) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(told)
        await send(message)

    return send_with_headers


async def _refuse(error: PrecedentError, scope: Scope, receive: Receive, send: Send) -> None:
    headers = dict(headers_of(error))
    if isinstance(error, NoKeyError):
        why = "" if presented_key(scope) is None else ', error="invalid_token"'
        headers["WWW-Authenticate"] = f'Bearer realm="precedent"{why}'
    if scope["method"] not in {"GET", "HEAD"}:  # its body is not taken in
        headers["Connection"] = "close"
    response = problem_response(problem_of(error), scope["path"], headers)
    await response(scope, receive, send)
