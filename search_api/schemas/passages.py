"""Passages, what surrounds them, and what says the same elsewhere."""

from __future__ import annotations

from pydantic import Field

from search_api.schemas.contract import Contract
from search_api.schemas.standing import Standing

__all__ = ["Box", "Double", "Neighbours", "Passage", "Twins"]


class Box(Contract):
    """Where some lines of a paragraph stand on a page, in points from its upper left corner."""

    page: int = Field(description="Physical page, from 1.", examples=[4])
    x0: float = Field(description="Left edge.", examples=[113.4])
    y0: float = Field(description="Upper edge.", examples=[301.2])
    x1: float = Field(description="Right edge.", examples=[538.6])
    y1: float = Field(description="Lower edge.", examples=[349.0])


class Passage(Contract):
    """A numbered paragraph, or a part of a long one, with all that is needed to cite it."""

    passage_id: str = Field(
        description="Readable key, stable across re-indexing.", examples=["A_HRC_15_16:en:12"]
    )
    document_id: str = Field(description="Key of the document.", examples=["A_HRC_15_16:en"])
    symbol: str | None = Field(description="Document symbol.", examples=["A/HRC/15/16"])
    title: str | None = Field(
        description="Document title.", examples=["Report of the Working Group: Freedonia"]
    )
    number: str | None = Field(description="Paragraph number as printed.", examples=["12"])
    paragraph_id: str = Field(description="Label in the document.", examples=["12"])
    paragraph_kind: str = Field(
        description="body, preambular, operative, recommendation, heading, footnote or annex.",
        examples=["body"],
    )
    part: int = Field(description="Part of a long paragraph, from 1.", examples=[1])
    parts: int = Field(description="Parts the paragraph was split into.", examples=[1])
    pages: tuple[int, ...] = Field(description="Physical pages, from 1.", examples=[[4, 5]])
    section: tuple[str, ...] = Field(
        description="Headings above it, outermost first.", examples=[["II. Findings", "A. Courts"]]
    )
    kind: str | None = Field(description="Document kind.", examples=["upr-report"])
    body: str | None = Field(description="Who speaks.", examples=["Human Rights Council"])
    mandate: str | None = Field(None, description="Special procedure or expert group.")
    country: tuple[str, ...] = Field(description="Countries concerned.", examples=[["BLR"]])
    date: str | None = Field(description="ISO date, to the precision known.", examples=["2010-06"])
    year: int | None = Field(description="Year it is filed under.", examples=[2010])
    language: str | None = Field(description="ISO 639-1.", examples=["en"])
    status: str | None = Field(
        None, description="Standing, where known: draft, rejected, superseded, adopted-by-vote, …"
    )
    superseded_by: str | None = Field(None, description="Symbol of the text that replaced it.")
    standing: Standing = Field(description="What it is worth as precedent.")
    text: str = Field(description="The words.", examples=["The delegation stated that …"])
    citation: str = Field(description="In UN form.", examples=["A/HRC/15/16, para. 12"])
    url: str | None = Field(None, description="Where the original can be opened.")
    verb: str | None = Field(
        None,
        description="Opening verb of an operative paragraph or participle of a preambular one.",
        examples=["Calls upon"],
    )
    addressees: tuple[str, ...] = Field(
        (), description="Whom an operative paragraph addresses.", examples=[["States"]]
    )
    states: tuple[str, ...] = Field(
        (), description="States that make a UPR recommendation.", examples=[["NOR"]]
    )
    boxes: tuple[Box, ...] = Field(
        (),
        description="Where the paragraph (the whole of it, for a part) stands in a PDF.",
    )
    ocr: bool = Field(False, description="Its words were recognised in an image, at least in part.")
    restricted: str | None = Field(
        None,
        description="Restricted collection it is in: not to be quoted in public.",
    )


class Double(Contract):
    """A passage that says the same as a hit in a linked document, and is not shown for it."""

    passage_id: str = Field(description="Its key.", examples=["A_HRC_15_L.16:en:12"])
    document_id: str = Field(description="Key of its document.", examples=["A_HRC_15_L.16:en"])
    citation: str = Field(description="In UN form.", examples=["A/HRC/15/L.16, para. 12"])
    status: str | None = Field(None, description="Standing of its document.", examples=["draft"])
    link: str | None = Field(
        None,
        description="What its document is to the hit's; None where a third one links them.",
        examples=["adopted-as"],
    )


class Neighbours(Contract):
    """A passage with the passages before and after it in its document."""

    passage: Passage
    before: tuple[Passage, ...] = Field((), description="In reading order, nearest last.")
    after: tuple[Passage, ...] = Field((), description="In reading order, nearest first.")


class Twins(Contract):
    """A paragraph in the other languages of its document, found by its number."""

    passage: Passage
    twins: tuple[Passage, ...] = Field(
        (), description="By language; several of one where a long paragraph was split."
    )
    without: tuple[str, ...] = Field(
        (), description="Versions in which no paragraph of this number was found, by document id."
    )
