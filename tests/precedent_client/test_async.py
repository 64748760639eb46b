"""The client of asyncio asks a real application; that it does all the other does, is tested there.

Every test of `test_client`, `test_events` and `test_retrying` runs with both.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from precedent_client import AsyncClient, Client, RefusedError
from search_api.app import create_app
from search_api.schemas import Collection, CollectionRequest, JobSummary, SearchResponse
from tests.search_api.access.doors import key_of
from tests.search_api.fake_engine import FakeEngine, FakeOpener, fake_settings
from tests.search_api.intake import make_index, service


@asynccontextmanager
async def asking(
    engine: FakeEngine | None = None, **settings: object
) -> AsyncIterator[AsyncClient]:
    app = create_app(fake_settings(**settings), FakeOpener.of(engine or FakeEngine()))
    async with (
        app.router.lifespan_context(app),
        AsyncClient("http://127.0.0.1", transport=httpx.ASGITransport(app), retries=0) as client,
    ):
        yield client


def test_questions_asked_at_once_are_each_answered() -> None:
    async def ask() -> list[SearchResponse]:
        async with asking() as client:
            words = ("lawyer", "detainees", "schools", "water")
            return await asyncio.gather(*(client.search(word, k=1) for word in words))

    answers = asyncio.run(ask())
    assert [each.query for each in answers] == ["lawyer", "detainees", "schools", "water"]
    assert all(each.hits for each in answers)


def test_lists_come_page_by_page() -> None:
    async def ask() -> tuple[list[str], list[str]]:
        async with asking() as client:
            hits = [hit.passage_id async for hit in client.iter_hits("detainees", k=2)]
            whole = await client.search("detainees", k=100)
            return hits, [hit.passage_id for hit in whole.hits]

    paged, whole = asyncio.run(ask())
    assert paged == whole
    assert len(paged) > 2


def test_each_is_asked_for_with_a_key_of_its_own(tmp_path: Path) -> None:
    given = {name: key_of(tmp_path, "read", "write", name=name) for name in ("ada", "bob")}

    async def ask() -> dict[str, list[str]]:
        settings = {
            "require_keys": "on",
            "keys_file": tmp_path / "keys.sqlite",
            "library_file": tmp_path / "library.sqlite",
        }
        async with asking(**settings) as client:
            with pytest.raises(RefusedError, match="carries no key"):
                await client.info()
            theirs = {name: client.with_key(key) for name, key in given.items()}

            async def make(name: str) -> Collection:
                return await theirs[name].create_collection(CollectionRequest(name=f"Of {name}"))

            await asyncio.gather(*map(make, theirs))
            listed = await asyncio.gather(*(each.collections() for each in theirs.values()))
            return {
                name: [one.name for one in each.collections]
                for name, each in zip(theirs, listed, strict=True)
            }

    assert asyncio.run(ask()) == {"ada": ["Of ada"], "bob": ["Of bob"]}


def test_files_are_sent_and_their_job_is_told_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "harbour.en.txt"
    file.write_text(
        "United Nations\n\nA/HRC/95/1\n\nHuman Rights Council\n\nAn invented report\n\n"
        "1. The harbour of the council is invented.\n"
    )
    app = service(make_index(tmp_path), library_file=tmp_path / "library.sqlite")

    async def ask() -> tuple[list[str], list[str]]:
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            AsyncClient("http://127.0.0.1", transport=transport) as client,
        ):
            job = await client.upload([file])
            states = [
                each.state
                async for each in client.job_events(job.job_id)
                if isinstance(each, JobSummary)
            ]
            done = await client.wait_for_job(job.job_id)
            return states, [each.outcome for each in done.files]

    states, outcomes = asyncio.run(ask())
    assert states[-1] == "done"
    assert outcomes == ["indexed"]


def test_who_gives_up_asks_no_more() -> None:
    """Cancelled while it waits to ask again, a call is not asked again."""
    asked: list[httpx.Request] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        raise httpx.ConnectError("refused")

    async def ask() -> None:
        waiting = asyncio.Event()

        async def sleep(_: float) -> None:
            waiting.set()
            await asyncio.Event().wait()

        transport = httpx.MockTransport(refuse)
        async with AsyncClient(transport=transport, sleep=sleep) as client:
            call = asyncio.create_task(client.search("lawyer"))
            await waiting.wait()
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call

    asyncio.run(ask())
    assert len(asked) == 1


def test_both_have_the_same_methods_with_the_same_words_for_them() -> None:
    def methods(kind: type) -> dict[str, str | None]:
        named = {name: getattr(kind, name) for name in dir(kind) if not name.startswith("_")}
        return {name: inspect.getdoc(each) for name, each in named.items()}

    assert methods(Client) == methods(AsyncClient)
    assert all(methods(Client).values())
    assert inspect.getdoc(Client("http://127.0.0.1").search) == methods(Client)["search"]
