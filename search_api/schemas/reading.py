"""A document as it is read: whole paragraphs in order, its outline, its notes."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from search_api.schemas.contract import Contract
from search_api.schemas.documents import Concern, DocumentLink, DocumentSummary
from search_api.schemas.passages import Box, Passage
from search_api.schemas.search import Highlight
from search_api.schemas.standing import Standing

__all__ = [
    "MAX_READ_PARAGRAPHS",
    "OriginalState",
    "OutlineEntry",
    "Place",
    "ReadDocument",
    "ReadFootnote",
    "ReadParagraph",
    "Reading",
]

MAX_READ_PARAGRAPHS = 400
"""Of one answer; a document may have thousands."""

OriginalState = Literal["file", "gone", "record"]


class Place(Contract):
    """A paragraph, by all the names it goes by."""

    document_id: str = Field(description="Key of the document.", examples=["A_HRC_15_16:en"])
    ordinal: int = Field(description="Its place in the document, from 0.", examples=[14])
    paragraph_id: str = Field(description="Label in the document.", examples=["12"])
    number: str | None = Field(None, description="As printed.", examples=["12"])
    passage_id: str | None = Field(
        None,
        description="Key of the passage that it is, or of its first part; headings have none.",
        examples=["A_HRC_15_16:en:12"],
    )
    language: str | None = Field(None, description="ISO 639-1.", examples=["en"])


class ReadFootnote(Contract):
    """A note, at the paragraph its mark stands in."""

    mark: str = Field(description="As printed.", examples=["7"])
    text: str = Field(description="The note.")
    page: int | None = Field(None, description="Physical page, from 1.", examples=[4])


class ReadParagraph(Contract):
    """A paragraph, whole, where a long one is several passages."""

    ordinal: int = Field(description="Its place in the document, from 0.", examples=[14])
    paragraph_id: str = Field(description="Label in the document.", examples=["12"])
    number: str | None = Field(description="As printed.", examples=["12"])
    kind: str = Field(
        description="body, preambular, operative, recommendation, heading, footnote or annex.",
        examples=["body"],
    )
    level: int | None = Field(None, description="Of a heading, from 1.", examples=[2])
    section: tuple[str, ...] = Field((), description="Headings above it, outermost first.")
    pages: tuple[int, ...] = Field((), description="Physical pages, from 1.", examples=[[4, 5]])
    boxes: tuple[Box, ...] = Field(
        (),
        description=(
            "Where it stands in a PDF, in points from the upper left corner of the page as it is "
            "shown. A page is as many points wide as the header `Precedent-Page-Width` of its "
            "image says."
        ),
    )
    text: str = Field(description="The words; items (a), (b) each open a line.")
    verb: str | None = Field(
        None, description="What it opens with, in a resolution.", examples=["Calls upon"]
    )
    addressees: tuple[str, ...] = Field((), description="Whom it addresses.")
    footnotes: tuple[ReadFootnote, ...] = Field((), description="Those whose marks stand in it.")
    ocr: bool = Field(False, description="Its words were recognised in an image, in part at least.")
    passage_id: str | None = Field(
        None,
        description="Key of its passage, or of its first part; headings have none.",
        examples=["A_HRC_15_16:en:12"],
    )
    highlights: tuple[Highlight, ...] = Field(
        (), description="Where the words of `q` stand; without `q`, none."
    )


class OutlineEntry(Contract):
    """A heading."""

    title: str = Field(description="As printed.", examples=["II. Findings"])
    level: int = Field(description="1 is outermost.", examples=[1])
    ordinal: int = Field(description="Of the heading, or the paragraph after it.", examples=[5])
    paragraph_id: str = Field(description="Label of that paragraph.", examples=["h2"])


class ReadDocument(DocumentSummary):
    """What is known of a document that is read."""

    country_names: tuple[str, ...] = Field((), description="Of `country`, for people.")
    standing: Standing = Field(description="What it is worth as precedent.")
    concerns: tuple[Concern, ...] = Field(
        (), description="Reasons to look again, weightiest first."
    )
    links: tuple[DocumentLink, ...] = Field((), description="Documents that belong with it.")
    original: OriginalState = Field(
        description=(
            "`file`: it can be had from /v1/originals; `gone`: the file is not where it was; "
            "`record`: it was a record among others, and has no file of its own."
        ),
        examples=["file"],
    )
    page_images: bool = Field(description="Whether /v1/pages can draw its pages.")


class Reading(Contract):
    """A window of a document, as it is read."""

    document: ReadDocument
    outline: tuple[OutlineEntry, ...] = Field(
        (), description="Its headings, those outside of the window too."
    )
    total: int = Field(description="Paragraphs of the document.", examples=[312])
    offset: int = Field(description="Paragraphs before the window.", examples=[0])
    paragraphs: tuple[ReadParagraph, ...] = Field((), description="The window, in reading order.")
    loose_footnotes: tuple[ReadFootnote, ...] = Field(
        (), description="Notes of the document whose marks were not found; with its last window."
    )
    marked: Place | None = Field(None, description="The paragraph asked for.")
    passage: Passage | None = Field(
        None, description="The same as hits have it: its citation and standing."
    )
    before: Place | None = Field(
        None, description="The paragraph before the one asked for, headings passed over."
    )
    after: Place | None = Field(
        None, description="The one after it; where none was asked for, the first."
    )
    twins: tuple[Place, ...] = Field(
        (), description="The same paragraph in other languages, by its number."
    )
