"""Collections of passages, with notes and tags."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from search_api.schemas.contract import Asked, Contract
from search_api.schemas.kept import MAX_TAGS, Name, Note, Tag, Tagged
from search_api.schemas.passages import Passage

__all__ = [
    "MAX_COPY_CHARACTERS",
    "MAX_FACT_CHARACTERS",
    "Collection",
    "CollectionChange",
    "CollectionContents",
    "CollectionList",
    "CollectionRequest",
    "Entry",
    "EntryChange",
    "EntryList",
    "EntryRequest",
    "EntryState",
    "PassageCopy",
]

MAX_COPY_CHARACTERS = 100_000
MAX_FACT_CHARACTERS = 2_000
"""Of a title or an address; the longest real title has some 600."""

PassageKey = Annotated[str, StringConstraints(min_length=1, max_length=300)]
_Short = Annotated[str, Field(max_length=MAX_FACT_CHARACTERS)]

EntryState = Literal["same", "changed", "missing", "unknown"]


class CollectionRequest(Tagged):
    """A collection to make."""

    name: Name = Field(
        description="Unlike the other names by more than case.", examples=["Access to a lawyer"]
    )
    note: Note = Field("", description="What it is for.", examples=["For the informals."])


class CollectionChange(Asked):
    """What is to change of a collection; what is left out stays."""

    name: Name | None = Field(None, description="A new name.", examples=["Counsel"])
    note: Note | None = Field(None, description="A new note.", examples=["For item 4."])
    tags: tuple[Tag, ...] | None = Field(
        None, max_length=MAX_TAGS, description="All its tags.", examples=[["item 4"]]
    )
    revision: int | None = Field(
        None,
        description="`revision` as it was read; where it has changed since, nothing is done (409).",
        examples=[1],
    )


class Collection(Tagged):
    """A collection, without its entries."""

    id: int = Field(description="Never given twice.", examples=[1])
    name: str = Field(description="As given.", examples=["Access to a lawyer"])
    note: str = Field("", description="The user's own.")
    created_at: str = Field(description="ISO 8601, UTC.", examples=["2025-05-04T10:00:00Z"])
    changed_at: str = Field(description="Of it or of an entry, ISO 8601, UTC.")
    revision: int = Field(description="Of name, note and tags, from 1.", examples=[1])
    entries: int = Field(description="Passages in it.", examples=[12])
    entry: int | None = Field(
        None, description="Its entry of the passage that was asked about; None where it has none."
    )


class CollectionList(Contract):
    """Every collection, the last used first."""

    collections: tuple[Collection, ...] = Field((), description="The last used first.")
    next_cursor: str | None = Field(None, description="For the next page; None on the last.")
    kept_in: str = Field(
        description="File that holds them, on the machine of the service; for whoever has a key "
        "its name alone.",
        examples=["/home/ada/.local/share/precedent/library.sqlite"],
    )
    locked: str | None = Field(
        None, description="Why nothing can be kept at present; None where it can."
    )


class PassageCopy(Asked):
    """A passage as it stood when it was added, kept whatever becomes of its document."""

    passage_id: PassageKey = Field(description="Key.", examples=["A_HRC_15_16:en:12"])
    document_id: PassageKey = Field(description="Key of the document.", examples=["A_HRC_15_16:en"])
    citation: _Short = Field(description="In UN form.", examples=["A/HRC/15/16, para. 12"])
    text: str = Field(
        max_length=MAX_COPY_CHARACTERS, description="The words.", examples=["Nobody was told."]
    )
    symbol: _Short | None = Field(None, description="Document symbol.", examples=["A/HRC/15/16"])
    title: _Short | None = Field(None, description="Document title.")
    url: _Short | None = Field(None, description="Where the original can be opened.")
    date: _Short | None = Field(None, description="ISO date, to the precision known.")
    language: _Short | None = Field(None, description="ISO 639-1.", examples=["en"])
    standing: _Short | None = Field(
        None, description="What it was worth as precedent, for people.", examples=["Final"]
    )
    counts: bool = Field(True, description="Whether it might be cited as precedent.")


class EntryRequest(Tagged):
    """A passage to add to a collection."""

    passage_id: PassageKey = Field(
        description="Key of the passage.", examples=["A_HRC_15_16:en:12"]
    )
    note: Note = Field("", description="The user's own.", examples=["Ask for this again."])
    position: int | None = Field(
        None, ge=0, description="Place from 0; its end where none is given.", examples=[0]
    )
    copy_of: PassageCopy | None = Field(
        None,
        description="What to keep of it where the index no longer has it, as `copy_of` of a "
        "removed entry; the index's own words go before.",
    )


class EntryChange(Asked):
    """What is to change of an entry; what is left out stays."""

    note: Note | None = Field(None, description="A new note.", examples=["Stronger than 2019."])
    tags: tuple[Tag, ...] | None = Field(
        None, max_length=MAX_TAGS, description="All its tags.", examples=[["strong"]]
    )
    position: int | None = Field(None, ge=0, description="A new place, from 0.", examples=[0])
    renew: bool = Field(
        False, description="Keep the passage as the index has it now in place of the old copy."
    )
    revision: int | None = Field(
        None,
        description="`revision` as it was read; where it has changed since, nothing is done (409).",
        examples=[1],
    )


class Entry(Tagged):
    """A passage in a collection."""

    id: int = Field(description="Never given twice.", examples=[1])
    copy_of: PassageCopy = Field(description="The passage as it stood when it was added.")
    note: str = Field("", description="The user's own.")
    added_at: str = Field(description="ISO 8601, UTC.", examples=["2025-05-04T10:00:00Z"])
    revision: int = Field(description="Of note and tags, from 1.", examples=[1])
    state: EntryState = Field(
        description="Whether the index has it as it was copied (same), with other words (changed), "
        "or not at all (missing); unknown where no index is in service.",
        examples=["same"],
    )
    passage: Passage | None = Field(None, description="As the index has it now.")


class CollectionContents(Contract):
    """A collection with its entries."""

    collection: Collection
    entries: tuple[Entry, ...] = Field((), description="In their order.")


class EntryList(Contract):
    """A page of the entries of a collection, in their order."""

    total: int = Field(description="Entries in the collection.", examples=[12])
    entries: tuple[Entry, ...] = Field((), description="In their order.")
    next_cursor: str | None = Field(None, description="For the next page; None on the last.")
