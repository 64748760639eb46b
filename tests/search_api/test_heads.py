"""HEAD is answered as GET, without content; and what says its length twice is not answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from fastapi.testclient import TestClient

from search_api.app import create_app
from search_api.intake.records import new_job
from search_api.routes import events
from tests.search_api.access.doors import closed, key_of
from tests.search_api.fake_engine import FakeEngine, FakeOpener, fake_settings
from tests.search_api.intake import queue_of, told

ITS_OWN = {"x-request-id", "date", "retry-after"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(fake_settings(), FakeOpener.of(FakeEngine()))) as made:
        yield made


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/healthz", 200),
        ("/readyz", 200),
        ("/openapi.json", 200),
        ("/v1/info", 200),
        ("/v1/facets?language=en", 200),
        ("/v1/documents/A/HRC/15/16?language=en", 200),
        ("/v1/documents/none", 404),
        ("/v1/search?q=a&k=0", 422),
        ("/v1/nothing", 404),
    ],
)
def test_the_headers_are_those_of_get_and_nothing_follows(
    client: TestClient, path: str, status: int
) -> None:
    head, get = client.head(path), client.get(path)
    assert head.status_code == get.status_code == status
    assert head.content == b""
    kept = [{n: v for n, v in each.headers.items() if n not in ITS_OWN} for each in (head, get)]
    assert kept[0] == kept[1]


def test_a_tag_holds_for_head(client: TestClient) -> None:
    tag = client.head("/v1/facets").headers["etag"]
    assert client.head("/v1/facets", headers={"If-None-Match": tag}).status_code == 304


def test_what_is_no_get_is_no_head(client: TestClient) -> None:
    refused = client.head("/v1/export")
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
    assert client.put("/v1/info").headers["allow"] == "GET, HEAD"


def test_head_needs_the_scope_of_get(tmp_path: Path) -> None:
    key = key_of(tmp_path, "write")
    with closed(tmp_path) as client:
        assert client.head("/v1/info").status_code == 401
        headers = {"Authorization": f"Bearer {key}"}
        assert client.head("/v1/info", headers=headers).status_code == 403
        assert client.head("/healthz").status_code == 200


def test_a_stream_ends_with_its_headers(tmp_path: Path) -> None:
    job = new_job("rebuild")  # which never ends
    queue = queue_of(tmp_path / "index")
    with (
        patch.object(queue, "changes", lambda *_, **__: (job, [])),
        patch.object(events, "HEARTBEAT_S", 0.0),
        TestClient(told(tmp_path / "index", queue)) as client,
    ):
        head = client.head("/v1/jobs/one/events")
    assert head.status_code == 200
    assert head.headers["content-type"].startswith("text/event-stream")


def test_a_request_that_hides_another_is_refused(client: TestClient) -> None:
    headers = {"Content-Length": "5", "Transfer-Encoding": "chunked"}
    for method in ("GET", "POST"):
        refused = client.request(method, "/v1/search", headers=headers, content=b"0\r\n\r\n")
        assert (refused.status_code, refused.headers["connection"]) == (400, "close")
        assert "send one of them" in refused.json()["detail"]
