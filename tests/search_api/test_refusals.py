"""Every operation answers what it cannot do with a problem, of a kind that docs/api.md lists."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient

from search_api.app import create_app
from search_api.connections import bounded
from search_api.problems import MEDIA_TYPE
from search_api.schemas import Problem
from tests.search_api.fake_engine import FakeEngine, FakeOpener, fake_settings
from tests.search_api.intake import queue_of
from tests.search_api.test_openapi import IDS, OPERATIONS, requests_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
LISTED = set(re.findall(r"`([a-z-]+)`", PAGE.read_text(encoding="utf-8")))
NEED_NO_INDEX = {"healthz", "statement"}
METHODS = {"DELETE", "GET", "PATCH", "POST", "PUT"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("own")
    settings = fake_settings(library_file=folder / "library.sqlite", index_dir=folder)
    app = create_app(settings, FakeOpener.of(FakeEngine()), queue_of(folder, allowed=False))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def problem(answer: Any, status: int, kind: str) -> Problem:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPE
    found = Problem.model_validate_json(answer.content)
    assert found.status == status
    assert found.type == f"urn:precedent:problem:{kind}"
    assert kind in LISTED
    return found


def fields(found: Problem) -> list[object]:
    return [each["field"] for each in found.errors]


def place_of(path: str, operation: dict[str, Any]) -> tuple[str, Any]:
    place, _, body = next(requests_of(path, operation))
    return place, body


OPERATION = pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=IDS)


@OPERATION
def test_another_method_is_405_with_those_there_are(
    client: TestClient, method: str, path: str, operation: dict[str, Any]
) -> None:
    place, _ = place_of(path, operation)
    answer = client.put(place)
    found = problem(answer, 405, "method-not-allowed")
    assert found.instance is not None
    allowed = set(answer.headers["allow"].split(", "))
    assert method.upper() in allowed
    for other in METHODS - allowed:
        assert client.request(other, place).status_code == 405


@OPERATION
def test_a_form_that_is_not_given_is_406(
    client: TestClient, method: str, path: str, operation: dict[str, Any]
) -> None:
    place, body = place_of(path, operation)
    for accept in ("application/xml", "text/vnd.none;q=0.5, application/xml"):
        answer = client.request(method, place, json=body, headers={"Accept": accept})
        problem(answer, 406, "not-acceptable")
        assert answer.headers["accept"]


@OPERATION
def test_a_body_of_another_type_is_415(
    client: TestClient, method: str, path: str, operation: dict[str, Any]
) -> None:
    place, body = place_of(path, operation)
    if "application/json" not in operation.get("requestBody", {}).get("content", {}):
        assert body is None
        return
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/xml", "json"):
        answer = client.request(method, place, content=b"{}", headers={"Content-Type": kind})
        problem(answer, 415, "unsupported-media-type")
        assert answer.headers["accept"] == "application/json"
    answer = client.request(method, place, content=b"{", headers={"Content-Type": "a/b+json"})
    problem(answer, 415, "unsupported-media-type")
    vendor = {"Content-Type": "application/vnd.a+json; charset=utf-8"}
    problem(client.request(method, place, content=b"{", headers=vendor), 422, "invalid-request")


@OPERATION
def test_an_unknown_parameter_or_field_is_422(
    client: TestClient, method: str, path: str, operation: dict[str, Any]
) -> None:
    place, body = place_of(path, operation)
    if isinstance(body, dict):
        answer = client.request(method, place, json={**body, "contry": "BLR"})
        assert "body.contry" in fields(problem(answer, 422, "invalid-request"))
    answer = client.request(method, place, params={"contry": "BLR"}, json=body)
    assert "query.contry" in fields(problem(answer, 422, "invalid-request"))


TWICE = {
    "q": "/v1/search?q=a&q=b",
    "k": "/v1/search?q=a&k=1&k=2",
    "year": "/v1/facets?year=2010&year=2020",
    "cursor": "/v1/jobs?cursor=x&cursor=y",
    "language": "/v1/documents/A/HRC/15/16?language=en&language=fr",
    "scope": "/v1/lineage/A_HRC_15_16:en:12?scope=named&scope=all",
    "width": "/v1/pages/A_HRC_15_16:en/1?width=400&width=800",
}


@pytest.mark.parametrize(("name", "place"), TWICE.items(), ids=TWICE)
def test_a_parameter_that_is_no_list_comes_once(client: TestClient, name: str, place: str) -> None:
    found = problem(client.get(place), 422, "invalid-request")
    assert fields(found) == [f"query.{name}"]
    assert found.detail == f"query.{name}: Input should be given once; leave all but one out"


@pytest.mark.parametrize("name", ["kind", "body", "country", "language", "symbol", "status"])
def test_filters_may_come_several_times(client: TestClient, name: str) -> None:
    answer = client.get("/v1/search", params={"q": "detainees", name: ["A", "B"]})
    assert answer.status_code == 200


def test_deleting_everything_is_confirmed_once(client: TestClient) -> None:
    client.post("/v1/collections", json={"name": "Kept"}).raise_for_status()
    for query in ("confirm=no&confirm=everything", "confirm=everything&dry_run=true"):
        problem(client.delete(f"/v1/library?{query}"), 422, "invalid-request")
    assert "Kept" in client.get("/v1/collections").text


@OPERATION
def test_a_foreign_page_and_a_foreign_name_are_refused(
    client: TestClient, method: str, path: str, operation: dict[str, Any]
) -> None:
    place, body = place_of(path, operation)
    named = client.request(method, place, json=body, headers={"Host": "example.org"})
    problem(named, 421, "misdirected-request")
    if method != "get":
        headers = {"Origin": "https://example.org"}
        problem(client.request(method, place, json=body, headers=headers), 403, "forbidden")


def test_without_an_index_the_remedy_is_told(tmp_path: Path) -> None:
    app = create_app(fake_settings(index_dir=tmp_path), FakeOpener())
    with TestClient(app, raise_server_exceptions=False) as client:
        for method, path, operation in OPERATIONS:
            name, tags = operation["operationId"], operation["tags"]
            if tags[0] in ("library", "corpus") or name in NEED_NO_INDEX:
                continue
            place, query, body = next(requests_of(path, operation))
            answer = client.request(method, place, params=query, json=body)
            found = problem(answer, 503, "index")
            assert answer.headers["retry-after"], name
            assert "precedent index" in found.detail, name


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/", "/v2/search", "/v1/search/", "/v1/nothing"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_unknown_paths_are_404(client: TestClient, method: str, path: str) -> None:
    problem(client.request(method, path), 404, "not-found")


@pytest.mark.parametrize(
    "accept",
    [
        "*/*",
        "*",
        "application/*",
        "Application/JSON",
        "APPLICATION/*; Q=0.5",
        "application/json;q=0.3",
        "application/json;q=much",
        "application/json;charset=utf-8",
        "text/html, */*;q=0.1",
        "application/*;q=0, application/json",
        "*/*;q=0, application/json;q=0.001",
        'application/json;version="1,2;q=0"',
        "application/json;version=2;q=0, */*",
        ",",
        "",
        "application/problem+json",
    ],
)
def test_what_takes_json_is_given_json(client: TestClient, accept: str) -> None:
    assert client.get("/v1/info", headers={"Accept": accept}).status_code == 200


@pytest.mark.parametrize(
    "accept",
    [
        "application/json;q=0",
        "application/json; q=0.000",
        "application/json;Q=0.",
        "application/json;q=0, */*",
        "*/*, application/*;q=0",
        "application/json;q=0, application/problem+json",
        "text/html",
        'text/html;said="a, application/json, b"',
    ],
)
def test_what_takes_no_json_is_406(client: TestClient, accept: str) -> None:
    problem(client.get("/v1/info", headers={"Accept": accept}), 406, "not-acceptable")


def test_several_lines_of_accept_are_one_list(client: TestClient) -> None:
    lines = [("Accept", "text/html"), ("Accept", "application/json")]
    assert client.get("/v1/info", headers=lines).status_code == 200
    lines = [("Accept", "*/*"), ("Accept", "application/json;q=0")]
    problem(client.get("/v1/info", headers=lines), 406, "not-acceptable")


@pytest.mark.parametrize("piece", ['"\\', '"\\"', "\\", '"', ",", ";", "=", 'a;"'])
def test_a_long_accept_is_read_in_no_time(client: TestClient, piece: str) -> None:
    long = (piece * 20_000)[:60_000]
    began = time.process_time()
    assert client.get("/v1/info", headers={"Accept": long}).status_code in (200, 406)
    assert time.process_time() - began < 1.0


@pytest.fixture
def port(socket_enabled: None) -> Iterator[int]:
    """A real server, whose parser of HTTP is the one in service."""
    given = fake_settings()
    app = create_app(given, FakeOpener.of(FakeEngine()))
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, http=bounded(given), log_config=None, lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield listener.getsockname()[1]
    server.should_exit = True
    thread.join()


@pytest.mark.loopback
@pytest.mark.parametrize(
    "sent",
    [
        b"nonsense\x01\r\n\r\n",
        b"GET / HTTP/9\r\n\r\n",
        b"GET /v1/info HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        b"GET /v1/info HTTP/1.1\r\nHost: localhost\r\nNo colon\r\n\r\n",
    ],
)
def test_what_is_no_http_is_a_problem_too(port: int, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(sent)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"content-type: application/problem+json" in head.lower()
    assert Problem.model_validate_json(body).type == "urn:precedent:problem:bad-request"
    assert b"nonsense" not in body
