"""Whatever goes wrong on the way to the service becomes an error the page can explain."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from search_api.schemas import Filters, Problem, SearchRequest
from tests.browser.fake_api import FakeService
from ui.client import (
    ApiClient,
    ForeignServiceError,
    RefusedError,
    ServiceAwayError,
    ServiceError,
    ServiceNotReadyError,
    ServiceSlowError,
    api_url,
)

Answer = Callable[[httpx.Request], httpx.Response]


def client_with(answer: Answer) -> ApiClient:
    return ApiClient("http://127.0.0.1:8000/", transport=httpx.MockTransport(answer))


def raising(error: Exception) -> Answer:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error

    return answer


def answering(status: int, content: str | bytes = b"") -> Answer:
    return lambda request: httpx.Response(status, content=content)


def problem(status: int, kind: str = "about:blank") -> str:
    title, detail = "A title", "what is wrong"
    return Problem(type=kind, title=title, status=status, detail=detail).model_dump_json()


def test_a_search_is_asked_and_answered_in_the_contract(
    client: ApiClient, service: FakeService
) -> None:
    filters = Filters(kind=("resolution",), year_from=2022)
    response = client.search(SearchRequest(query="detention lawyer", k=5, filters=filters))
    assert [hit.symbol for hit in response.hits] == ["X/IRC/RES/41/7", "X/IRC/41/L.9"]
    assert service.asked == ["POST /v1/search"]


def test_ids_and_filters_are_quoted(client: ApiClient, service: FakeService) -> None:
    client.similar("X_IRC_40_12:en:11", 3, Filters(language=("en", "ru")))
    client.neighbours("X_IRC_40_12:en:11", 1, 2)
    client.facets(Filters(body=("A & B",), year_to=2020))
    assert service.asked == [
        "GET /v1/similar/X_IRC_40_12%3Aen%3A11?k=3&language=en&language=ru",
        "GET /v1/passages/X_IRC_40_12%3Aen%3A11?before=1&after=2",
        "GET /v1/facets?body=A+%26+B&year=..2020",
    ]


def test_a_passage_id_cannot_name_another_path(client: ApiClient, service: FakeService) -> None:
    with pytest.raises(RefusedError):
        client.neighbours("../documents?x=#", 0, 0)
    assert service.asked == ["GET /v1/passages/..%2Fdocuments%3Fx%3D%23?before=0&after=0"]


def test_a_document_is_asked_for_by_its_symbol() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.raw_path.decode())
        return httpx.Response(404, content=problem(404))

    with pytest.raises(RefusedError):
        client_with(answer).document("A/HRC/15/16 *")
    assert asked == ["/v1/documents/A/HRC/15/16%20%2A"]


@pytest.mark.parametrize(
    ("answer", "expected", "detail"),
    [
        (raising(httpx.ConnectError("refused")), ServiceAwayError, "refused"),
        (raising(httpx.ConnectTimeout("slow")), ServiceAwayError, "not accepted in time"),
        (raising(httpx.RemoteProtocolError("")), ServiceAwayError, "RemoteProtocolError"),
        (raising(httpx.ReadTimeout("slow")), ServiceSlowError, "no answer in 35 s"),
        (answering(503, problem(503)), ServiceNotReadyError, "what is wrong"),
        (answering(503, "busy"), ServiceNotReadyError, "not ready"),
        (
            answering(503, problem(503, "urn:precedent:problem:busy")),
            ServiceSlowError,
            "what is wrong",
        ),
        (answering(422, problem(422)), RefusedError, "what is wrong"),
        (answering(500, "<html>"), ForeignServiceError, "HTTP status 500"),
        (answering(302, ""), ForeignServiceError, "HTTP status 302"),
        (answering(200, "{}"), ForeignServiceError, "fields are not as expected"),
        (answering(200, "<html>"), ForeignServiceError, "fields are not as expected"),
    ],
)
def test_each_failure_has_its_error(
    answer: Answer, expected: type[ServiceError], detail: str
) -> None:
    with pytest.raises(expected) as raised:
        client_with(answer).info()
    assert type(raised.value) is expected
    assert detail in raised.value.detail
    assert raised.value.url == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("kind", "lacks_index"),
    [
        ("urn:precedent:problem:index", True),
        ("about:blank", True),
        ("urn:precedent:problem:model", False),
    ],
)
def test_what_an_unready_service_lacks_is_told_apart(kind: str, lacks_index: bool) -> None:
    with pytest.raises(ServiceNotReadyError) as raised:
        client_with(answering(503, problem(503, kind))).info()
    assert raised.value.lacks_index is lacks_index


def test_a_refusal_keeps_its_title_and_status() -> None:
    with pytest.raises(RefusedError) as raised:
        client_with(answering(404, problem(404))).info()
    assert (raised.value.title, raised.value.status) == ("A title", 404)


@pytest.mark.parametrize(
    ("answer", "ready", "reason"),
    [
        (answering(200, '{"ready": true}'), True, None),
        (answering(503, '{"ready": false, "reason": "none yet"}'), False, "none yet"),
        (answering(503, problem(503)), False, "what is wrong"),
    ],
)
def test_readiness_is_an_answer(answer: Answer, ready: bool, reason: str | None) -> None:
    found = client_with(answer).readiness()
    assert (found.ready, found.reason) == (ready, reason)


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://proxy.example:3128")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    client = ApiClient("http://service.example:8000")
    chosen = client._http._transport_for_url(httpx.URL("http://service.example:8000/"))
    assert chosen is client._http._transport
    client.close()


def test_the_address_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRECEDENT_API_URL", raising=False)
    assert api_url() == "http://127.0.0.1:8000"
    monkeypatch.setenv("PRECEDENT_API_URL", "http://127.0.0.1:9000")
    assert api_url() == "http://127.0.0.1:9000"
