"""A statement held against the limits of written and oral ones."""

from __future__ import annotations

from pydantic import Field

from search_api.schemas.contract import Asked, Contract

__all__ = [
    "MAX_STATEMENT_CHARACTERS",
    "SpeakingTime",
    "StatementLimit",
    "StatementReport",
    "StatementRequest",
]

MAX_STATEMENT_CHARACTERS = 200_000


class StatementRequest(Asked):
    """A statement to be counted."""

    text: str = Field(
        max_length=MAX_STATEMENT_CHARACTERS,
        description="The statement; notes are lines that open with their mark, `[1]` or `[^1]:`.",
        examples=["Agenda item 4\n\nMr President, …"],
    )
    words_a_minute: int | None = Field(
        None,
        ge=40,
        le=400,
        description="The speaker's pace (of Chinese: characters); None for one that is usual in "
        "the language.",
        examples=[125],
    )


class StatementLimit(Contract):
    """What a written statement may have, by the status of who submits it."""

    status: str = Field(description="Consultative status.", examples=["special or roster status"])
    words: int = Field(description="At most.", examples=[1500])
    over: int = Field(description="Words too many; 0 where it fits.")
    passed_at: int | None = Field(
        None, description="Character of the text up to which it would fit; None where it fits."
    )


class SpeakingTime(Contract):
    """A time that speakers are given."""

    seconds: int = Field(description="Given.", examples=[120])
    words: int = Field(description="That fit into it at the pace.", examples=[250])
    over: int = Field(description="Words too many; 0 where it fits.")


class StatementReport(Contract):
    """How long a statement is, and what else is asked of one."""

    language: str | None = Field(None, description="ISO 639-1, where known.")
    unit: str = Field(description="What is counted: words, or characters of Chinese.")
    words: int = Field(description="In the body: title and quotations counted, notes not.")
    title: int = Field(description="Of these in the title.")
    quoted: int = Field(description="Of these between quotation marks.")
    notes: int = Field(description="In notes, which are not in `words`.")
    limits: tuple[StatementLimit, ...] = Field(description="Of written statements.")
    words_a_minute: int = Field(description="Pace that was reckoned with.")
    seconds: int = Field(description="Time it takes to read the body aloud at that pace.")
    times: tuple[SpeakingTime, ...] = Field(description="That oral statements are given.")
    agenda_items: tuple[int, ...] = Field((), description="Named in the text.")
    hints: tuple[str, ...] = Field((), description="What to look at before it is sent.")
