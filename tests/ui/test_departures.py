"""A browser that leaves while it is answered."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnected

from ui.frame.departures import Departures


async def closes_twice(scope: Scope, receive: Receive, send: Send) -> None:
    socket = WebSocket(scope, receive, send)
    await socket.accept()
    await socket.close()
    await socket.close()


async def never_accepts(scope: Scope, receive: Receive, send: Send) -> None:
    await WebSocket(scope, receive, send).receive_bytes()


def test_a_connection_that_is_closed_already_may_be_closed() -> None:
    with pytest.raises(WebSocketDisconnected), TestClient(closes_twice).websocket_connect("/"):
        pass
    with TestClient(Departures(closes_twice)).websocket_connect("/"):
        pass


def test_what_goes_wrong_while_a_browser_is_there_is_told() -> None:
    with (
        pytest.raises(WebSocketDisconnected),
        TestClient(Departures(never_accepts)).websocket_connect("/"),
    ):
        pass
