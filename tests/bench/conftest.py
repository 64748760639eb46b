"""An engine over invented documents, and the service that answers with it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from fastapi.testclient import TestClient

from precedent_client import Client
from search_api.app import create_app
from search_api.engine import Engine
from search_api.openers import EngineOpener
from tests.bench.invented import HELD
from tests.fakes import FakeEncoder
from tests.indexer.linking import published
from tests.search_api.fake_engine import fake_settings


class OneEngine(EngineOpener):
    """Has one engine to open, and publishes nothing further."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def published(self) -> int | None:
        return self._engine.generation

    def open(self) -> Engine:
        return self._engine


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    snapshot = published(tmp_path_factory.mktemp("bench"), *HELD)
    yield Engine(snapshot, FakeEncoder())
    snapshot.close()


@pytest.fixture(scope="session")
def api(engine: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(fake_settings(), OneEngine(engine))) as client:
        yield client


@pytest.fixture
def client(api: TestClient) -> Client:
    """Return the page's client, answered by the service without a network."""

    def answer(request: httpx.Request) -> httpx.Response:
        answered = api.request(
            request.method,
            str(request.url.raw_path, "ascii"),
            content=request.content,
            headers=dict(request.headers) | {"host": "testserver"},
        )
        return httpx.Response(
            answered.status_code, headers=answered.headers, content=answered.content
        )

    return Client("http://127.0.0.1:8000", retries=0, transport=httpx.MockTransport(answer))
