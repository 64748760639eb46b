"""An answer is given again as it was, by the same index only, and within bounds."""

from __future__ import annotations

import pytest

from corpus.errors import QueryError
from search_api import answers as answers_module
from search_api.answers import Answers
from search_api.schemas import Filters, SearchRequest, SearchResponse
from tests.search_api.fake_engine import FakeEngine

LAWYER = SearchRequest(query="lawyer", k=3)


def serving(generation: int = 1, **bounds: int) -> Answers:
    """Return what remembers answers of a generation."""
    answers = Answers(**bounds)
    answers.serve(generation)
    return answers


def test_the_same_question_is_searched_once() -> None:
    engine, answers = FakeEngine(), serving()
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
    engine, answers = FakeEngine(), serving()
    answers.answer(engine, LAWYER)
    answers.answer(engine, other)
    assert engine.asked == [LAWYER, other]


@pytest.mark.parametrize("later", [2, 1])
def test_another_generation_answers_for_itself(later: int) -> None:
    answers = serving(3 - later)
    answers.answer(FakeEngine(generation=3 - later), LAWYER)
    answers.serve(later)
    engine = FakeEngine(generation=later)
    answers.answer(engine, LAWYER)
    assert engine.asked == [LAWYER]


def test_who_still_asks_the_generation_before_changes_nothing_for_the_others() -> None:
    answers, old, new = serving(1), FakeEngine(generation=1), FakeEngine(generation=2)
    answers.serve(2)
    answers.answer(new, LAWYER)
    late = SearchResponse.model_validate_json(answers.answer(old, LAWYER).content)
    answers.answer(new, LAWYER)
    assert late.hits
    assert (len(old.asked), len(new.asked)) == (1, 1)


def test_a_newer_generation_is_asked_what_was_asked_last_before_it_is_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answers_module, "MAX_RENEWED", 2)
    answers, old, new = serving(1), FakeEngine(generation=1), FakeEngine(generation=2)
    asked = [SearchRequest(query=word) for word in ("water", "lawyer", "schools")]
    for request in (*asked, asked[1], LAWYER.model_copy(update={"rerank": True})):
        answers.answer(old, request)
    answers.renew(new)
    assert new.asked == [asked[1]]  # of the last two one would be reranked
    answers.answer(old, asked[0])  # it is still in service meanwhile
    answers.serve(2)
    renewed = answers.answer(new, asked[1])
    assert len(new.asked) == 1
    assert SearchResponse.model_validate_json(renewed.content) == FakeEngine().search(asked[1])
    answers.answer(new, asked[2])
    assert new.asked == [asked[1], asked[2]]


def test_what_was_renewed_for_an_engine_that_is_not_served_is_forgotten() -> None:
    answers, old = serving(1), FakeEngine(generation=1)
    answers.answer(old, LAWYER)
    answers.renew(FakeEngine(generation=2))
    answers.serve(3)
    third = FakeEngine(generation=3)
    answers.answer(third, LAWYER)
    assert third.asked == [LAWYER]


def test_renewal_ends_in_time_and_passes_over_what_cannot_be_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers, old, new = serving(1), FakeEngine(generation=1), FakeEngine(generation=2)
    for query in ("lawyer", "water", "schools"):
        answers.answer(old, SearchRequest(query=query))

    def fail(request: SearchRequest) -> None:
        if request.query == "schools":
            raise ZeroDivisionError  # a fault that nobody foresaw

    new.before_search = fail
    answers.renew(new)
    assert [request.query for request in new.asked][-2:] == ["water", "lawyer"]
    monkeypatch.setattr(answers_module, "RENEWAL_S", -1.0)
    idle = FakeEngine(generation=3)
    answers.renew(idle)
    assert idle.asked == []
    monkeypatch.undo()
    answers.renew(idle, lambda: False)  # the service is stopping
    assert idle.asked == []


def test_an_error_is_not_remembered() -> None:
    engine, answers = FakeEngine(), serving()

    def fail(_request: SearchRequest) -> None:
        raise QueryError("cursor", "is not one of ours", "take it from an answer")

    engine.before_search = fail
    with pytest.raises(QueryError):
        answers.answer(engine, LAWYER)
    engine.before_search = lambda _request: None
    assert SearchResponse.model_validate_json(answers.answer(engine, LAWYER).content).hits


def test_the_longest_unasked_answer_is_forgotten_first() -> None:
    engine = FakeEngine()
    size = len(serving().answer(FakeEngine(), LAWYER).content)
    answers = serving(max_bytes=3 * size)
    for query in ("lawyer", "detainees", "lawyer", "water and food", "schools", "lawyer"):
        answers.answer(engine, SearchRequest(query=query, k=3))
    assert [request.query for request in engine.asked].count("lawyer") == 1
    answers.answer(engine, SearchRequest(query="detainees", k=3))
    assert [request.query for request in engine.asked].count("detainees") == 2
