"""Filters and symbols of a query, against an index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from corpus.types import DocumentStatus
from indexer.build import build_from_documents
from indexer.snapshot import Snapshot
from search_api.engine import Engine
from search_api.query.values import resolved
from search_api.schemas import Filters, ReadFilter, SearchRequest, SearchResponse
from tests.fakes import FakeEncoder, document

DOCUMENTS = [
    document("A/HRC/15/16", "Prison visits in Minsk.", "Torture in prison.", kind="upr-report",
             body="Human Rights Council", country=("BLR",), year=2010),
    document("A/HRC/15/16", "Пытки в тюрьме.", language="ru", kind="upr-report",
             body="Human Rights Council", country=("BLR",), year=2010),
    document("CCPR/C/GC/20", "Torture is never allowed, as SAMPLE/1999/SR/9 says.",
             kind="general-comment", body="CCPR", year=1992),
    document("CAT/C/GC/4", "Torture and non-refoulement; see CCPR/C/GC/20.", kind="general-comment",
             body="CAT", year=2018),
    document("A/HRC/20/1", "Torture in hospitals.", kind="upr-national-report",
             body="Human Rights Council", country=("VNM", "BLR"), year=2012),
    replace(
        document("A/HRC/21/L.2", "Torture is condemned.", kind="draft-resolution",
                 body="Human Rights Council", year=2012),
        status=DocumentStatus.DRAFT,
    ),
    document("SAMPLE/2000/NGO/1", "Torture, undated.", kind="ngo-statement", body="A league",
             year=None),
]  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    index_dir = tmp_path_factory.mktemp("index")
    build_from_documents(DOCUMENTS, index_dir, encoder=FakeEncoder())
    made = Engine(Snapshot.open(index_dir), FakeEncoder())
    yield made
    made.close()


def _ask(engine: Engine, query: str, **filters: object) -> SearchResponse:
    chosen = Filters.model_validate(filters)
    return engine.search(SearchRequest(query=query, k=50, filters=chosen, signals="lexical"))


def _symbols(answer: SearchResponse) -> set[str]:
    return {f"{hit.symbol}:{hit.language}" for hit in answer.hits}


UPR, UPR_RU, GC20, GC4, VN, DRAFT, NGO = (f"{d.symbol}:{d.language}" for d in DOCUMENTS)
ENGLISH = {UPR, GC20, GC4, VN, DRAFT, NGO}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("country:BLR", {UPR, VN}),
        ("country:blr", {UPR, VN}),
        ("country:by", {UPR, VN}),
        ("country:Belarus", {UPR, VN}),
        ("country:Беларусь", {UPR, VN}),
        ("country:Bélarus", {UPR, VN}),
        ("country:بيلاروس", {UPR, VN}),
        ("country:白俄罗斯", {UPR, VN}),
        ('country:"Viet Nam"', {VN}),
        ("country:Vietnam", {VN}),
        ("-country:BLR", {GC20, GC4, DRAFT, NGO}),
        ("country:BLR -country:VNM", {UPR}),
        ("body:CCPR", {GC20}),
        ("body:ccpr body:cat", {GC20, GC4}),
        ("body:ccpr,cat", {GC20, GC4}),
        ('body:"Human Rights Committee"', {GC20}),
        ('body:"Comité des droits de l’homme"', {GC20}),
        ("body:HRC", {UPR, VN, DRAFT}),
        ("kind:general-comment", {GC20, GC4}),
        ('kind:"General comments"', {GC20, GC4}),
        ("kind:GC", {GC20, GC4}),
        ("kind:upr", {UPR, VN}),
        ("-kind:upr", {GC20, GC4, DRAFT, NGO}),
        ("status:draft", {DRAFT}),
        ("-status:draft", ENGLISH - {DRAFT}),
        ("language:ru", set()),
        ("language:Russian", set()),
        ("language:English", ENGLISH),
        ("language:anglais", ENGLISH),
        ("symbol:a/hrc/15/16", {UPR}),
        ("-symbol:A/HRC/15/16", ENGLISH - {UPR}),
        ("year:2012", {VN, DRAFT}),
        ("year:2010-2012", {UPR, VN, DRAFT}),
        ("year:>=2012", {VN, DRAFT, GC4}),
        ("year:<2010", {GC20}),
        ("year:1992 year:2018", {GC20, GC4}),
        ("year:>=2010 year:<=2012", {UPR, VN, DRAFT}),
        ("from:2010 to:2012 -kind:draft", {UPR, VN}),
        ("-year:2000..", {GC20, NGO}),
        ("country:BLR year:2012", {VN}),
    ],
)
def test_a_filter_narrows_by_code_name_or_alias(
    engine: Engine, typed: str, found: set[str]
) -> None:
    answer = _ask(engine, f"torture {typed}")
    assert _symbols(answer) == found
    assert answer.read_as.words == "torture"
    assert answer.warnings == ()
    if found:
        assert answer.allowed < 8


def test_what_the_query_was_read_as_is_in_the_answer(engine: Engine) -> None:
    read = _ask(engine, '"torture in" -hospitals country:Belarus -year:2011.. prison').read_as
    assert read.words == "torture in prison"
    assert (read.phrases, read.excluded) == (("torture in",), ("hospitals",))
    assert read.filters == (
        ReadFilter(field="country", values=("BLR",)),
        ReadFilter(field="year", values=("2011..",), excluded=True),
    )
    read = _ask(engine, "A/HRC/15/16, paras. 1-2").read_as
    assert (read.symbol, read.paragraphs) == ("A/HRC/15/16", ("1", "2"))


def test_filters_of_the_page_and_of_the_query_must_both_hold(engine: Engine) -> None:
    assert _symbols(_ask(engine, "torture country:VNM", country=["BLR"])) == {VN}
    assert _symbols(_ask(engine, "torture body:CAT", kind=["general-comment"])) == {GC4}
    assert _symbols(_ask(engine, "torture body:CAT", body=["CCPR"])) == set()
    assert _symbols(_ask(engine, "torture year:..2012", year_from=2011)) == {VN, DRAFT}
    assert _symbols(_ask(engine, "torture", status=["draft"])) == {DRAFT}


@pytest.mark.parametrize(
    ("typed", "warning"),
    [
        (
            "country:Belorus",
            "no document has the country 'Belorus'; the nearest here: BLR (Belarus)",
        ),
        ("country:Fiji", "no document has the country Fiji (FJI)"),
        ("kind:general-coment", "the nearest here: general-comment"),
        ("body:CCRP", "the nearest here: CCPR"),
        ("symbol:CCPR/C/GC/21", "the nearest here: CCPR/C/GC/20"),
        ("language:German", "no document has the language German (de)"),
        ("status:adopted", "no document has the status 'adopted'"),
        ("year:1789", "no document is of the year 1789"),
    ],
)
def test_a_value_that_no_document_has_finds_nothing_and_says_so(
    engine: Engine, typed: str, warning: str
) -> None:
    answer = _ask(engine, f"torture {typed}")
    assert (answer.hits, answer.allowed) == ((), 0)
    assert len(answer.warnings) == 1
    assert warning in answer.warnings[0]


def test_a_misspelt_exclusion_leaves_nothing_out_and_says_so(engine: Engine) -> None:
    answer = _ask(engine, "torture -country:Belorus")
    assert _symbols(answer) == ENGLISH
    assert "BLR (Belarus)" in answer.warnings[0]


def test_a_symbol_beside_words_is_searched_inside(engine: Engine) -> None:
    for query in (
        "CCPR/C/GC/20 torture",
        "torture in CCPR/C/GC/20",
        "docs.un.org/CCPR/C/GC/20 torture",
    ):
        answer = _ask(engine, query)
        assert _symbols(answer) == {GC20}
        assert answer.read_as.symbol == "CCPR/C/GC/20"
        assert 'quote it: "CCPR/C/GC/20"' in answer.warnings[0]
    assert _symbols(_ask(engine, 'torture "CCPR/C/GC/20"')) == {GC4}


def test_a_symbol_that_is_only_mentioned_leads_to_its_mentions(engine: Engine) -> None:
    for query in ("SAMPLE/1999/SR/9", "SAMPLE/1999/SR/9 torture"):
        answer = _ask(engine, query)
        assert _symbols(answer) == {GC20}
        assert "is not in this index; these paragraphs mention it" in answer.warnings[0]


def test_an_unknown_symbol_does_not_hide_the_other_words(engine: Engine) -> None:
    answer = _ask(engine, "CCPR/C/GC/99 torture")
    assert len(answer.hits) > 3
    assert "no paragraph mentions it; the nearest here: CCPR/C/GC/20" in answer.warnings[0]


def test_a_symbol_with_a_filter_goes_straight_to_what_the_filter_allows(engine: Engine) -> None:
    answer = _ask(engine, "A/HRC/15/16 language:ru")
    assert (answer.interpretation, _symbols(answer)) == ("symbol", {UPR_RU})
    answer = _ask(engine, "A/HRC/15/16 language:fr")
    assert answer.hits == ()
    assert any("the filters leave it out" in each for each in answer.warnings)


def test_exclusion_by_facet_leaves_enough_candidates(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """More passages than a signal gives are excluded, and the one that is left is still found."""
    index_dir = tmp_path_factory.mktemp("many")
    many = document("SAMPLE/1", *(f"Torture, torture and torture {n}." for n in range(300)))
    one = document("SAMPLE/2", "Torture, among many other words that weigh it down.", kind="letter")
    build_from_documents([many, one], index_dir, encoder=FakeEncoder())
    engine = Engine(Snapshot.open(index_dir), FakeEncoder())
    try:
        answer = _ask(engine, "torture -kind:special-rapporteur-report")
    finally:
        engine.close()
    assert _symbols(answer) == {"SAMPLE/2:en"}


def test_values_are_found_in_the_spelling_of_the_index() -> None:
    assert resolved("body", "SR TORTURE", ("SR Torture",)) == ("SR Torture",)
    assert resolved("kind", "resolutions", ("resolution", "draft-resolution")) == ("resolution",)
    assert resolved("kind", "draft", ("draft-amendment", "draft-resolution")) == (
        "draft-amendment", "draft-resolution"
    )  # fmt: skip
    assert resolved("language", "中文", ("zh",)) == ("zh",)
    assert resolved("language", "bel", ("be",)) == ("be",)
