"""The invented service of the browser tests, reached without a network."""

from __future__ import annotations

import httpx
import pytest

from precedent_client import Client
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

    return Client(retries=0, transport=httpx.MockTransport(answer))
