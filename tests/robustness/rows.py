"""What is kept row by row: the library, the file of keys, the audit log; an act at a time.

What act number n does depends on n and on what is kept by then, and on nothing else: so a file
whose writer was killed can be compared with one that was given the same acts and never disturbed.
"""

from __future__ import annotations

import random
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import Connection

from library import collections, entries, searches
from library.file import Library
from library.records import PassageCopy, Seen, SeenHit
from search_api.access.audit import AuditLog
from search_api.access.keys import KeyFile

__all__ = ["ROWS", "Rows", "write_rows"]

_MOST = 12
"""Collections, searches and keys there are at most, so that as many go as come."""

_WIPED_EVERY = 40
"""Acts from one deletion of the library to the next."""


class Rows(ABC):
    """A file that something is kept in."""

    def __init__(self, folder: Path) -> None:
        """Name a folder for the file."""
        self.folder = folder

    @abstractmethod
    def act(self, number: int) -> str:
        """Do act `number`; return what whoever asked for it is told, in one word."""

    @abstractmethod
    def content(self) -> list[object]:
        """Return all that is kept, without what the clock or chance has decided."""

    @abstractmethod
    def check(self) -> None:
        """Raise AssertionError where the file is not whole."""

    @abstractmethod
    def check_told(self, told: str) -> None:
        """Raise AssertionError where what the last act told is not so."""


class LibraryRows(Rows):
    """Collections, their entries, saved searches, and what was seen of them."""

    def __init__(self, folder: Path) -> None:
        """Name a folder for the file."""
        super().__init__(folder)
        self._library = Library(folder / "library.sqlite")

    def act(self, number: int) -> str:
        """Make, change or remove a collection, an entry or a search; or delete everything."""
        at = random.Random(number)
        if number % _WIPED_EVERY == _WIPED_EVERY - 1:
            self._library.wipe()
            return ""
        with self._library.writing() as connection:
            held = collections.all_collections(connection)
            kept = searches.all_searches(connection)
            if len(held) < 2 or (len(held) < _MOST and at.random() < 0.3):
                _make_collection(connection, number)
            elif at.random() < 0.4:
                _change_search(connection, kept, number, at)
            else:
                _change_collection(connection, at.choice(held).collection_id, number, at)
        return ""

    def content(self) -> list[object]:
        """Return every collection with its entries, and every search with what was seen."""
        with self._library.reading() as connection:
            found: list[object] = [
                (each.name, each.note, each.tags, each.revision,
                 [(one.copy, one.note, one.revision)
                  for one in entries.entries_of(connection, each.collection_id)])
                for each in collections.all_collections(connection)
            ]  # fmt: skip
            for search in searches.all_searches(connection):
                seen = searches.seen_of(connection, search.search_id)
                found.append((search.name, search.note, search.revision, seen))
        return found

    def check(self) -> None:
        """Let SQLite look at the file."""
        if self._library.path.exists():
            with self._library.reading() as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
                assert connection.execute("PRAGMA foreign_key_check").fetchall() == []

    def check_told(self, told: str) -> None:
        """Nothing is told that is not in the content."""
        assert told == ""


def _make_collection(connection: Connection, number: int) -> None:
    made = collections.create(connection, f"kept {number}", tags=("a", "b"))
    for at in range(3):
        entries.add_entry(connection, made.collection_id, _copy(at))


def _copy(at: int) -> PassageCopy:
    return PassageCopy(f"X:{at}", "X", f"X, {at}", "words " * 50, *[None] * 6, True)


def _change_collection(
    connection: Connection, collection_id: int, number: int, at: random.Random
) -> None:
    held = entries.entries_of(connection, collection_id)
    what = at.choice(("rename", "add", "note", "move", "take", "remove"))
    if what == "rename":
        collections.change(connection, collection_id, name=f"named {number}", note="n" * 500)
    elif what == "remove":
        collections.remove(connection, collection_id)
    elif what == "add" or not held:
        entries.add_entry(connection, collection_id, _copy(number + 100))
    elif what == "note":
        chosen = at.choice(held).entry_id
        entries.change_entry(connection, collection_id, chosen, note=f"note {number}")
    elif what == "move":
        entries.move_entry(connection, collection_id, held[-1].entry_id, 0)
    else:
        entries.remove_entry(connection, collection_id, at.choice(held).entry_id)


def _change_search(
    connection: Connection, kept: list[searches.SavedSearch], number: int, at: random.Random
) -> None:
    if len(kept) < 2 or (len(kept) < _MOST and at.random() < 0.4):
        searches.create(connection, f"search {number}", '{"query": "wells"}', depth=10)
        return
    chosen = at.choice(kept).search_id
    if at.random() < 0.3:
        searches.remove(connection, chosen)
        return
    hits = tuple(SeenHit(f"X:{n}", f"{number}", f"X, {n}") for n in range(at.randint(0, 20)))
    seen = Seen("an index", number, "2026-01-01T00:00:00+00:00", hits, bytes(at.randint(0, 2000)))
    searches.mark_seen(connection, chosen, seen)


class KeyRows(Rows):
    """API keys: made, given another secret, withdrawn, and what they have spent."""

    def __init__(self, folder: Path) -> None:
        """Name a folder for the file."""
        super().__init__(folder)
        self._file = KeyFile(folder / "keys.sqlite")

    def act(self, number: int) -> str:
        """Make, rotate, revoke or charge a key; tell its name and secret, "-" for one withdrawn."""
        at = random.Random(number)
        good = sorted(each.name for each in self._file.all() if each.revoked_at is None)
        if len(good) < 2 or (len(good) < _MOST and at.random() < 0.4):
            scopes = ["read", *(["write"] if number % 2 else []), f"restricted:c{number % 3}"]
            key, secret = self._file.add(f"key{number}", scopes, rate=number + 1)
        elif at.random() < 0.5:
            kept = timedelta(days=number % 2)
            key, secret = self._file.rotate(at.choice(good), keep_old_for=kept)
        elif at.random() < 0.6:
            key, secret = self._file.revoke(at.choice(good)), "-"
        else:
            (key,) = (each for each in self._file.all() if each.name == good[0])
            self._file.count("2026-01-01", {key.key_id: number})
            return ""
        return f"{key.name}:{secret}"

    def content(self) -> list[object]:
        """Return every key but for its secret, and what it has spent."""
        spent = self._file.count("2026-01-01", {}) if self._file.path.exists() else {}
        return sorted(
            (each.name, sorted(each.scopes), each.rate, each.state(), each.old_digest is not None,
             spent.get(each.key_id, 0))
            for each in self._file.all()
        )  # fmt: skip

    def check(self) -> None:
        """Let SQLite look at the file."""
        if self._file.path.exists():
            with closing(sqlite3.connect(self._file.path)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"

    def check_told(self, told: str) -> None:
        """The key that was told last opens, and the one that was withdrawn last does not."""
        name, _, secret = told.partition(":")
        held = {each.name: each for each in self._file.all()}
        if secret == "-":
            assert held[name].state() == "revoked", f"{name} was withdrawn, and is good"
        elif name:
            assert held[name].is_of(secret, datetime.now(UTC)), f"the key {name} does not open"


class AuditRows(Rows):
    """Entries of the audit log."""

    def __init__(self, folder: Path) -> None:
        """Name a folder for the file."""
        super().__init__(folder)
        self._log = AuditLog(folder / "audit.jsonl")

    def act(self, number: int) -> str:
        """Note an entry, now and then a long one."""
        self._log.note("index", f"object {number}", details={"of": ["x" * 100] * (number % 50)})
        return ""

    def content(self) -> list[object]:
        """Return what each entry is of."""
        return [each.object for each in self._log.entries()]

    def check(self) -> None:
        """Follow the chain; the head that comes after the very first entry may be missing."""
        found = self._log.check()
        assert not found.wrong or (found.entries == 1 and "is not there" in found.wrong[0]), found

    def check_told(self, told: str) -> None:
        """Nothing is told that is not in the content."""
        assert told == ""


ROWS: dict[str, type[Rows]] = {"library": LibraryRows, "keys": KeyRows, "audit": AuditRows}


def write_rows(folder: Path, asked: tuple[str, int], tell: Callable[[str], None]) -> None:
    """Act without end from act `asked[1]` on, in the rows that `asked[0]` names; tell of each."""
    kind, number = asked
    rows = ROWS[kind](folder)
    while True:
        tell(f"acted {number} {rows.act(number)}")
        number += 1
