"""One text is shown once: in its best standing, with where else it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.types import DocumentStatus
from search_api.engine import Engine
from search_api.schemas import Filters, SearchRequest
from tests.fakes import FakeEncoder
from tests.indexer.linking import altered, made, published, text

TEXT = text(1)
ADOPTED = [altered(TEXT[0], 30), *TEXT[1:6], "A paragraph that was put in orally.", *TEXT[6:]]
DRAFT = made(
    "A/HRC/59/L.17", TEXT, kind="draft-resolution", status=DocumentStatus.DRAFT, session="59"
)
RESOLUTION = made(
    "A/HRC/RES/59/25", ADOPTED, kind="resolution", session="59",
    status=DocumentStatus.ADOPTED_WITHOUT_VOTE,
)  # fmt: skip
YEARLY = made("A/HRC/RES/56/8", [*TEXT[:4], *text(5, 8)], kind="resolution", session="56")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("index")
    return Engine(published(folder, DRAFT, RESOLUTION, YEARLY), FakeEncoder())


def ids(engine: Engine, query: str, **fields: object) -> list[str]:
    request = SearchRequest.model_validate({"query": query, **fields})
    return [hit.passage_id for hit in engine.search(request).hits]


def test_the_adopted_text_is_shown_and_the_draft_named(engine: Engine) -> None:
    found = engine.search(SearchRequest(query=TEXT[7], k=50))
    first = found.hits[0]
    assert first.passage_id == "A_HRC_RES_59_25:en:9"
    (double,) = first.also_in
    assert (double.citation, double.status, double.link) == (
        "A/HRC/59/L.17, para. 8", "draft", "adopted-as"
    )  # fmt: skip
    shown = [hit.passage_id for hit in found.hits]
    assert len(shown) == len(set(shown))
    assert not any(each.startswith("A_HRC_59_L.17") for each in shown)


def test_near_identical_paragraphs_fold_too(engine: Engine) -> None:
    """The draft's first paragraph has one other word in forty; the query is the draft's own."""
    first = engine.search(SearchRequest(query=TEXT[0])).hits[0]
    assert first.passage_id in {"A_HRC_RES_59_25:en:1", "A_HRC_RES_56_8:en:1"}
    assert "A_HRC_59_L.17:en:1" not in ids(engine, TEXT[0], k=50)


def test_the_same_sentence_of_another_year_is_another_precedent(engine: Engine) -> None:
    assert set(ids(engine, TEXT[2], k=2)) == {"A_HRC_RES_56_8:en:3", "A_HRC_RES_59_25:en:3"}


def test_a_filter_that_leaves_the_adopted_text_out_shows_the_draft(engine: Engine) -> None:
    filters = Filters(kind=("draft-resolution",))
    hit = engine.search(SearchRequest(query=TEXT[7], filters=filters)).hits[0]
    assert hit.passage_id == "A_HRC_59_L.17:en:8"
    assert [(d.citation, d.link) for d in hit.also_in] == [("A/HRC/RES/59/25, para. 9", "adopts")]


def test_quoted_words_that_only_the_draft_has_find_the_draft(engine: Engine) -> None:
    phrase = " ".join(TEXT[0].split()[28:33])
    found = ids(engine, f'"{phrase}"')
    assert sorted(found) == ["A_HRC_59_L.17:en:1", "A_HRC_RES_56_8:en:1"]


@pytest.mark.parametrize("k", [1, 5, 11])
def test_folding_leaves_k_hits(engine: Engine, k: int) -> None:
    assert len(ids(engine, " ".join(TEXT[:6]), k=k)) == k


def test_pages_hold_no_double(engine: Engine) -> None:
    query = " ".join(TEXT)[:900]
    paged = [each for at in range(0, 25, 5) for each in ids(engine, query, k=5, offset=at)]
    assert paged == ids(engine, query, k=25)
    assert not any(each.startswith("A_HRC_59_L.17") for each in paged)


def test_what_is_asked_for_by_name_is_shown_whatever_it_is(engine: Engine) -> None:
    assert ids(engine, "A/HRC/59/L.17, para. 8") == ["A_HRC_59_L.17:en:8"]


def test_like_passages_leave_out_lesser_doubles_only(engine: Engine) -> None:
    of_adopted = engine.similar("A_HRC_RES_59_25:en:9", k=50)
    assert "A_HRC_59_L.17:en:8" not in [hit.passage_id for hit in of_adopted.hits]
    of_draft = engine.similar("A_HRC_59_L.17:en:8", k=5)
    assert of_draft.hits[0].passage_id == "A_HRC_RES_59_25:en:9"


def test_a_document_names_what_belongs_with_it(engine: Engine) -> None:
    (link,) = engine.document("A/HRC/RES/59/25").links
    assert (link.kind, link.symbol, link.shared, link.numbered) == (
        "adopts", "A/HRC/59/L.17", 12, 12
    )  # fmt: skip
    assert link.contained is not None
    assert 0.9 < link.contained < 1


def test_long_paragraphs_that_were_split_otherwise_fold(tmp_path: Path) -> None:
    """Sixty-four words are the most a passage has here; a paragraph of 120 is two or three."""
    long = " ".join(" ".join(text(n, 1)) for n in range(20, 23))
    other = "Recalling also. " + long
    engine = Engine(
        published(
            tmp_path,
            made("A/HRC/15/2", [long, *TEXT]),
            made("A/HRC/15/2/Rev.1", [other, *TEXT]),
        ),
        FakeEncoder(),
    )
    found = ids(engine, long, k=50)
    assert found
    assert not any(each.startswith("A_HRC_15_2:") for each in found)
    engine.close()
