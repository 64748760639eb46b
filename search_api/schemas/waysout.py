"""Ways on where a search finds nothing, or names what is not there."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from search_api.schemas.contract import Contract

__all__ = ["QuotedPhrase", "Removed", "Suggestion"]


class Suggestion(Contract):
    """What may have been meant by a symbol or a paragraph that is not in the index."""

    query: str = Field(
        description="What to ask instead of the whole query.", examples=["A/HRC/15/16, para. 12"]
    )
    reason: Literal["symbol", "paragraph"] = Field(
        description="What of the query is not there.", examples=["symbol"]
    )
    symbol: str = Field(description="Document that it leads to.", examples=["A/HRC/15/16"])
    title: str | None = Field(None, description="Title of that document.")


class Removed(Contract):
    """A part of a search that left nothing, and what there is without it."""

    field: Literal[
        "kind", "body", "country", "language", "symbol", "status", "year", "phrase", "excluded",
        "filters",
    ] = Field(
        description=(
            "A filter; quoted words (phrase); words that were left out (excluded); or all filters "
            "together."
        ),
        examples=["country"],
    )  # fmt: skip
    values: tuple[str, ...] = Field(
        description="Of the filter, or the quoted or excluded words.", examples=[["BLR"]]
    )
    hits: int = Field(
        description="Passages ranked without it; 0 where other parts leave nothing as well.",
        examples=[41],
    )
    query: str | None = Field(
        None,
        description=(
            "The query without it, where it stood there. None where it is a filter of the request."
        ),
        examples=["lawyer of their choice"],
    )


class QuotedPhrase(Contract):
    """A quoted phrase by itself."""

    phrase: str = Field(description="The words.", examples=["in absentia"])
    passages: int = Field(
        description="Passages that it stands in, among those the filters allow.", examples=[12]
    )
    passages_unfiltered: int = Field(
        description="Passages of the whole index that it stands in.", examples=[30]
    )
