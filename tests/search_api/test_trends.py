"""Trends against counts by hand: of words, of years and bodies, of doubles and languages."""

from __future__ import annotations

import csv
import io
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient

from corpus.errors import QueryError
from corpus.types import Document, DocumentStatus
from indexer.build import build_from_documents
from indexer.lexical import LexicalQuery
from indexer.snapshot import Snapshot
from search_api.app import create_app
from search_api.engine import Engine
from search_api.schemas import (
    Count,
    Filters,
    SearchRequest,
    TellingRequest,
    Trend,
    TrendFileRequest,
    TrendHow,
    TrendsRequest,
)
from search_api.trends.saying import BAR
from search_api.trends.telling import LEAST_PASSAGES, log_odds
from tests.fakes import FakeEncoder, document
from tests.indexer.linking import made, published, text
from tests.search_api.fake_engine import FakeEngine, FakeOpener, fake_settings

WORDS = ("water", "prison", "lawyer", "school", "border", "election", "harvest", "museum")
BODIES = ("CCPR", "CAT", "Council of Invented Rights")
RUSSIAN = document("S/RU/1", "Защитник не допущен.", "Вода и water.", language="ru", year=2003)


def _invented() -> list[Document]:
    chance = random.Random(7)
    documents = [
        document(
            f"S/{number}",
            *(" ".join(chance.sample(WORDS, 4)) + "." for _ in range(chance.randint(1, 9))),
            body=chance.choice(BODIES),
            year=chance.choice([None, 2001, 2002, 2003, 2005]),
            country=("BLR",) if number % 3 else (),
        )
        for number in range(24)
    ]
    return [*documents, RUSSIAN]


DOCUMENTS = _invented()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("index")
    build_from_documents(DOCUMENTS, folder, encoder=FakeEncoder())
    made = Engine(Snapshot.open(folder), FakeEncoder())
    yield made
    made.close()


def trend(engine: Engine, query: str, how: TrendHow = "words", **filters: object) -> Trend:
    asked = TrendsRequest(
        queries=(query,), how=how, filters=Filters.model_validate({"language": ("en",)} | filters)
    )
    (found,) = engine.trends.trends(asked).trends
    return found


def brute(*wanted: str, among: list[Document] | None = None) -> dict[str, Counter[object]]:
    """Count by hand, of documents in English: passages and documents, all and with the words."""
    counts: dict[str, Counter[object]] = {
        name: Counter() for name in ("passages", "of_passages", "documents", "of_documents")
    }
    for each in DOCUMENTS if among is None else among:
        if each.language != "en":
            continue
        places = ("all", each.year, each.body, (each.body, each.year))
        said = [p for p in each.paragraphs if set(wanted) <= set(re.findall(r"\w+", p.text))]
        for place in places:
            counts["of_passages"][place] += len(each.paragraphs)
            counts["of_documents"][place] += 1
            counts["passages"][place] += len(said)
            counts["documents"][place] += bool(said)
    return counts


def same(found: Count, counted: dict[str, Counter[object]], place: object) -> bool:
    return all(getattr(found, name) == counted[name][place] for name in counted)


@pytest.mark.parametrize("words", [("water",), ("prison", "lawyer"), ("water", "school", "museum")])
def test_counts_are_those_of_reading_every_passage(engine: Engine, words: tuple[str, ...]) -> None:
    found, counted = trend(engine, " ".join(words)), brute(*words)
    assert counted["passages"]["all"] > 0
    assert same(found.total, counted, "all")
    assert same(found.undated, counted, None)
    assert [each.year for each in found.by_year] == [2001, 2002, 2003, 2005]
    assert all(same(each, counted, each.year) for each in found.by_year)
    assert {each.body for each in found.by_body} == set(BODIES)
    assert all(same(each, counted, each.body) for each in found.by_body)
    passages = [each.passages for each in found.by_body]
    assert passages == sorted(passages, reverse=True)
    held = {place for place in counted["of_passages"] if isinstance(place, tuple) and place[1]}
    assert {(each.body, each.year) for each in found.by_body_and_year} == held
    assert all(same(each, counted, (each.body, each.year)) for each in found.by_body_and_year)


def test_filters_of_the_request_and_of_the_query_narrow_what_is_counted_among(
    engine: Engine,
) -> None:
    among = [d for d in DOCUMENTS if d.country == ("BLR",) and (d.year or 0) >= 2002]
    counted = brute("water", among=among)
    assert same(trend(engine, "water", country=("BLR",), year_from=2002).total, counted, "all")
    assert same(trend(engine, "water country:BLR year:2002..").total, counted, "all")


def test_a_phrase_stands_as_written_and_an_exclusion_leaves_out(engine: Engine) -> None:
    texts = [p.text for d in DOCUMENTS if d.language == "en" for p in d.paragraphs]
    pair = next(m for m in (re.match(r"(\w+ \w+)", t) for t in texts) if m)[1]
    assert trend(engine, f'"{pair}"').total.passages == sum(pair in t for t in texts)
    left = sum("water" in t and "prison" not in t for t in texts)
    assert trend(engine, "water -prison").total.passages == left


def test_words_are_found_in_their_inflections_and_with_hyphens(tmp_path: Path) -> None:
    texts = (
        "Counter-terrorism laws.", "Counterterrorism law.", "To counter terrorism, laws.",
        "A counter. A fear.", "Other laws on the matter.",
    )  # fmt: skip
    build_from_documents([document("S/1", *texts)], tmp_path, encoder=FakeEncoder())
    snapshot = Snapshot.open(tmp_path)

    def rows(words: str) -> list[int]:
        return sorted(snapshot.lexical.holding(LexicalQuery(words)).tolist())

    assert rows("counter-terrorism") == [0, 1, 2]
    assert rows("the laws on counterterrorism") == [0, 1]
    assert rows("law") == [0, 1, 2, 4]
    assert rows("law unheard") == []
    assert rows("the") == [4]
    snapshot.close()


def test_what_is_close_counts_from_the_bar_on(engine: Engine) -> None:
    found = trend(engine, "prison lawyer", "meaning")
    request = SearchRequest(
        query="prison lawyer", k=200, filters=Filters(language=("en",)), highlights=False
    )
    scores = [hit.score for hit in engine.search(request).hits]
    close = sum(score >= BAR for score in scores)
    assert 0 < close < len(scores)
    assert found.total.passages == close
    assert found.complete


def test_languages_that_hold_nearly_nothing_of_it_are_left_out_and_told(engine: Engine) -> None:
    (found,) = engine.trends.trends(TrendsRequest(queries=("water",))).trends
    assert (found.languages, found.elsewhere) == (("en",), 1)
    assert same(found.total, brute("water"), "all")
    (russian,) = engine.trends.trends(TrendsRequest(queries=("защитника",))).trends
    assert russian.languages == ("ru",)
    assert (russian.total.passages, russian.total.of_passages) == (1, 2)


def test_a_draft_and_what_was_adopted_of_it_count_once(tmp_path: Path) -> None:
    words = text(1)
    draft = made(
        "A/HRC/59/L.17", words, kind="draft-resolution", status=DocumentStatus.DRAFT, session="59"
    )
    adopted = made(
        "A/HRC/RES/59/25", [*words, "A paragraph put in orally."], kind="resolution", session="59",
        status=DocumentStatus.ADOPTED_WITHOUT_VOTE,
    )  # fmt: skip
    found = Engine(published(tmp_path, draft, adopted), FakeEncoder())
    (both,) = found.trends.trends(TrendsRequest(queries=(words[3].split()[0],))).trends
    assert both.total.of_passages == len(words) + 1
    assert both.total.of_documents == 1
    filters = Filters(kind=("draft-resolution",))
    asked = TrendsRequest(queries=("orally",), filters=filters)
    assert found.trends.trends(asked).trends[0].total.of_passages == len(words)
    found.close()


def test_versions_in_several_languages_are_one_document(tmp_path: Path) -> None:
    versions = [document("S/9", "Water for all."), document("S/9", "Water, вода.", language="ru")]
    build_from_documents(versions, tmp_path, encoder=FakeEncoder())
    engine = Engine(Snapshot.open(tmp_path), FakeEncoder())
    (found,) = engine.trends.trends(TrendsRequest(queries=("water",))).trends
    assert set(found.languages) == {"en", "ru"}
    assert (found.total.passages, found.total.documents, found.total.of_documents) == (2, 1, 1)
    engine.close()


@pytest.mark.parametrize("how", ["words", "meaning"])
@pytest.mark.parametrize("query", ["", "   ", "-water", "…", '"', "year:2001"])
def test_nothing_to_look_for_is_no_error(engine: Engine, query: str, how: TrendHow) -> None:
    found = trend(engine, query or " ", how)
    assert found.total.passages == 0
    assert found.total.of_passages > 0


def test_a_symbol_counts_what_mentions_it(tmp_path: Path) -> None:
    texts = ("Recalling A/HRC/15/16 of 2010.", "Nothing of the kind.")
    build_from_documents([document("S/1", *texts)], tmp_path, encoder=FakeEncoder())
    engine = Engine(Snapshot.open(tmp_path), FakeEncoder())
    found = trend(engine, "A/HRC/15/16")
    assert found.total.passages == 1
    assert "counted: passages that mention A/HRC/15/16" in found.warnings
    engine.close()


def test_years_that_run_backwards_are_refused(engine: Engine) -> None:
    with pytest.raises(QueryError, match="2010 is after year_to 2001"):
        trend(engine, "water", year_from=2010, year_to=2001)


def test_a_table_is_csv_that_no_spreadsheet_runs(engine: Engine) -> None:
    asked = TrendFileRequest(queries=("water", "=water+prison"), table="year")
    file = engine.trends.file(asked)
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    counted = brute("water")
    first = [row for row in rows if row["query"] == "water"]
    assert [row["year"] for row in first] == ["2001", "2002", "2003", "2005", ""]
    assert [int(row["passages"]) for row in first] == [
        counted["passages"][int(row["year"]) if row["year"] else None] for row in first
    ]
    assert {row["query"] for row in rows} == {"water", "'=water+prison"}
    assert file.name == "trend-year-water-water-prison.csv"


# Words of periods -----------------------------------------------------------------------------


def test_log_odds_are_those_of_the_paper() -> None:
    """By the formulas 15, 16, 19, 20 and 22 of Monroe, Colaresi and Quinn, word by word."""
    inside, outside = np.array([30.0, 5.0, 65.0]), np.array([10.0, 45.0, 145.0])
    prior = 20.0
    for word in range(3):
        pull = prior * (inside[word] + outside[word]) / (inside.sum() + outside.sum())
        a, b = inside[word] + pull, outside[word] + pull
        delta = np.log(a / (inside.sum() + prior - a)) - np.log(b / (outside.sum() + prior - b))
        expected = delta / np.sqrt(1 / a + 1 / b)
        assert log_odds(inside, outside, prior)[word] == pytest.approx(expected)
    assert log_odds(inside, outside)[0] > 0 > log_odds(inside, outside)[1]


def test_new_and_fading_words_are_told_with_their_documents(tmp_path: Path) -> None:
    chance = random.Random(3)
    others = [f"{a}{b}zo" for a in ("ba", "ke", "mi", "lu", "dor") for b in WORDS]
    others += [f"{other}x" for other in others]

    def said(year: int) -> str:
        period = "telegrams" if year < 2010 else "satellites"
        return f"Prisons and {period}: {' '.join(chance.sample(others, 12))}."

    documents = [
        document(
            f"S/{year}/{at}",
            *(said(year) for _ in range(6)),
            *(["Prisons with a lighthouse."] * 4 if (year, at) == (2012, 0) else []),
            year=year,
        )
        for year in (2001, 2002, 2012)
        for at in range(4)
    ]
    build_from_documents(documents, tmp_path, encoder=FakeEncoder())
    engine = Engine(Snapshot.open(tmp_path), FakeEncoder())
    told = engine.trends.telling(TellingRequest(query="prison", periods=2))
    engine.close()
    first, last = told.periods
    assert (first.year_from, first.year_to, first.passages, first.documents) == (2001, 2002, 48, 8)
    assert (last.year_from, last.year_to, last.passages, last.documents) == (2012, 2012, 28, 4)
    assert [(w.word, w.passages, w.elsewhere, w.documents) for w in first.words] == [
        ("telegrams", 48, 0, 8)
    ]
    # "lighthouse" stands in one document only, however often.
    assert [w.word for w in last.words] == ["satellites"]
    assert told.language == "en"


def test_a_theme_of_few_passages_has_no_periods(engine: Engine) -> None:
    few = engine.trends.telling(TellingRequest(query="water prison lawyer school"))
    assert few.passages < 2 * LEAST_PASSAGES
    assert few.periods == ()


# Over HTTP ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = create_app(fake_settings(), FakeOpener.of(FakeEngine()))
    with TestClient(app) as client:
        yield client


def test_a_link_counts_as_a_request_does(client: TestClient) -> None:
    linked = client.get("/v1/trends", params={"q": ["a", "b"], "how": "meaning", "year": "2010.."})
    posted = client.post("/v1/trends", json={"queries": ["a", "b"], "how": "meaning"})
    assert linked.status_code == posted.status_code == 200
    assert linked.json() == posted.json()


@pytest.mark.parametrize(
    "wrong", [{"queries": []}, {"queries": [""]}, {"queries": ["a"] * 9}, {"queries": ["a" * 501]}]
)
def test_what_cannot_be_counted_is_a_problem(client: TestClient, wrong: dict[str, object]) -> None:
    assert client.post("/v1/trends", json=wrong).status_code == 422


def test_the_table_is_a_file(client: TestClient) -> None:
    answer = client.post("/v1/trends/file", json={"queries": ["a"], "table": "body"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
