"""What an answer tells beside its hits: counts, other questions, ways out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.build import build_from_documents
from indexer.snapshot import Snapshot
from search_api.engine import Engine
from search_api.query import as_typed, parse_query
from search_api.query.alike import symbols_alike, symbols_spelt
from search_api.schemas import Filters, SearchRequest, SearchResponse
from tests.fakes import FakeEncoder, document

DOCUMENTS = [
    document(
        "A/HRC/90/12",
        "Counsel was refused to detainees.",
        "Prison cells were cold.",
        "Journalists left.",
        country=("BLR",),
        year=2022,
        title="Report on Exemplaria",
    ),
    document("A/HRC/90/12", "Защитника не допускали.", language="ru", country=("BLR",), year=2022),
    document("A/HRC/91/7", "Counsel came late to detainees.", kind="resolution", year=2023),
    document("A/HRC/91/8", "Counsel and cold cells.", kind="resolution", year=2024),
    document("CCPR/C/GC/90", "Detainees choose counsel.", kind="general-comment", year=2010),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    index_dir = tmp_path_factory.mktemp("index")
    build_from_documents(DOCUMENTS, index_dir, encoder=FakeEncoder())
    made = Engine(Snapshot.open(index_dir), FakeEncoder())
    yield made
    made.close()


def _asked(engine: Engine, query: str, **fields: object) -> SearchResponse:
    return engine.search(SearchRequest.model_validate({"query": query, **fields}))


def _counts(answer: SearchResponse, facet: str) -> dict[str, tuple[int, int]]:
    assert answer.facets is not None
    return {v.value: (v.passages, v.documents) for v in getattr(answer.facets, facet)}


# Counts ----------------------------------------------------------------------------------------


def test_counts_are_of_what_is_ranked_and_not_of_the_page(engine: Engine) -> None:
    answer = _asked(engine, '"counsel"', k=1, facets=True)
    assert answer.facets is not None
    assert answer.facets.counted == "candidates"
    assert answer.total == 4
    assert _counts(answer, "kind") == {
        "resolution": (2, 2), "general-comment": (1, 1), "special-rapporteur-report": (1, 1)
    }  # fmt: skip
    assert list(_counts(answer, "year")) == ["2024", "2023", "2022", "2010"]
    assert _counts(answer, "language") == {"en": (4, 4)}


def test_a_facet_is_counted_without_its_own_filter_and_with_the_others(engine: Engine) -> None:
    filters = Filters(kind=("resolution",), year_from=2022, year_to=2023)
    answer = _asked(engine, '"counsel"', filters=filters, facets=True)
    assert answer.total == 1
    assert _counts(answer, "kind") == {"resolution": (1, 1), "special-rapporteur-report": (1, 1)}
    assert list(_counts(answer, "year")) == ["2024", "2023"]
    assert _counts(answer, "country") == {}
    # Each count is what choosing that value instead gives, where nothing is cut off.
    for kind, (passages, _) in _counts(answer, "kind").items():
        other = filters.model_copy(update={"kind": (kind,)})
        assert _asked(engine, '"counsel"', filters=other).total == passages


@pytest.mark.parametrize("signals", ["lexical", "dense", "hybrid"])
def test_exclusions_and_typed_filters_bind_the_counts(engine: Engine, signals: str) -> None:
    answer = _asked(engine, "counsel -late year:2022..", signals=signals, facets=True)
    assert sum(passages for passages, _ in _counts(answer, "year").values()) == answer.total
    assert set(_counts(answer, "year")) <= {"2022", "2024"}


def test_hits_are_the_same_with_counts_and_without(engine: Engine) -> None:
    with_counts = _asked(engine, "counsel cells", facets=True)
    without = _asked(engine, "counsel cells")
    assert with_counts.hits == without.hits
    assert without.facets is None


def test_a_document_asked_for_by_name_is_counted_too(engine: Engine) -> None:
    answer = _asked(engine, "A/HRC/90/12", filters=Filters(language=("ru",)), facets=True)
    assert answer.total == 1
    assert _counts(answer, "language") == {"en": (3, 1), "ru": (1, 1)}


def test_without_a_question_the_index_is_counted(engine: Engine) -> None:
    answer = _asked(engine, " ", filters=Filters(kind=("resolution",)), facets=True)
    assert answer.facets == engine.facets(Filters(kind=("resolution",)))
    assert answer.facets is not None
    assert answer.facets.counted == "index"


# Other questions -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("A/HRC/90/21", ["A/HRC/90/12"]),
        ("A/HCR/91/7, para. 1", ["A/HRC/91/7, para. 1"]),
        ("A-HRC-90-012", ["A/HRC/90/12"]),
        ("A/HRC 90/12 para 2", ["A/HRC/90/12 para 2"]),
        ("AHRC/90/12", ["A/HRC/90/12"]),
        ("CCPR/GC/90", ["CCPR/C/GC/90"]),
        ("cells in A/HRC/91/71", ["cells in A/HRC/91/7"]),
        ("counsel 90/12", []),
        ("A/HRC/90/12", []),
        ("open 24/7", []),
        ("ST/SGB/1999/5", []),
    ],
)
def test_a_symbol_that_is_not_here_has_those_it_may_stand_for(
    engine: Engine, query: str, expected: list[str]
) -> None:
    found = _asked(engine, query).suggestions
    assert [each.query for each in found][: max(len(expected), 1)] == expected
    assert all(each.reason == "symbol" for each in found)


def test_a_suggestion_leads_somewhere(engine: Engine) -> None:
    (first, *_) = _asked(engine, "A-HRC-90-12").suggestions
    assert first.title == "Report on Exemplaria"
    assert _asked(engine, first.query).interpretation == "symbol"


def test_a_paragraph_that_is_not_there_says_which_are(engine: Engine) -> None:
    answer = _asked(engine, "A/HRC/90/12 para 12")
    assert answer.hits == ()
    assert answer.warnings[0].endswith("has no paragraph 12; it has 1–3")
    assert [each.query for each in answer.suggestions] == [
        "A/HRC/90/12, para. 3", "A/HRC/90/12, para. 2", "A/HRC/90/12, para. 1", "A/HRC/90/12"
    ]  # fmt: skip


def test_symbols_are_compared_by_their_parts() -> None:
    held = ("A/HRC/15/16", "A/HRC/19/19", "A/HRC/15/61/Add.1", "E/C.12/GC/27")
    assert symbols_alike("A/HRC/15/61", held) == ["A/HRC/15/61/Add.1", "A/HRC/15/16"]
    assert symbols_spelt("e c12 gc 027", held) == ["E/C.12/GC/27"]
    assert symbols_spelt("15/16", held) == []


# Ways out --------------------------------------------------------------------------------------


def _ways(answer: SearchResponse) -> list[tuple[str, tuple[str, ...], int, str | None]]:
    return [(way.field, way.values, way.hits, way.query) for way in answer.removed]


def test_each_filter_is_told_with_what_there_is_without_it(engine: Engine) -> None:
    filters = Filters(kind=("resolution",), year_from=2023, country=("BLR",))
    answer = _asked(engine, '"counsel"', filters=filters)
    assert answer.total == 0
    assert _ways(answer) == [
        ("country", ("BLR",), 2, None),
        ("filters", ("resolution", "BLR", "2023.."), 4, None),
        ("kind", ("resolution",), 0, None),
        ("year", ("2023..",), 0, None),
        ("phrase", ("counsel",), 0, "counsel"),
    ]
    (phrase,) = answer.quoted
    assert (phrase.passages, phrase.passages_unfiltered) == (0, 4)
    without = filters.model_copy(update={"country": ()})
    assert _asked(engine, '"counsel"', filters=without).total == 2


def test_phrases_that_never_meet_are_told_apart(engine: Engine) -> None:
    answer = _asked(engine, '"prison cells" "came late" -botany')
    assert [(each.phrase, each.passages) for each in answer.quoted] == [
        ("prison cells", 1), ("came late", 1)
    ]  # fmt: skip
    for way in answer.removed:
        assert way.query is not None
        assert _asked(engine, way.query).total == way.hits
    assert [way.values for way in answer.removed if not way.hits] == [("botany",)]


def test_filters_of_the_query_are_taken_out_of_it(engine: Engine) -> None:
    answer = _asked(engine, "counsel country:BLR kind:resolution")
    by_field = {way.field: way for way in answer.removed}
    assert by_field["country"].query == "counsel kind:resolution"
    assert by_field["country"].hits == 2
    assert by_field["kind"].query == "counsel country:BLR"


def test_where_no_part_alone_is_to_blame_the_words_alone_are_offered(engine: Engine) -> None:
    answer = _asked(engine, "counsel country:FRA year:1950", filters=Filters(language=("fr",)))
    first = answer.removed[0]
    assert (first.field, first.query) == ("filters", "counsel")
    assert first.hits == _asked(engine, "counsel").total > 0


def test_a_symbol_that_leads_nowhere_is_not_offered_again(engine: Engine) -> None:
    assert _asked(engine, "A/HRC/90/21").removed == ()


def test_an_answer_with_hits_tells_no_way_out(engine: Engine) -> None:
    answer = _asked(engine, "counsel", filters=Filters(kind=("resolution",)))
    assert (answer.removed, answer.quoted, answer.suggestions) == ((), (), ())


@pytest.mark.parametrize(
    "query",
    [
        '"lawyer of their choice" access -military -"in absentia"',
        "detention country:BLR -kind:resolution year:2015..2020",
        'detention body:"Human Rights Council"',
        "A/HRC/90/12",
        "A/HRC/90/12, para. 3, 4",
    ],
)
def test_a_query_is_written_as_it_is_read(query: str) -> None:
    read = parse_query(query)
    again = parse_query(as_typed(read))
    assert (again.words, set(again.filters)) == (read.words, set(read.filters))
    assert (again.phrases, again.excluded) == (read.phrases, read.excluded)
    assert (again.symbol, again.paragraphs) == (read.symbol, read.paragraphs)
