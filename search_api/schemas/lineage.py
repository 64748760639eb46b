"""One paragraph followed through the texts of its series."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from search_api.schemas.compare import VerbChange
from search_api.schemas.contract import Contract
from search_api.schemas.passages import Passage
from search_api.schemas.wording import WordChange

__all__ = ["Lineage", "LineageScope", "LineageSeries", "Proposal", "Version", "WithoutIt"]

LineageScope = Literal["series", "body", "all"]

Graded = Literal["verbatim", "near-verbatim", "same-meaning", "reworded"]


class LineageSeries(Contract):
    """The texts that were looked through."""

    name: str = Field(
        description="Of the series, for people.",
        examples=["59/25. Human rights and climate change"],
    )
    by: Literal["mandate", "title", "country", "body-and-kind", "body", "all"] = Field(
        description="What makes them one series: one mandate; resolutions of one body under one "
        "title, or with a third of their paragraphs in common; one body, kind and country; one "
        "body and kind. body and all are what was asked for.",
        examples=["title"],
    )
    language: str | None = Field(description="ISO 639-1; other languages are not searched.")
    documents: int = Field(description="Texts, drafts among them.", examples=[6])
    complete: bool = Field(
        description="Whether each text was looked through and takes up the one before it, so that "
        "those without the paragraph are named: not general comments, and not where texts are too "
        "many to be one series."
    )
    years_without: tuple[int, ...] = Field(
        (), description="Years between its first and its last of which the index has no text."
    )


class Proposal(Contract):
    """A draft or an amendment beside the text it became or was to change; never a version."""

    passage: Passage
    grade: Graded | None = Field(
        description="How close it is to the paragraph; None of an amendment that only names it."
    )
    became: str | None = Field(
        description="Id of the document that was adopted of it or that it was to amend, where "
        "that is known."
    )
    words: tuple[WordChange, ...] = Field(
        (), description="From the draft to the version it stands beside."
    )
    verb: VerbChange | None = None


class Version(Contract):
    """What one text of the series says in this paragraph."""

    passage: Passage = Field(description="The whole paragraph.")
    asked: bool = Field(description="Whether it is the one that was asked for.")
    grade: Graded = Field(
        description="How close it is to the paragraph asked for, or to `through`; reworded: half "
        "of the words are the same, and no paragraph beside either is closer.",
        examples=["near-verbatim"],
    )
    through: str | None = Field(
        None,
        description="Citation of the neighbouring version it is close to, where it has grown too "
        "far from the one asked for.",
        examples=["A/HRC/RES/15/16, para. 3"],
    )
    similarity: float = Field(description="Of the words, 0 to 1.", examples=[0.91])
    meaning: float = Field(description="Cosine.", examples=[0.94])
    first_use: bool = Field(False, description="Whether it is the earliest that is known.")
    came_back: bool = Field(
        False, description="Whether the text of the series before it was without it."
    )
    previous: str | None = Field(None, description="Passage id of the version before it.")
    words: tuple[WordChange, ...] = Field(
        (), description="From the version before it; empty where it has the same words."
    )
    verb: VerbChange | None = Field(None, description="Against the version before it.")
    proposals: tuple[Proposal, ...] = ()


class WithoutIt(Contract):
    """A text of the series that lacks the paragraph."""

    document_id: str = Field(description="Key.", examples=["A_HRC_RES_12_1:en"])
    symbol: str | None = Field(description="Document symbol.", examples=["A/HRC/RES/12/1"])
    title: str | None = None
    date: str | None = None
    year: int | None = None
    place: Literal["before", "between", "after"] = Field(
        description="before its first use, between two versions, or after its last: dropped.",
        examples=["after"],
    )


class Lineage(Contract):
    """A paragraph through the texts of its series, earliest first."""

    passage: Passage = Field(description="The paragraph asked for, whole.")
    scope: LineageScope = "series"
    series: LineageSeries
    story: tuple[str, ...] = Field(
        description="What happened, in sentences, earliest first.",
        examples=[["First used in A/HRC/RES/12/1, para. 3 (2009)."]],
    )
    versions: tuple[Version, ...]
    without: tuple[WithoutIt, ...] = ()
    proposals: tuple[Proposal, ...] = Field(
        (), description="Drafts and amendments that stand beside no version."
    )
    twins: tuple[Passage, ...] = Field(
        (), description="The paragraph in other languages, by its number."
    )
