"""Saved searches, and what is new in them."""

from __future__ import annotations

from pydantic import Field

from search_api.schemas.contract import Asked, Contract
from search_api.schemas.kept import Name, Note
from search_api.schemas.request import MAX_K, SearchRequest
from search_api.schemas.search import Hit

__all__ = [
    "DeletedSearch",
    "Gone",
    "SavedSearch",
    "SavedSearchChange",
    "SavedSearchList",
    "SavedSearchRequest",
    "SearchChanges",
    "SeenRequest",
]


class SavedSearchRequest(Asked):
    """A search to keep under a name."""

    name: Name = Field(
        description="Unlike the other names by more than case.", examples=["Lawyers, yearly"]
    )
    request: SearchRequest = Field(
        description="The search, with its filters.", examples=[{"query": "access to a lawyer"}]
    )
    note: Note = Field("", description="The user's own.")
    depth: int = Field(
        50, ge=1, le=MAX_K, description="How many of the best hits are watched.", examples=[50]
    )


class SavedSearchChange(Asked):
    """What is to change of a saved search; what is left out stays."""

    name: Name | None = Field(None, description="A new name.", examples=["Lawyers"])
    note: Note | None = Field(None, description="A new note.", examples=["Every Monday."])
    revision: int | None = Field(
        None,
        description="`revision` as it was read; where it has changed since, nothing is done (409).",
        examples=[1],
    )


class SavedSearch(Contract):
    """A search that is kept."""

    id: int = Field(description="Never given twice.", examples=[1])
    name: str = Field(description="As given.", examples=["Lawyers, yearly"])
    request: SearchRequest = Field(description="As it was kept.")
    note: str = Field("", description="The user's own.")
    depth: int = Field(description="How many of the best hits are watched.", examples=[50])
    created_at: str = Field(description="ISO 8601, UTC.", examples=["2025-05-04T10:00:00Z"])
    revision: int = Field(description="Of name and note, from 1.", examples=[1])
    seen_at: str | None = Field(
        None, description="The last visit, ISO 8601, UTC; None where there was none."
    )
    unchanged: bool = Field(
        False, description="Whether the index is the one of the last visit: then nothing is new."
    )


class SavedSearchList(Contract):
    """Every saved search, the newest first."""

    searches: tuple[SavedSearch, ...] = Field((), description="The newest first.")
    next_cursor: str | None = Field(None, description="For the next page; None on the last.")
    unreadable: tuple[str, ...] = Field(
        (), description="Names of those that another version kept and this one cannot read."
    )


class Gone(Contract):
    """A passage that stood among the best hits at the last visit, and does no more."""

    passage_id: str = Field(description="Its key.", examples=["A_HRC_15_16:en:12"])
    citation: str = Field(description="As it was.", examples=["A/HRC/15/16, para. 12"])
    held: bool = Field(
        description="Whether the index still has it: then others came before it, else it was "
        "removed from the index."
    )


class SearchChanges(Contract):
    """What changed in a saved search since the last visit; looking does not count as a visit."""

    search: SavedSearch
    generation: int = Field(
        description="Of the index that was asked; goes into `POST …/seen`.", examples=[7]
    )
    new: tuple[Hit, ...] = Field(
        (), description="Hits that the index did not have at the last visit, best first."
    )
    changed: tuple[Hit, ...] = Field(
        (), description="Hits whose words are others than at the last visit, best first."
    )
    risen: tuple[Hit, ...] = Field(
        (),
        description="Hits that the index had already, and that came among the best since, as "
        "others went or other words of the index weigh otherwise; best first.",
    )
    same: tuple[Hit, ...] = Field(
        (), description="Hits that stood here already; none where nothing was searched."
    )
    gone: tuple[Gone, ...] = Field((), description="What stood here and does no more.")


class SeenRequest(Asked):
    """A visit: what the search gives now is what has been seen."""

    generation: int = Field(
        description="`generation` of the changes that were looked at; where the index has changed "
        "since, nothing is done (409).",
        examples=[1],
    )


class DeletedSearch(Contract):
    """That a saved search is kept no more."""

    name: str = Field(description="What it was called.", examples=["Lawyers, yearly"])
