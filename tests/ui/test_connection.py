"""The page asks with the key of the environment, once, and shows it nowhere."""

from __future__ import annotations

import httpx
import pytest

from precedent_client import ServiceAwayError
from ui.service import connection


def test_the_page_sends_its_key_and_asks_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[httpx.Request] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        raise httpx.ConnectError("refused")

    monkeypatch.setenv("PRECEDENT_API_URL", "http://127.0.0.1:8123")
    monkeypatch.setenv("PRECEDENT_API_KEY", "the-key-of-the-page")
    monkeypatch.setattr(
        httpx.HTTPTransport, "handle_request", lambda self, request: refuse(request)
    )
    client = connection.client()
    with pytest.raises(ServiceAwayError):
        client.info()
    assert [request.headers["authorization"] for request in asked] == ["Bearer the-key-of-the-page"]
    assert "the-key" not in repr(client)
    client.close()
    connection._client.clear()
