"""The key goes to the service and nowhere else."""

from __future__ import annotations

import logging
from typing import Any

import httpx
import pytest

from precedent_client import Client, ServiceAwayError, ServiceError, UnsafeKeyError

KEY = "prc_not-a-real-key"


def asked_by(client_of: Any) -> httpx.Request:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, content='{"counted": "index"}')

    client_of(httpx.MockTransport(answer)).facets()
    return seen[0]


def test_the_key_is_sent_as_a_bearer_token() -> None:
    request = asked_by(lambda transport: Client(key=KEY, transport=transport))
    assert request.headers["authorization"] == f"Bearer {KEY}"


def test_without_a_key_none_is_sent() -> None:
    request = asked_by(lambda transport: Client(transport=transport))
    assert "authorization" not in request.headers


def test_the_program_names_itself() -> None:
    request = asked_by(lambda transport: Client(transport=transport))
    assert request.headers["user-agent"].startswith("precedent-client/")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000",
        "http://127.8.9.1",
        "http://localhost:8000",
        "http://[::1]:8000",
        "https://search.example",
    ],
)
def test_a_key_goes_to_this_machine_and_over_https(url: str) -> None:
    Client(url, key=KEY).close()


@pytest.mark.parametrize(
    "url",
    [
        "http://search.example",
        "http://192.168.1.20:8000",
        "http://127.0.0.1.search.example",
        "http://localhost.search.example",
        "http://[::2]:8000",
    ],
)
def test_a_key_does_not_go_in_the_open(url: str) -> None:
    with pytest.raises(UnsafeKeyError) as raised:
        Client(url, key=KEY)
    assert "https" in raised.value.detail
    assert "PRECEDENT_API_PLAIN_HTTP" in raised.value.detail
    assert KEY not in str(raised.value)
    Client(url).close()
    Client(url, key=KEY, plain_http=True).close()


@pytest.mark.parametrize("key", ["a\r\nHost: elsewhere", "clé", "two words", "a\x00b"])
def test_what_is_no_key_is_not_sent_and_not_repeated(key: str) -> None:
    with pytest.raises(UnsafeKeyError) as raised:
        Client(key=key)
    assert key not in str(raised.value)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(ServiceAwayError) as raised:
        Client("http://ada:lovelace@127.0.0.1:8000")
    assert "lovelace" not in str(raised.value)


@pytest.mark.parametrize("url", ["", "127.0.0.1:8000", "file:///etc/passwd", "http://"])
def test_what_is_no_address_is_said(url: str) -> None:
    with pytest.raises(ServiceAwayError):
        Client(url)


def test_nothing_shows_the_key(caplog: pytest.LogCaptureFixture) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        return httpx.Response(500, content="<html>")

    with caplog.at_level(logging.DEBUG):
        client = Client(key=KEY, transport=httpx.MockTransport(refuse))
        with pytest.raises(ServiceError) as raised:
            client.search("access to a lawyer")
    assert repr(client) == "Client('http://127.0.0.1:8000')"
    assert KEY not in caplog.text
    assert KEY not in str(raised.value)
    assert "access to a lawyer" not in caplog.text


def test_a_redirect_is_not_followed() -> None:
    hosts: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        return httpx.Response(307, headers={"location": "http://elsewhere.example/v1/search"})

    with pytest.raises(ServiceError):
        Client(key=KEY, transport=httpx.MockTransport(answer)).search("lawyers")
    assert hosts == ["127.0.0.1"]


def test_url_and_key_come_from_the_environment() -> None:
    given = {"PRECEDENT_API_URL": "http://search.example", "PRECEDENT_API_KEY": KEY}
    with pytest.raises(UnsafeKeyError):
        Client.from_environment(given)
    client = Client.from_environment({**given, "PRECEDENT_API_PLAIN_HTTP": "1"})
    assert client.url == "http://search.example"
    assert Client.from_environment({}).url == "http://127.0.0.1:8000"
