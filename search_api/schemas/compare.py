"""Two documents, or two paragraphs, held against each other."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from search_api.schemas.contract import Asked, Contract
from search_api.schemas.passages import Passage
from search_api.schemas.wording import WordChange

__all__ = [
    "CompareCounts",
    "CompareRequest",
    "ComparedDocument",
    "ComparedParagraph",
    "Comparison",
    "StandsWithin",
    "VerbChange",
]

MAX_REFERENCE_CHARACTERS = 500


class CompareRequest(Asked):
    """What to hold against what: two documents, or two paragraphs."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={"examples": [{"first": "A/HRC/15/L.16", "second": "A/HRC/RES/15/16"}]},
    )

    first: str = Field(
        min_length=1,
        max_length=MAX_REFERENCE_CHARACTERS,
        description="The earlier text: a symbol, a document id, a citation or a passage id.",
        examples=["A/HRC/15/L.16"],
    )
    second: str = Field(
        min_length=1,
        max_length=MAX_REFERENCE_CHARACTERS,
        description="The later text, of the same sort.",
        examples=["A/HRC/RES/15/16"],
    )
    language: str | None = Field(
        None,
        max_length=16,
        description="ISO 639-1, where a symbol stands for versions in several languages; without "
        "it English, else the first.",
        examples=["en"],
    )


class VerbChange(Contract):
    """The verb a paragraph of a resolution opens with, before and after."""

    before: str | None = Field(description="In the earlier text.", examples=["encourages"])
    after: str | None = Field(description="In the later text.", examples=["urges"])
    strength: Literal["stronger", "weaker", "same", "not-compared"] = Field(
        description="What became of it; not-compared where no accepted order holds both verbs.",
        examples=["stronger"],
    )


class StandsWithin(Contract):
    """A longer paragraph of the other document in which a paragraph stands."""

    passage_id: str = Field(description="Of the longer one.", examples=["A_HRC_RES_15_16:en:3"])
    citation: str = Field(description="In UN form.", examples=["A/HRC/RES/15/16, para. 3"])
    kept: float = Field(
        description="Share of the paragraph's words that stand there in order.", examples=[0.94]
    )


class ComparedParagraph(Contract):
    """A paragraph of either document, and what became of it."""

    became: Literal["unchanged", "changed", "translated", "lost", "added"] = Field(
        description="lost: only the first has it; added: only the second; translated: the two are "
        "in different languages, and words are not compared.",
        examples=["changed"],
    )
    moved: bool = Field(
        False,
        description="Whether it left the order most others kept; another number alone is no move.",
    )
    renumbered: bool = Field(False, description="Whether its number or label is another.")
    first: Passage | None = Field(description="The whole paragraph, in the first document.")
    second: Passage | None = Field(description="The whole paragraph, in the second document.")
    similarity: float | None = Field(
        None,
        description="2 × words in common, in order, / words of both: 0 to 1.",
        examples=[0.83],
    )
    meaning: float | None = Field(
        None, description="Cosine of the two paragraphs.", examples=[0.92]
    )
    words: tuple[WordChange, ...] = Field((), description="What differs, where it changed.")
    verb: VerbChange | None = Field(
        None, description="Of paragraphs of resolutions whose words changed."
    )
    within: StandsWithin | None = Field(
        None,
        description="For a lost paragraph, the longer one it was merged into; for an added one, "
        "the longer one it was split from.",
    )


class CompareCounts(Contract):
    """How many paragraphs became what."""

    unchanged: int = Field(description="With the same words.", examples=[80])
    changed: int = Field(description="With other words.", examples=[3])
    translated: int = Field(description="In another language.", examples=[0])
    lost: int = Field(description="Only in the first.", examples=[2])
    added: int = Field(description="Only in the second.", examples=[1])
    moved: int = Field(description="Out of order, changed or not.", examples=[1])
    renumbered: int = Field(description="Under another number or label.", examples=[7])
    merged: int = Field(description="Of the lost, within a longer one.", examples=[0])
    split: int = Field(description="Of the added, within a longer one.", examples=[0])
    stronger: int = Field(description="With a stronger verb.", examples=[1])
    weaker: int = Field(description="With a weaker verb.", examples=[0])


class ComparedDocument(Contract):
    """One side of a comparison."""

    document_id: str = Field(description="Key.", examples=["A_HRC_15_L.16:en"])
    symbol: str | None = Field(description="Document symbol.", examples=["A/HRC/15/L.16"])
    title: str | None = Field(description="Title.")
    kind: str | None = Field(description="Document kind.", examples=["draft-resolution"])
    date: str | None = Field(None, description="ISO date, to the precision known.")
    language: str | None = Field(description="ISO 639-1.", examples=["en"])
    paragraphs: int = Field(description="Paragraphs compared; headings are none.", examples=[83])


class Comparison(Contract):
    """Two texts, paragraph by paragraph, in the reading order of the second.

    What was lost stands where it stood: behind the paragraph it followed in the first.
    """

    first: ComparedDocument
    second: ComparedDocument
    of: Literal["documents", "paragraphs"] = Field(description="What was compared.")
    aligned_by: Literal["wording", "number", "meaning"] = Field(
        description="wording: in one language, by words, then meaning; number: language versions "
        "of one text; meaning: other texts in two languages."
    )
    link: str | None = Field(
        None, description="What the first document is to the second.", examples=["adopted-as"]
    )
    counts: CompareCounts
    paragraphs: tuple[ComparedParagraph, ...]
