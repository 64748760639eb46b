"""Who has the next thread, and what is bounded beside: streams, bodies, uploads."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from search_api.access.caller import READ, Caller
from search_api.intake.errors import QueueFullError
from search_api.intake.folder import MOST_ARRIVING, UploadFolder
from search_api.problems import BusyError, headers_of
from search_api.routes.guards import BodyGuard
from search_api.routes.streams import StreamGuard
from search_api.turns import Turns

Use = Callable[[Turns, threading.Event, list[str]], Awaitable[None]]


def held(use: Use, max_waiting: int = 100) -> list[str]:
    """Use one thread's turns while the thread is held; return who had one, in order."""
    gate, done = threading.Event(), list[str]()

    async def run() -> None:
        turns = Turns(1, max_waiting)
        first = asyncio.create_task(turns.run(lambda: gate.wait(10), "first"))
        await asyncio.sleep(0)
        await use(turns, gate, done)
        assert await first, "never let go"
        assert (turns.running, turns.waiting) == (0, 0)
        turns.close()

    asyncio.run(run())
    return done


def ask(turns: Turns, done: list[str], caller: str, count: int) -> list[asyncio.Task[None]]:
    return [
        asyncio.create_task(turns.run(lambda: done.append(caller), caller)) for _ in range(count)
    ]


def test_callers_have_turns_however_much_one_asks() -> None:
    async def use(turns: Turns, gate: threading.Event, done: list[str]) -> None:
        asked = [*ask(turns, done, "flood", 5), *ask(turns, done, "other", 2)]
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(*asked)

    assert held(use) == ["flood", "other", "flood", "other", "flood", "flood", "flood"]


def test_where_all_places_are_taken_the_greediest_gives_one_up() -> None:
    refused: list[object] = []

    async def use(turns: Turns, gate: threading.Event, done: list[str]) -> None:
        flood = ask(turns, done, "flood", 6)
        await asyncio.sleep(0)
        others = ask(turns, done, "other", 3)
        await asyncio.sleep(0)
        gate.set()
        refused.extend(await asyncio.gather(*flood, return_exceptions=True))
        refused.extend(await asyncio.gather(*others, return_exceptions=True))

    assert held(use, max_waiting=4) == ["flood", "other", "flood", "other"]
    told = ["busy" if isinstance(each, BusyError) else each for each in refused]
    assert told[:6] == [None, None, "busy", "busy", "busy", "busy"]
    assert told[6:] == [None, None, "busy"]


def test_what_nobody_waits_for_leaves_the_queue_at_once() -> None:
    async def use(turns: Turns, gate: threading.Event, done: list[str]) -> None:
        gone = ask(turns, done, "gone", 3)
        await asyncio.sleep(0)
        for task in gone:
            task.cancel()
        await asyncio.gather(*gone, return_exceptions=True)
        assert turns.waiting == 0
        kept = ask(turns, done, "kept", 3)
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(*kept)

    assert held(use, max_waiting=3) == ["kept"] * 3


def test_room_is_made_by_a_call_that_was_given_up_in_the_same_moment() -> None:
    async def use(turns: Turns, gate: threading.Event, done: list[str]) -> None:
        gone = ask(turns, done, "flood", 2)
        await asyncio.sleep(0)
        (other,) = ask(turns, done, "other", 1)  # runs before the flood hears that it is over
        gone[1].cancel()
        gate.set()
        await other
        await asyncio.gather(*gone, return_exceptions=True)

    assert sorted(held(use, max_waiting=2)) == ["flood", "other"]


def test_given_up_work_keeps_its_thread_until_it_ends() -> None:
    async def run() -> None:
        gate = threading.Event()
        turns = Turns(1, 1)
        given_up = asyncio.create_task(turns.run(lambda: gate.wait(10), "one"))
        await asyncio.sleep(0)
        given_up.cancel()
        with pytest.raises(asyncio.CancelledError):
            await given_up
        assert turns.running == 1
        following = asyncio.create_task(turns.run(lambda: "done", "one"))
        await asyncio.sleep(0)
        assert turns.waiting == 1
        gate.set()
        assert await following == "done"
        turns.close()

    asyncio.run(run())


@pytest.mark.parametrize(("call_s", "wait_s"), [(0.0, 0.0), (0.5, 2.0), (3.0, 12.0), (60.0, 30.0)])
def test_who_is_refused_is_told_how_long_the_queue_is(call_s: float, wait_s: float) -> None:
    """Four wait; each call took so long by a clock that goes on with every look at it."""
    seconds = 0.0

    def clock() -> float:
        nonlocal seconds
        seconds += call_s
        return seconds

    async def run() -> BusyError:
        turns, gate = Turns(1, 4, clock=clock), threading.Event()
        for _ in range(40):
            await turns.run(lambda: None, "before")
        held = [asyncio.create_task(turns.run(lambda: gate.wait(10), "one")) for _ in range(5)]
        await asyncio.sleep(0)
        with pytest.raises(BusyError) as refused:
            await turns.run(lambda: None, "one")
        gate.set()
        assert await asyncio.gather(*held) == [True] * 5
        turns.close()
        return refused.value

    error = asyncio.run(run())
    assert error.retry_after_s == pytest.approx(wait_s, rel=0.01)
    assert int(headers_of(error)["Retry-After"]) >= max(1, wait_s * 0.99)


def test_at_the_end_those_who_wait_are_let_go() -> None:
    async def use(turns: Turns, gate: threading.Event, done: list[str]) -> None:
        waiting = ask(turns, done, "one", 2)
        await asyncio.sleep(0)
        turns.close()
        told = await asyncio.gather(*waiting, return_exceptions=True)
        assert all(isinstance(each, asyncio.CancelledError) for each in told)
        gate.set()

    assert held(use) == []


class Named:
    """Says who asks, by a header."""

    def __init__(self, app: object) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            key_id = dict(scope["headers"]).get(b"name", b"").decode()
            caller = Caller("local", frozenset({READ}), key_id)  # a key may have that name
            scope.setdefault("state", {})["caller"] = caller
        await self.app(scope, receive, send)  # type: ignore[operator]


def test_streams_are_bounded_and_shared() -> None:
    app = FastAPI()
    opened: list[str] = []

    @app.get("/{name}")
    async def stream(name: str, gate: str = "") -> StreamingResponse:
        async def lines():  # type: ignore[no-untyped-def]
            opened.append(name)
            yield "{}\n"
            while gate and not let_go.is_set():
                await asyncio.sleep(0.005)

        return StreamingResponse(lines(), media_type="application/x-ndjson")

    app.add_middleware(StreamGuard, most=4)
    app.add_middleware(Named)
    let_go = asyncio.Event()

    async def run() -> None:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:

            async def get(name: str, gate: str = "yes") -> httpx.Response:
                return await client.get(f"/{name}", params={"gate": gate}, headers={"name": name})

            async def opens(name: str, count: int) -> None:
                held.append(asyncio.create_task(get(name)))
                while len(opened) < count:
                    await asyncio.sleep(0.005)

            held: list[asyncio.Task[httpx.Response]] = []
            await opens("greedy", 1)
            await opens("greedy", 2)
            refused = await get("greedy")
            assert refused.status_code == 503
            assert 10 <= int(refused.headers["retry-after"]) <= 12
            assert refused.headers["content-type"] == "application/problem+json"
            await opens("other", 3)
            await opens("third", 4)
            assert (await get("fourth")).status_code == 503
            let_go.set()
            assert [each.status_code for each in await asyncio.gather(*held)] == [200] * 4
            assert (await get("greedy", gate="")).status_code == 200

    asyncio.run(asyncio.wait_for(run(), 60))


def test_bodies_together_are_bounded() -> None:
    """Sixteen of the greatest length may arrive at once; the seventeenth is told to come back."""
    statuses: list[int] = []
    retry: list[bytes] = []
    answered = 0

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal answered
        assert len((await receive())["body"]) == 1000
        answered += 1
        while len(statuses) < 1:
            await asyncio.sleep(0)

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])
            retry.append(dict(message["headers"])[b"retry-after"])

    async def receive() -> Message:
        return {"type": "http.request", "body": b"x" * 1000, "more_body": False}

    async def run() -> None:
        guard = BodyGuard(app, max_bytes=1000, timeout_s=10)
        scope = {"type": "http", "method": "POST", "path": "/v1/search", "headers": []}
        await asyncio.gather(*(guard(dict(scope), receive, send) for _ in range(17)))
        assert (answered, statuses, retry) in [(16, [503], [b"1"]), (16, [503], [b"2"])]
        await guard(dict(scope), receive, send)
        assert answered == 17, "what was held is let go"

    asyncio.run(run())


@pytest.mark.parametrize("restricted", [None, "witness"])
def test_no_more_than_so_many_uploads_arrive_at_once(
    tmp_path: Path, restricted: str | None
) -> None:
    folder = UploadFolder(tmp_path)
    folder.claim()
    open_ = [folder.of(restricted).arriving() for _ in range(MOST_ARRIVING)]
    for each in open_:
        each.__enter__()
    with pytest.raises(QueueFullError, match="too many uploads"):  # noqa: SIM117
        with folder.of(restricted).arriving():
            pass
    with folder.of("another").arriving() as lent:
        assert lent.is_dir()
    open_.pop().__exit__(None, None, None)
    with folder.of(restricted).arriving() as lent:
        assert lent.is_dir()
    for each in open_:
        each.__exit__(None, None, None)
    folder.release()
