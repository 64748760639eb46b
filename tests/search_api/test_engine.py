"""The engine over a small invented index, with a bag of words for a model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from corpus.errors import IndexMismatchError, QueryError, UnknownNameError
from indexer.build import build_from_documents
from indexer.snapshot import Snapshot
from search_api.engine import Engine
from search_api.schemas import Filters, SearchRequest
from tests.fakes import FakeEncoder, document

DOCUMENTS = [
    document(
        "SAMPLE/2022/SR/1",
        "Detained lawyers were denied access to counsel of their choice.",
        "Prison cells were cold and crowded.",
        "The State party should repeal the decree on associations.",
        country=("BLR",),
        year=2022,
        title="Report on the situation in Exemplaria",
    ),
    document(
        "SAMPLE/2023/SR/2",
        "Counsel was refused to many detainees.",
        "Journalists left the country.",
        year=2023,
    ),
    document("SAMPLE/2023/SR/2", "Защитника не допускали к задержанным.", language="ru", year=2023),
    document(
        "SAMPLE/2024/NGO/3",
        "We ask the Council to speak of lawyers.",
        " ".join(f"Sentence {n} tells of associations." for n in range(40)),
        kind="ngo-statement",
        body="An invented league",
        year=2024,
    ),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    index_dir = tmp_path_factory.mktemp("index")
    build_from_documents(DOCUMENTS, index_dir, encoder=FakeEncoder())
    made = Engine(Snapshot.open(index_dir), FakeEncoder())
    yield made
    made.close()


def _ids(engine: Engine, query: str, **fields: Any) -> list[str]:
    return [hit.passage_id for hit in engine.search(SearchRequest(query=query, **fields)).hits]


@pytest.mark.parametrize("signals", ["lexical", "dense", "hybrid"])
def test_the_planted_answer_is_first_with_its_citation(engine: Engine, signals: Any) -> None:
    answer = engine.search(
        SearchRequest(query="access to counsel of their choice", signals=signals)
    )
    first = answer.hits[0]
    assert first.citation == "SAMPLE/2022/SR/1, para. 1"
    assert (first.rank, first.number, first.pages, first.year) == (1, "1", (1,), 2022)
    assert first.score == first.scores.fused
    assert (first.scores.lexical is None) == (signals == "dense")
    assert (first.scores.dense is None) == (signals == "lexical")
    assert [hit.score for hit in answer.hits] == sorted(
        (hit.score for hit in answer.hits), reverse=True
    )


def test_filters_apply_before_ranking(engine: Engine) -> None:
    answer = engine.search(
        SearchRequest(query="counsel", k=1, filters=Filters(kind=("ngo-statement",)))
    )
    assert answer.hits[0].kind == "ngo-statement"
    assert answer.allowed == sum(p.kind == "ngo-statement" for p in _all(engine))
    years = Filters(year_from=2023, year_to=2023)
    assert set(_ids(engine, "counsel", filters=years)) <= {
        "SAMPLE_2023_SR_2:en:1", "SAMPLE_2023_SR_2:en:2", "SAMPLE_2023_SR_2:ru:1"
    }  # fmt: skip
    assert _ids(engine, "counsel", filters=Filters(country=("Belarus",)))[0].startswith(
        "SAMPLE_2022"
    )


def _all(engine: Engine) -> list[Any]:
    documents = engine.documents(filters=Filters(), text=None, offset=0, k=50).documents
    return [p for d in documents for p in engine.document(d.document_id).contents]


def test_a_filter_that_no_document_meets_says_so(engine: Engine) -> None:
    answer = engine.search(SearchRequest(query="counsel", filters=Filters(kind=("poem",))))
    assert (answer.hits, answer.allowed) == ((), 0)
    assert answer.warnings == ("no document has the kind 'poem'",)


def test_phrases_and_exclusions_bind_both_signals(engine: Engine) -> None:
    assert _ids(engine, '"counsel of their choice"') == ["SAMPLE_2022_SR_1:en:1"]
    found = _ids(engine, "counsel detainees -refused", signals="dense")
    assert found
    assert "SAMPLE_2023_SR_2:en:1" not in found
    assert _ids(engine, '"choice of their counsel"') == []


def test_a_symbol_and_a_citation_go_straight_there(engine: Engine) -> None:
    answer = engine.search(SearchRequest(query="sample/2022/sr/1"))
    assert answer.interpretation == "symbol"
    assert [hit.number for hit in answer.hits] == ["1", "2", "3"]
    answer = engine.search(SearchRequest(query="SAMPLE/2023/SR/2, para. 1"))
    assert answer.interpretation == "citation"
    assert {hit.language for hit in answer.hits} == {"en", "ru"}
    answer = engine.search(SearchRequest(query="SAMPLE/2022/SR/1, para. 77"))
    assert answer.hits == ()
    assert "no paragraph 77" in answer.warnings[0]


def test_an_unknown_symbol_finds_who_mentions_it(engine: Engine) -> None:
    answer = engine.search(SearchRequest(query="SAMPLE/1999/SR/9"))
    assert answer.hits == ()
    assert "not in this index" in answer.warnings[0]


def test_an_empty_query_is_answered(engine: Engine) -> None:
    answer = engine.search(SearchRequest(query="  "))
    assert (answer.interpretation, answer.hits, answer.total) == ("empty", (), 0)


def test_highlights_are_the_matched_words(engine: Engine) -> None:
    hit = engine.search(SearchRequest(query='lawyer "of their choice"')).hits[0]
    marked = {(hit.text[mark.start : mark.end], mark.kind) for mark in hit.highlights}
    assert ("of their choice", "phrase") in marked
    assert ("lawyers", "word") in marked


def test_a_hit_without_the_words_shows_its_nearest_sentence(engine: Engine) -> None:
    """The bag of words knows no synonyms; a word that stands nowhere leaves only meaning."""
    answer = engine.search(SearchRequest(query="zzz", signals="dense", k=50))
    marked = [hit for hit in answer.hits if hit.highlights]
    assert {mark.kind for hit in marked for mark in hit.highlights} == {"sentence"}
    assert all(len(hit.highlights) == 1 for hit in marked)
    assert 0 < len(marked) <= 10
    quiet = engine.search(SearchRequest(query="zzz", signals="dense", highlights=False))
    assert not any(hit.highlights for hit in quiet.hits)


def test_groups_hold_a_document_once(engine: Engine) -> None:
    answer = engine.search(SearchRequest(query="counsel lawyers", group_by_document=True))
    assert answer.hits == ()
    ids = [group.document_id for group in answer.groups]
    assert len(ids) == len(set(ids))
    assert answer.total >= len(ids)
    scores = [group.score for group in answer.groups]
    assert scores == sorted(scores, reverse=True)
    assert all(group.score <= group.hits[0].score + 1e-6 for group in answer.groups)


def test_pages_join_without_gap_or_repeat(engine: Engine) -> None:
    whole = _ids(engine, "counsel lawyers associations", k=100)
    first = engine.search(SearchRequest(query="counsel lawyers associations", k=3))
    paged = [hit.passage_id for hit in first.hits]
    cursor = first.next_cursor
    while cursor:
        page = engine.search(
            SearchRequest(query="counsel lawyers associations", k=3, cursor=cursor)
        )
        paged += [hit.passage_id for hit in page.hits]
        cursor = page.next_cursor
    assert paged == whole
    with pytest.raises(QueryError, match="next_cursor"):
        engine.search(SearchRequest(query="x", cursor="made up"))


def test_a_long_paragraph_is_cited_once_with_its_parts(engine: Engine) -> None:
    hits = engine.search(SearchRequest(query="Sentence tells of associations", k=10)).hits
    parts = [hit for hit in hits if hit.parts > 1]
    assert parts
    assert {hit.citation for hit in parts} == {"SAMPLE/2024/NGO/3, para. 2"}


def test_similar_leaves_the_passage_itself_out(engine: Engine) -> None:
    answer = engine.similar("SAMPLE_2022_SR_1:en:1", k=4)
    ids = [hit.passage_id for hit in answer.hits]
    assert "SAMPLE_2022_SR_1:en:1" not in ids
    assert "SAMPLE_2023_SR_2:en:1" in ids
    with pytest.raises(UnknownNameError):
        engine.similar("nothing:en:1")


def test_neighbours_stay_within_the_document(engine: Engine) -> None:
    found = engine.passage("SAMPLE_2022_SR_1:en:2", before=5, after=5)
    assert [p.number for p in found.before] == ["1"]
    assert [p.number for p in found.after] == ["3"]
    assert engine.passage("SAMPLE_2022_SR_1:en:2", before=0, after=0).before == ()


def test_a_document_by_symbol_language_and_id(engine: Engine) -> None:
    assert engine.document("SAMPLE/2023/SR/2").language == "en"
    assert engine.document("SAMPLE/2023/SR/2", language="ru").language == "ru"
    assert engine.document("SAMPLE_2023_SR_2:ru").contents[0].text.startswith("Защитника")
    with pytest.raises(UnknownNameError, match="it is here in: en, ru"):
        engine.document("SAMPLE/2023/SR/2", language="fr")


def test_facets_count_under_the_other_facets(engine: Engine) -> None:
    facets = engine.facets(Filters(language=("ru",)))
    assert {value.value: value.documents for value in facets.language} == {"en": 3, "ru": 1}
    assert {value.value: value.documents for value in facets.kind} == {
        "special-rapporteur-report": 1
    }
    assert [value.value for value in engine.facets().year] == ["2024", "2023", "2022"]
    assert [(v.value, v.label) for v in engine.facets().country] == [("BLR", "Belarus")]


def test_documents_are_listed_and_found_by_title(engine: Engine) -> None:
    listed = engine.documents(filters=Filters(), text=None, offset=1, k=2)
    assert (listed.total, len(listed.documents)) == (4, 2)
    found = engine.documents(filters=Filters(), text="exemplaria", offset=0, k=5)
    assert [d.symbol for d in found.documents] == ["SAMPLE/2022/SR/1"]


def test_another_model_is_refused(engine: Engine) -> None:
    with pytest.raises(IndexMismatchError, match="precedent models pull fake"):
        Engine(engine.snapshot, FakeEncoder(digest="0" * 64))
