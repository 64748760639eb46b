"""Collections against a plain model, for two callers of which one sees no restricted passage.

Whatever they do by turns: nothing is lost, nothing is shown that is hidden, each has the order he
made, and a file that is taken in comes out the same.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from corpus.errors import ConflictError, UnknownNameError
from corpus.restricted import collection_of
from library.file import Library
from library.records import name_key
from search_api.keeping import collections, exchange
from search_api.schemas import (
    CollectionChange,
    CollectionRequest,
    Entry,
    EntryChange,
    EntryRequest,
    LibraryImport,
    PassageCopy,
)

PASSAGES: Final = ("A_1:en:1", "A_1:en:2", "A_2:en:1", "B_1@witness:en:1", "B_1@witness:en:2")
NAMES = st.sampled_from(["Wells", "wells ", "Schools", "Été"])
NOTES = st.sampled_from(["", "Ask again.", "هنا"])
WHICH = st.integers(0, 3)
PLACES = st.none() | st.integers(0, 6)
MEMORY: Final = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
"""Where files lie in memory: what is tried here is not the disk, which takes most of the time."""
CALLERS = st.sampled_from(["owner", "guest"])


@dataclass
class Held:
    """A collection, as a plain value.

    Attributes:
        name: of it.
        public: ids of passages that everybody sees, in their order.
        hidden: of the others, in theirs.
        notes: by id of the passage.
    """

    name: str
    public: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)

    def part_of(self, passage_id: str) -> list[str]:
        return self.hidden if collection_of(passage_id) else self.public


def copy_of(passage_id: str) -> PassageCopy:
    return PassageCopy(
        passage_id=passage_id, document_id=passage_id.rsplit(":", 1)[0],
        citation=f"of {passage_id}", text=f"Words of {passage_id}.",
    )  # fmt: skip


class Collections(RuleBasedStateMachine):
    """Two callers at one library."""

    removed = Bundle("removed")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="precedent-", dir=MEMORY))
        self.library = Library(self.folder / "library.sqlite")
        views = {"owner": frozenset({"witness"}), "guest": frozenset[str]()}
        self.seen = {who: self.library.seen_by(view) for who, view in views.items()}
        self.model: dict[int, Held] = {}

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def ids(self, who: str, at: int) -> list[str]:
        held = collections.contents(self.seen[who], None, at).entries
        return [each.copy_of.passage_id for each in held]

    def at(self, which: int) -> int:
        """Return the id of a collection that is there; that of none, where there is none."""
        held = sorted(self.model)
        return held[which % len(held)] if held else 10**9

    def entry(self, who: str, at: int, number: int) -> Entry | None:
        if at not in self.model:
            return None
        held = collections.contents(self.seen[who], None, at).entries
        return held[number % len(held)] if held else None

    @initialize(passages=st.permutations(PASSAGES))
    def begin(self, passages: list[str]) -> None:
        """Most of what can go wrong needs a collection of which the guest sees a part."""
        for name in ("Wells", "Schools"):
            self.create("owner", name)
        for passage in passages:
            self.add("owner", 0, passage, "Mine.", None)

    # What they do ------------------------------------------------------------------------------

    @rule(who=CALLERS, name=NAMES)
    def create(self, who: str, name: str) -> None:
        asked = CollectionRequest(name=name)
        if name_key(name) in {name_key(each.name) for each in self.model.values()}:
            with pytest.raises(ConflictError):
                collections.create(self.seen[who], asked)
            return
        at = collections.create(self.seen[who], asked).id
        assert at not in self.model
        self.model[at] = Held(asked.name)

    @rule(who=CALLERS, which=WHICH, passage=st.sampled_from(PASSAGES), note=NOTES, place=PLACES)
    def add(self, who: str, which: int, passage: str, note: str, place: int | None) -> None:
        at = self.at(which)
        asked = EntryRequest(
            passage_id=passage, note=note, position=place, copy_of=copy_of(passage)
        )
        self._put(who, at, asked)

    def _put(self, who: str, at: int, asked: EntryRequest) -> None:
        passage, library = asked.passage_id, self.seen[who]
        if at not in self.model or (who == "guest" and collection_of(passage)):
            with pytest.raises(UnknownNameError):
                collections.add(library, None, at, asked)
            return
        held = self.model[at]
        if passage in held.notes:
            with pytest.raises(ConflictError):
                collections.add(library, None, at, asked)
            return
        before = self.ids(who, at)
        collections.add(library, None, at, asked)
        place = len(before) if asked.position is None else asked.position
        self._ordered(who, at, [*before[:place], passage, *before[place:]])
        held.notes[passage] = asked.note

    def _ordered(self, who: str, at: int, expected: list[str]) -> None:
        """The caller sees the order he asked for; what he cannot see keeps its own."""
        assert self.ids(who, at) == expected
        held = self.model[at]
        held.public = [each for each in expected if not collection_of(each)]
        if who == "owner":
            held.hidden = [each for each in expected if collection_of(each)]

    @rule(who=CALLERS, which=WHICH, number=st.integers(0, 4), note=NOTES)
    def write_note(self, who: str, which: int, number: int, note: str) -> None:
        at = self.at(which)
        if (entry := self.entry(who, at, number)) is None:
            return
        collections.change_entry(self.seen[who], None, at, entry.id, EntryChange(note=note))
        self.model[at].notes[entry.copy_of.passage_id] = note

    @rule(who=CALLERS, which=WHICH, number=st.integers(0, 4), place=st.integers(0, 6))
    def move(self, who: str, which: int, number: int, place: int) -> None:
        at = self.at(which)
        if (entry := self.entry(who, at, number)) is None:
            return
        moved = entry.copy_of.passage_id
        others = [each for each in self.ids(who, at) if each != moved]
        collections.change_entry(self.seen[who], None, at, entry.id, EntryChange(position=place))
        self._ordered(who, at, [*others[:place], moved, *others[place:]])

    @rule(target=removed, who=CALLERS, which=WHICH, number=st.integers(0, 4))
    def take_out(self, who: str, which: int, number: int) -> object:
        at = self.at(which)
        if (entry := self.entry(who, at, number)) is None:
            return multiple()
        passage = entry.copy_of.passage_id
        place = self.ids(who, at).index(passage)
        gone = collections.remove_entry(self.seen[who], None, at, entry.id)
        held = self.model[at]
        held.part_of(passage).remove(passage)
        assert held.notes.pop(passage) == gone.note
        return who, at, place, gone

    @rule(was=removed)
    def undo(self, was: tuple[str, int, int, Entry]) -> None:
        who, at, place, gone = was
        asked = EntryRequest(
            passage_id=gone.copy_of.passage_id, note=gone.note, position=place,
            copy_of=gone.copy_of,
        )  # fmt: skip
        self._put(who, at, asked)

    @rule(who=CALLERS, which=WHICH, name=NAMES)
    def rename(self, who: str, which: int, name: str) -> None:
        at = self.at(which)
        if at not in self.model:
            return
        asked = CollectionChange(name=name)
        others = {name_key(held.name) for each, held in self.model.items() if each != at}
        if name_key(name) in others:
            with pytest.raises(ConflictError):
                collections.change(self.seen[who], at, asked)
            return
        self.model[at].name = collections.change(self.seen[who], at, asked).name

    @rule(who=CALLERS, which=WHICH)
    def remove(self, who: str, which: int) -> None:
        at = self.at(which)
        if at not in self.model:
            return
        collections.remove(self.seen[who], at)
        held = self.model[at]
        if who == "owner" or not held.hidden:
            del self.model[at]
            return
        for passage in held.public:
            del held.notes[passage]
        held.public.clear()

    @rule(who=CALLERS)
    def hand_on(self, who: str) -> None:
        """A file that is taken in elsewhere comes out the same; taken in here it adds nothing."""
        file = exchange.export(self.seen[who])
        elsewhere = Library(self.folder / "elsewhere.sqlite", frozenset({"witness"}))
        exchange.take_in(elsewhere, LibraryImport(file=file))
        assert exchange.export(elsewhere) == file
        elsewhere.wipe()
        again = exchange.take_in(self.seen[who], LibraryImport(file=file, on_conflict="merge"))
        assert (again.collections, again.entries) == ((), 0)
        assert exchange.export(self.seen[who]) == file

    @rule(who=CALLERS)
    def lose_and_put_back(self, who: str) -> None:
        """What a caller exports, removes and takes in again is back; nobody else lost anything."""
        file = exchange.export(self.seen[who])
        for at in list(self.model):
            collections.remove(self.seen[who], at)
        exchange.take_in(self.seen[who], LibraryImport(file=file, on_conflict="merge"))
        assert {
            each.name: each.entries for each in exchange.export(self.seen[who]).collections
        } == {each.name: each.entries for each in file.collections}
        now = {each.name: each.id for each in collections.listed(self.library).collections}
        self.model = {now[held.name]: held for held in self.model.values()}

    # What always holds ---------------------------------------------------------------------------

    @invariant()
    def each_sees_what_is_his(self) -> None:
        for who, library in self.seen.items():
            listed = {each.id: each for each in collections.listed(library).collections}
            assert {at: each.name for at, each in listed.items()} == {
                at: held.name for at, held in self.model.items()
            }
            for at, held in self.model.items():
                found = collections.contents(library, None, at).entries
                ids = [each.copy_of.passage_id for each in found]
                assert [each for each in ids if not collection_of(each)] == held.public
                hidden = held.hidden if who == "owner" else []
                assert [each for each in ids if collection_of(each)] == hidden
                assert {each.copy_of.passage_id: each.note for each in found} == {
                    each: held.notes[each] for each in (*held.public, *hidden)
                }
                assert listed[at].entries == len(ids)
                assert all(each.copy_of == copy_of(each.copy_of.passage_id) for each in found)


TestCollections = Collections.TestCase
TestCollections.settings = settings(
    max_examples=8, stateful_step_count=25, deadline=None, derandomize=True
)
