"""What is new in all saved searches."""

from __future__ import annotations

from pydantic import Field

from search_api.schemas.contract import Contract
from search_api.schemas.saved_searches import Gone
from search_api.schemas.search import Hit
from search_api.schemas.service import Problem

__all__ = ["Alert", "AlertCounts", "AlertList"]


class AlertCounts(Contract):
    """How much changed in a saved search."""

    new: int = Field(0, description="Hits that the index did not have.", examples=[2])
    changed: int = Field(0, description="Hits with other words.", examples=[0])
    risen: int = Field(0, description="Hits the index had, that came among the best.", examples=[1])
    gone: int = Field(0, description="What stood there and does no more.", examples=[0])


class Alert(Contract):
    """A saved search in which something changed since the last visit."""

    search_id: int = Field(description="Of the saved search.", examples=[1])
    name: str = Field(description="Of the saved search.", examples=["Lawyers, yearly"])
    generation: int | None = Field(
        None,
        description="Of the index that was asked; goes into `POST /v1/searches/{id}/seen`.",
        examples=[7],
    )
    counts: AlertCounts = Field(default_factory=AlertCounts, description="Of each kind, in all.")
    new: tuple[Hit, ...] = Field((), description="Best first; as many as `hits` at most.")
    changed: tuple[Hit, ...] = Field((), description="Best first; as many as `hits` at most.")
    gone: tuple[Gone, ...] = Field((), description="As many as `hits` at most.")
    problem: Problem | None = Field(None, description="Why this search could not be asked.")


class AlertList(Contract):
    """What changed in saved searches since each was visited, the newest search first."""

    alerts: tuple[Alert, ...] = Field((), description="Those in which something changed.")
    looked_at: int = Field(description="Saved searches that were looked at.", examples=[12])
    next_cursor: str | None = Field(
        None, description="For those that were not looked at; None where all were."
    )
