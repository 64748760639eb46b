"""A draft, and who said each sentence of it before."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from search_api.schemas.contract import Asked, Contract
from search_api.schemas.passages import Passage
from search_api.schemas.request import Filters, FilterValue
from search_api.schemas.search import Span
from search_api.schemas.wording import WordChange

__all__ = [
    "MAX_DRAFT_CHARACTERS",
    "MAX_UNITS",
    "DraftUnit",
    "GradeCounts",
    "GradeName",
    "PrecedentMatch",
    "Precedents",
    "PrecedentsRequest",
]

MAX_DRAFT_CHARACTERS = 1_000_000
"""Some 300 pages."""

MAX_UNITS = 500
"""Sentences checked in one answer; further ones by `offset`."""

GradeName = Literal["verbatim", "near-verbatim", "same-meaning", "none"]


class PrecedentsRequest(Asked):
    """A draft to find precedents for, sentence by sentence."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "text": "1. Urges the Government to ensure that all detainees have access to "
                    "a lawyer of their choice;\n\n2. Decides to remain seized of the matter.",
                    "before": "Human Rights Council",
                }
            ]
        },
    )

    text: str = Field(
        max_length=MAX_DRAFT_CHARACTERS,
        description="The draft. A blank line ends a paragraph; items (a), (b) each start a line.",
    )
    before: str | None = Field(
        None,
        max_length=300,
        description="The body that is to adopt it: its own resolutions go before those of others.",
        examples=["Human Rights Council"],
    )
    filters: Filters = Field(default_factory=Filters, description="What a precedent must be.")
    exclude: tuple[FilterValue, ...] = Field(
        (),
        max_length=50,
        description="Symbols of documents that are none, such as the draft itself; one that no "
        "document has is told in `warnings`.",
        examples=[["A/HRC/15/L.16"]],
    )
    k: int = Field(5, ge=1, le=20, description="Precedents of one sentence.", examples=[5])
    offset: int = Field(0, ge=0, le=1_000_000, description="Sentences to pass over.", examples=[0])
    limit: int = Field(
        200, ge=1, le=MAX_UNITS, description="Sentences to check, at most.", examples=[200]
    )


class PrecedentMatch(Contract):
    """A passage that says what a sentence of the draft says."""

    passage: Passage = Field(description="The passage, with who said it, where, and its standing.")
    grade: GradeName = Field(description="How closely it says the same.", examples=["verbatim"])
    kept: float = Field(
        description="Share of the sentence's words that the closest part has in order, 0 to 1.",
        examples=[0.92],
    )
    similarity: float = Field(
        description="Of the two wordings, 0 to 1; 1 where the words are the same.", examples=[0.9]
    )
    meaning: float | None = Field(
        None,
        description="Cosine of the sentence and the passage's nearest sentence, where looked for.",
        examples=[0.71],
    )
    part: Span | None = Field(
        None,
        description="Where in the passage: the closest words, or the sentence nearest in meaning.",
    )
    changes: tuple[WordChange, ...] = Field(
        (),
        description="Word by word, from the draft's sentence to the passage's part; of "
        "near-verbatim ones.",
    )


class DraftUnit(Contract):
    """One sentence or clause of the draft, and who said it."""

    index: int = Field(description="From 0, in reading order.", examples=[0])
    paragraph: int = Field(description="Place of its paragraph in the draft, from 0.", examples=[0])
    number: str | None = Field(None, description="Of that paragraph, as written.", examples=["1"])
    section: tuple[str, ...] = Field((), description="Headings above it, outermost first.")
    text: str = Field(description="Its words.")
    language: str | None = Field(None, description="ISO 639-1, where it could be told.")
    grade: GradeName = Field(
        description="The closest of its precedents that counts; none where nobody said it.",
        examples=["near-verbatim"],
    )
    precedents: tuple[PrecedentMatch, ...] = Field(
        (), description="Strongest authority first, then the closest, then the latest."
    )
    not_precedent: tuple[PrecedentMatch, ...] = Field(
        (),
        description="Drafts, rejected amendments and superseded texts that say it; "
        "`passage.standing.why` says why they do not count.",
    )
    note: str | None = Field(
        None, description="What a reader should know.", examples=["too short to compare"]
    )


class GradeCounts(Contract):
    """How many sentences have each grade."""

    verbatim: int = Field(0, description="Said in the same words.", examples=[3])
    near_verbatim: int = Field(0, description="Said in nearly the same words.", examples=[5])
    same_meaning: int = Field(0, description="Said in other words.", examples=[7])
    none: int = Field(0, description="Not found to be said.", examples=[12])


class Precedents(Contract):
    """The sentences of a draft, each with its precedents."""

    units: tuple[DraftUnit, ...] = Field((), description="In reading order.")
    total: int = Field(description="Sentences of the whole draft.", examples=[27])
    offset: int = Field(description="Of the first unit.", examples=[0])
    next_offset: int | None = Field(
        None, description="Where to go on; None where all that follows was checked."
    )
    counts: GradeCounts = Field(description="Of the units in this answer.")
    warnings: tuple[str, ...] = Field((), description="What a user should know.")
    took_ms: float = Field(0.0, description="Milliseconds.", examples=[5200.0])
