"""Documents that cite the article which guarantees what is asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.types import Document
from indexer.snapshot import Snapshot
from search_api.engine import Engine
from search_api.ranking import Question, Ranking, gather, grouped
from search_api.ranking.articles import articles_named
from search_api.ranking.grouping import ARTICLES_WEIGHT
from search_api.ranking.whole import whole_documents
from search_api.schemas import SearchRequest
from tests.fakes import FakeEncoder
from tests.indexer.linking import made, published

QUESTION = "double jeopardy"


@pytest.mark.parametrize(
    ("words", "article"),
    [
        ("double jeopardy", ("CCPR", "14", "7")),
        ("Ne bis in idem", ("CCPR", "14", "7")),
        ("right to appeal", ("CCPR", "14", "5")),
        ("the examination of witnesses", ("CCPR", "14", "3", "e")),
        ("fair trial - witnesses", ("CCPR", "14", "3", "e")),
        ("non-refoulement", ("CAT", "3")),
        ("exhaustion of domestic remedies", ("CCPR", "5", "2", "b")),
    ],
)
def test_a_right_is_known_by_its_names(words: str, article: tuple[str, ...]) -> None:
    named = articles_named(words)
    assert max(named, key=lambda each: named[each]) == article


@pytest.mark.parametrize(
    "words",
    [
        "",
        "schools for refugees in camps",
        "who told the Committee of the appeal that the lawyers made for their client last year",
        "воля",
    ],
)
def test_what_names_no_right_has_no_article(words: str) -> None:
    assert articles_named(words) == {}


def _of(symbol: str, said: str, body: str = "SAMPLE") -> Document:
    """Return a document of six passages about double jeopardy, of which four say something."""
    texts = [f"Double jeopardy was claimed, number {n}." for n in range(2)]
    return replace(made(symbol, [*texts, *([f"{said}."] * 4)]), body=body)


def _read(snapshot: Snapshot, question: str = QUESTION) -> dict[str, float]:
    found = gather(snapshot, FakeEncoder(), Question(words=question, by_document=True), {})
    assert found is not None
    level = np.full(len(found[0].rows), 0.5, np.float32)
    articles = whole_documents(snapshot, found[0], level, question).articles
    return {snapshot.columns.document_ids[number]: share for number, share in articles.items()}


def test_citations_are_counted_as_they_are_written(tmp_path: Path) -> None:
    cited = _read(
        published(
            tmp_path,
            _of("A/1", "He invoked article 14, paragraph 7, of the Covenant"),
            _of("A/2", "She invoked article 14 (7)"),
            _of("A/3", "They invoked articles 9 and 14, paragraph 7"),
            _of("A/4", "They invoked article 14, paragraph 5, and article 7"),
            _of("A/5", "They were 14 and 7 years old"),
        )
    )
    assert cited["A_1:en"] == cited["A_2:en"] == cited["A_3:en"] == 1
    assert cited["A_4:en"] == cited["A_5:en"] == 0


def test_a_committee_cites_its_own_treaty(tmp_path: Path) -> None:
    said = "She invoked article 14 (7)"
    cited = _read(published(tmp_path, _of("A/1", said, "CCPR"), _of("A/2", said, "CMW")))
    assert cited == {"A_1:en": 1, "A_2:en": 0}


def test_citations_count_the_less_the_less_the_question_is_a_name(tmp_path: Path) -> None:
    snapshot = published(tmp_path, _of("A/1", "She invoked article 14 (7)"))
    (likeness,) = articles_named("freedom from double jeopardy").values()
    assert 0.3 < likeness < 0.8
    assert _read(snapshot, "freedom from double jeopardy")["A_1:en"] == pytest.approx(likeness)


def test_what_is_cited_nowhere_counts_for_nobody(tmp_path: Path) -> None:
    snapshot = published(tmp_path, _of("A/1", "She invoked nothing"))
    assert _read(snapshot) == {}


def test_a_document_that_cites_the_article_stands_first(tmp_path: Path) -> None:
    said = "The claim was declared inadmissible for other reasons"
    snapshot = published(tmp_path, _of("A/1", said), _of("A/2", "She invoked article 14 (7)"))
    engine = Engine(snapshot, FakeEncoder())
    found = engine.search(SearchRequest(query=QUESTION, group_by_document=True))
    assert [group.hits[0].symbol for group in found.groups] == ["A/2", "A/1"]


def test_what_was_not_read_whole_keeps_its_score(tmp_path: Path) -> None:
    snapshot = published(tmp_path, _of("A/1", "One"), _of("A/2", "Two"))
    rows = (snapshot.document_rows("A_1:en")[0], snapshot.document_rows("A_2:en")[0])
    ranking = Ranking(rows, np.array([0.6, 0.5], np.float32))
    number = snapshot.columns.document_ids.index("A_1:en")
    apart = {group.document: group.score for group in grouped(snapshot, ranking)}
    beside = grouped(snapshot, replace(ranking, articles={number: 0.0}))
    together = {group.document: group.score for group in beside}
    assert together.pop(number) == pytest.approx((1 - ARTICLES_WEIGHT) * apart.pop(number))
    assert together == apart
