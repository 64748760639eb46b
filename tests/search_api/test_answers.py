"""An answer is given again as it was, by the same index only, and within bounds."""

from __future__ import annotations

import pytest

from corpus.errors import QueryError
from search_api.answers import Answers
from search_api.schemas import Filters, SearchRequest, SearchResponse
from tests.search_api.fake_engine import FakeEngine

LAWYER = SearchRequest(query="lawyer", k=3)


def test_the_same_question_is_searched_once() -> None:
    engine, answers = FakeEngine(), Answers()
    first = answers.answer(engine, LAWYER)
    again = answers.answer(engine, SearchRequest(query="lawyer", k=3))
    assert first == again
    assert len(engine.asked) == 1
    assert SearchResponse.model_validate_json(first.content) == engine.search(LAWYER)


@pytest.mark.parametrize(
    "other",
    [
        SearchRequest(query="lawyer", k=4),
        SearchRequest(query="lawyer", k=3, offset=3),
        SearchRequest(query="lawyer", k=3, filters=Filters(language=("ru",))),
        SearchRequest(query="lawyer", k=3, explain=True),
        SearchRequest(query="lawyer", k=3, signals="lexical"),
    ],
)
def test_another_question_is_searched_anew(other: SearchRequest) -> None:
    engine, answers = FakeEngine(), Answers()
    answers.answer(engine, LAWYER)
    answers.answer(engine, other)
    assert engine.asked == [LAWYER, other]


@pytest.mark.parametrize("later", [2, 1])
def test_another_generation_answers_for_itself(later: int) -> None:
    answers = Answers()
    answers.answer(FakeEngine(generation=3 - later), LAWYER)
    engine = FakeEngine(generation=later)
    answers.answer(engine, LAWYER)
    assert engine.asked == [LAWYER]


def test_an_error_is_not_remembered() -> None:
    engine, answers = FakeEngine(), Answers()

    def fail(_request: SearchRequest) -> None:
        raise QueryError("cursor", "is not one of ours", "take it from an answer")

    engine.before_search = fail
    with pytest.raises(QueryError):
        answers.answer(engine, LAWYER)
    engine.before_search = lambda _request: None
    assert SearchResponse.model_validate_json(answers.answer(engine, LAWYER).content).hits


def test_the_longest_unasked_answer_is_forgotten_first() -> None:
    engine = FakeEngine()
    size = len(Answers().answer(FakeEngine(), LAWYER).content)
    answers = Answers(max_bytes=3 * size)
    for query in ("lawyer", "detainees", "lawyer", "water and food", "schools", "lawyer"):
        answers.answer(engine, SearchRequest(query=query, k=3))
    assert [request.query for request in engine.asked].count("lawyer") == 1
    answers.answer(engine, SearchRequest(query="detainees", k=3))
    assert [request.query for request in engine.asked].count("detainees") == 2
