"""A page of another site that may ask reads why it is refused, whatever refuses it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from corpus.errors import IndexDamagedError
from search_api.app import create_app
from search_api.schemas import Problem, SearchRequest
from tests.search_api.fake_engine import FakeEngine, FakeOpener, fake_settings

PAGE = "https://search.example.org"
ASKS = {"Origin": PAGE, "Sec-Fetch-Site": "cross-site", "Content-Type": "application/json"}
WATER = b'{"query": "water"}'


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def client(engine: FakeEngine) -> Iterator[TestClient]:
    settings = fake_settings(
        cors_origins=PAGE, max_body_bytes=1024, body_timeout_s=0.5, request_timeout_s=0.5
    )
    app = create_app(settings, FakeOpener.of(engine))
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made


def is_read(client: TestClient, status: int, body: bytes = WATER, **headers: str) -> Problem:
    """Search as the page, and return the problem that it reads."""
    answer = client.post("/v1/search", content=body, headers=ASKS | headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == PAGE
    assert "X-Request-ID" in answer.headers["access-control-expose-headers"]
    assert answer.headers["vary"] == "Origin"
    problem = Problem.model_validate_json(answer.content)
    assert problem.request_id == answer.headers["x-request-id"]
    return problem


@pytest.mark.parametrize("error", [ValueError("secret"), IndexDamagedError("index", "is damaged")])
def test_a_fault_is_read(client: TestClient, engine: FakeEngine, error: Exception) -> None:
    def fail(_: SearchRequest) -> None:
        raise error

    engine.before_search = fail
    expected = 500 if isinstance(error, ValueError) else 503
    assert "secret" not in is_read(client, expected).detail


def test_what_came_too_late_is_read(client: TestClient, engine: FakeEngine) -> None:
    let_go = threading.Event()
    engine.before_search = lambda _: let_go.wait(60) and None
    try:
        assert "no answer within 0.5 s" in is_read(client, 503).detail
    finally:
        let_go.set()


def test_what_is_refused_before_a_path_is_looked_for_is_read(client: TestClient) -> None:
    assert is_read(client, 400, b'{"query": "\xff"}').title == "Bad Request"
    assert is_read(client, 413, b"x" * 1025).title == "Content Too Large"
    assert is_read(client, 415, **{"Content-Type": "text/plain"}).title == "Unsupported Media Type"
    assert "PRECEDENT_ALLOWED_HOSTS" in is_read(client, 421, host="elsewhere.example").detail


def test_of_a_fault_no_other_page_reads_anything(client: TestClient, engine: FakeEngine) -> None:
    engine.before_search = lambda _: 1 / 0  # type: ignore[assignment,return-value]
    answer = client.get("/v1/search?q=water", headers={"Origin": "https://evil.example"})
    assert answer.status_code == 500
    assert "access-control-allow-origin" not in answer.headers
