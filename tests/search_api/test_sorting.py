"""Orders other than that of relevance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from corpus.types import Document
from indexer.build import build_from_documents
from indexer.snapshot import Snapshot
from search_api.engine import Engine
from search_api.schemas import Filters, SearchRequest
from tests.fakes import FakeEncoder, document

NOTHING_ALIKE = "Schools taught botany, weaving, sailing, carpentry and chess."


def _paper(number: int, *texts: str, **facts: Any) -> Document:
    """Return an invented document of its own year, with changes."""
    made = document(f"SAMPLE/{number}/1", *texts, year=1990 + number)
    return replace(made, **facts)


DOCUMENTS = [
    _paper(1, "Counsel was refused.", kind="ngo-statement"),
    _paper(2, "Counsel was refused.", "Counsel came late.", date="1992-11", kind="resolution"),
    _paper(3, "Counsel was refused to all.", date="1992-03", year=1992),
    _paper(4, "Counsel was refused again.", year=None, date=None),
    _paper(5, "Counsel was refused still.", kind="draft-resolution", status="draft"),
    *(_paper(10 + n, NOTHING_ALIKE) for n in range(40)),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    index_dir = tmp_path_factory.mktemp("index")
    build_from_documents(DOCUMENTS, index_dir, encoder=FakeEncoder())
    made = Engine(Snapshot.open(index_dir), FakeEncoder())
    yield made
    made.close()


def _symbols(engine: Engine, sort: str, query: str = '"counsel"', **fields: Any) -> list[str]:
    request = SearchRequest.model_validate({"query": query, "sort": sort, "k": 50, **fields})
    answer = engine.search(request)
    ranks = range(answer.offset + 1, answer.offset + len(answer.hits) + 1)
    assert [hit.rank for hit in answer.hits] == list(ranks)
    return [hit.symbol.split("/")[1] for hit in answer.hits if hit.symbol]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", ["5", "2", "2", "3", "1", "4"]),
        ("oldest", ["1", "3", "2", "2", "5", "4"]),
    ],
)
def test_dates_order_and_the_undated_come_last(
    engine: Engine, sort: str, expected: list[str]
) -> None:
    assert _symbols(engine, sort) == expected


def test_authority_puts_the_strongest_first_and_drafts_last(engine: Engine) -> None:
    found = _symbols(engine, "authority")
    assert found[:2] == ["2", "2"]
    assert found[-1] == "5"
    assert found.index("3") < found.index("1")  # an expert's finding before a claim


def test_what_is_equal_stays_by_relevance(engine: Engine) -> None:
    answer = engine.search(SearchRequest(query='"counsel" late', sort="authority", k=2))
    assert [hit.number for hit in answer.hits] == ["2", "1"]


def test_what_is_far_from_the_question_is_left_out(engine: Engine) -> None:
    answer = engine.search(SearchRequest(query="counsel was refused", sort="newest", k=50))
    assert answer.sorted_by is not None
    assert (
        answer.sorted_by.candidates
        == engine.search(SearchRequest(query="counsel was refused")).total
    )
    assert answer.total == len(answer.hits) == answer.sorted_by.near < answer.sorted_by.candidates
    # The best twenty are near enough in any case, and the undated of them comes last.
    assert answer.sorted_by.near == 20
    assert answer.hits[-1].year is None


def test_quoted_words_are_near_enough_by_themselves(engine: Engine) -> None:
    answer = engine.search(SearchRequest(query='"schools taught"', sort="oldest", k=50))
    assert answer.sorted_by is not None
    assert (answer.total, answer.sorted_by.least_share) == (40, None)


def test_pages_of_an_order_neither_repeat_nor_lose(engine: Engine) -> None:
    whole = _symbols(engine, "oldest")
    assert [s for at in (0, 2, 4) for s in _symbols(engine, "oldest", k=2, offset=at)] == whole


def test_documents_are_put_in_order_as_a_whole(engine: Engine) -> None:
    request = SearchRequest(query='"counsel"', sort="newest", group_by_document=True)
    answer = engine.search(request)
    assert [group.symbol for group in answer.groups] == [f"SAMPLE/{n}/1" for n in (5, 2, 3, 1, 4)]
    assert [group.rank for group in answer.groups] == [1, 2, 3, 4, 5]
    best_first = engine.search(request.model_copy(update={"sort": "relevance"})).groups
    (within,) = (group for group in best_first if group.symbol == "SAMPLE/2/1")
    assert answer.groups[1].hits == tuple(
        hit.model_copy(update={"rank": hit.rank}) for hit in within.hits
    )


def test_filters_hold_in_every_order(engine: Engine) -> None:
    filters = Filters(year_from=1992, year_to=1992)
    assert _symbols(engine, "oldest", filters=filters) == ["3", "2", "2"]
