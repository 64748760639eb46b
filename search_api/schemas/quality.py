"""How well reading went, and what to look at again."""

from __future__ import annotations

from pydantic import Field

from search_api.schemas.contract import Contract
from search_api.schemas.documents import Concern

__all__ = ["DocumentConcerns", "QualityReport", "Unread"]


class DocumentConcerns(Contract):
    """A document worth a look, and why."""

    document_id: str = Field(description="Key.", examples=["A_HRC_15_16:en"])
    symbol: str | None = Field(description="Document symbol.", examples=["A/HRC/15/16"])
    title: str | None = Field(description="Title.")
    language: str | None = Field(description="ISO 639-1.", examples=["en"])
    source: str = Field(description="Name of the file it was read from.")
    score: float = Field(description="Sum of the weights.", examples=[0.9])
    concerns: tuple[Concern, ...] = Field(description="Weightiest first.")


class Unread(Contract):
    """A file, or a line of one, that could not be read when it was last tried."""

    source: str = Field(description="Name of the file, with the line where it is one.")
    kind: str = Field(description="Kind of failure, for programs.", examples=["damaged"])
    reason: str = Field(description="Cause and remedy.")
    at: str = Field(description="When, ISO 8601, UTC.")


class QualityReport(Contract):
    """How well reading went over the whole index, and the documents worth a look, worst first."""

    documents: int = Field(description="Documents in the index.", examples=[112])
    numbered: int = Field(description="Documents with numbered paragraphs.", examples=[100])
    without_gap: int = Field(description="Of these, with no number missing.", examples=[97])
    paragraphs: int = Field(description="Numbered paragraphs found.", examples=[9812])
    missing: int = Field(description="Numbers missing between them.", examples=[12])
    ocr: int = Field(description="Documents with words recognised in images.", examples=[3])
    concerns: dict[str, int] = Field(
        default_factory=dict, description="Documents by code of concern, most first."
    )
    total: int = Field(description="Documents with a concern.", examples=[15])
    offset: int = Field(0, description="Of the first one shown.")
    next_cursor: str | None = Field(None, description="For the next page; None on the last.")
    worst: tuple[DocumentConcerns, ...] = Field((), description="Worst first.")
    unread_total: int = Field(0, description="Files that could not be read.")
    unread: tuple[Unread, ...] = Field((), description="By name; as many as `k` at most.")
