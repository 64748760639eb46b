"""The invented service of the browser tests, reached without a network."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from precedent_client import Client
from search_api.schemas import Hit, Scores
from search_api.standing import standing_of
from tests.browser.fake_api import FakeService
from tests.browser.fake_reading import served


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def client(service: FakeService) -> Client:
    def answer(request: httpx.Request) -> httpx.Response:
        target = request.url.raw_path.decode()
        status, body = service.answer(request.method, target, request.content)
        content, headers = served(body)
        return httpx.Response(status, content=content, headers=headers)

    return Client("http://127.0.0.1:8000", retries=0, transport=httpx.MockTransport(answer))


@pytest.fixture(scope="session")
def make_hit() -> Callable[..., Hit]:
    def make(**changes: object) -> Hit:
        facts: dict[str, object] = {
            "passage_id": "X_1:en:12",
            "document_id": "X_1:en",
            "symbol": "X/1",
            "title": "An invented report",
            "number": "12",
            "paragraph_id": "12",
            "paragraph_kind": "body",
            "part": 1,
            "parts": 1,
            "pages": (4, 5),
            "section": ("II. Findings",),
            "kind": "report",
            "body": "Council of Invented Rights",
            "country": ("FRD",),
            "date": "2021-03",
            "year": 2021,
            "language": "en",
            "text": "Nobody was told.",
            "citation": "X/1, para. 12",
            "rank": 1,
            "score": 0.8,
            "scores": Scores(fused=0.8),
            **changes,
        }
        if "standing" not in facts:
            facts["standing"] = standing_of(
                str(facts["kind"]),
                facts.get("status"),  # type: ignore[arg-type]
                superseded_by=facts.get("superseded_by"),  # type: ignore[arg-type]
            )
        return Hit.model_validate(facts)

    return make
