"""Documents, and what there is to filter by."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from search_api.schemas.contract import Contract
from search_api.schemas.passages import Passage

__all__ = [
    "Concern",
    "Document",
    "DocumentLink",
    "DocumentList",
    "DocumentSummary",
    "FacetValue",
    "Facets",
    "Relation",
]


class FacetValue(Contract):
    """One value of a facet and how many passages and documents have it."""

    value: str = Field(description="The value to filter by.", examples=["BLR"])
    label: str = Field(description="The value for people.", examples=["Belarus"])
    passages: int = Field(description="Passages.", examples=[120])
    documents: int = Field(description="Documents.", examples=[3])


class Facets(Contract):
    """Values of every facet, most passages first (years: latest first).

    Each facet is counted under the filters of the others but not its own, so that its other values
    stay to choose from. Values that nothing has are left out. Beside a search it is the candidates
    of the ranking that are counted, in every order of the hits. Choosing a value looks deeper among
    the passages that have it, so that more of them may be found than are counted here; values that
    were chosen are counted as they were found.
    """

    counted: Literal["index", "candidates"] = Field(
        "index", description="Whether all passages are counted, or those that a search ranks."
    )

    kind: tuple[FacetValue, ...] = ()
    body: tuple[FacetValue, ...] = ()
    country: tuple[FacetValue, ...] = ()
    language: tuple[FacetValue, ...] = ()
    status: tuple[FacetValue, ...] = ()
    year: tuple[FacetValue, ...] = ()


class Relation(Contract):
    """What a document says it is to another."""

    kind: str = Field(description="corrects, revises, supersedes, …", examples=["revises"])
    symbol: str = Field(description="Of the other document.", examples=["A/HRC/15/16"])


class DocumentLink(Contract):
    """Another document of the index that belongs with one."""

    kind: str = Field(
        description=(
            "What the document is to this other one: language-version, another-version, "
            "same-text, adopted-as, adopts, revises, revised-by, corrects, corrected-by, "
            "supersedes, superseded-by, adds-to, added-to-by, amends, amended-by."
        ),
        examples=["adopted-as"],
    )
    document_id: str = Field(description="Key of the other.", examples=["A_HRC_RES_15_16:en"])
    symbol: str | None = Field(description="Its symbol.", examples=["A/HRC/RES/15/16"])
    title: str | None = Field(description="Its title.")
    language: str | None = Field(description="Its language.", examples=["en"])
    status: str | None = Field(None, description="Its standing.")
    contained: float | None = Field(
        None, description="Share of the document's words that stand in the other.", examples=[0.98]
    )
    shared: int | None = Field(
        None, description="Paragraphs both have, by number or by words.", examples=[26]
    )
    numbered: int = Field(description="Numbered paragraphs of the other.", examples=[27])


class Concern(Contract):
    """A reason to look at a document again before citing it."""

    code: str = Field(description="For programs.", examples=["gaps"])
    weight: float = Field(description="0 to 1.", examples=[0.5])
    message: str = Field(description="For people.", examples=["paragraph number 12 is missing"])


class DocumentSummary(Contract):
    """A document without its text."""

    document_id: str = Field(description="Key.", examples=["A_HRC_15_16:en"])
    symbol: str | None = Field(description="Document symbol.", examples=["A/HRC/15/16"])
    title: str | None = Field(description="Title.")
    kind: str | None = Field(description="Document kind.", examples=["upr-report"])
    body: str | None = Field(description="Who speaks.")
    mandate: str | None = None
    mandate_holder: str | None = Field(None, description="Person who holds the mandate.")
    country: tuple[str, ...] = ()
    session: str | None = None
    agenda_item: str | None = None
    date: str | None = None
    year: int | None = None
    language: str | None = None
    status: str | None = Field(
        None, description="Its own, or what follows from another document in the index."
    )
    superseded_by: str | None = None
    vote: tuple[int, int, int] | None = Field(None, description="In favour, against, abstaining.")
    source: str = Field(description="Name of the file it was read from.")
    sha256: str = Field(description="Digest of the source.")
    job_number: str | None = Field(
        None, description="Of the UN's document services.", examples=["GE.25-05795"]
    )
    relations: tuple[Relation, ...] = Field(
        (), description="Ties that its symbol or its words state."
    )
    url: str | None = None
    page_count: int | None = None
    paragraphs: int = Field(description="Paragraphs.", examples=[112])
    passages: int = Field(description="Passages.", examples=[118])
    warnings: tuple[str, ...] = ()
    restricted: str | None = Field(
        None,
        description="Restricted collection it is in: not to be quoted in public.",
    )


class Document(DocumentSummary):
    """A document with its passages in reading order."""

    quality: dict[str, object] = Field(
        default_factory=dict, description="How well paragraph numbering came out."
    )
    concerns: tuple[Concern, ...] = Field(
        (), description="Reasons to look again, weightiest first."
    )
    copies: tuple[str, ...] = Field((), description="Files that hold the same bytes.")
    links: tuple[DocumentLink, ...] = Field((), description="Documents that belong with it.")
    contents: tuple[Passage, ...] = Field((), description="Passages in reading order.")


class DocumentList(Contract):
    """A page of documents, by symbol."""

    total: int = Field(description="Documents that match.", examples=[112])
    offset: int = Field(0, description="Documents before the first one shown.")
    next_cursor: str | None = Field(None, description="For the next page; None on the last.")
    documents: tuple[DocumentSummary, ...] = ()
