"""Citations of a text, each held against what its source says."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from search_api.schemas.contract import Asked, Contract
from search_api.schemas.passages import Passage

__all__ = [
    "MAX_CHECKS",
    "MAX_CLAIM_CHARACTERS",
    "MAX_VERIFIED_CHARACTERS",
    "CitationCheck",
    "Evidence",
    "Misquotation",
    "Verdict",
    "VerifyRequest",
    "VerifyResponse",
]

MAX_VERIFIED_CHARACTERS = 200_000
"""Some 60 pages: what fits into a request with letters of two bytes. Longer texts go in parts."""

MAX_CLAIM_CHARACTERS = 5_000
MAX_CHECKS = 100
"""Citations checked in one answer; further ones by `offset`."""

Verdict = Literal[
    "right",
    "misquoted",
    "other-paragraph",
    "other-document",
    "paraphrased",
    "not-there",
    "no-such-paragraph",
    "not-held",
    "malformed",
    "nothing-claimed",
]


class VerifyRequest(Asked):
    """A text with citations, or one citation and what it is said to say."""

    text: str = Field(
        max_length=MAX_VERIFIED_CHARACTERS,
        description="A draft, or one citation. Notes are lines that open with their mark, "
        "`[1]` or `[^1]:`; they speak for the sentence that has the mark.",
        examples=["A/HRC/15/16, para. 12"],
    )
    claim: str | None = Field(
        None,
        max_length=MAX_CLAIM_CHARACTERS,
        description="What the one citation in `text` is said to say; words in quotation marks must "
        "stand there as they are. Without it, what the text itself says around each citation.",
        examples=["detainees had access to a lawyer of their choice"],
    )
    offset: int = Field(0, ge=0, le=100_000, description="Citations to pass over.")
    k: int = Field(50, ge=1, le=MAX_CHECKS, description="Citations to check.")


class Misquotation(Contract):
    """A run of words that is not the same in the claim and in the source."""

    kind: Literal["deleted", "inserted", "replaced"] = Field(
        description="What was done to the claim's words to get the source's."
    )
    claimed: tuple[int, int] = Field(
        description="Characters of `compared`; an empty span where the source has more words.",
        examples=[[4, 12]],
    )
    source: tuple[int, int] = Field(
        description="Characters of `text`; an empty span where the source has fewer.",
        examples=[[40, 46]],
    )


class Evidence(Contract):
    """The place in a source that decides a verdict, or comes nearest to the claim."""

    passage: Passage = Field(description="The passage, with its citation and standing.")
    text: str = Field(description="The whole paragraph, where the passage is a part of one.")
    compared: str = Field(description="The words of the claim that were looked for.")
    start: int | None = Field(None, description="First character of `text` that answers them.")
    end: int | None = Field(None, description="One past the last.")
    similarity: float | None = Field(
        None, description="Of the wordings, 0 to 1; 1 where the words are the same."
    )
    cosine: float | None = Field(None, description="Of the meanings, where it was measured.")
    changes: tuple[Misquotation, ...] = Field(
        (), description="What differs, where the wordings are near but not the same."
    )


class CitationCheck(Contract):
    """One citation and what came of looking it up."""

    number: int = Field(description="Place among the citations of the text, from 1.", examples=[1])
    citation: str = Field(description="As it stands in the text.", examples=["ibid., para. 5"])
    start: int = Field(description="First character in the text.")
    end: int = Field(description="One past the last.")
    note: str | None = Field(None, description="Mark of the note it stands in.")
    read_as: str | None = Field(
        None, description="As it was understood.", examples=["A/HRC/15/16, para. 5"]
    )
    verdict: Verdict = Field(description="Whether the source says what it is said to say.")
    explanation: str = Field(
        description="One line for people.",
        examples=["The quoted words stand in paragraph 13, not 12."],
    )
    claim: str | None = Field(None, description="What it is said to say, where anything is.")
    quoted: bool = Field(False, description="Whether the claim is words between quotation marks.")
    evidence: Evidence | None = Field(None, description="What decided.")
    nearest: tuple[str, ...] = Field(
        (), description="Known symbols nearest to one that is not, likest first."
    )
    cautions: tuple[str, ...] = Field(
        (),
        description="What else to mind: a draft, a superseded text, a paragraph that is not there.",
    )


class VerifyResponse(Contract):
    """The citations of a text in its order, checked."""

    total: int = Field(description="Citations in the text.")
    offset: int = Field(0, description="How many were passed over.")
    checks: tuple[CitationCheck, ...] = Field(description="In the order of the text.")
    warnings: tuple[str, ...] = Field((), description="What to know of the text as a whole.")
    took_ms: float = Field(description="Time it took.")
