"""Connections within bounds, by raw sockets against a server in a thread of this process."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvicorn
from starlette.types import Message, Receive, Scope, Send

from search_api.app import create_app, listen_on
from search_api.connections import MAX_HEAD_BYTES, bounded
from search_api.intake.queue import JobQueue
from search_api.schemas import SearchRequest
from search_api.settings import Settings
from tests.search_api.fake_engine import FakeEngine, FakeOpener, fake_settings

pytestmark = [pytest.mark.loopback, pytest.mark.usefixtures("socket_enabled")]

GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
LONG = 8 << 20
"""More than the kernel takes in for a client that does not read."""


class LongAnswer:
    """Answers `/long` itself, at once and with more than a client takes."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/long":
            await self.app(scope, receive, send)
            return
        start: Message = {"type": "http.response.start", "status": 200, "headers": []}
        await send(start | {"headers": [(b"content-length", str(LONG).encode())]})
        await send({"type": "http.response.body", "body": b"x" * LONG})


@contextlib.contextmanager
def serving(
    engine: FakeEngine | None = None, queue: JobQueue | None = None, **given: object
) -> Iterator[uvicorn.Server]:
    settings: Settings = fake_settings(port=0, **given)
    app = LongAnswer(create_app(settings, FakeOpener.of(engine or FakeEngine()), queue))
    config = uvicorn.Config(
        app,
        http=bounded(settings),
        h11_max_incomplete_event_size=MAX_HEAD_BYTES,
        timeout_keep_alive=settings.keep_alive_s,
        ws="none",
        log_config=None,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    with listen_on(settings) as listener:
        server.port = listener.getsockname()[1]  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        wait_until(lambda: server.started)
        try:
            yield server
        finally:
            server.should_exit = True
            thread.join(10)
            assert not thread.is_alive()


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.01)


def connect(server: uvicorn.Server, sent: bytes = b"", reads: int = 0) -> socket.socket:
    """Connect and send; with `reads`, the kernel takes in no more than that for this client."""
    connection = socket.socket()
    connection.settimeout(10)
    if reads:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, reads)
    connection.connect(("127.0.0.1", server.port))  # type: ignore[attr-defined]
    connection.sendall(sent)
    return connection


def answer_of(connection: socket.socket) -> tuple[int, dict[str, str], bytes]:
    """Read one answer: status, headers, body."""
    with connection.makefile("rb") as file:
        status = int(file.readline().split()[1])
        lines = iter(file.readline, b"\r\n")
        pairs = (line.decode().strip().partition(": ") for line in lines)
        headers = {name.lower(): value for name, _, value in pairs}
        return status, headers, file.read(int(headers["content-length"]))


def is_closed(connection: socket.socket) -> bool:
    """Read to the end; whether there is one, by the server's doing."""
    try:
        while connection.recv(1 << 20):
            pass
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False
    return True


def search(query: str) -> bytes:
    body = json.dumps({"query": query}).encode()
    head = f"POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"Content-Type: application/json\r\n\r\n" + body


def test_headers_that_never_end_are_given_up() -> None:
    with serving(head_timeout_s=0.3) as server, connect(server) as slow:
        for byte in GET[:-2]:
            slow.sendall(bytes([byte]))
        status, headers, body = answer_of(slow)
        assert status == 408
        assert headers["content-type"] == "application/problem+json"
        assert headers["connection"] == "close"
        assert "0.3 s" in json.loads(body)["detail"]
        assert is_closed(slow)


def test_a_connection_that_asks_nothing_is_closed() -> None:
    with serving(head_timeout_s=0.1) as server, connect(server) as silent:
        assert silent.recv(1) == b""


def test_headers_that_follow_an_answer_have_their_time_too() -> None:
    with serving(head_timeout_s=0.3) as server, connect(server, GET) as slow:
        assert answer_of(slow)[0] == 200
        slow.sendall(GET[:20])
        assert answer_of(slow)[0] == 408


def test_a_body_that_dribbles_on_after_its_answer_is_cut() -> None:
    head = b"POST /v1/search HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 1000\r\n\r\n"
    with serving(head_timeout_s=0.3) as server, connect(server, head) as slow:
        assert answer_of(slow)[0] == 421
        with contextlib.suppress(ConnectionError):
            for _ in range(20):
                slow.sendall(b"x")
                time.sleep(0.05)
        assert is_closed(slow)


def test_a_long_head_is_refused_with_a_problem() -> None:
    sent = GET[:-2] + b"X-Long: " + b"x" * (MAX_HEAD_BYTES + 1)
    with serving() as server, connect(server, sent) as connection:
        status, headers, body = answer_of(connection)
        assert status == 431
        assert json.loads(body)["title"] == "Request Header Fields Too Large"
        assert json.loads(body)["request_id"] == headers["x-request-id"]


def test_what_is_no_http_is_refused_with_a_problem() -> None:
    with serving() as server, connect(server, b"\x16\x03\x01 hello\r\n\r\n") as connection:
        status, headers, body = answer_of(connection)
        assert (status, headers["content-type"]) == (400, "application/problem+json")
        assert json.loads(body)["detail"] == "This is no HTTP request."


def test_who_holds_places_and_asks_nothing_keeps_nobody_out() -> None:
    with serving(max_connections=3, head_timeout_s=60) as server, contextlib.ExitStack() as held:
        idle = [held.enter_context(connect(server)) for _ in range(3)]
        wait_until(lambda: len(server.server_state.connections) == 3)
        for _ in range(5):
            with connect(server, GET) as newcomer:
                assert answer_of(newcomer)[0] == 200
        idle[0].settimeout(1)
        assert is_closed(idle[0])  # who had waited longest


def test_where_every_place_has_a_request_a_newcomer_is_told_when_to_come_back() -> None:
    gate = threading.Event()
    engine = FakeEngine()
    engine.before_search = lambda _: None if gate.wait(10) else pytest.fail("never let go")
    with serving(engine, max_connections=2) as server, contextlib.ExitStack() as held:
        busy = [held.enter_context(connect(server, search("lawyer"))) for _ in range(2)]
        wait_until(lambda: len(server.server_state.tasks) == 2)
        newcomer = held.enter_context(connect(server, GET))
        status, headers, body = answer_of(newcomer)
        assert (status, int(headers["retry-after"]) in (1, 2)) == (503, True)
        assert "All connections are in use" in json.loads(body)["detail"]
        assert is_closed(newcomer)
        gate.set()
        assert [answer_of(each)[0] for each in busy] == [200, 200]


def test_work_whose_client_has_gone_is_never_begun() -> None:
    gate = threading.Event()
    begun: list[str] = []

    def begin(request: SearchRequest) -> None:
        begun.append(request.query)
        assert gate.wait(10)

    engine = FakeEngine()
    engine.before_search = begin
    with serving(engine, engine_threads=1) as server, connect(server, search("first")) as first:
        wait_until(lambda: begun == ["first"])
        gone = [connect(server, search(f"gone {number}")) for number in range(10)]
        wait_until(lambda: len(server.server_state.tasks) == 11)
        for each in gone:
            each.close()
        wait_until(lambda: len(server.server_state.tasks) == 1)
        with connect(server, search("last")) as last:
            gate.set()
            assert answer_of(first)[0] == 200
            assert answer_of(last)[0] == 200
    assert begun == ["first", "last"]


def test_an_answer_that_nobody_takes_is_dropped() -> None:
    with serving(taking_timeout_s=0.2) as server:
        with connect(server, GET.replace(b"healthz", b"long")) as slow:
            wait_until(lambda: len(server.server_state.connections) == 1)
            wait_until(lambda: not server.server_state.connections)
            assert is_closed(slow)
        with connect(server, GET.replace(b"healthz", b"long")) as quick:
            assert len(answer_of(quick)[2]) == LONG


def test_an_answer_that_is_taken_slowly_but_steadily_arrives_whole() -> None:
    with (
        serving(taking_timeout_s=0.4) as server,
        connect(server, GET.replace(b"healthz", b"long"), reads=1 << 16) as steady,
    ):
        taken = 0
        while taken < LONG:
            piece = steady.recv(1 << 16)
            assert piece
            taken += len(piece)
            time.sleep(1.2 * len(piece) / LONG)  # three times the bound in all


def test_answers_that_wait_take_no_more_memory_than_they_may() -> None:
    with (
        serving(max_unsent_bytes=LONG + LONG // 2) as server,
        contextlib.ExitStack() as held,
    ):
        asked = GET.replace(b"healthz", b"long")
        slow = [held.enter_context(connect(server, asked)) for _ in range(6)]
        wait_until(lambda: server.server_state.total_requests == 6)
        wait_until(lambda: len(server.server_state.connections) <= 2)
        assert len(answer_of(slow[-1])[2]) == LONG  # who came last is not who stalled longest
