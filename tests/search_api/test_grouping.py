"""Documents are ordered by what their best passages say, and found by what those are about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.types import Document, Relation, RelationKind
from indexer.snapshot import Snapshot
from search_api.engine import Engine
from search_api.ranking import Question, Ranking, gather, grouped
from search_api.ranking import whole as whole_module
from search_api.ranking.feedback import with_feedback
from search_api.ranking.grouping import WHOLE_WEIGHT
from search_api.ranking.whole import whole_documents
from search_api.schemas import SearchRequest
from tests.fakes import FakeEncoder
from tests.indexer.linking import made, published, words

SUBJECT = " ".join(words(1, 10))
ASIDE = " ".join(words(2, 30))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return published(
        tmp_path_factory.mktemp("index"),
        made("A/1", [f"{SUBJECT} {' '.join(words(3, 6))}.", *[f"{ASIDE} {n}." for n in range(3)]]),
        made("A/2", [f"{SUBJECT} {' '.join(words(10 + n, 8))}." for n in range(3)]),
        made("A/3", [f"{SUBJECT} {' '.join(words(30, 8))}."]),
        made("A/4", [f"Nothing of it, {' '.join(words(40, 30))}."]),
    )


def ranking_of(snapshot: Snapshot, scores: dict[tuple[str, int], float]) -> Ranking:
    """Rank passages (of a document, from 0) by given scores."""
    rows = {key: snapshot.document_rows(f"A_{key[0]}:en")[key[1]] for key in scores}
    order = sorted(scores, key=lambda key: -scores[key])
    return Ranking(
        tuple(rows[key] for key in order), np.array([scores[key] for key in order], np.float32)
    )


def test_of_two_equal_best_passages_the_document_that_goes_on_about_it_is_first(
    snapshot: Snapshot,
) -> None:
    scores = {("1", 0): 0.9, ("1", 1): 0.1, ("2", 0): 0.9, ("2", 1): 0.8}
    groups = grouped(snapshot, ranking_of(snapshot, scores | {("2", 2): 0.7}))
    ids = [snapshot.columns.document_ids[group.document] for group in groups]
    assert ids == ["A_2:en", "A_1:en"]
    assert groups[0].score == pytest.approx(0.8 * 0.9 + 0.15 * 0.8 + 0.05 * 0.7)
    # Its third passage was no candidate: it says no more of it than the least that was one.
    assert groups[1].score == pytest.approx(0.8 * 0.9 + 0.15 * 0.1 + 0.05 * 0.1)


def test_a_document_of_one_passage_is_not_the_worse_for_it(snapshot: Snapshot) -> None:
    scores = {("3", 0): 0.9, ("2", 0): 0.9, ("2", 1): 0.9, ("2", 2): 0.89}
    groups = grouped(snapshot, ranking_of(snapshot, scores))
    assert [snapshot.columns.document_ids[g.document] for g in groups] == ["A_3:en", "A_2:en"]
    assert groups[0].score == pytest.approx(0.9)


def test_nothing_found_is_no_group(snapshot: Snapshot) -> None:
    assert grouped(snapshot, Ranking.empty()) == []


def test_groups_fall_in_score_and_hold_their_best_passages(snapshot: Snapshot) -> None:
    engine = Engine(snapshot, FakeEncoder())
    answer = engine.search(SearchRequest(query=SUBJECT, group_by_document=True))
    scores = [group.score for group in answer.groups]
    assert scores == sorted(scores, reverse=True)
    assert {group.symbol for group in answer.groups[:3]} == {"A/1", "A/2", "A/3"}
    for group in answer.groups:
        of_group = [hit.score for hit in group.hits]
        assert of_group == sorted(of_group, reverse=True)


def test_a_superseded_document_that_says_it_oftener_stands_below(tmp_path: Path) -> None:
    old = made("A/1", [f"{SUBJECT} {' '.join(words(10 + n, 3))}." for n in range(3)])
    new = made(
        "A/2",
        [f"{SUBJECT} {' '.join(words(20, 8))}.", *[f"{ASIDE} {n}." for n in range(3)]],
        relations=(Relation(RelationKind.SUPERSEDES, "A/1"),),
    )
    engine = Engine(published(tmp_path, old, new), FakeEncoder())
    answer = engine.search(SearchRequest(query=SUBJECT, group_by_document=True))
    assert [group.symbol for group in answer.groups] == ["A/2", "A/1"]


def test_likeness_to_the_best_passages_lifts_what_is_about_the_same(snapshot: Snapshot) -> None:
    question = Question(words=SUBJECT, by_document=True)
    found = gather(snapshot, FakeEncoder(), question, {})
    assert found is not None
    evidence = found[0]
    level = np.full(len(evidence.rows), 0.5, np.float32)
    of_second = np.isin(evidence.rows, list(snapshot.document_rows("A_2:en")))
    level[of_second] = 0.6
    lifted = with_feedback(snapshot, evidence, level)
    third = np.flatnonzero(evidence.rows == snapshot.document_rows("A_3:en")[0])[0]
    fourth = np.flatnonzero(evidence.rows == snapshot.document_rows("A_4:en")[0])
    assert lifted[of_second].min() > lifted[third]
    assert not len(fourth) or lifted[third] > lifted[fourth[0]]
    assert lifted.max() <= 1


def _long(symbol: str, *of_subject: int) -> Document:
    """Return a document of six passages, of which some have one word of the subject."""
    said = [[SUBJECT.split()[n]] if n in of_subject else [] for n in range(6)]
    seed = 100 * int(symbol[-1])
    return made(symbol, [" ".join(words(seed + n, 20) + extra) for n, extra in enumerate(said)])


def test_a_document_that_has_the_words_in_all_its_chapters_has_most_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = published(tmp_path, _long("A/1", 0, 1, 2, 3, 4, 5), _long("A/2", 0, 1), _long("A/3"))
    found = gather(snapshot, FakeEncoder(), Question(words=SUBJECT, by_document=True), {})
    assert found is not None
    evidence = found[0]
    level = np.full(len(evidence.rows), 0.5, np.float32)
    whole = whole_documents(snapshot, evidence, level, SUBJECT).words
    by_symbol = {snapshot.columns.document_ids[number]: share for number, share in whole.items()}
    assert by_symbol["A_1:en"] == 1
    assert 0 < by_symbol["A_2:en"] < 1
    assert by_symbol.get("A_3:en", 0) == 0
    monkeypatch.setattr(whole_module, "MOST_PASSAGES", 6)
    assert len(whole_documents(snapshot, evidence, level, SUBJECT).words) == 1
    abroad = replace(evidence, foreign=np.ones(len(evidence.rows), np.bool_))
    assert whole_documents(snapshot, abroad, level, SUBJECT).words == {}


def test_the_whole_of_a_long_document_weighs_and_of_a_short_one_does_not(tmp_path: Path) -> None:
    snapshot = published(tmp_path, _long("A/1", 0), made("A/2", [f"{SUBJECT}."]))
    rows = (snapshot.document_rows("A_1:en")[0], snapshot.document_rows("A_2:en")[0])
    ranking = Ranking(rows, np.array([0.6, 0.5], np.float32))
    number = {name: n for n, name in enumerate(snapshot.columns.document_ids)}
    whole = {number["A_1:en"]: 0.0, number["A_2:en"]: 0.0}
    apart = {
        snapshot.columns.document_ids[group.document]: group.score
        for group in grouped(snapshot, ranking)
    }
    together = {
        snapshot.columns.document_ids[group.document]: group.score
        for group in grouped(snapshot, replace(ranking, whole=whole))
    }
    assert together["A_2:en"] == apart["A_2:en"]
    assert together["A_1:en"] == pytest.approx((1 - WHOLE_WEIGHT / 2) * apart["A_1:en"])
