"""What a passage is worth as precedent."""

from __future__ import annotations

from pydantic import Field

from search_api.schemas.contract import Contract

__all__ = ["Standing"]


class Standing(Contract):
    """What a text is worth as precedent: who adopted or said it, and whether it still counts."""

    name: str = Field(
        description="As in the table of standings: adopted-by-vote, general-comment, draft, …",
        examples=["adopted-by-vote"],
    )
    label: str = Field(description="For people.", examples=["Adopted by vote"])
    authority: int = Field(description="From 1, strongest first.", examples=[2])
    counts: bool = Field(
        description="Whether it may be cited as precedent; never a draft, a rejected amendment or "
        "a superseded text."
    )
    why: str | None = Field(
        None,
        description="Why it does not count; None where it does.",
        examples=["it is a draft, not agreed language"],
    )
    vote: tuple[int, int, int] | None = Field(
        None, description="In favour, against, abstaining.", examples=[[25, 5, 17]]
    )
    vote_in_doubt: str | None = Field(
        None,
        description="What is wrong with the tally.",
        examples=["26–6–17 makes 49 votes, and the Human Rights Council has 47 members"],
    )
