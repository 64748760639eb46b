"""Collections and saved searches: unique names, order, and what tells two tabs apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import ConflictError, InputError, UnknownNameError
from library import collections, entries, searches
from library.file import Library
from library.records import PassageCopy, Seen, SeenHit, name_key

Make = Callable[..., PassageCopy]


def test_the_last_used_comes_first(library: Library, passage: Make) -> None:
    with library.writing() as connection:
        first = collections.create(connection, "First")
        collections.create(connection, "Second")
        assert [c.name for c in collections.all_collections(connection)] == ["Second", "First"]
        entries.add_entry(connection, first.collection_id, passage(1))
        assert [c.name for c in collections.all_collections(connection)] == ["First", "Second"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Straße", "STRASSE"), ("Пытки", "ПЫТКИ"), ("é", "e\u0301"), ("a  b", " A b")],
)
def test_names_that_a_reader_takes_for_the_same_are(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_ids_are_never_given_twice(library: Library) -> None:
    with library.writing() as connection:
        first = collections.create(connection, "A")
        collections.remove(connection, first.collection_id)
        assert collections.create(connection, "A").collection_id > first.collection_id
        with pytest.raises(UnknownNameError):
            collections.find(connection, first.collection_id)


def test_a_passage_is_in_a_collection_once(library: Library, passage: Make) -> None:
    with library.writing() as connection:
        made = collections.create(connection, "A").collection_id
        entries.add_entry(connection, made, passage(1))
        with pytest.raises(ConflictError, match="in A already"):
            entries.add_entry(connection, made, passage(1))


def test_a_full_collection_takes_no_more(
    library: Library, passage: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "MAX_ENTRIES", 2)
    with library.writing() as connection:
        made = collections.create(connection, "A").collection_id
        for number in (1, 2):
            entries.add_entry(connection, made, passage(number))
        with pytest.raises(InputError, match="begin another"):
            entries.add_entry(connection, made, passage(3))


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9)), max_size=8))
def test_moving_is_what_moving_in_a_list_is(
    library: Library, passage: Make, moves: list[tuple[int, int]]
) -> None:
    library.wipe()
    with library.writing() as connection:
        made = collections.create(connection, "A").collection_id
        expected = [
            entries.add_entry(connection, made, passage(number)).entry_id for number in range(5)
        ]
        for which, to in moves:
            moved = expected.pop(which)
            entries.move_entry(connection, made, moved, to)
            expected.insert(to, moved)
            assert [e.entry_id for e in entries.entries_of(connection, made)] == expected


def test_what_was_seen_is_kept_and_a_census_only_while_it_is_needed(library: Library) -> None:
    seen = Seen(
        "index", 3, "2025-01-01T00:00:00Z", (SeenHit("X:1", "aa", "X, para. 1"),), b"12345678"
    )
    with library.writing() as connection:
        one = searches.create(connection, "One", "{}", depth=5).search_id
        two = searches.create(connection, "Two", "{}", depth=5).search_id
        assert searches.seen_of(connection, one) is None
        searches.mark_seen(connection, one, seen)
        searches.mark_seen(connection, two, seen)
        assert searches.seen_of(connection, one) == seen
        later = Seen("index", 4, "2025-02-01T00:00:00Z", (), b"")
        searches.mark_seen(connection, one, later)
        assert searches.seen_of(connection, two) == seen
        searches.remove(connection, two)
        generations = connection.execute("SELECT generation FROM censuses").fetchall()
        assert [row[0] for row in generations] == [4]
