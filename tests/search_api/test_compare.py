"""Two texts held against each other, by the engine and over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from corpus.errors import QueryError, UnknownNameError
from search_api.app import create_app
from search_api.engine import Engine
from search_api.schemas import CompareRequest, Comparison, Passage
from tests.fakes import document
from tests.search_api.fake_engine import FakeOpener, fake_settings
from tests.search_api.yearly import DOCUMENTS, engine_in

LONG = " ".join(f"Sentence {n} tells of associations in district {n}." for n in range(30))
PARTED = (
    document("SAMPLE/2020/SR/1", LONG, "Prisons were cold."),
    document("SAMPLE/2021/SR/1", f"{LONG} They were closed.", "Prisons were cold."),
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = engine_in(tmp_path_factory.mktemp("index"), (*DOCUMENTS, *PARTED))
    yield made
    made.close()


def compared(engine: Engine, first: str, second: str, language: str | None = None) -> Comparison:
    return engine.bench.compare(CompareRequest(first=first, second=second, language=language))


def became(found: Comparison) -> list[tuple[str, str | None, str | None]]:
    def label(passage: Passage | None) -> str | None:
        return passage and passage.paragraph_id

    return [(each.became, label(each.first), label(each.second)) for each in found.paragraphs]


def test_a_draft_against_its_adopted_text_shows_what_was_lost(engine: Engine) -> None:
    found = compared(engine, "SAMPLE/2024/L.1", "SAMPLE/2024/RES/1")
    assert became(found) == [
        ("unchanged", "pp1", "pp1"),
        ("changed", "1", "1"),
        ("lost", "2", None),
        ("unchanged", "3", "2"),
        ("unchanged", "4", "3"),
        ("unchanged", "5", "4"),
    ]
    counts = found.counts
    assert (counts.lost, counts.added, counts.moved, counts.renumbered) == (1, 0, 0, 3)
    assert counts.weaker == 1
    changed = found.paragraphs[1]
    assert changed.verb is not None
    assert (changed.verb.before, changed.verb.after) == ("demands", "urges")
    assert found.paragraphs[2].first is not None
    assert not found.paragraphs[2].first.standing.counts


def test_spans_of_what_differs_slice_both_texts(engine: Engine) -> None:
    found = compared(engine, "SAMPLE/2021/RES/1, para. 1", "SAMPLE/2022/RES/1, para. 2")
    (pair,) = found.paragraphs
    assert pair.first is not None
    assert pair.second is not None
    gone = [pair.first.text[w.before.start : w.before.end] for w in pair.words if w.kind != "same"]
    new = [pair.second.text[w.after.start : w.after.end] for w in pair.words if w.kind != "same"]
    assert gone == ["Encourages", ""]
    assert new == ["Calls upon", "of their own choosing"]
    assert pair.verb is not None
    assert pair.verb.strength == "stronger"
    assert found.of == "paragraphs"


def test_two_paragraphs_with_nothing_in_common_are_still_compared(engine: Engine) -> None:
    found = compared(engine, "SAMPLE/2021/RES/1, para. 1", "SAMPLE_2023_RES_1:en:3")
    (pair,) = found.paragraphs
    assert pair.became == "changed"
    assert pair.similarity is not None
    assert pair.similarity < 0.4


def test_a_moved_paragraph_is_told_from_a_renumbered_one(engine: Engine) -> None:
    found = compared(engine, "SAMPLE/2023/RES/1", "SAMPLE/2024/RES/1")
    moved = {each.second.paragraph_id: each.moved for each in found.paragraphs if each.second}
    assert sorted(moved) == ["1", "2", "3", "4", "pp1"]
    assert sum(moved.values()) == 1
    assert moved["3"] or moved["4"]
    assert not moved["2"]


def test_how_it_was_adopted_is_no_wording(engine: Engine) -> None:
    found = compared(engine, "SAMPLE/2024/L.1", "SAMPLE/2024/RES/1")
    assert found.second.paragraphs == 5
    assert not any(each.second and "meeting" in each.second.text for each in found.paragraphs)


def test_language_versions_stand_side_by_side_by_number(engine: Engine) -> None:
    found = compared(engine, "SAMPLE_2024_RES_1:en", "SAMPLE_2024_RES_1:fr")
    assert (found.aligned_by, found.link) == ("number", "language-version")
    assert became(found)[:3] == [
        ("translated", "pp1", "pp1"), ("translated", "1", "1"), ("translated", "2", "2"),
    ]  # fmt: skip
    assert found.counts.lost == 2
    assert all(not each.words and each.verb is None for each in found.paragraphs)


def test_long_paragraphs_are_compared_whole(engine: Engine) -> None:
    number = engine.snapshot.rows_of_paragraph("SAMPLE_2020_SR_1:en", "1")
    assert len(number) > 1
    found = compared(engine, "SAMPLE/2020/SR/1", "SAMPLE/2021/SR/1")
    assert became(found) == [("changed", "1", "1"), ("unchanged", "2", "2")]
    assert found.paragraphs[0].first is not None
    assert found.paragraphs[0].first.text == LONG


@pytest.mark.parametrize(
    ("first", "second", "error", "says"),
    [
        (
            "SAMPLE/2024/L.1",
            "SAMPLE/2024/RES/1, para. 1",
            QueryError,
            "compare two documents, or two",
        ),
        (
            "SAMPLE/2024/RES/1, paras. 1-3",
            "SAMPLE/2024/RES/1, para. 1",
            QueryError,
            "several paragraphs",
        ),
        ("SAMPLE/1999/RES/1", "SAMPLE/2024/RES/1", UnknownNameError, "not in this index"),
        (
            "SAMPLE/2024/RES/1, para. 99",
            "SAMPLE/2024/RES/1, para. 1",
            UnknownNameError,
            "no paragraph 99",
        ),
        ("what is this?", "SAMPLE/2024/RES/1", UnknownNameError, "not in this index"),
    ],
)
def test_what_cannot_be_compared_is_named(
    engine: Engine, first: str, second: str, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        compared(engine, first, second)


def test_a_language_that_is_not_held_is_named(engine: Engine) -> None:
    with pytest.raises(UnknownNameError, match="it is here in: en, fr"):
        compared(engine, "SAMPLE/2024/RES/1", "SAMPLE/2024/RES/1", "ru")


def test_over_http(engine: Engine) -> None:
    app = create_app(fake_settings(), FakeOpener([engine], engine.generation))  # type: ignore[list-item]
    with TestClient(app) as client:
        asked = {"first": "SAMPLE/2024/L.1", "second": "SAMPLE/2024/RES/1"}
        answer = client.post("/v1/compare", json=asked)
        assert answer.status_code == 200, answer.text
        assert Comparison.model_validate_json(answer.content).counts.lost == 1
        mixed = client.post("/v1/compare", json={**asked, "second": "SAMPLE_2024_RES_1:en:1"})
        assert mixed.status_code == 422
        assert "compare two documents, or two paragraphs" in mixed.json()["detail"]
        assert client.post("/v1/compare", json={**asked, "first": "X/1"}).status_code == 404
        assert client.post("/v1/compare", json={**asked, "first": ""}).status_code == 422
        assert client.post("/v1/compare", json={**asked, "third": "x"}).status_code == 422
