"""Every path of the service, answered by the fake engine."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from search_api.app import create_app
from search_api.problems import SECURITY_HEADERS
from search_api.schemas import (
    Document,
    DocumentList,
    Facets,
    Filters,
    Hit,
    Info,
    Neighbours,
    SearchRequest,
    SearchResponse,
)
from tests.search_api.fake_engine import FakeEngine, FakeOpener, fake_settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(generation=3)


@pytest.fixture
def client(engine: FakeEngine) -> Iterator[TestClient]:
    app = create_app(fake_settings(), FakeOpener.of(engine))
    with TestClient(app) as client:
        yield client


def searched(client: TestClient, **body: object) -> SearchResponse:
    response = client.post("/v1/search", json=body)
    assert response.status_code == 200, response.text
    return SearchResponse.model_validate_json(response.content)


def test_search_returns_hits_best_first_with_their_citations(client: TestClient) -> None:
    answer = searched(client, query="lawyer of their choice", k=5)
    assert [hit.rank for hit in answer.hits] == [1, 2, 3, 4, 5]
    assert answer.hits[0].text == "detainees and a lawyer of their choice"
    assert answer.hits[0].citation == "A/HRC/15/16, para. 5"
    assert answer.interpretation == "words"


def test_search_by_link_asks_what_the_body_would(client: TestClient, engine: FakeEngine) -> None:
    response = client.get(
        "/v1/search?q=lawyer&k=3&offset=2&cursor=4&kind=upr-report&kind=letter&body=B&country=BLR"
        "&language=en&language=ru&symbol=A/HRC/15/16&year=2019..2024&group_by_document=true"
        "&signals=dense&rerank=true"
    )
    assert response.status_code == 200, response.text
    assert engine.asked == [
        SearchRequest(
            query="lawyer",
            k=3,
            offset=2,
            cursor="4",
            filters=Filters(
                kind=("upr-report", "letter"),
                body=("B",),
                country=("BLR",),
                language=("en", "ru"),
                symbol=("A/HRC/15/16",),
                year_from=2019,
                year_to=2024,
            ),
            group_by_document=True,
            signals="dense",
            rerank=True,
        )
    ]


def test_search_by_link_has_the_defaults_of_the_body(
    client: TestClient, engine: FakeEngine
) -> None:
    assert client.get("/v1/search", params={"query": "lawyer"}).status_code == 200
    assert engine.asked == [SearchRequest(query="lawyer")]


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [
        ("2020", 2020, 2020),
        ("2019..2024", 2019, 2024),
        ("2019..", 2019, None),
        ("..2024", None, 2024),
    ],
)
def test_years_are_read_as_a_year_or_a_span(
    client: TestClient, engine: FakeEngine, year: str, first: int | None, last: int | None
) -> None:
    assert client.get("/v1/search", params={"q": "lawyer", "year": year}).status_code == 200
    assert (engine.asked[0].filters.year_from, engine.asked[0].filters.year_to) == (first, last)


def test_pages_follow_one_another_by_cursor_without_loss_or_repetition(client: TestClient) -> None:
    whole = searched(client, query="lawyer detainees", k=200)
    found: list[Hit] = []
    cursor = None
    while True:
        page = searched(client, query="lawyer detainees", k=7, cursor=cursor)
        found += page.hits
        cursor = page.next_cursor
        if cursor is None:
            break
    assert found == list(whole.hits)


def test_grouped_answers_hold_each_document_once(client: TestClient) -> None:
    answer = searched(client, query="lawyer", k=200, group_by_document=True)
    assert not answer.hits
    keys = [group.document_id for group in answer.groups]
    assert sorted(keys) == ["A_HRC_15_16:en", "A_HRC_15_16:ru", "F_HRC_2:en"]


@pytest.mark.parametrize("query", ["", " ", "\n\t  ", "\u3000\u2003"])
def test_an_empty_query_is_answered_with_no_hits(client: TestClient, query: str) -> None:
    answer = searched(client, query=query)
    assert answer.interpretation == "empty"
    assert answer.query == query
    assert answer.hits == ()


def test_an_empty_query_in_a_link_is_a_query(client: TestClient) -> None:
    response = client.get("/v1/search?q=")
    assert response.status_code == 200
    assert response.json()["interpretation"] == "empty"


def test_control_characters_are_read_as_spaces_and_said_to_be(
    client: TestClient, engine: FakeEngine
) -> None:
    query = "law\x00yer\x0clawyer\x02\x85\ttab\r\nline"
    answer = searched(client, query=query)
    assert engine.asked[0].query == "law yer lawyer  \ttab\r\nline"
    assert answer.query == query
    assert answer.warnings == ("Control characters in the query were read as spaces.",)
    assert answer.hits


@pytest.mark.parametrize(
    "query", ["адвокат", "محامٍ", "律师", "адвака́т", "👩🏽‍⚖️", "\u202elawyer", "\ufffe"]
)
def test_queries_of_every_script_arrive_as_they_were_sent(
    client: TestClient, engine: FakeEngine, query: str
) -> None:
    assert searched(client, query=query).query == query
    by_link = client.get("/v1/search", params={"q": query, "k": 3})
    assert by_link.json()["query"] == query
    assert [request.query for request in engine.asked] == [query, query]


def test_a_passage_comes_with_its_neighbours(client: TestClient) -> None:
    response = client.get("/v1/passages/A_HRC_15_16:en:12?before=1&after=3")
    answer = Neighbours.model_validate_json(response.content)
    assert answer.passage.number == "12"
    assert [one.number for one in answer.before] == ["11"]
    assert [one.number for one in answer.after] == ["13", "14", "15"]


def test_similar_passages_obey_k_and_filters(client: TestClient) -> None:
    response = client.get("/v1/similar/A_HRC_15_16:en:12?k=4&language=ru")
    answer = SearchResponse.model_validate_json(response.content)
    assert len(answer.hits) == 4
    assert {hit.language for hit in answer.hits} == {"ru"}


def test_documents_are_listed_by_part_of_their_symbol_or_title(client: TestClient) -> None:
    def listed(query: str) -> tuple[int, list[str]]:
        response = client.get(f"/v1/documents{query}")
        page = DocumentList.model_validate_json(response.content)
        return page.total, [one.document_id for one in page.documents]

    assert listed("") == (3, ["A_HRC_15_16:en", "A_HRC_15_16:ru", "F_HRC_2:en"])
    assert listed("?offset=1&k=1") == (3, ["A_HRC_15_16:ru"])
    assert listed("?q=Statement") == (1, ["F_HRC_2:en"])
    assert listed("?language=ru") == (1, ["A_HRC_15_16:ru"])
    assert listed("?year=1999") == (0, [])


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("A/HRC/15/16?language=ru", "A_HRC_15_16:ru"),
        ("A%2FHRC%2F15%2F16?language=en", "A_HRC_15_16:en"),
        ("F/HRC/2", "F_HRC_2:en"),
        ("A_HRC_15_16:ru", "A_HRC_15_16:ru"),
    ],
)
def test_a_document_is_found_by_symbol_slashes_and_all_or_by_id(
    client: TestClient, path: str, key: str
) -> None:
    response = client.get(f"/v1/documents/{path}")
    document = Document.model_validate_json(response.content)
    assert document.document_id == key
    assert [one.number for one in document.contents] == [str(n) for n in range(1, 21)]


def test_facets_count_what_the_filters_allow(client: TestClient) -> None:
    whole = Facets.model_validate_json(client.get("/v1/facets").content)
    assert [(one.value, one.passages) for one in whole.language] == [("en", 40), ("ru", 20)]
    part = Facets.model_validate_json(client.get("/v1/facets?symbol=F/HRC/2").content)
    assert [(one.value, one.passages) for one in part.language] == [("en", 20)]


def test_info_names_the_generation_in_service(client: TestClient) -> None:
    assert Info.model_validate_json(client.get("/v1/info").content).generation == 3


def test_the_service_lives_and_is_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"alive": True}
    assert client.get("/readyz").json() == {"ready": True, "reason": None}


@pytest.mark.parametrize(
    "path", ["/v1/search?q=lawyer", "/v1/nothing", "/healthz", "/openapi.json"]
)
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    response = client.get(path, headers={"Origin": "https://example.org"})
    held = {name: response.headers[name] for name in SECURITY_HEADERS}
    wanted = {"Cache-Control": held["Cache-Control"]}  # `test_validators` tells which
    assert held == dict(SECURITY_HEADERS) | wanted
    assert not [name for name in response.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_pages_that_load_scripts_from_the_web_are_off(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_engine_is_closed_when_the_application_stops(engine: FakeEngine) -> None:
    with TestClient(create_app(fake_settings(), FakeOpener.of(engine))):
        assert not engine.closed.is_set()
    assert engine.closed.is_set()


def test_importing_the_application_loads_no_learning_framework() -> None:
    heavy = ("torch", "transformers", "sentence_transformers", "streamlit", "faiss", "openvino")
    code = f"import sys, search_api.app; print([one for one in {heavy} if one in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True, cwd=ROOT
    )
    assert run.stdout.strip() == "[]"
