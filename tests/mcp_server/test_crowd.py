"""Connections that show no key, and ask nothing, keep nobody out."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable

import pytest

from mcp_server.http import http_app
from mcp_server.running import _server
from mcp_server.server import build_server
from precedent_client import Client
from search_api.settings import Settings

KEY = "0123456789abcdef0123456789abcdef"
PLACES = 4
ASKED = (
    b"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %b\r\n"
    b"Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
    b"Connection: close\r\nContent-Length: %d\r\n\r\n%b"
)
LIST = b'{"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}'


def asked_of(client: Client, settings: Settings, sent: Callable[[int], bytes], idle: int) -> bytes:
    """Serve, open idle connections, and return what another is answered."""
    with socket.create_server(("127.0.0.1", 0)) as listener, contextlib.ExitStack() as held:
        port = listener.getsockname()[1]
        app = http_app(build_server(client), "127.0.0.1", port, keys_are_needed=True)
        server = _server(app, settings)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            for _ in range(idle):
                held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
            with socket.create_connection(("127.0.0.1", port), timeout=60) as asking:
                asking.sendall(sent(port))
                return b"".join(iter(lambda: asking.recv(65536), b""))
        finally:
            server.should_exit = True
            thread.join()


@pytest.mark.loopback
@pytest.mark.parametrize("idle", [PLACES, 80])
def test_idle_connections_keep_nobody_out(client: Client, socket_enabled: None, idle: int) -> None:
    places = PLACES if idle == PLACES else Settings().max_connections
    settings = Settings(max_connections=places)
    answer = asked_of(
        client, settings, lambda port: ASKED % (port, KEY.encode(), len(LIST), LIST), idle
    )
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"verify_citation" in answer


@pytest.mark.loopback
def test_a_request_that_hides_another_ends_the_connection(
    client: Client, socket_enabled: None
) -> None:
    hiding = ASKED.replace(b"Connection: close", b"Transfer-Encoding: chunked")

    def sent(port: int) -> bytes:
        hidden = ASKED % (port, KEY.encode(), len(LIST), LIST)
        return hiding % (port, KEY.encode(), 5, b"0\r\n\r\n") + hidden

    answer = asked_of(client, Settings(), sent, 0)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"verify_citation" not in answer
