"""The tools over streamable HTTP: who may reach them, and how they are listened for."""

from __future__ import annotations

from collections.abc import Sequence

from mcp.server import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.types import ASGIApp

from mcp_server.callers import CallerGuard
from search_api.settings import is_loopback

__all__ = ["MAX_BODY_BYTES", "PATH", "http_app"]

PATH = "/mcp"

MAX_BODY_BYTES = 2_097_152
"""The longest text to verify has 200,000 characters, of up to six bytes as JSON writes them."""


def http_app(
    server: MCPServer, host: str, port: int, *, keys_are_needed: bool, names: Sequence[str] = ()
) -> ASGIApp:
    """Return the application that serves the tools at `/mcp`.

    Each request stands for itself: no session is kept. A `Host` header has to name the address it
    listens on, and no `Origin` is let in: a page of the web could otherwise ask in the name of who
    looks at it (DNS rebinding).

    Args:
        server: with its tools.
        host: address it listens on.
        port: port it listens on.
        keys_are_needed: whether callers have to show a key.
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
    return CallerGuard(app) if keys_are_needed else app
