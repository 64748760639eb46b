"""Alerts on meaning over a growing index, and what is kept as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import ConflictError
from corpus.types import Document
from indexer.build import build_from_documents
from indexer.snapshot import Snapshot
from library.file import Library
from search_api.engine import Engine
from search_api.keeping import exchange, searches
from search_api.keeping.census import Census, census
from search_api.schemas import (
    Filters,
    LibraryFile,
    LibraryImport,
    PassageCopy,
    SavedCollection,
    SavedEntry,
    SavedQuery,
    SavedSearchRequest,
    SearchChanges,
    SearchRequest,
)
from tests.fakes import FakeEncoder, document

Publish = Callable[..., Engine]

WATER = document("SAMPLE/2022/SR/1", "Water reaches every village.", "Water is dear.", year=2022)
WELLS = document("SAMPLE/2023/SR/2", "Water comes from wells.", year=2023)
SCHOOLS = document("SAMPLE/2024/SR/3", "Schools are closed.", "Teachers left.", year=2024)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library.sqlite")


@pytest.fixture
def publish(tmp_path: Path) -> Iterator[Publish]:
    """Return a function that indexes documents and opens the index."""
    opened: list[Engine] = []

    def make(*documents: Document, folder: str = "index") -> Engine:
        index = tmp_path / folder
        build_from_documents(list(documents), index, encoder=FakeEncoder())
        opened.append(Engine(Snapshot.open(index), FakeEncoder()))
        return opened[-1]

    yield make
    for engine in opened:
        engine.close()


def saved(library: Library, engine: Engine | None, query: str, depth: int = 50) -> int:
    asked = SavedSearchRequest(name=query, request=SearchRequest(query=query), depth=depth)
    return searches.save(library, engine, asked).id


def told(found: SearchChanges) -> dict[str, list[str]]:
    kinds = {name: getattr(found, name) for name in ("new", "changed", "risen", "gone")}
    return {name: [each.citation for each in held] for name, held in kinds.items() if held}


def test_a_new_document_is_new_until_it_is_marked(library: Library, publish: Publish) -> None:
    at = saved(library, publish(WATER, SCHOOLS), "water village")
    engine = publish(WATER, SCHOOLS, WELLS)
    expected = {"new": ["SAMPLE/2023/SR/2, para. 1"]}
    assert told(searches.changes(library, engine, at)) == expected
    assert told(searches.changes(library, engine, at)) == expected, "looking is no visit"
    searches.see(library, engine, at, engine.generation)
    assert told(searches.changes(library, engine, at)) == {}


def test_where_the_index_is_the_same_nothing_is_searched(
    library: Library, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = publish(WATER)
    at = saved(library, engine, "water")
    monkeypatch.setattr(Engine, "search", lambda *_: pytest.fail("it was searched"))
    found = searches.changes(library, engine, at)
    assert found.search.unchanged
    assert told(found) == {}


def test_the_same_generation_of_another_index_is_another_index(
    library: Library, publish: Publish
) -> None:
    at = saved(library, publish(WATER), "water")
    other = publish(WATER, WELLS, folder="other")
    assert told(searches.changes(library, other, at)) == {"new": ["SAMPLE/2023/SR/2, para. 1"]}


def test_other_words_are_a_change(library: Library, publish: Publish) -> None:
    at = saved(library, publish(WATER), "water")
    changed = document(
        "SAMPLE/2022/SR/1", "Water reaches every village.", "Water is free.", year=2022
    )
    found = searches.changes(library, publish(changed), at)
    assert told(found) == {"changed": ["SAMPLE/2022/SR/1, para. 2"]}


def test_what_merely_rose_is_not_new_and_what_went_is_named(
    library: Library, publish: Publish
) -> None:
    at = saved(library, publish(WATER, WELLS), "water comes from wells", depth=1)
    found = searches.changes(library, publish(WATER, folder="without"), at)
    assert told(found)["gone"] == ["SAMPLE/2023/SR/2, para. 1"]
    assert not found.gone[0].held
    assert len(found.risen) == 1
    assert not found.new


def test_what_others_pushed_down_is_still_held(library: Library, publish: Publish) -> None:
    at = saved(library, publish(WATER), "wells water comes", depth=1)
    found = searches.changes(library, publish(WATER, WELLS), at)
    assert [each.held for each in found.gone] == [True]


def test_what_changed_unseen_and_rises_is_changed_not_new(
    library: Library, publish: Publish
) -> None:
    """It did not stand among the best, and the index had it, with other words."""
    before = document("SAMPLE/2023/SR/2", "Nothing is said of it.", year=2023)
    at = saved(library, publish(WATER, before), "water comes from wells", depth=1)
    found = searches.changes(library, publish(WATER, WELLS), at)
    assert told(found)["changed"] == ["SAMPLE/2023/SR/2, para. 1"]


def test_marking_what_was_not_looked_at_is_refused(library: Library, publish: Publish) -> None:
    first = publish(WATER)
    at = saved(library, first, "water")
    later = publish(WATER, WELLS)
    with pytest.raises(ConflictError, match="look again"):
        searches.see(library, later, at, first.generation)
    assert told(searches.changes(library, later, at)) == {"new": ["SAMPLE/2023/SR/2, para. 1"]}


def test_a_search_saved_without_an_index_is_new_as_a_whole(
    library: Library, publish: Publish
) -> None:
    at = saved(library, None, "water village")
    assert len(searches.changes(library, publish(WATER), at).new) == 2


def test_a_search_that_cannot_be_read_hides_no_other(library: Library) -> None:
    kept = saved(library, None, "water")
    with library.writing() as connection:
        connection.execute(
            "INSERT INTO searches (name, name_key, request, note, depth, created_at, revision) "
            "VALUES ('Odd', 'odd', '{\"query\": \"a\", \"later\": 1}', '', 5, '2030', 1)"
        )
    found = searches.listed(library, None)
    assert [each.id for each in found.searches] == [kept]
    assert found.unreadable == ("Odd",)
    (odd,) = searches.identify(library, ["Odd"])
    assert searches.remove(library, odd).name == "Odd"


PASSAGES = st.dictionaries(st.text(max_size=8), st.binary(min_size=32, max_size=32), max_size=20)


@settings(max_examples=30, deadline=None)
@given(held=PASSAGES, other=st.text(max_size=8))
def test_a_census_knows_what_was_there(held: dict[str, bytes], other: str) -> None:
    kept = Census(census(held.items()))
    for passage_id, words in held.items():
        assert kept.had(passage_id)
        assert kept.had_words(passage_id, words)
        assert not kept.had_words(passage_id, sha256(words).digest())
    assert kept.had(other) == (other in held)


# What is kept as a file --------------------------------------------------------------------------

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
NAMES = st.text("abcdeé ж", min_size=1, max_size=12).filter(str.strip)
TAGS = st.lists(st.text("abжй", min_size=1, max_size=5), max_size=3, unique=True).map(tuple)
TIMES = st.just("2025-05-04T10:00:00Z")
COPIES = st.builds(
    PassageCopy,
    passage_id=st.text("abc:", min_size=1, max_size=6),
    document_id=st.just("X"),
    citation=WORDS,
    text=WORDS,
    title=st.none() | WORDS,
    counts=st.booleans(),
)
ENTRIES = st.builds(SavedEntry, copy_of=COPIES, note=WORDS, tags=TAGS, added_at=TIMES)
COLLECTIONS = st.builds(
    SavedCollection,
    name=NAMES,
    note=WORDS,
    tags=TAGS,
    created_at=TIMES,
    entries=st.lists(ENTRIES, max_size=3, unique_by=lambda e: e.copy_of.passage_id).map(tuple),
)
REQUESTS = st.builds(
    SearchRequest, query=WORDS, filters=st.builds(Filters, country=st.just(("BLR",)))
)
QUERIES = st.builds(SavedQuery, name=NAMES, request=REQUESTS, note=WORDS, created_at=TIMES)


def distinct(name: str) -> str:
    return " ".join(name.casefold().split())


FILES = st.builds(
    LibraryFile,
    format=st.just("precedent-library"),
    version=st.just(1),
    collections=st.lists(COLLECTIONS, max_size=3, unique_by=lambda c: distinct(c.name)).map(tuple),
    searches=st.lists(QUERIES, max_size=2, unique_by=lambda q: distinct(q.name)).map(tuple),
)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(file=FILES)
def test_what_is_taken_in_comes_out_the_same(library: Library, file: LibraryFile) -> None:
    library.wipe()
    exchange.take_in(library, LibraryImport(file=file))
    out = exchange.export_file(library)
    assert exchange.read_file(out.content, out.name) == file
