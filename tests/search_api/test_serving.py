"""The engine in service: opened, swapped under load, called within bounds, served over a port."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from corpus.errors import IndexDamagedError, NoIndexError, ServiceError
from search_api.app import create_app, listen_on, serve
from search_api.pool import EnginePool
from search_api.problems import BusyError
from search_api.routes.guards import BodyGuard
from search_api.schemas import SearchRequest
from search_api.serving import EngineHolder
from tests.search_api.fake_engine import FakeEngine, FakeOpener, fake_settings

ROOT = Path(__file__).resolve().parents[2]


def wait_until(holds: Callable[[], bool], timeout_s: float = 5.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < deadline, "did not come about in time"
        time.sleep(0.005)


def generation_of(holder: EngineHolder) -> int:
    with holder.lease() as engine:
        return engine.generation


def test_without_an_index_nothing_is_lent_and_the_error_names_the_remedy() -> None:
    holder = EngineHolder(FakeOpener(), name="some/index")
    holder.refresh()
    with pytest.raises(NoIndexError, match=r"some/index: .*; run `precedent index PATH`"):
        generation_of(holder)


def test_an_error_is_raised_anew_for_each_request() -> None:
    holder = EngineHolder(FakeOpener())
    errors = []
    for _ in range(2):
        with pytest.raises(NoIndexError) as caught:
            generation_of(holder)
        errors.append(caught.value)
    assert errors[0] is not errors[1]


def test_an_index_published_later_is_taken_into_service() -> None:
    opener = FakeOpener()
    holder = EngineHolder(opener)
    holder.refresh()
    opener.publish(FakeEngine(1))
    holder.refresh()
    assert generation_of(holder) == 1
    holder.refresh()
    assert opener.opened == [1]


def test_a_replaced_engine_is_closed_only_after_its_last_request() -> None:
    old, new = FakeEngine(1), FakeEngine(2)
    opener = FakeOpener.of(old)
    holder = EngineHolder(opener)
    holder.refresh()
    with holder.lease() as first, holder.lease() as second:
        assert first is second is old
        opener.publish(new)
        holder.refresh()
        assert generation_of(holder) == 2
        assert not old.closed.is_set()
    assert old.closed.is_set()
    assert not new.closed.is_set()


def test_a_replacement_has_its_first_question_before_it_serves() -> None:
    opener = FakeOpener.of(FakeEngine(1))
    holder = EngineHolder(opener)
    holder.refresh()
    first = opener.engines[1]
    assert not first.warmed, "being ready goes first where nothing is in service"
    holder.warm()
    assert first.warmed
    opener.publish(FakeEngine(2))
    holder.refresh()
    assert opener.engines[2].warmed


def test_a_replaced_engine_that_nobody_uses_is_closed_at_once() -> None:
    old = FakeEngine(1)
    opener = FakeOpener.of(old)
    holder = EngineHolder(opener)
    holder.refresh()
    opener.publish(FakeEngine(2))
    holder.refresh()
    assert old.closed.is_set()


def test_the_old_engine_answers_while_the_new_one_opens() -> None:
    old = FakeEngine(1)
    opener = FakeOpener.of(old)
    holder = EngineHolder(opener)
    holder.refresh()
    opener.gate.clear()
    opener.publish(FakeEngine(2))
    with ThreadPoolExecutor(1) as executor:
        opening = executor.submit(holder.refresh)
        wait_until(lambda: opener.opened == [1, 2])
        assert generation_of(holder) == 1
        holder.refresh()  # a second look while the first is opening does nothing
        assert opener.opened == [1, 2]
        opener.gate.set()
        opening.result(5)
    assert generation_of(holder) == 2


def test_an_index_that_does_not_open_leaves_the_old_one_and_is_tried_again_later() -> None:
    opener = FakeOpener.of(FakeEngine(1))
    holder = EngineHolder(opener, reopen_s=3600)
    holder.refresh()
    opener.publish(FakeEngine(2))
    opener.fault = IndexDamagedError("index", "cut short", "run `precedent index`")
    holder.refresh()
    holder.refresh()
    assert generation_of(holder) == 1
    assert opener.opened == [1, 2]
    opener.fault = None
    holder.refresh()
    assert opener.opened == [1, 2], "tried again too soon"
    opener.publish(FakeEngine(3))
    holder.refresh()
    assert generation_of(holder) == 3


def test_an_index_that_is_taken_away_stays_in_service() -> None:
    opener = FakeOpener.of(FakeEngine(1))
    holder = EngineHolder(opener)
    holder.refresh()
    opener.generation = None
    holder.refresh()
    assert generation_of(holder) == 1


def test_an_engine_that_opens_after_the_end_is_closed_and_never_served() -> None:
    late = FakeEngine(1)
    opener = FakeOpener.of(late)
    opener.gate.clear()
    holder = EngineHolder(opener)
    with ThreadPoolExecutor(1) as executor:
        opening = executor.submit(holder.refresh)
        wait_until(lambda: opener.opened == [1])
        holder.close()
        opener.gate.set()
        opening.result(5)
    assert late.closed.is_set()
    with pytest.raises(ServiceError, match="is stopping"):
        generation_of(holder)


def test_many_swaps_under_load_fail_no_request() -> None:
    """Every answer comes from an engine that is open from the first word to the last."""
    engines = [FakeEngine(generation) for generation in range(1, 31)]
    opener = FakeOpener.of(engines[0])
    holder = EngineHolder(opener)
    holder.refresh()
    stop = threading.Event()

    def ask() -> int:
        answered = 0
        while not stop.is_set():
            with holder.lease() as engine:
                assert engine.search(SearchRequest(query="lawyer")).hits
            answered += 1
        return answered

    with ThreadPoolExecutor(4) as executor:
        askers = [executor.submit(ask) for _ in range(4)]
        for engine in engines[1:]:
            opener.publish(engine)
            holder.refresh()
            time.sleep(0.005)
        stop.set()
        assert min(asker.result(5) for asker in askers) > 0
    assert [engine.closed.is_set() for engine in engines] == [True] * 29 + [False]


def test_the_application_takes_up_what_is_published_while_it_runs() -> None:
    opener = FakeOpener()
    with TestClient(create_app(fake_settings(), opener)) as client:
        assert client.get("/readyz").status_code == 503
        for generation in (1, 2):
            opener.publish(FakeEngine(generation))
            wait_until(lambda: client.get("/v1/info").json().get("generation") == opener.generation)
        assert client.get("/readyz").status_code == 200
    assert opener.opened == [1, 2]
    assert all(engine.closed.is_set() for engine in opener.engines.values())


def test_a_fault_in_opening_ends_neither_the_service_nor_the_watch() -> None:
    opener = FakeOpener.of(FakeEngine(1))
    opener.fault = RuntimeError("a fault")
    with TestClient(create_app(fake_settings(reopen_s=0), opener)) as client:
        response = client.get("/readyz")
        assert response.status_code == 503
        assert "a fault in opening it" in response.json()["detail"]
        opener.fault = None
        wait_until(lambda: client.get("/readyz").status_code == 200)


def in_pool(use: Callable[[EnginePool], object], engine: FakeEngine, **settings: object) -> None:
    """Run a coroutine function over a pool of the fake engine."""

    async def run() -> None:
        holder = EngineHolder(FakeOpener.of(engine))
        holder.refresh()
        pool = EnginePool(holder, fake_settings(**settings))
        await use(pool)  # type: ignore[misc]
        pool.close()
        holder.close()

    asyncio.run(run())


def test_no_more_calls_run_at_once_than_there_are_threads() -> None:
    running, most = 0, 0
    lock = threading.Lock()

    def count(_: SearchRequest) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with lock:
            running -= 1

    async def use(pool: EnginePool) -> None:
        request = SearchRequest(query="lawyer")
        await asyncio.gather(*(pool.call(lambda one: one.search(request)) for _ in range(12)))

    engine = FakeEngine()
    engine.before_search = count
    in_pool(use, engine, engine_threads=3)
    assert most == 3


def test_more_requests_than_may_wait_are_refused_at_once() -> None:
    gate = threading.Event()
    engine = FakeEngine()
    engine.before_search = lambda _: None if gate.wait(10) else pytest.fail("never let go")

    async def use(pool: EnginePool) -> None:
        request = SearchRequest(query="lawyer")
        waiting = [
            asyncio.create_task(pool.call(lambda one: one.search(request))) for _ in range(3)
        ]
        await asyncio.sleep(0)
        with pytest.raises(BusyError, match="too many requests"):
            await pool.call(lambda one: one.info())
        gate.set()
        assert all(answer.hits for answer in await asyncio.gather(*waiting))
        assert (await pool.call(lambda one: one.info())).generation == 1

    in_pool(use, engine, engine_threads=1, max_waiting=2)


def test_a_call_given_up_keeps_its_engine_open_until_it_ends() -> None:
    gate = threading.Event()
    engine = FakeEngine()
    engine.before_search = lambda _: None if gate.wait(10) else pytest.fail("never let go")

    async def use(pool: EnginePool) -> None:
        with pytest.raises(BusyError, match="no answer within"):
            await pool.call(lambda one: one.search(SearchRequest(query="lawyer")))
        pool.holder.close()
        assert not engine.closed.is_set()
        gate.set()

    in_pool(use, engine, request_timeout_s=0.05)
    wait_until(engine.closed.is_set)


def test_a_body_that_does_not_arrive_is_given_up() -> None:
    sent: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        await asyncio.sleep(60)
        raise AssertionError

    async def send(message: object) -> None:
        sent.append(dict(message))  # type: ignore[call-overload]

    async def app(scope: object, receive: object, send: object) -> None:
        raise AssertionError("the body was not there yet")

    guard = BodyGuard(app, max_bytes=1024, timeout_s=0.01)
    scope = {"type": "http", "method": "POST", "path": "/v1/search", "headers": []}
    asyncio.run(guard(scope, receive, send))
    assert sent[0]["status"] == 408


SERVE = """
import sys
from search_api.app import serve
from tests.search_api.fake_engine import FakeEngine, FakeOpener, fake_settings
serve(fake_settings(port=0, access_log=True), FakeOpener.of(FakeEngine()))
print("ended", flush=True)
"""


@pytest.fixture
def server(socket_enabled: None) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start a server in a process of its own; yield it and its address."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stderr is not None
    line = process.stderr.readline()
    match = re.search(r"listening on (http://127\.0\.0\.1:\d+)", line)
    assert match, line
    yield process, match[1]
    process.kill()
    process.communicate()


@pytest.mark.loopback
def test_the_server_answers_logs_no_query_and_stops_on_ctrl_c(
    server: tuple[subprocess.Popen[str], str],
) -> None:
    process, address = server
    answer = httpx.get(f"{address}/v1/search", params={"q": "lawyer-of-choice lawyer"})
    assert answer.status_code == 200
    assert "server" not in answer.headers
    assert httpx.get(f"{address}/healthz", headers={"host": "evil.example"}).status_code == 421
    process.send_signal(signal.SIGINT)
    out, log = process.communicate(timeout=60)
    assert process.returncode == 0, log
    assert out == "ended\n"
    assert "GET /v1/search HTTP/1.1" in log
    assert "lawyer" not in log
    assert "Traceback" not in log
    assert log.rstrip().endswith("stopped")


@pytest.mark.loopback
def test_the_server_stops_on_sigterm_after_closing_the_engine(
    server: tuple[subprocess.Popen[str], str],
) -> None:
    process, address = server
    assert httpx.get(f"{address}/readyz").status_code == 200
    process.terminate()
    _, log = process.communicate(timeout=60)
    assert process.returncode in {0, -signal.SIGTERM}
    assert "Traceback" not in log


@pytest.mark.loopback
def test_a_port_in_use_is_told_in_one_line(socket_enabled: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServiceError) as caught:
            serve(fake_settings(port=port), FakeOpener())
    assert str(caught.value) == (
        f"127.0.0.1:{port}: the port is in use; "
        "stop the program that has it, or serve on another with --port"
    )


@pytest.mark.loopback
def test_answers_do_not_wait_for_delayed_acknowledgements(socket_enabled: None) -> None:
    """asyncio switches Nagle's algorithm off only where the socket names its protocol."""
    with listen_on(fake_settings(port=0)) as listener:
        assert listener.proto == socket.IPPROTO_TCP


@pytest.mark.loopback
def test_an_address_of_another_machine_is_told_in_one_line(socket_enabled: None) -> None:
    with pytest.raises(ServiceError, match=r"^203\.0\.113\.1:0: .*--host"):
        serve(fake_settings(port=0, host="203.0.113.1", require_keys="outside"), FakeOpener())
