"""Tags of answers: the same as long as the answer is, others for others, and 304."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from search_api.access.caller import LOCAL, Caller
from search_api.app import create_app
from search_api.validators import matches
from tests.search_api.fake_engine import FakeEngine, FakeOpener, fake_settings
from tests.search_api.test_openapi import OPERATIONS, requests_of

JOBS = {"job", "job_events"}
"""Need a job; `job_events` has no tag."""

GETS = [
    pytest.param(path, operation, id=operation["operationId"])
    for method, path, operation in OPERATIONS
    if method == "get" and path.startswith("/v1/") and operation["operationId"] not in JOBS
]
SEARCH = "/v1/search?q=lawyer"


@pytest.fixture
def opener() -> FakeOpener:
    return FakeOpener.of(FakeEngine())


@pytest.fixture
def client(tmp_path: Path, opener: FakeOpener) -> Iterator[TestClient]:
    with service(tmp_path, opener) as client:
        yield client


@contextlib.contextmanager
def service(folder: Path, opener: FakeOpener) -> Iterator[TestClient]:
    settings = fake_settings(library_file=folder / "library.sqlite", index_dir=folder, poll_s=3600)
    with TestClient(create_app(settings, opener)) as client:
        client.post("/v1/collections", json={"name": "First"})
        client.post("/v1/searches", json={"name": "First", "request": {"query": "water"}})
        yield client


def tag_of(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return str(answer.headers["etag"])


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service for what changes nothing."""
    with service(tmp_path_factory.mktemp("own"), FakeOpener.of(FakeEngine())) as client:
        yield client


@pytest.mark.parametrize(("path", "operation"), GETS)
def test_every_answer_to_get_has_a_tag_and_is_not_sent_twice(
    reader: TestClient, path: str, operation: dict[str, object]
) -> None:
    place, query, _ = next(requests_of(path, operation))
    first = reader.get(place, params=query)
    assert first.status_code == 200, first.text
    tag = first.headers["etag"]
    assert first.headers["cache-control"].startswith("private, ")
    for held in (tag, f'"other", {tag.removeprefix("W/")}', "*"):
        again = reader.get(place, params=query, headers={"If-None-Match": held})
        assert (again.status_code, again.content) == (304, b""), held
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == first.headers["cache-control"]
        assert "content-type" not in again.headers
    other = reader.get(place, params=query, headers={"If-None-Match": '"other"'})
    assert (other.status_code, other.headers["etag"]) == (200, tag)


def test_a_held_answer_costs_no_search(client: TestClient, opener: FakeOpener) -> None:
    tag = tag_of(client, SEARCH)
    engine = opener.engines[1]
    engine.asked.clear()
    assert client.get(SEARCH, headers={"If-None-Match": tag}).status_code == 304
    assert engine.asked == []


def test_another_index_or_question_has_another_tag(client: TestClient, opener: FakeOpener) -> None:
    paths = [SEARCH, "/v1/search?q=water", "/v1/facets", "/v1/documents", "/v1/documents?k=1"]
    before = [tag_of(client, path) for path in paths]
    assert len(set(before)) == len(paths)
    opener.publish(FakeEngine(generation=2))
    client.app.state.engines.holder.refresh()  # type: ignore[attr-defined]
    assert not set(before) & {tag_of(client, path) for path in paths}


def test_what_is_kept_has_another_tag_once_it_changes(client: TestClient) -> None:
    before = tag_of(client, "/v1/collections")
    client.post("/v1/collections", json={"name": "Second"})
    answer = client.get("/v1/collections", headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert answer.headers["etag"] != before


class As:
    """Lets every request be a caller's, as the guard of keys does."""

    caller = LOCAL

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})["caller"] = self.caller
        await self._app(scope, receive, send)


def test_tags_tell_callers_apart_by_what_they_may_see() -> None:
    app = create_app(fake_settings(), FakeOpener.of(FakeEngine()))
    app.add_middleware(As)
    tags = []
    with TestClient(app) as client:
        for name, *scopes in (
            ("a", "read"),
            ("b", "read", "restricted:witnesses"),
            ("c", "read", "write"),
            ("d", "read", "write", "restricted:witnesses"),
        ):
            As.caller = Caller(name, frozenset(scopes))
            tags.append(tag_of(client, SEARCH))
    assert tags[0] == tags[2]
    assert tags[1] == tags[3]
    assert tags[0] != tags[1]


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/v1/facets", "no-cache"),
        ("/v1/documents/A/HRC/15/16", "no-cache"),
        ("/v1/documents", "no-cache"),
        ("/v1/documents?k=1&q=Working", "no-store"),
        ("/v1/reading/A/HRC/15/16?q=lawyer", "no-store"),
        (SEARCH, "no-store"),
        ("/v1/similar/A_HRC_15_16:en:12", "no-store"),
        ("/v1/trends?q=lawyer", "no-store"),
        ("/v1/collections", "no-store"),
        ("/v1/library", "no-store"),
    ],
)
def test_what_tells_of_its_reader_is_written_down_by_no_cache(
    reader: TestClient, path: str, kept: str
) -> None:
    assert reader.get(path).headers["cache-control"] == f"private, {kept}"


@pytest.mark.parametrize(
    "path", ["/v1/search?q=a&k=0", "/v1/documents/A/NO/1", "/healthz", "/v1/nothing"]
)
def test_what_is_no_answer_has_no_tag_and_is_never_304(reader: TestClient, path: str) -> None:
    answer = reader.get(path, headers={"If-None-Match": "*"})
    assert answer.status_code in (200, 404, 422)
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", [SEARCH, "/v1/collections"])
def test_several_lines_of_tags_are_one_list(reader: TestClient, path: str) -> None:
    tag = tag_of(reader, path)
    lines = [("If-None-Match", '"other"'), ("If-None-Match", tag)]
    assert reader.get(path, headers=lines).status_code == 304
    lines = [("If-None-Match", '"other"'), ("If-None-Match", '"another"')]
    assert reader.get(path, headers=lines).status_code == 200


def test_a_tag_is_held_whether_it_is_called_weak_or_strong(reader: TestClient) -> None:
    weak, strong = tag_of(reader, SEARCH), tag_of(reader, "/v1/collections")
    assert (weak[:2], strong[:1]) == ("W/", '"')
    for path, held in ((SEARCH, weak.removeprefix("W/")), ("/v1/collections", f"W/{strong}")):
        assert reader.get(path, headers={"If-None-Match": held}).status_code == 304


def test_changes_have_no_tag(client: TestClient) -> None:
    answer = client.post("/v1/search", json={"query": "a"}, headers={"If-None-Match": "*"})
    assert (answer.status_code, "etag" in answer.headers) == (200, False)


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", W/"a"', True),
        ('"b","a"', True),
        ("a", False),
        ('"ab"', False),
        ("", False),
        ('"a', False),
        ("\x00", False),
    ],
)
def test_tags_are_compared_whole(held: str, expected: bool) -> None:
    assert matches(held, 'W/"a"') is expected
