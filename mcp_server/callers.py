"""Whose key the service is asked with: over HTTP the caller's own, message by message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mcp.server.mcpserver import Context
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from precedent_client import Client, RefusedError

__all__ = [
    "Asker",
    "CallerGuard",
    "OpenServiceError",
    "asks_by_caller",
    "check_asks_for_keys",
    "key_in",
]

Asker = Callable[[Context[Any, Any]], Client]
"""Returns the client that answers a call of a tool."""

_LONGEST_KEY = 500
"""Characters; those of `precedent keys` have 56."""

_NO_KEY = 401


class OpenServiceError(Exception):
    """The service answers whoever asks, so that a key shown here would keep nobody out."""


def asks_by_caller(client: Client, *, keys_are_needed: bool) -> Asker:
    """Return what asks with the key of whoever calls.

    The key is taken from the HTTP request that carries the call, and lives as long as that: nothing
    is kept for a session, so that no session is answered with the key of another.

    Args:
        client: of the service; it has no key, so that there is none to fall back to.
        keys_are_needed: whether the service is held to ask for keys before each call.
    """

    def asks(context: Context[Any, Any]) -> Client:
        if keys_are_needed:
            check_asks_for_keys(client)
        return client.with_key(key_in(context.headers or {}))

    return asks


def check_asks_for_keys(client: Client) -> None:
    """See that the service refuses whoever shows no key.

    Asked before each call and not only at the start, for 5 ms or less: a service that is started
    again without keys would show everybody everything.

    Raises:
        OpenServiceError: it answers.
        precedent_client.ServiceError: it cannot be asked.
    """
    try:
        client.with_key(None).info()
    except RefusedError as error:
        if error.status == _NO_KEY:
            return
        raise
    raise OpenServiceError


def key_in(headers: Mapping[str, str]) -> str | None:
    """Return the key of `Authorization: Bearer`, or None; schemes have no case (RFC 9110, 11.1)."""
    scheme, _, given = headers.get("authorization", "").partition(" ")
    key = given.strip(" ")
    return key if scheme.lower() == "bearer" and key else None


class CallerGuard:
    """Refuses requests that show no key; whether a key opens anything, the service says."""

    def __init__(self, app: ASGIApp) -> None:
        """Guard an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 401."""
        if scope["type"] == "http" and not _looks_right(key_in(Headers(scope=scope))):
            refusal = JSONResponse(
                {"error": "send your key of the search service as Authorization: Bearer prk_…"},
                401,
                {"WWW-Authenticate": 'Bearer realm="precedent"', "Cache-Control": "no-store"},
            )
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _looks_right(key: str | None) -> bool:
    return (
        key is not None
        and len(key) <= _LONGEST_KEY
        and key.isascii()
        and key.isprintable()
        and " " not in key
    )
