"""One paragraph followed through an invented series, by the engine and over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from corpus.errors import QueryError, UnknownNameError
from corpus.types import DocumentStatus
from search_api.app import create_app
from search_api.engine import Engine
from search_api.schemas import Lineage, Version
from tests.search_api.fake_engine import FakeOpener, fake_settings
from tests.search_api.yearly import engine_in, resolution


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = engine_in(tmp_path_factory.mktemp("index"))
    yield made
    made.close()


def places(found: Lineage) -> list[str]:
    return [version.passage.citation for version in found.versions]


def version(found: Lineage, citation: str) -> Version:
    (one,) = [each for each in found.versions if each.passage.citation == citation]
    return one


@pytest.fixture(scope="module")
def lawyer(engine: Engine) -> Lineage:
    return engine.bench.lineage("SAMPLE/2024/RES/1, para. 1")


def test_versions_from_first_use_to_the_one_asked_for(lawyer: Lineage) -> None:
    assert places(lawyer) == [
        "SAMPLE/2021/RES/1, para. 1", "SAMPLE/2022/RES/1, para. 2", "SAMPLE/2024/RES/1, para. 1",
    ]  # fmt: skip
    assert [each.first_use for each in lawyer.versions] == [True, False, False]
    assert [each.asked for each in lawyer.versions] == [False, False, True]
    assert lawyer.story[0] == "First used in SAMPLE/2021/RES/1, para. 1 (2021)."


def test_the_verb_grew_stronger_each_time(lawyer: Lineage) -> None:
    verbs = [each.verb for each in lawyer.versions[1:]]
    assert [(v.before, v.after, v.strength) for v in verbs if v] == [
        ("encourages", "calls upon", "stronger"), ("calls upon", "urges", "stronger"),
    ]  # fmt: skip
    assert any("grew stronger, encourages → calls upon" in each for each in lawyer.story)


def test_each_version_is_compared_with_the_one_before_it(lawyer: Lineage) -> None:
    before, after = lawyer.versions[:2]
    assert after.previous == before.passage.passage_id
    new = [after.passage.text[w.after.start : w.after.end] for w in after.words if w.kind != "same"]
    assert "of their own choosing" in new


def test_a_text_between_without_it_is_a_gap_and_the_next_a_return(lawyer: Lineage) -> None:
    assert [(each.symbol, each.place) for each in lawyer.without] == [
        ("SAMPLE/2023/RES/1", "between")
    ]
    assert [each.came_back for each in lawyer.versions] == [False, False, True]


def test_drafts_and_amendments_stand_beside_the_text_and_are_no_version(lawyer: Lineage) -> None:
    last = lawyer.versions[-1]
    assert [(p.passage.citation, p.passage.standing.name) for p in last.proposals] == [
        ("SAMPLE/2024/L.1, para. 1", "draft"), ("SAMPLE/2024/L.7, para. 1", "rejected"),
    ]  # fmt: skip
    draft, amendment = last.proposals
    assert draft.verb is not None
    assert (draft.verb.before, draft.verb.strength) == ("demands", "weaker")
    assert amendment.grade is None
    assert all(each.passage.standing.counts for each in lawyer.versions)


def test_what_was_dropped_is_said_with_the_texts_that_lack_it(engine: Engine) -> None:
    found = engine.bench.lineage("SAMPLE_2021_RES_1:en:2")
    assert places(found) == ["SAMPLE/2021/RES/1, para. 2", "SAMPLE/2022/RES/1, para. 3"]
    assert [(each.symbol, each.place) for each in found.without] == [
        ("SAMPLE/2023/RES/1", "after"), ("SAMPLE/2024/RES/1", "after"),
    ]  # fmt: skip
    assert found.story[-1] == (
        "Dropped after SAMPLE/2022/RES/1, para. 3 (2022): absent from SAMPLE/2023/RES/1 (2023); "
        "SAMPLE/2024/RES/1 (2024)."
    )
    assert found.versions[1].grade == "verbatim"
    assert found.versions[1].words == ()


def test_a_clause_of_a_draft_that_no_text_took_up(engine: Engine) -> None:
    found = engine.bench.lineage("SAMPLE/2024/L.1, para. 2")
    assert found.versions == ()
    assert [each.passage.citation for each in found.proposals] == ["SAMPLE/2024/L.1, para. 2"]
    assert found.story == ("SAMPLE/2024/L.1, para. 2 is a draft, and no text in force says it.",)


def test_other_languages_are_named_by_number_and_followed_where_asked(engine: Engine) -> None:
    found = engine.bench.lineage("SAMPLE_2024_RES_1:en:1")
    assert [twin.passage_id for twin in found.twins] == ["SAMPLE_2024_RES_1:fr:1"]
    french = engine.bench.lineage("SAMPLE_2024_RES_1:en:1", language="fr")
    assert french.passage.passage_id == "SAMPLE_2024_RES_1:fr:1"
    assert {each.passage.language for each in french.versions} == {"fr"}


@pytest.mark.parametrize("scope", ["body", "all"])
def test_wider_scopes_name_no_absence(engine: Engine, scope: str) -> None:
    found = engine.bench.lineage("SAMPLE_2024_RES_1:en:2", scope=scope)  # type: ignore[arg-type]
    assert places(found)[0] == "SAMPLE/2022/RES/1, para. 1"
    assert found.without == ()
    assert not found.series.complete
    assert found.story[0].startswith("Earliest found: ")


@pytest.mark.parametrize(
    ("reference", "language", "error", "says"),
    [
        ("SAMPLE/2024/RES/1", None, QueryError, "whole document"),
        ("SAMPLE/2024/RES/1, paras. 1-2", None, QueryError, "several paragraphs"),
        ("SAMPLE_2024_RES_1:en:99", None, UnknownNameError, "not in this index"),
        ("SAMPLE_2024_RES_1:en:1", "ru", UnknownNameError, "not here in language 'ru'"),
        ("SAMPLE/2024/RES/1, para. 1", "ru", UnknownNameError, "it is here in: en, fr"),
    ],
)
def test_what_cannot_be_followed_is_named(
    engine: Engine, reference: str, language: str | None, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        engine.bench.lineage(reference, language=language)


def test_over_http(engine: Engine) -> None:
    app = create_app(fake_settings(), FakeOpener([engine], engine.generation))  # type: ignore[list-item]
    with TestClient(app) as client:
        for name in ("SAMPLE_2024_RES_1:en:1", "SAMPLE/2024/RES/1, para. 1"):
            answer = client.get(f"/v1/lineage/{name}")
            assert answer.status_code == 200, answer.text
            assert len(Lineage.model_validate_json(answer.content).versions) == 3
        assert client.get("/v1/lineage/SAMPLE_2024_RES_1:en:99").status_code == 404
        assert client.get("/v1/lineage/SAMPLE_2024_RES_1:en").status_code == 422
        assert client.get("/v1/lineage/SAMPLE_2024_RES_1:en:1?scope=years").status_code == 422


SPECIAL = "Decides to extend the mandate of the special rapporteur for one year of further work;"
EXPERTS = "Decides to extend the mandate of the independent experts for one year of further work;"
DRIFTING = (
    "Calls upon the authorities of Freedonia to open every prison to unannounced visits by doctors",
    "Calls upon the authorities of Freedonia to open every prison to visits by judges and monitors",
    "Calls upon the police of Freedonia to open every cell to visits by judges and monitors daily",
    "Asks the police of Freedonia whether each cell saw visits by judges and monitors daily",
)


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A text drifts over four years; a second mandate is created in the words of the first."""
    documents = tuple(
        resolution(
            f"SAMPLE/{year}/RES/1", year, words, SPECIAL, *([EXPERTS] if year > 2031 else [])
        )
        for year, words in enumerate(DRIFTING, 2030)
    )
    revised = resolution(
        "SAMPLE/2033/L.1", 2033, DRIFTING[3], kind="draft-resolution",
        status=DocumentStatus.SUPERSEDED,
    )  # fmt: skip
    made = engine_in(tmp_path_factory.mktemp("changing"), (*documents, revised))
    yield made
    made.close()


def test_a_neighbour_with_its_own_continuation_is_no_version(changing: Engine) -> None:
    found = changing.bench.lineage("SAMPLE/2033/RES/1, para. 3")
    assert places(found) == ["SAMPLE/2032/RES/1, para. 3", "SAMPLE/2033/RES/1, para. 3"]
    other = changing.bench.lineage("SAMPLE/2033/RES/1, para. 2")
    assert [each.passage.number for each in other.versions] == ["2"] * 4


def test_a_text_that_drifted_is_followed_through_its_neighbour(changing: Engine) -> None:
    found = changing.bench.lineage("SAMPLE/2033/RES/1, para. 1")
    assert [each.passage.number for each in found.versions] == ["1"] * 4
    first = found.versions[0]
    assert first.through is not None
    assert first.through != found.passage.document_id


def test_a_draft_that_was_replaced_is_still_no_version(changing: Engine) -> None:
    found = changing.bench.lineage("SAMPLE/2033/RES/1, para. 1")
    assert "SAMPLE/2033/L.1, para. 1" not in places(found)
    (proposal,) = found.versions[-1].proposals
    assert proposal.passage.citation == "SAMPLE/2033/L.1, para. 1"
