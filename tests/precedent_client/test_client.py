"""Calls in the contract; whatever goes wrong on the way becomes an error that can be told."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx
import pytest

from precedent_client import (
    Client,
    ForeignServiceError,
    RefusedError,
    ServiceAwayError,
    ServiceError,
    ServiceNotReadyError,
    ServiceSlowError,
    api_url,
)
from search_api.schemas import ExportRequest, Filters, Problem, SearchRequest, SearchResponse
from tests.browser.fake_api import FakeService

Answer = Callable[[httpx.Request], httpx.Response]

pytestmark = pytest.mark.usefixtures("kind")


def client_with(answer: Answer) -> Client:
    return Client("http://127.0.0.1:8000/", retries=0, transport=httpx.MockTransport(answer))


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
    client: Client, service: FakeService
) -> None:
    filters = Filters(kind=("resolution",), year_from=2022)
    response = client.search(SearchRequest(query="detention lawyer", k=5, filters=filters))
    assert [hit.symbol for hit in response.hits] == ["X/IRC/RES/41/7", "X/IRC/41/L.9"]
    assert service.asked == ["POST /v1/search"]


def test_ids_and_filters_are_quoted(client: Client, service: FakeService) -> None:
    client.similar("X_IRC_40_12:en:11", k=3, filters=Filters(language=("en", "ru")))
    client.passage("X_IRC_40_12:en:11", before=1, after=2)
    client.facets(Filters(body=("A & B",), year_to=2020))
    assert service.asked == [
        "GET /v1/similar/X_IRC_40_12%3Aen%3A11?k=3&language=en&language=ru",
        "GET /v1/passages/X_IRC_40_12%3Aen%3A11?before=1&after=2",
        "GET /v1/facets?body=A+%26+B&year=..2020",
    ]


def test_similar_passages_are_asked_for_page_by_page(client: Client) -> None:
    whole = client.search("detention lawyer", k=3).hits
    assert len(whole) > 1
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.query.decode())
        at = int(request.url.params.get("cursor", "0"))
        page = SearchResponse(
            query="", interpretation="words", total=len(whole), allowed=9, k=1, offset=at,
            next_cursor=str(at + 1) if at + 1 < len(whole) else None, hits=whole[at : at + 1],
        )  # fmt: skip
        return httpx.Response(200, content=page.model_dump_json())

    similar = client_with(answer).iter_similar("X:en:1", k=1, filters=Filters(language=("en",)))
    assert tuple(similar) == whole
    following = [f"k=1&cursor={at}&language=en" for at in range(1, len(whole))]
    assert asked == ["k=1&language=en", *following]


def test_a_passage_id_cannot_name_another_path(client: Client, service: FakeService) -> None:
    with pytest.raises(RefusedError):
        client.passage("../documents?x=#", before=0, after=0)
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
    found = client_with(answer).readyz()
    assert (found.ready, found.reason) == (ready, reason)


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://proxy.example:3128")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    client = Client("http://service.example:8000")
    chosen = client._connection._http._transport_for_url(httpx.URL("http://service.example:8000/"))
    assert chosen is client._connection._http._transport
    client.close()


def test_the_address_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRECEDENT_API_URL", raising=False)
    assert api_url() == "http://127.0.0.1:8000"
    monkeypatch.setenv("PRECEDENT_API_URL", "http://127.0.0.1:9000")
    assert api_url() == "http://127.0.0.1:9000"


def test_a_newer_service_may_say_more() -> None:
    content = '{"ready": true, "since": "2025"}'
    assert client_with(answering(200, content)).readyz().ready
    facet = '{"value": "BLR", "label": "Belarus", "passages": 1, "documents": 1, "newer": 0}'
    found = client_with(answering(200, f'{{"country": [{facet}], "newer": []}}')).facets()
    assert [value.value for value in found.country] == ["BLR"]


def test_only_what_was_said_is_sent() -> None:
    sent: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.content)
        return httpx.Response(422, content=problem(422))

    with pytest.raises(RefusedError):
        client_with(answer).search("lawyers", k=3, filters=Filters(language=("en",)))
    with pytest.raises(RefusedError):
        client_with(answer).search(SearchRequest(query="lawyers", k=3), k=4)
    assert sent == [
        b'{"query":"lawyers","k":3,"filters":{"language":["en"]}}',
        b'{"query":"lawyers","k":4}',
    ]


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("../../healthz", "/v1/documents/%2E%2E/%2E%2E/healthz"),
        ("..", "/v1/documents/%2E%2E"),
        ("A/1?x=#%", "/v1/documents/A/1%3Fx%3D%23%25"),
        ("Ж\x00", "/v1/documents/%D0%96%00"),
    ],
)
def test_a_symbol_cannot_name_another_path(key: str, path: str) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(f"{request.method} {request.url.raw_path.decode()}")
        return httpx.Response(404, content=problem(404))

    with pytest.raises(RefusedError):
        client_with(answer).document(key)
    with pytest.raises(RefusedError):
        client_with(answer).remove_document(key)
    assert asked == [f"GET {path}", f"DELETE {path}"]


def test_a_file_says_what_it_is() -> None:
    headers = {
        "content-disposition": "attachment; filename*=UTF-8''%2Ftmp%2Fdr%C3%B6it.csv",
        "content-type": "text/csv; charset=utf-8",
        "precedent-missing": "A_1%2C:en:3, A_2:en:4",
    }
    client = client_with(lambda request: httpx.Response(200, content=b"a,b", headers=headers))
    found = client.export(ExportRequest(passage_ids=("A_1:en:1",), format="csv"))
    assert (found.content, found.name, found.media_type) == (b"a,b", "dröit.csv", "text/csv")
    assert found.missing == ("A_1,:en:3", "A_2:en:4")


def summary(number: int) -> str:
    facts = {"symbol": None, "title": None, "kind": None, "body": None, "source": "a.pdf"}
    sizes = {"sha256": "", "paragraphs": 1, "passages": 1}
    return json.dumps({"document_id": f"D{number}", **facts, **sizes})


def test_every_document_is_listed_page_by_page() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.query.decode())
        first = int(request.url.params.get("cursor", "0"))
        held = ",".join(summary(n) for n in range(first, min(first + 2, 5)))
        cursor = f'"{first + 2}"' if first + 2 < 5 else "null"
        content = f'{{"total": 5, "next_cursor": {cursor}, "documents": [{held}]}}'
        return httpx.Response(200, content=content)

    found = [each.document_id for each in client_with(answer).iter_documents(k=2)]
    assert found == ["D0", "D1", "D2", "D3", "D4"]
    assert asked == ["k=2", "cursor=2&k=2", "cursor=4&k=2"]
