"""Several searches in one call: in order, each by itself, and bounded together."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from corpus.errors import NoIndexError
from indexer.encoder import Vectors
from indexer.snapshot import Snapshot
from search_api.app import create_app
from search_api.remembered import RememberingEncoder
from search_api.schemas import BatchResponse, SearchRequest, SearchResponse
from search_api.searching import Searcher
from tests.fakes import FakeEncoder
from tests.search_api.fake_engine import FakeEngine, FakeOpener, fake_settings
from tests.search_api.freedonia import make_index

BATCH = "/v1/search/batch"


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def client(engine: FakeEngine) -> Iterator[TestClient]:
    settings = fake_settings(engine_threads=1, request_timeout_s=2)
    with TestClient(create_app(settings, FakeOpener.of(engine))) as client:
        yield client


def answered(client: TestClient, *searches: object) -> BatchResponse:
    answer = client.post(BATCH, json={"searches": searches})
    assert answer.status_code == 200, answer.text
    return BatchResponse.model_validate_json(answer.content)


def test_answers_are_those_of_single_searches_in_order(client: TestClient) -> None:
    searches = [{"query": "lawyer", "k": 2}, {"query": "water"}, {"query": "lawyer", "offset": 2}]
    single = [client.post("/v1/search", json=each).json() for each in searches]
    found = answered(client, *searches).results
    assert [each.answer and each.answer.model_dump(mode="json") for each in found] == single
    assert all(each.problem is None for each in found)


def test_a_mistake_in_one_costs_no_other(client: TestClient) -> None:
    found = answered(
        client,
        {"query": "lawyer"},
        {"query": "lawyer", "k": 0},
        {"query": "a", "cursor": "made up"},
        {"query": "a", "filters": {"year_from": 2020, "year_to": 2010}},
        {"contry": "BLR"},
        7,
        {"query": "a\x00lawyer"},
    ).results
    types = [each.problem and each.problem.type.rpartition(":")[2] for each in found]
    invalid = "invalid-request"
    assert types == [None, invalid, "query", "query", invalid, invalid, None]
    assert found[1].problem is not None
    assert found[1].problem.detail.startswith("body.searches.1.k: ")
    assert found[6].answer is not None
    assert found[6].answer.warnings == ("Control characters in the query were read as spaces.",)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body.searches"),
        ({"searches": []}, "body.searches"),
        ({"searches": [{"query": "a"}] * 51}, "body.searches"),
        ({"searches": [{"query": "a", "k": 200}] * 11}, "body"),
        ({"searches": [{"query": "a"}], "k": 3}, "body.k"),
    ],
)
def test_a_batch_is_bounded(client: TestClient, body: object, field: str) -> None:
    answer = client.post(BATCH, json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


def test_without_an_index_the_whole_is_refused() -> None:
    with TestClient(create_app(fake_settings(), FakeOpener())) as client:
        answer = client.post(BATCH, json={"searches": [{"query": "a"}]})
        assert answer.status_code == 503
        assert answer.json()["type"] == "urn:precedent:problem:index"


def test_what_the_time_does_not_reach_is_told_so(engine: FakeEngine) -> None:
    going_on = threading.Event()

    def stall(request: SearchRequest) -> None:
        if request.query == "slow":
            going_on.wait(60)

    engine.before_search = stall
    settings = fake_settings(engine_threads=1, request_timeout_s=0.2)
    with TestClient(create_app(settings, FakeOpener.of(engine))) as client:
        found = answered(client, {"query": "lawyer"}, {"query": "slow"}, {"query": "water"}).results
        going_on.set()
    assert found[0].answer is not None
    kinds = [each.problem and each.problem.type for each in found[1:]]
    assert kinds == ["urn:precedent:problem:busy"] * 2


def test_others_are_answered_between_the_searches_of_a_batch(
    client: TestClient, engine: FakeEngine
) -> None:
    """One thread, and a batch under way: who comes meanwhile does not wait for its end."""
    first_began, other_waits = threading.Event(), threading.Event()
    other: list[int] = []

    def ask() -> None:
        assert first_began.wait(60)
        answering = threading.Timer(0.2, other_waits.set)
        answering.start()
        other.append(client.post("/v1/search", json={"query": "between"}).status_code)

    def stall(request: SearchRequest) -> None:
        if request.query == "first":
            first_began.set()
            assert other_waits.wait(60)

    engine.before_search = stall
    asking = threading.Thread(target=ask)
    asking.start()
    answered(client, {"query": "first"}, *({"query": f"later {n}"} for n in range(20)))
    asking.join()
    order = [request.query for request in engine.asked]
    assert other == [200]
    assert order.index("between") < order.index("later 5")


class CountingEncoder(FakeEncoder):
    """Counts the calls that encode questions."""

    calls = 0

    def encode_queries(self, texts: object) -> Vectors:
        self.calls += 1
        return super().encode_queries(texts)  # type: ignore[arg-type]


def test_questions_are_encoded_in_one_go(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    remembering = RememberingEncoder(encoder)
    asked = [SearchRequest(query=f"detainees {n}") for n in range(5)]
    alone = Searcher(Snapshot.open(make_index(tmp_path)), FakeEncoder())
    searcher = Searcher(alone.snapshot, remembering)
    searcher.encode_ahead([*asked, SearchRequest(query="x y", signals="lexical")])
    assert encoder.calls == 1
    found = [searcher.search(each) for each in asked]
    assert encoder.calls == 1
    assert [ids(each) for each in found] == [ids(alone.search(each)) for each in asked]


def ids(response: SearchResponse) -> list[str]:
    assert response.hits
    return [hit.passage_id for hit in response.hits]


def test_an_index_that_goes_is_a_problem_of_each(client: TestClient, engine: FakeEngine) -> None:
    def fail(_request: SearchRequest) -> None:
        raise NoIndexError("index", "is gone", "index again")

    engine.before_search = fail
    (found,) = answered(client, {"query": "a"}).results
    assert found.problem is not None
    assert found.problem.status == 503
