"""The invented service of the browser tests, reached without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from precedent_client import Client
from tests.browser.fake_api import FakeService
from tests.browser.fake_reading import served
from tests.precedent_client.awaited import Awaited


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture(params=["waiting", "asyncio"])
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run a test with either client."""
    if request.param == "waiting":
        yield
        return
    monkeypatch.setattr(request.module, "Client", Awaited)
    with asyncio.Runner() as runner:
        monkeypatch.setattr(Awaited, "loop", runner.get_loop(), raising=False)
        yield


@pytest.fixture
def client(service: FakeService, request: pytest.FixtureRequest) -> Client:
    if "kind" in request.fixturenames:
        request.getfixturevalue("kind")
    made: type[Client] = getattr(request.module, "Client", Client)

    def answer(request: httpx.Request) -> httpx.Response:
        target = request.url.raw_path.decode()
        status, body = service.answer(request.method, target, request.content)
        content, headers = served(body)
        return httpx.Response(status, content=content, headers=headers)

    return made(retries=0, transport=httpx.MockTransport(answer))
