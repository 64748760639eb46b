"""The best hits read again: what moves, what may not, and when nothing does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import QueryError
from indexer.build import build_from_documents
from indexer.snapshot import Snapshot
from search_api.engine import Engine
from search_api.ranking.reranking import BY_NAME, HITS_READ, _arranged, _falling
from search_api.remembered import RememberingReranker
from search_api.schemas import SearchRequest, SearchResponse
from tests.fakes import FakeEncoder, FakeReranker, document

QUESTION = "access of detainees to counsel"

DOCUMENTS = [
    *(
        document(
            f"SAMPLE/{number}",
            f"Detainees had access to counsel in place{number}, " + "and slept well " * number,
            f"Cell{number} was cold.",
        )
        for number in range(30)
    ),
    document("SAMPLE/RU", "Access of detainees to counsel: доступ.", language="ru"),
    document("SAMPLE/ES", "Los detenidos querian agua.", language="es"),
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    index_dir = tmp_path_factory.mktemp("index")
    build_from_documents(DOCUMENTS, index_dir, encoder=FakeEncoder())
    opened = Snapshot.open(index_dir)
    yield opened
    opened.close()


def _search(
    snapshot: Snapshot, reranker: Any, query: str = QUESTION, **more: Any
) -> SearchResponse:
    request = {"query": query, "k": 100, "rerank": reranker is not None, **more}
    return Engine(snapshot, FakeEncoder(), reranker).search(SearchRequest(**request))


def _ids(answer: SearchResponse) -> list[str]:
    return [hit.passage_id for hit in answer.hits]


def test_what_the_cross_encoder_prefers_comes_up(snapshot: Snapshot) -> None:
    before = _search(snapshot, None)
    last = before.hits[HITS_READ - 1]
    assert last.language == "en"
    word = next(word for word in last.text.split() if word.startswith("place")).rstrip(",")
    after = _search(snapshot, FakeReranker({word: 9.0}))
    moved = next(hit for hit in after.hits if hit.passage_id == last.passage_id)
    assert moved.rank < last.rank
    assert moved.scores.rerank == 9.0
    assert after.took_ms["rerank"] > 0
    assert "rerank" not in before.took_ms
    assert after.warnings == before.warnings == ()


def test_only_the_best_move_and_none_of_them_below_the_rest(snapshot: Snapshot) -> None:
    before = _search(snapshot, None)
    reranker = FakeReranker({f"place{number}": float(number) for number in range(30)})
    after = _search(snapshot, reranker)
    assert len(before.hits) > HITS_READ + 5
    assert set(_ids(after)[:HITS_READ]) == set(_ids(before)[:HITS_READ])
    assert _ids(after)[:HITS_READ] != _ids(before)[:HITS_READ]
    assert after.hits[HITS_READ:] == before.hits[HITS_READ:]
    scores = [hit.score for hit in after.hits]
    assert all(one > next_ for one, next_ in pairwise(scores[: HITS_READ + 1]))
    assert scores == sorted(scores, reverse=True)
    assert 0 <= min(scores) <= max(scores) <= 1
    assert [hit.scores.rerank is not None for hit in after.hits[:HITS_READ]] == [
        hit.language == "en" for hit in after.hits[:HITS_READ]
    ]
    assert all(hit.scores.rerank is None for hit in after.hits[HITS_READ:])


def test_other_languages_are_not_read_and_keep_their_places(snapshot: Snapshot) -> None:
    before = _search(snapshot, None)
    reranker = FakeReranker({f"place{number}": float(number) for number in range(30)})
    after = _search(snapshot, reranker)
    (russian,) = (hit for hit in before.hits if hit.language == "ru")
    assert russian.rank <= HITS_READ
    assert next(hit.rank for hit in after.hits if hit.language == "ru") == russian.rank
    ((asked, texts),) = reranker.asked
    assert asked == QUESTION
    assert len(texts) == HITS_READ - 1
    assert not any("доступ" in text for text in texts)


def test_a_passage_with_no_word_of_the_question_stays_below_those_with_all(
    tmp_path: Path,
) -> None:
    texts = ("Shackling of patients.", "Patients were moved.", "Chains hold the sick.")
    build_from_documents([document("SAMPLE/1", *texts)], tmp_path, encoder=FakeEncoder())
    snapshot = Snapshot.open(tmp_path)
    try:
        answer = _search(snapshot, FakeReranker({"Chains": 11.0}), "shackling of patients")
    finally:
        snapshot.close()
    assert [hit.text for hit in answer.hits] == [texts[0], texts[2], texts[1]]
    assert answer.hits[1].scores.rerank == 11.0
    assert answer.hits[0].score > answer.hits[1].score > answer.hits[2].score


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (" ".join(["detainees had access to counsel and to water"] * 5), "is a pasted text"),
        ("x" * 401, "is a pasted text"),
        ("доступ задержанных к защитнику", "does not read as English"),
    ],
    ids=["pasted", "one endless word", "russian"],
)
def test_where_it_is_not_applied_the_order_stays_and_a_warning_says_why(
    snapshot: Snapshot, query: str, reason: str
) -> None:
    reranker = FakeReranker({"Cell3": 9.0})
    before, after = _search(snapshot, None, query), _search(snapshot, reranker, query)
    (warning,) = after.warnings
    assert warning.startswith("rerank was not applied: ")
    assert reason in warning
    assert after.hits == before.hits
    assert not reranker.asked
    assert "rerank" not in after.took_ms


def test_hits_in_other_languages_alone_are_left_as_they_are(snapshot: Snapshot) -> None:
    reranker = FakeReranker({})
    answer = _search(snapshot, reranker, filters={"language": ["ru"]})
    assert answer.warnings == ("rerank was not applied: none of the best 1 hits is in English",)
    assert not reranker.asked


def test_what_is_asked_for_by_name_is_shown_in_its_own_order(snapshot: Snapshot) -> None:
    answer = _search(snapshot, FakeReranker({"Cell3": 9.0}), "SAMPLE/3")
    assert answer.warnings == (BY_NAME,)
    assert [hit.number for hit in answer.hits] == ["1", "2"]


def test_nothing_installed_is_an_error_with_the_remedy(snapshot: Snapshot) -> None:
    with pytest.raises(QueryError, match="run `precedent models pull fake-reranker`"):
        _search(snapshot, FakeReranker({}, installed=False))
    with pytest.raises(QueryError, match="ask without rerank"):
        Engine(snapshot, FakeEncoder()).search(SearchRequest(query="counsel", rerank=True))


def test_what_can_rerank_is_part_of_what_is_served(snapshot: Snapshot) -> None:
    def told(reranker: FakeReranker | None) -> str | None:
        return Engine(snapshot, FakeEncoder(), reranker).info().reranker

    assert told(FakeReranker({})) == "fake-reranker"
    assert told(FakeReranker({}, installed=False)) is told(None) is None


def test_documents_are_grouped_in_the_new_order(snapshot: Snapshot) -> None:
    before = _search(snapshot, None, group_by_document=True)
    reranker = FakeReranker({f"place{number}": float(number) for number in range(30)})
    after = _search(snapshot, reranker, group_by_document=True)
    assert {g.document_id for g in after.groups} == {g.document_id for g in before.groups}
    assert [g.document_id for g in after.groups] != [g.document_id for g in before.groups]
    scores = [group.score for group in after.groups]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("signals", ["lexical", "dense"])
def test_it_reads_what_any_signal_found(snapshot: Snapshot, signals: str) -> None:
    reranker = FakeReranker({f"place{number}": float(number) for number in range(30)})
    before = _search(snapshot, None, signals=signals)
    after = _search(snapshot, reranker, signals=signals)
    assert set(_ids(after)[:HITS_READ]) == set(_ids(before)[:HITS_READ])
    assert _ids(after) != _ids(before)


def test_pages_join_as_without(snapshot: Snapshot) -> None:
    reranker = FakeReranker({f"place{number}": float(number) for number in range(30)})
    whole = _ids(_search(snapshot, reranker))
    paged = [
        passage_id
        for offset in range(0, len(whole), 7)
        for passage_id in _ids(_search(snapshot, reranker, k=7, offset=offset))
    ]
    assert paged == whole


def test_a_pair_is_read_once() -> None:
    inner = FakeReranker({"a": 1.0, "b": 2.0})
    remembering = RememberingReranker(inner)
    assert remembering.scores("q", ["a", "b", "a"]).tolist() == [1.0, 2.0, 1.0]
    assert remembering.scores("q", ["b", "c"]).tolist() == [2.0, -5.0]
    assert remembering.scores("other", ["b"]).tolist() == [2.0]
    assert remembering.scores("q", []).tolist() == []
    assert inner.asked == [("q", ["a", "b"]), ("q", ["c"]), ("other", ["b"])]


def test_old_pairs_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search_api.remembered.MAX_PAIRS", 2)
    inner = FakeReranker({"a": 1.0})
    remembering = RememberingReranker(inner)
    assert remembering.scores("q", ["a", "b", "c"]).tolist() == [1.0, -5.0, -5.0]
    remembering.scores("q", ["b", "c", "a"])
    assert inner.asked[1:] == [("q", ["a"])]


hits = st.lists(
    st.tuples(st.floats(0, 1, width=32), st.booleans(), st.sampled_from(["whole", "part", "none"])),
    min_size=1,
    max_size=HITS_READ,
)


@given(hits)
def test_any_order_keeps_the_rules(given_hits: list[tuple[float, bool, str]]) -> None:
    """Whatever the hits are, in an old order in which all that is whole stands before none."""
    rank = {"whole": 0, "part": 1, "none": 1}
    ordered = sorted(given_hits, key=lambda hit: rank[hit[2]])
    scores = np.array([hit[0] for hit in ordered], np.float32)
    movable = np.array([hit[1] for hit in ordered])
    whole = np.array([hit[2] == "whole" for hit in ordered])
    none = np.array([hit[2] == "none" for hit in ordered])
    places = _arranged(scores, movable, whole, none)
    assert sorted(places) == list(range(len(ordered)))
    assert all(places[i] == i for i in np.flatnonzero(~movable))
    wholes = [at for at, i in enumerate(places) if whole[i]]
    nones = [at for at, i in enumerate(places) if none[i]]
    assert not wholes or not nones or max(wholes) < min(nones)
    if not (whole.any() and none.any()):
        moved = [scores[i] for i in places if movable[i]]
        assert moved == sorted(moved, reverse=True)


@given(st.lists(st.floats(0, 1, width=32), min_size=1, max_size=20), st.floats(0, 0.5, width=32))
def test_scores_fall_and_stay_above_the_rest(scores: list[float], floor: float) -> None:
    lifted = _falling(np.array(scores, np.float32), np.float32(floor))
    assert all(one >= next_ for one, next_ in pairwise(lifted.tolist()))
    assert lifted[-1] > floor
    assert (lifted >= np.array(scores, np.float32)).all()
    assert lifted.max() <= 1
