"""A browser that leaves while it is answered."""

from __future__ import annotations

import contextlib
from functools import partial

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketDisconnected

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


def test_who_left_before_an_answer_was_sent_has_left() -> None:
    """The server tells it by refusing to send, and Starlette of a connection never accepted."""
    ended: list[str] = []

    async def answers(scope: Scope, receive: Receive, send: Send) -> None:
        socket = WebSocket(scope, receive, send)
        await socket.accept()
        with contextlib.suppress(WebSocketDisconnect):
            await socket.send_bytes(b"for nobody")
        try:
            await socket.receive_bytes()
        except WebSocketDisconnected as error:
            ended.append(str(error))
            await socket.close()

    async def gone(scope: Scope, receive: Receive, send: Send, *, app: ASGIApp) -> None:
        async def refuse(message: Message) -> None:
            if message["type"] == "websocket.send":
                raise ConnectionResetError
            await send(message)

        await app(scope, receive, refuse)

    with (
        pytest.raises(WebSocketDisconnected),
        TestClient(partial(gone, app=answers)).websocket_connect("/"),
    ):
        pass
    with TestClient(partial(gone, app=Departures(answers))).websocket_connect("/"):
        pass
    assert len(ended) == 2
    assert "Need to call" in ended[0]


def test_what_goes_wrong_while_a_browser_is_there_is_told() -> None:
    with (
        pytest.raises(WebSocketDisconnected),
        TestClient(Departures(never_accepts)).websocket_connect("/"),
    ):
        pass
