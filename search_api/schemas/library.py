"""Everything the user keeps, as one file that can be handed on."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from search_api.schemas.collections import PassageCopy
from search_api.schemas.contract import Asked, Contract
from search_api.schemas.kept import Name, Note, Tagged, When
from search_api.schemas.request import MAX_K, SearchRequest

__all__ = [
    "LibraryFile",
    "LibraryImport",
    "LibraryImported",
    "SavedCollection",
    "SavedEntry",
    "SavedQuery",
    "Wiped",
]

_MAX_SAVED_ENTRIES = 2_000
_MAX_SAVED = 1_000

OnConflict = Literal["refuse", "rename", "merge"]


class SavedEntry(Tagged):
    """An entry in a file."""

    copy_of: PassageCopy
    note: Note = Field("", description="The user's own.")
    added_at: When = Field("", description="ISO 8601, UTC.")


class SavedCollection(Tagged):
    """A collection in a file."""

    name: Name = Field(description="Its name.", examples=["Access to a lawyer"])
    note: Note = Field("", description="The user's own.")
    created_at: When = Field("", description="ISO 8601, UTC.")
    entries: tuple[SavedEntry, ...] = Field(
        (), max_length=_MAX_SAVED_ENTRIES, description="In their order."
    )


class SavedQuery(Asked):
    """A saved search in a file, without what was seen of it: that is of one index."""

    name: Name = Field(description="Its name.", examples=["Lawyers, yearly"])
    request: SearchRequest
    note: Note = Field("", description="The user's own.")
    depth: int = Field(50, ge=1, le=MAX_K, description="Best hits that are watched.")
    created_at: When = Field("", description="ISO 8601, UTC.")


class LibraryFile(Asked):
    """Collections and saved searches as a file, to be kept or handed on."""

    format: Literal["precedent-library"] = Field(description="What it is.")
    version: Literal[1] = Field(description="Of the format.")
    collections: tuple[SavedCollection, ...] = Field(
        (), max_length=_MAX_SAVED, description="In the order in which they were last used."
    )
    searches: tuple[SavedQuery, ...] = Field((), max_length=_MAX_SAVED, description="Newest first.")


class LibraryImport(Asked):
    """A file to take in, and what to do where a name is taken."""

    file: LibraryFile = Field(
        description="As `GET /v1/library` gives it.",
        examples=[{"format": "precedent-library", "version": 1}],
    )
    on_conflict: OnConflict = Field(
        "refuse",
        description="Where a name is taken: take in nothing (refuse, 409), give it another name "
        "(rename), or add to the collection the passages that it lacks (merge; a saved search "
        "stays as it is). Nothing that is there is overwritten.",
        examples=["rename"],
    )


class LibraryImported(Contract):
    """What was taken in."""

    collections: tuple[str, ...] = Field((), description="Names of collections that were made.")
    merged: tuple[str, ...] = Field((), description="Names of collections that were added to.")
    searches: tuple[str, ...] = Field((), description="Names of searches that were saved.")
    entries: int = Field(0, description="Passages that were added.", examples=[12])
    left_out: int = Field(
        0, description="Passages and searches that were there already.", examples=[0]
    )


class Wiped(Contract):
    """That nothing is kept any more."""

    kept_in: str = Field(description="File that was deleted; for whoever has a key its name alone.")
    was_there: bool = Field(description="Whether there was one.")
