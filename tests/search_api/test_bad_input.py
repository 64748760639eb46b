"""Bad input over HTTP, with the engine that serves: a defined answer or a clear refusal, no 500."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from indexer.build import build_from_documents
from indexer.lexical import LexicalStore
from indexer.snapshot import Snapshot
from search_api.app import create_app
from search_api.engine import Engine
from search_api.schemas import MAX_QUERY_CHARACTERS, SearchResponse
from tests.fakes import FakeEncoder, document
from tests.search_api.fake_engine import FakeOpener, fake_settings

DOCUMENTS = [
    document("SAMPLE/1", "Torture in prison.", "Detained lawyers were not heard."),
    document("SAMPLE/1", "Пытки в тюрьме.", language="ru"),
    document("SAMPLE/2", "حُرِمَ المحتجزون من الاتصال بالمحامين.", language="ar"),
    document("SAMPLE/3", "被拘留者有权会见律师。", language="zh"),
    document("SAMPLE/4", "Катаванні ў турме.", language="be"),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    index_dir = tmp_path_factory.mktemp("index")
    build_from_documents(DOCUMENTS, index_dir, encoder=FakeEncoder())
    return Engine(Snapshot.open(index_dir), FakeEncoder())


@pytest.fixture(scope="module")
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(fake_settings(), FakeOpener.of(engine))) as client:  # type: ignore[arg-type]
        yield client


def _post(client: TestClient, **body: Any) -> SearchResponse:
    response = client.post("/v1/search", json=body)
    assert response.status_code == 200, response.text
    return SearchResponse.model_validate_json(response.content)


ANSWERED = {
    "empty": ("", "empty", 0),
    "spaces": (" \u3000\n", "empty", 0),
    "punctuation": ("?!… — «»", "empty", 0),
    "an emoji": ("\N{GRINNING FACE}", "empty", 0),
    "an emoji among words": ("torture \N{GRINNING FACE}", "words", 6),
    "stop words only": ("the of and", "words", 6),
    "NUL": ("tor\x00ture", "words", 6),
    "control characters": ("torture\x01\x07\x1b[31m prison\x85", "words", 6),
    "marks of direction and without width": ("\u202etor\u200dture\u202c \ufeff", "words", 6),
    "combining marks without end": ("a" + "\u0301" * 5_000 + " torture", "words", 6),
    "one word 10,000 times": ("no " * 6_666, "words", 6),
    "one endless word": ("x" * MAX_QUERY_CHARACTERS, "words", 6),
    "a page of 20,000 characters": ("Torture in prison. " * 1_052, "words", 6),
    "5,000 quoted phrases": ('"a" ' * 5_000, "words", 6),
    "marks within marks": ("«„“" * 300 + "torture", "words", 6),
    "marks without end": ('"' * MAX_QUERY_CHARACTERS, "empty", 0),
    "exclusions without end": ("-a " * 6_000 + "x", "words", 6),
    "slashes without end": ("A/" * 9_000 + "1", "words", 6),
    "colons without end": ("a:" * 9_000, "words", 6),
    "a phrase of nothing that is indexed": ('torture "' + "x" * 200 + '"', "words", 0),
    "an exclusion of nothing that is indexed": ("torture -" + "x" * 200, "words", 6),
    "a symbol of many figures": ("A/" + "1" * 250, "words", 0),
    "a year that never was": ("torture year:0000", "words", 0),
    "an expression of another language": ("torture OR (prison) AND NOT a~2^5 [1 TO 2]", "words", 6),
}  # fmt: skip


@pytest.mark.parametrize(("query", "kind", "hits"), ANSWERED.values(), ids=ANSWERED)
def test_odd_queries_have_a_defined_answer(
    client: TestClient, query: str, kind: str, hits: int
) -> None:
    answer = _post(client, query=query)
    assert (answer.interpretation, len(answer.hits)) == (kind, hits)
    assert answer.query == query


def test_marks_without_width_do_not_part_words(client: TestClient) -> None:
    answer = _post(client, query="\u202etor\u200dture\u202c", signals="lexical")
    assert [hit.symbol for hit in answer.hits] == ["SAMPLE/1"]
    assert answer.read_as.words == "torture"


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        ({"query": "a " * 50_000}, "body.query", "at most 20000 characters; shorten it"),
        ({"query": "x", "k": 0}, "body.k", "greater than or equal to 1"),
        ({"query": "x", "k": 10_000}, "body.k", "less than or equal to 200"),
        ({"query": "x", "k": "many"}, "body.k", "valid integer"),
        ({"query": "x", "k": 1.5}, "body.k", "valid integer"),
        ({"query": "x", "offset": 10**12}, "body.offset", "less than or equal to 1000"),
        ({"query": "x", "offset": -1}, "body.offset", "greater than or equal to 0"),
        ({"query": None}, "body.query", "valid string"),
        ({}, "body.query", "give it"),
        ({"query": "x", "filters": {"contry": ["BLR"]}}, "body.filters.contry", "mend its name"),
        ({"query": "x", "filters": {"country": ["X"] * 500}}, "body.filters.country", "give fewer"),
        ({"query": "x", "filters": {"body": ["x" * 999]}}, "body.filters.body.0", "shorten it"),
        ({"query": "x", "filters": {"year_from": 20190}}, "body.filters.year_from", "2100"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_names_the_parameter_and_the_remedy(
    client: TestClient, body: dict[str, Any], field: str, said: str
) -> None:
    response = client.post("/v1/search", json=body)
    problem = response.json()
    assert (response.status_code, problem["errors"][0]["field"]) == (422, field)
    assert said in problem["detail"]


@pytest.mark.parametrize("query", ["\\ud800", "tort\\udc00ure", "\\ud83d"])
def test_half_a_surrogate_pair_is_refused(client: TestClient, query: str) -> None:
    response = client.post(
        "/v1/search", content=f'{{"query":"{query}"}}', headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 422
    assert "halves of surrogate pairs" in response.json()["detail"]


@pytest.mark.parametrize(
    "cursor", ["garbage", "\x00", "é", "bzo5OTk5OTk", "bzotMQ", "a" * 5_000, " "]
)
def test_a_cursor_that_no_answer_gave_is_refused(client: TestClient, cursor: str) -> None:
    response = client.post("/v1/search", json={"query": "x", "cursor": cursor})
    assert response.status_code == 422
    assert response.json()["detail"].startswith("cursor: is not one that an answer gave; use")


@pytest.mark.parametrize(
    "filters",
    [
        {"country": ["XXX"]},
        {"country": ["\x00"]},
        {"language": [""]},
        {"symbol": ["A/HRC/../../etc"]},
        {"kind": ["poem"], "body": ["nobody"]},
    ],
)
def test_a_filter_value_that_does_not_exist_finds_nothing_and_is_named(
    client: TestClient, filters: dict[str, list[str]]
) -> None:
    answer = _post(client, query="torture", filters=filters)
    assert (answer.hits, answer.allowed) == ((), 0)
    assert len(answer.warnings) == len(filters)


def test_a_list_of_unknown_values_is_not_repeated_in_full(client: TestClient) -> None:
    answer = _post(client, query="x", filters={"country": [f"X{n}" for n in range(200)]})
    assert 0 < len(answer.warnings) <= 10


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%ED%A0%80", "q=%FF%FE", "q=%F0%9F%98%80", "q=x&country=", "q=year:"]
)
def test_odd_links_are_answered(client: TestClient, query: str) -> None:
    assert client.get(f"/v1/search?{query}").status_code == 200


def test_what_a_long_query_costs_is_bounded_by_its_distinct_known_words(engine: Engine) -> None:
    """Each clause costs time; a page must not make thousands of words that stand nowhere."""
    lexical: LexicalStore = engine.snapshot.lexical
    assert lexical.clauses("torture " * 2_500) == lexical.clauses("torture")
    assert lexical.clauses(" ".join(f"w{n}" for n in range(4_000))) == 0
    assert 0 < lexical.clauses("torture in prison") <= 2 * 3


def test_every_script_is_found_by_another_form_of_its_words(client: TestClient) -> None:
    for word, symbol in (
        ("والمحامين", "SAMPLE/2"),
        ("律师", "SAMPLE/3"),
        ("катаванняў", "SAMPLE/4"),
    ):
        answer = _post(client, query=word, signals="lexical")
        assert [hit.symbol for hit in answer.hits] == [symbol], word
