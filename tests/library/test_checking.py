"""A damaged library is named, and what can be read of it saved; the damaged one is kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import LibraryError
from indexer.check.report import Report
from indexer.databases import replace_damaged, version_of
from indexer.migrations import copies_before
from library import collections, entries, searches
from library.checking import check_library, repair_library
from library.file import Library
from library.records import PassageCopy
from library.schema import LIBRARY_VERSION, MIGRATIONS

Make = Callable[..., PassageCopy]


@pytest.fixture
def full(library: Library, passage: Make) -> Library:
    with library.writing() as connection:
        for name in ("Counsel", "Wells"):
            made = collections.create(connection, name)
            for number in range(40):
                copy = passage(number, text=f"{name} {number} " * 40)
                entries.add_entry(connection, made.collection_id, copy)
        searches.create(connection, "Gates", "{}", depth=5)
    return library


def found(path: Path) -> Report:
    report = Report(str(path))
    check_library(path, report)
    return report


def execute(path: Path, *statements: str) -> None:
    with sqlite3.connect(path, isolation_level=None) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def held(library: Library) -> dict[str, int]:
    with library.reading() as connection:
        return {each.name: each.entries for each in collections.all_collections(connection)}


def test_a_sound_library_agrees_and_so_does_none(full: Library, tmp_path: Path) -> None:
    assert found(full.path).agrees
    assert found(tmp_path / "none.sqlite").agrees


def test_pages_that_are_gone_cost_what_stood_on_them(full: Library) -> None:
    execute(full.path, "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode = DELETE")
    size = full.path.stat().st_size // 4096
    with full.path.open("r+b") as stream:
        stream.seek((size - 3) * 4096)
        stream.write(b"\x7f" * 4096)
    report = found(full.path)
    assert report.disagreements
    assert {each.kind for each in report.disagreements} == {"library"}
    assert "precedent repair" in report.disagreements[0].remedy
    damaged = full.path.read_bytes()
    done = repair_library(full.path)
    assert found(full.path).agrees
    assert Path(done.kept).read_bytes() == damaged
    assert done.unread == ("entries",)
    assert 60 < done.held["entries"] < 80
    assert set(held(full)) == {"Counsel", "Wells"}
    with full.reading() as connection:
        assert [each.name for each in searches.all_searches(connection)] == ["Gates"]


def test_entries_without_a_collection_get_one(full: Library) -> None:
    execute(full.path, "PRAGMA foreign_keys = OFF", "DELETE FROM collections WHERE name = 'Wells'")
    assert "refers to no collections" in found(full.path).disagreements[0].detail
    done = repair_library(full.path)
    assert done.adopted == 40
    assert held(full) == {"Counsel": 40, "Saved from a damaged file 2": 40}
    assert found(full.path).agrees


def test_what_should_be_json_is_looked_at(full: Library) -> None:
    execute(full.path, "UPDATE collections SET tags = '[' WHERE name = 'Wells'")
    (only,) = found(full.path).disagreements
    assert only.detail == "its tags are no JSON"


def test_what_is_no_json_is_mended_and_named(full: Library) -> None:
    execute(
        full.path,
        "UPDATE collections SET tags = '[' WHERE name = 'Wells'",
        "UPDATE entries SET tags = 'x' WHERE entry_id < 3",
        "UPDATE searches SET request = '{'",
    )
    done = repair_library(full.path)
    assert (done.untagged, done.dropped) == (3, ("Gates",))
    assert found(full.path).agrees, "or each repair makes another damaged copy"
    assert held(full) == {"Counsel": 40, "Wells": 40}


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for no lock: what holds one here does not let go of it."""
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: real(*a, **{**k, "timeout": 0.05}))


@pytest.mark.usefixtures("impatient")
def test_a_locked_file_is_not_taken_for_a_damaged_one(full: Library) -> None:
    execute(full.path, "PRAGMA journal_mode = DELETE")
    holder = sqlite3.connect(full.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LibraryError, match="another program has it open"):
        found(full.path)
    with pytest.raises(LibraryError, match="another program has it open"):
        repair_library(full.path)
    holder.close()
    assert held(full) == {"Counsel": 40, "Wells": 40}
    assert [each.name for each in full.path.parent.glob("*damaged*")] == []


@pytest.mark.usefixtures("impatient")
def test_who_keeps_something_during_a_repair_waits_and_keeps_it_in_the_new_file(
    full: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute(full.path, "UPDATE collections SET tags = '[' WHERE name = 'Wells'")
    waiting = full._writable()  # opened before, as by a service that waits for its turn
    real = replace_damaged

    def meanwhile(*args: Any, **how: Any) -> Path:
        with pytest.raises(LibraryError, match="locked"), full.writing() as connection:
            collections.create(connection, "Lost")
        return real(*args, **how)

    monkeypatch.setattr("library.checking.replace_damaged", meanwhile)
    repair_library(full.path)
    opened = iter([waiting])
    again = full._writable
    monkeypatch.setattr(Library, "_writable", lambda _: next(opened, None) or again())
    inodes = iter([-1])
    looked = full._inode
    monkeypatch.setattr(Library, "_inode", lambda _: next(inodes, None) or looked())
    with full.writing() as connection:
        collections.create(connection, "Kept")
    assert set(held(full)) == {"Counsel", "Wells", "Kept"}


@pytest.mark.parametrize("content", ["nothing", "another"])
def test_what_is_empty_or_not_ours_is_told_and_left(full: Library, content: str) -> None:
    full.wipe()
    full.path.touch()
    if content == "another":
        execute(full.path, "CREATE TABLE letters (text TEXT)")
    (only,) = found(full.path).disagreements
    assert "cut short" in only.detail or "no library" in only.detail
    assert "precedent repair" not in only.remedy
    before = full.path.read_bytes()
    with pytest.raises(LibraryError, match="was left as it is"):
        repair_library(full.path)
    assert full.path.read_bytes() == before


def test_a_file_that_is_no_library_is_kept_aside(full: Library) -> None:
    full.path.write_bytes(b"no database" * 1000)
    assert "file is not a database" in found(full.path).disagreements[0].detail
    done = repair_library(full.path)
    assert Path(done.kept).read_bytes().startswith(b"no database")
    assert held(full) == {}
    full.wipe()
    assert list(full.path.parent.iterdir()) == []


def test_a_later_library_is_left_to_the_newer_software(full: Library) -> None:
    execute(full.path, f"PRAGMA user_version = {LIBRARY_VERSION + 1}")
    (only,) = found(full.path).disagreements
    assert only.remedy == "install the newer Precedent"


def test_the_file_of_the_first_version_is_kept_and_wiped_with_the_library(
    library: Library,
) -> None:
    library.path.parent.mkdir(parents=True)
    connection = sqlite3.connect(library.path, isolation_level=None)
    MIGRATIONS[0](connection)
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    assert found(library.path).agrees
    with library.writing() as held_open:
        collections.create(held_open, "New")
    (kept,) = copies_before(library.path)
    assert (kept.name, version_of(kept)) == ("library.sqlite.v1", 1)
    assert version_of(library.path) == LIBRARY_VERSION
    library.wipe()
    assert list(library.path.parent.iterdir()) == []
