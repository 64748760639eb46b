"""The tools over streamable HTTP: who may reach them, and how they are listened for."""

from __future__ import annotations

import hmac
import ipaddress
import os
from collections.abc import Mapping, Sequence

from mcp.server import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from corpus.errors import InputError

__all__ = ["KEY_VARIABLE", "PATH", "KeyGuard", "http_app", "is_loopback", "key_for"]

KEY_VARIABLE = "PRECEDENT_MCP_KEY"
PATH = "/mcp"
SHORTEST_KEY = 24
"""Characters; `openssl rand -hex 16` gives 32."""

MAX_BODY_BYTES = 2_097_152
"""The longest text to verify has 200,000 characters, of up to six bytes as JSON writes them."""


def is_loopback(host: str) -> bool:
    """Tell whether an address to listen on is reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def key_for(host: str, environment: Mapping[str, str] = os.environ) -> str | None:
    """Return the key that callers have to send; None where none is needed.

    Raises:
        InputError: an address that others reach has none, or it is too short to keep anybody out.
    """
    key = environment.get(KEY_VARIABLE) or None
    if key is None and not is_loopback(host):
        raise InputError(
            host,
            "is reached by others, and anybody there could search",
            f"set {KEY_VARIABLE} to a long random text (openssl rand -hex 16), which callers send "
            "as Authorization: Bearer, or listen on 127.0.0.1",
        )
    if key is not None and (len(key) < SHORTEST_KEY or not key.isascii()):
        raise InputError(
            KEY_VARIABLE,
            f"has fewer than {SHORTEST_KEY} characters, or others than ASCII",
            "take a random one: openssl rand -hex 16",
        )
    return key


class KeyGuard:
    """Refuses requests that do not carry the key."""

    def __init__(self, app: ASGIApp, key: str) -> None:
        """Guard an application with a key."""
        self._app = app
        self._expected = key.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 401."""
        if scope["type"] == "http":
            scheme, _, given = Headers(scope=scope).get("authorization", "").partition(" ")
            is_right = hmac.compare_digest(given.strip(" ").encode(), self._expected)
            if scheme.lower() != "bearer" or not is_right:  # schemes have no case (RFC 9110, 11.1)
                refusal = JSONResponse(
                    {"error": "the key is missing or is another"},
                    401,
                    {"WWW-Authenticate": "Bearer", "Cache-Control": "no-store"},
                )
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)


def http_app(
    server: MCPServer, host: str, port: int, *, key: str | None, names: Sequence[str] = ()
) -> ASGIApp:
    """Return the application that serves the tools at `/mcp`.

    Each request stands for itself: no session is kept. A `Host` header has to name the address it
    listens on, and no `Origin` is let in: a page of the web could otherwise ask in the name of who
    looks at it (DNS rebinding).

    Args:
        server: with its tools.
        host: address it listens on.
        port: port it listens on.
        key: what callers have to send; None for nobody.
        names: further names under which it is reached, without a port.
    """
    own = f"[{host}]" if ":" in host else host
    local = ["127.0.0.1", "localhost", "[::1]"] if is_loopback(host) else []
    allowed = [f"{name}:{port}" for name in dict.fromkeys([own, *local, *names])]
    if port in {80, 443} or names:  # a proxy in front has a port of its own
        allowed += [own, *names]
    app: ASGIApp = server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=MAX_BODY_BYTES,
        transport_security=TransportSecuritySettings(allowed_hosts=allowed, allowed_origins=[]),
        host=host,
    )
    return app if key is None else KeyGuard(app, key)
