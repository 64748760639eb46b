"""Where the service opens: elsewhere than here with keys alone, and to named pages alone."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from corpus.errors import InputError, ServiceError
from search_api.access.opening import check_bound, check_keys
from search_api.app import create_app, serve
from search_api.settings import Settings, is_loopback
from tests.search_api.access.doors import bearer, closed, key_file, key_of
from tests.search_api.fake_engine import FakeEngine, FakeOpener, fake_settings
from tests.search_api.test_openapi import OPERATIONS, requests_of

ANY = "0.0.0.0"  # noqa: S104 - nothing listens
PAGE = "https://search.example.org"


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True), ("127.8.0.1", True), ("::1", True), ("localhost", True),
        ("LocalHost", True), (ANY, False), ("::", False), ("192.0.2.1", False),
        ("127.example.org", False), ("localhost.example.org", False), ("", False),
        ("::ffff:192.0.2.1", False),
    ],
)  # fmt: skip
def test_what_passes_for_this_machine(host: str, local: bool) -> None:
    assert is_loopback(host) is local


@pytest.mark.parametrize(
    ("host", "keys", "wanted", "uploads"),
    [
        ("127.0.0.1", "auto", False, True),
        ("127.0.0.1", "on", True, True),
        ("127.0.0.1", "off", False, True),
        (ANY, "auto", True, True),
        (ANY, "on", True, True),
        (ANY, "outside", False, False),
        ("127.example.org", "auto", True, True),
    ],
)
def test_where_keys_are_required(host: str, keys: str, wanted: bool, uploads: bool) -> None:
    settings = fake_settings(host=host, require_keys=keys)
    assert settings.requires_keys is wanted
    assert settings.takes_uploads is uploads


def test_it_does_not_start_elsewhere_with_keys_off(tmp_path: Path) -> None:
    key_of(tmp_path, "read")
    settings = fake_settings(host=ANY, require_keys="off", keys_file=tmp_path / "keys.sqlite")
    with pytest.raises(ServiceError, match=r"0\.0\.0\.0: reaches beyond .*precedent keys add"):
        serve(settings, FakeOpener())


@pytest.mark.parametrize("given", [{"host": ANY}, {"require_keys": "on"}])
def test_it_does_not_start_without_a_key_that_opens_it(
    tmp_path: Path, given: dict[str, Any]
) -> None:
    settings = fake_settings(**given, keys_file=tmp_path / "keys.sqlite")
    with pytest.raises(ServiceError, match=r"has no key that could be used.*precedent keys add"):
        serve(settings, FakeOpener())
    key_of(tmp_path, "read", name="archive")
    check_keys(settings)
    key_file(tmp_path).revoke("archive")
    with pytest.raises(ServiceError, match="has no key"):
        check_keys(settings)


def test_a_file_of_keys_that_others_may_read_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    key_of(tmp_path, "read")
    file = tmp_path / "keys.sqlite"
    settings = fake_settings(require_keys="on", keys_file=file)
    check_keys(settings)
    assert caplog.records == []
    file.chmod(0o640)
    check_keys(settings)
    assert "chmod 600" in caplog.text


def test_a_name_that_leads_elsewhere_is_found_out() -> None:
    with pytest.raises(ServiceError, match=r"localhost: is 192\.0\.2\.1, which reaches beyond"):
        check_bound(fake_settings(host="localhost"), "192.0.2.1")
    check_bound(fake_settings(host="localhost"), "127.0.0.1")
    check_bound(fake_settings(host=ANY), ANY)  # it asks for keys


def test_what_is_open_on_purpose_is_said_at_the_start(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        check_bound(fake_settings(host=ANY, require_keys="outside"), ANY)
        check_bound(fake_settings(log_queries=True), "127.0.0.1")
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 2
    assert "PRECEDENT_REQUIRE_KEYS=outside" in told[0]
    assert "PRECEDENT_LOG_QUERIES" in told[1]


@pytest.mark.parametrize("origin", ["*", "search.example.org", "https://a.org/path", "null"])
def test_what_is_no_origin_is_refused(origin: str) -> None:
    with pytest.raises(InputError, match="PRECEDENT_CORS_ORIGINS"):
        Settings.from_environment({"PRECEDENT_CORS_ORIGINS": origin})


def asked(client: TestClient, origin: str, **headers: str) -> tuple[int, str | None]:
    answer = client.post(
        "/v1/search",
        json={"query": "water"},
        headers={"Origin": origin, "Sec-Fetch-Site": "cross-site", **headers},
    )
    return answer.status_code, answer.headers.get("access-control-allow-origin")


def test_no_page_of_another_address_may_ask_unless_it_is_named() -> None:
    with TestClient(create_app(fake_settings(), FakeOpener.of(FakeEngine()))) as client:
        assert asked(client, PAGE) == (403, None)
        wish = {"Origin": PAGE, "Access-Control-Request-Method": "POST"}
        refused = client.options("/v1/search", headers=wish)
        assert "access-control-allow-origin" not in refused.headers
    settings = fake_settings(cors_origins=f"{PAGE}/, http://localhost:3000")
    with TestClient(create_app(settings, FakeOpener.of(FakeEngine()))) as client:
        assert asked(client, PAGE) == (200, PAGE)
        assert asked(client, "http://localhost:3000") == (200, "http://localhost:3000")
        for other in ("https://evil.example", f"{PAGE}.evil.example", "null", "http://localhost"):
            assert asked(client, other) == (403, None)
        told = client.get("/v1/info", headers={"Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in told.headers
        told = client.get("/v1/info", headers={"Origin": PAGE})
        assert "Precedent-Missing" in told.headers["access-control-expose-headers"].split(", ")
        assert (
            "access-control-allow-credentials"
            not in client.get("/v1/info", headers={"Origin": PAGE}).headers
        )


def test_a_named_page_needs_a_key_like_everybody(tmp_path: Path) -> None:
    key = key_of(tmp_path, "read")
    with closed(tmp_path, cors_origins=PAGE) as client:
        wish = {
            "Origin": PAGE,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type",
        }
        assert client.options("/v1/search", headers=wish).status_code == 200  # carries none
        assert asked(client, PAGE) == (401, PAGE)
        assert asked(client, PAGE, Authorization=f"Bearer {key}") == (200, PAGE)
        assert asked(client, "https://evil.example", Authorization=f"Bearer {key}")[0] == 403


READABLE = {"cache-control", "content-length", "content-type"}
"""Pages of other sites may read these of every answer (Fetch, CORS-safelisted)."""

NO_PAGES_CONCERN = {
    "connection", "content-security-policy", "cross-origin-resource-policy", "referrer-policy",
    "vary", "x-accel-buffering", "x-content-type-options",
}  # fmt: skip
"""For browsers and proxies themselves."""


def test_a_named_page_may_read_every_header_of_every_answer(tmp_path: Path) -> None:
    key = key_of(tmp_path, "read", "write", "admin", rate=10_000, quota=10_000)
    slow = key_of(tmp_path, "read", name="slow", rate=1)
    told: set[str] = set()
    with closed(tmp_path, cors_origins=PAGE) as client:
        page = {"Origin": PAGE, "Sec-Fetch-Site": "cross-site"}
        client.get("/v1/info", headers=page | bearer(slow))
        for method, path, operation in OPERATIONS:
            place, query, body = next(requests_of(path, operation))
            for given in (bearer(key), bearer(slow), {}, bearer(key) | {"Accept": "text/none"}):
                answer = client.request(
                    method, place, params=query, json=body, headers=page | given
                )
                exposed = answer.headers["access-control-expose-headers"].lower().split(", ")
                told |= {name for name in answer.headers if not name.startswith("access-control-")}
                hidden = {*answer.headers} - {*exposed} - READABLE - NO_PAGES_CONCERN
                assert not {name for name in hidden if not name.startswith("access-control-")}
        assert client.put("/v1/info", headers=page | bearer(key)).status_code == 405
    assert told >= {"etag", "link", "ratelimit", "retry-after", "x-request-id", "www-authenticate"}
    assert told >= {"accept", "precedent-page-width"}
