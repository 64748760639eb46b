"""Every error of the service is a problem, with the right status and nothing of the inside."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import IndexMismatchError, ModelError
from search_api.app import create_app
from search_api.problems import MEDIA_TYPE
from search_api.schemas import MAX_QUERY_CHARACTERS, Problem, SearchRequest
from tests.search_api.fake_engine import (
    TEST_HOST,
    BareError,
    FakeEngine,
    FakeOpener,
    fake_settings,
)

SECRET = "the words of a query"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = create_app(fake_settings(), FakeOpener.of(FakeEngine()))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def problem_of(response: object, status: int) -> Problem:
    assert response.status_code == status, response.text  # type: ignore[attr-defined]
    assert response.headers["content-type"] == MEDIA_TYPE  # type: ignore[attr-defined]
    assert response.headers["cache-control"] == "no-store"  # type: ignore[attr-defined]
    problem = Problem.model_validate_json(response.content)  # type: ignore[attr-defined]
    assert problem.status == status
    return problem


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"query": "a", "k": 0}, "body.k"),
        ({"query": "a", "k": 10_000}, "body.k"),
        ({"query": "a", "k": "many"}, "body.k"),
        ({"query": "a", "k": 10**400}, "body.k"),
        ({"query": "a", "offset": -1}, "body.offset"),
        ({"query": "a", "offset": 1001}, "body.offset"),
        ({"query": "a", "signals": "magic"}, "body.signals"),
        ({"query": "a", "contry": "BLR"}, "body.contry"),
        ({"query": "a", "filters": {"contry": ["BLR"]}}, "body.filters.contry"),
        ({"query": "a", "filters": {"kind": "resolution"}}, "body.filters.kind"),
        ({"query": "a", "filters": {"year_from": 12}}, "body.filters.year_from"),
        ({"query": None}, "body.query"),
        ({"query": ["a"]}, "body.query"),
        ({"query": "a" * (MAX_QUERY_CHARACTERS + 1)}, "body.query"),
        ({}, "body.query"),
        ([], "body"),
        ("a", "body"),
        (None, "body"),
    ],
)
def test_an_invalid_body_names_its_field(client: TestClient, body: object, field: str) -> None:
    problem = problem_of(client.post("/v1/search", content=json.dumps(body), headers=JSON), 422)
    assert problem.type == "urn:precedent:problem:invalid-request"
    assert problem.instance == "/v1/search"
    assert [one["field"] for one in problem.errors] == [field]
    assert field in problem.detail


JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b'{"query": "\\ud800"}', 422),
        (b'{"query": "a", "\\ud800": 1}', 422),
        (b'{"query": "a", "filters": {"\\udfff": 1}}', 422),
        (b'{"query": "a", "cursor": "\\ud800"}', 422),
        (b'{"query": "a", "k": NaN}', 422),
        (b'{"query": "a", "k": Infinity}', 422),
        (b'{"query": "a", "k": 1e400}', 422),
        (b'{"query": "\xff\xfe"}', 400),
        (b'{"query": "a", "k": ' + b"9" * 5000 + b"}", 400),
        (b"[" * 100_000, 400),
        (b'{"query": "a"}' * 2, 422),
    ],
    ids=range(13),
)
def test_bodies_that_are_no_json_or_no_text_are_problems(
    client: TestClient, content: bytes, status: int
) -> None:
    problem_of(client.post("/v1/search", content=content, headers=JSON), status)


def test_a_body_that_is_not_called_json_is_not_read(client: TestClient) -> None:
    headers = {"content-type": "text/plain"}
    answer = client.post("/v1/search", content=b'{"query": "a"}', headers=headers)
    problem_of(answer, 415)
    assert answer.headers["accept"] == "application/json"


def test_thousands_of_invalid_fields_are_counted_and_not_all_listed(client: TestClient) -> None:
    body = {"query": "a", **{f"field{number}": 1 for number in range(5000)}}
    problem = problem_of(client.post("/v1/search", json=body), 422)
    assert len(problem.errors) == 50
    assert "4999 more" in problem.detail


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "query"),
        ("?q=a&query=b", "query"),
        ("?q=a&k=0", "query.k"),
        ("?q=a&k=201", "query.k"),
        ("?q=a&k=10000", "query.k"),
        ("?q=a&year=20", "query.year"),
        ("?q=a&year=..", "query.year"),
        ("?q=a&year=2024..2019", "query.year"),
        ("?q=a&year=1066", "query.year"),
        ("?q=a&year=٢٠٢٠", "query.year"),
        ("?q=a&contry=BLR", "query.contry"),
        ("?q=a&group_by_document=perhaps", "query.group_by_document"),
        ("?q=a&signals=both", "query.signals"),
    ],
)
def test_an_invalid_link_names_its_parameter(client: TestClient, query: str, field: str) -> None:
    problem = problem_of(client.get(f"/v1/search{query}"), 422)
    assert [one["field"] for one in problem.errors] == [field]


def test_years_in_the_wrong_order_are_told_apart_from_no_answer(client: TestClient) -> None:
    body = {"query": "a", "filters": {"year_from": 2024, "year_to": 2019}}
    problem = problem_of(client.post("/v1/search", json=body), 422)
    assert problem.type == "urn:precedent:problem:query"
    assert "year_from 2024 is after year_to 2019" in problem.detail


@pytest.mark.parametrize(
    "path",
    [
        "/v1/passages/none:1",
        "/v1/passages/a/b",
        "/v1/passages/%00",
        "/v1/passages/%ff%fe",
        "/v1/similar/none:1",
        "/v1/documents/A/HRC/99/99",
        "/v1/documents/A_HRC_99_99:en",
        "/v1/documents/A/HRC/15/16?language=fr",
        "/v1/documents/%00",
        "/v1/documents/..%2f..%2fetc%2fpasswd",
    ],
)
def test_names_that_are_not_there_are_404(client: TestClient, path: str) -> None:
    assert problem_of(client.get(path), 404).type == "urn:precedent:problem:unknown-name"


@pytest.mark.parametrize("path", ["/", "/v1", "/v2/search", "/v1/search/", "/v1/nothing"])
def test_paths_that_are_not_there_are_404(client: TestClient, path: str) -> None:
    assert problem_of(client.get(path), 404).type.endswith(":not-found")


@pytest.mark.parametrize(
    "path", ["/v1/passages/", "/v1/documents/", "/v1/documents/" + "a" * 301, "/v1/similar/"]
)
def test_names_that_are_empty_or_too_long_are_invalid(client: TestClient, path: str) -> None:
    problem_of(client.get(path), 422)


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/v1/passages/A_HRC_15_16:en:12?before=-1", "query.before"),
        ("/v1/passages/A_HRC_15_16:en:12?after=51", "query.after"),
        ("/v1/passages/A_HRC_15_16:en:12?k=1", "query.k"),
        ("/v1/similar/A_HRC_15_16:en:12?k=0", "query.k"),
        ("/v1/documents?k=0", "query.k"),
        ("/v1/documents?offset=-1", "query.offset"),
        ("/v1/documents?year=soon", "query.year"),
        ("/v1/facets?q=a", "query.q"),
        ("/v1/documents/A/HRC/15/16?language=" + "e" * 17, "query.language"),
    ],
)
def test_parameters_of_every_path_are_checked(client: TestClient, path: str, field: str) -> None:
    assert [one["field"] for one in problem_of(client.get(path), 422).errors] == [field]


def test_domain_errors_of_the_engine_get_their_status(client: TestClient) -> None:
    symbol = problem_of(client.get("/v1/documents/not%20a%20symbol"), 422)
    assert symbol.type == "urn:precedent:problem:symbol"
    cursor = problem_of(client.post("/v1/search", json={"query": "a", "cursor": "x"}), 422)
    assert cursor.detail == "cursor: is not one of this service; leave it out"


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("PUT", "/v1/search", {"POST", "GET"}),
        ("PUT", "/v1/documents/A/HRC/15/16", {"GET", "DELETE"}),
        ("PUT", "/v1/collections/1", {"GET", "PATCH", "DELETE"}),
        ("OPTIONS", "/v1/facets", {"GET"}),
        ("POST", "/v1/info", {"GET"}),
    ],
)
def test_other_methods_are_405_with_those_that_are_allowed(
    client: TestClient, method: str, path: str, allow: set[str]
) -> None:
    response = client.request(method, path)
    problem_of(response, 405)
    with_head = allow | {"HEAD"} if "GET" in allow else allow
    assert set(response.headers["allow"].split(", ")) == with_head


def test_a_body_too_long_is_413_whether_or_not_it_says_its_length(client: TestClient) -> None:
    long = b'{"query": "' + b"a" * 4_200_000 + b'"}'
    problem_of(client.post("/v1/search", content=long, headers=JSON), 413)
    problem_of(client.post("/v1/search", content=iter([long[:9], long[9:]]), headers=JSON), 413)
    declared = {**JSON, "content-length": "9" * 5000}
    problem_of(client.post("/v1/search", content=b"{}", headers=declared), 413)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "localhost@evil.example",
        "127.0.0.1.evil.example",
        "[::2]",
        "",
        "localhost:8000:9",
        "localhost/",
    ],
)
def test_a_host_of_another_name_is_refused(client: TestClient, host: str) -> None:
    problem_of(client.get("/v1/facets", headers={"host": host}), 421)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_a_host_of_this_machine_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/v1/facets", headers={"host": host}).status_code == 200


def test_the_name_that_tests_use_is_let_in_for_them_alone() -> None:
    app = create_app(fake_settings(allowed_hosts=()), FakeOpener.of(FakeEngine()))
    with TestClient(app) as client:
        assert client.get("/healthz", headers={"host": TEST_HOST}).status_code == 421
        assert client.get("/healthz", headers={"host": "localhost"}).status_code == 200


def test_further_hosts_can_be_allowed() -> None:
    given_settings = fake_settings(allowed_hosts="api, Search.Example", host="192.0.2.7")
    app = create_app(given_settings, FakeOpener.of(FakeEngine()))
    with TestClient(app) as client:
        for host in ("api:8000", "search.example", "192.0.2.7:8000"):
            assert client.get("/healthz", headers={"host": host}).status_code == 200
        assert client.get("/healthz", headers={"host": "other"}).status_code == 421


@pytest.mark.parametrize("error", [ValueError(SECRET), BareError("s", SECRET), AssertionError()])
def test_a_fault_is_500_and_tells_nothing_of_the_inside(error: Exception) -> None:
    engine = FakeEngine()

    def fail(_: SearchRequest) -> None:
        raise error

    engine.before_search = fail
    app = create_app(fake_settings(), FakeOpener.of(engine))
    with TestClient(app, raise_server_exceptions=False) as client:
        response = client.post("/v1/search", json={"query": SECRET})
        problem = problem_of(response, 500)
        assert problem.type.endswith(":internal-server-error")
        assert SECRET not in response.text
        assert type(error).__name__ not in response.text
        assert "fake_engine" not in response.text
        engine.before_search = lambda request: None
        assert client.post("/v1/search", json={"query": "lawyer"}).status_code == 200


def test_without_an_index_every_answer_names_the_remedy() -> None:
    app = create_app(fake_settings(), FakeOpener())
    with TestClient(app) as client:
        assert client.get("/healthz").status_code == 200
        for path in ("/readyz", "/v1/info", "/v1/search?q=a", "/v1/facets", "/v1/documents/A/1"):
            response = client.get(path)
            problem = problem_of(response, 503)
            assert problem.detail == (
                "index: nothing has been published there; run `precedent index PATH`"
            )
            assert 10 <= int(response.headers["retry-after"]) <= 12


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (IndexMismatchError("index", "built by a, not b", "run `precedent index`"), "index"),
        (ModelError("model", "is missing", "run `precedent models pull`"), "model"),
    ],
)
def test_an_index_that_does_not_open_says_why(error: Exception, kind: str) -> None:
    opener = FakeOpener.of(FakeEngine())
    opener.fault = error
    with TestClient(create_app(fake_settings(), opener)) as client:
        problem = problem_of(client.get("/readyz"), 503)
        assert problem.type == f"urn:precedent:problem:{kind}"
        assert problem.detail == str(error)


def test_an_answer_that_takes_too_long_is_given_up() -> None:
    engine = FakeEngine()
    released = threading.Event()
    engine.before_search = lambda request: assert_(released.wait(10))
    app = create_app(fake_settings(request_timeout_s=0.05), FakeOpener.of(engine))
    with TestClient(app) as client:
        response = client.post("/v1/search", json={"query": "lawyer"})
        problem = problem_of(response, 503)
        released.set()
    assert problem.type == "urn:precedent:problem:busy"
    assert problem.detail.startswith("the service: no answer within 0.05 s")
    assert "retry-after" not in response.headers  # the search is still at work


def assert_(value: object) -> None:
    assert value


_NAMES = st.sampled_from([*SearchRequest.model_fields, "kind", "year_from", "language", "x"])
_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None, exclude_categories=())),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(_NAMES | st.text(), inner, max_size=6)
    ),
    max_leaves=12,
)
_REQUESTS = st.fixed_dictionaries(
    {"query": st.text(st.characters(codec=None, exclude_categories=())) | _JSON},
    optional={
        "k": st.integers(-5, 300) | _JSON,
        "offset": st.integers(-5, 1200) | _JSON,
        "cursor": st.text() | _JSON,
        "filters": st.dictionaries(_NAMES, _JSON, max_size=4) | _JSON,
        "group_by_document": _JSON,
        "signals": st.sampled_from(["lexical", "dense", "hybrid"]) | _JSON,
    },
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(body=_REQUESTS | _JSON)
def test_any_json_is_answered_or_is_a_problem_of_the_request(
    client: TestClient, body: object
) -> None:
    response = client.post("/v1/search", content=json.dumps(body), headers=JSON)
    if response.status_code != 200:
        assert 400 <= response.status_code < 500, response.text
        problem_of(response, response.status_code)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    path=st.sampled_from(
        ["search", "documents", "facets", "passages/a", "similar/a", "documents/a"]
    ),
    query=st.dictionaries(
        _NAMES | st.sampled_from(["q", "year", "symbol", "before"]), st.text(), max_size=5
    ),
)
def test_any_query_string_is_answered_or_is_a_problem_of_the_request(
    client: TestClient, path: str, query: dict[str, str]
) -> None:
    response = client.get(f"/v1/{path}", params=query)
    if response.status_code != 200:
        assert 400 <= response.status_code < 500, response.text
        problem_of(response, response.status_code)
