"""How often something is said: by year, by body, and in which words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from search_api.schemas.contract import Asked, Contract
from search_api.schemas.request import Filters

__all__ = [
    "MAX_TREND_CHARACTERS",
    "MAX_TREND_QUERIES",
    "BodyCount",
    "CellCount",
    "Count",
    "Telling",
    "TellingPeriod",
    "TellingRequest",
    "TellingWord",
    "Trend",
    "TrendFileRequest",
    "TrendHow",
    "TrendQuery",
    "TrendTable",
    "Trends",
    "TrendsRequest",
    "YearCount",
]

MAX_TREND_QUERIES = 8
"""More lines than eight cannot be told apart in one plot."""

MAX_TREND_CHARACTERS = 500
"""A trend is of a few words; a pasted paragraph is followed by its lineage."""

TrendHow = Literal["words", "meaning"]
TrendTable = Literal["year", "body", "body-year"]

_HOW = (
    "words: passages that have every word of the query, in any inflection, and its quoted phrases "
    "as they stand; exact. meaning: passages that a search for the query scores at `bar` or more."
)
TrendQuery = Annotated[str, Field(min_length=1, max_length=MAX_TREND_CHARACTERS)]


class TrendsRequest(Asked):
    """What to count, and among what."""

    queries: tuple[TrendQuery, ...] = Field(
        min_length=1,
        max_length=MAX_TREND_QUERIES,
        description="Each is read as a search reads it, filters in it included; a symbol counts "
        "the passages that mention it.",
        examples=[["enforced disappearance", '"artificial intelligence"']],
    )
    how: TrendHow = Field("words", description=_HOW)
    filters: Filters = Field(default_factory=Filters, description="What is counted among.")


class TrendFileRequest(TrendsRequest):
    """Counts as a file."""

    table: TrendTable = Field("year", description="Counts by what.", examples=["body-year"])


class Count(Contract):
    """How much says it, and of how much.

    A text that is held twice (a draft and what was adopted, a text and its revision) counts once,
    as the later; a document in several languages is one document.
    """

    passages: int = Field(description="Passages that say it.", examples=[41])
    of_passages: int = Field(description="Passages there are.", examples=[812])
    documents: int = Field(description="Documents with such a passage.", examples=[9])
    of_documents: int = Field(description="Documents there are.", examples=[24])


class YearCount(Count):
    """A year's count."""

    year: int = Field(description="Of the documents.", examples=[2019])


class BodyCount(Count):
    """A body's count."""

    body: str | None = Field(
        description="Organ, committee or mandate; None where it is not known.", examples=["CCPR"]
    )


class CellCount(BodyCount):
    """What one body said in one year."""

    year: int = Field(description="Of the documents.", examples=[2019])


class Trend(Contract):
    """How often one query is said."""

    query: str = Field(description="As asked.")
    warnings: tuple[str, ...] = Field((), description="What was read otherwise than written.")
    languages: tuple[str, ...] = Field(
        (),
        description="Languages counted among (ISO 639-1), the one with most first: those that at "
        "least a twentieth of what was found is in, or those of the filter. Empty where nothing "
        "was found, and everything is counted among.",
        examples=[["en"]],
    )
    elsewhere: int = Field(
        0, description="Passages found in other languages, which are not counted.", examples=[3]
    )
    complete: bool = Field(
        True,
        description="Whether all there is was found; False where a search ended before its scores "
        "fell below the bar, so that counts are too low.",
    )
    total: Count = Field(description="Over all years and bodies.")
    undated: Count = Field(description="Without a year; they are in no year's count.")
    by_year: tuple[YearCount, ...] = Field(
        (), description="Every year that has passages, earliest first."
    )
    by_body: tuple[BodyCount, ...] = Field(
        (), description="Every body that has passages, the one that says it in most of them first."
    )
    by_body_and_year: tuple[CellCount, ...] = Field(
        (), description="Every body and year that have passages, bodies as in `by_body`."
    )


class Trends(Contract):
    """Counts of each query, in the order asked."""

    how: TrendHow = Field(description=_HOW)
    bar: float | None = Field(
        None, description="Least score of what counts by meaning, 0 to 1.", examples=[0.55]
    )
    trends: tuple[Trend, ...]


class TellingRequest(Asked):
    """Whose words to compare over the years."""

    query: TrendQuery = Field(description="The theme.", examples=["enforced disappearance"])
    how: TrendHow = Field("words", description=_HOW)
    filters: Filters = Field(default_factory=Filters, description="What is counted among.")
    periods: int = Field(3, ge=2, le=6, description="How many to tell apart, at most.")
    k: int = Field(10, ge=1, le=50, description="Words of each period, at most.")


class TellingWord(Contract):
    """A word that a theme's passages have in one period more than in the others."""

    word: str = Field(description="In the form it is seen in most.", examples=["drones"])
    z: float = Field(
        description="Standard deviations by which the logarithm of its odds in the period exceeds "
        "that in the others.",
        examples=[4.2],
    )
    passages: int = Field(description="Of the period, with the word.", examples=[12])
    elsewhere: int = Field(description="Of the other periods, with the word.", examples=[3])
    documents: int = Field(description="Of the period, with the word.", examples=[5])


class TellingPeriod(Contract):
    """A stretch of years, and the words that tell it from the others."""

    year_from: int = Field(description="First year.", examples=[1998])
    year_to: int = Field(description="Last year.", examples=[2006])
    passages: int = Field(description="Of the theme.", examples=[140])
    documents: int = Field(description="With such a passage.", examples=[31])
    words: tuple[TellingWord, ...] = Field((), description="The most telling first.")


class Telling(Contract):
    """What is new and what fades in how a theme is spoken of."""

    query: str = Field(description="As asked.")
    how: TrendHow = Field(description=_HOW)
    language: str | None = Field(
        None, description="ISO 639-1: of the passages compared, the one that has most."
    )
    passages: int = Field(0, description="Compared; at most 2,000, evenly over the years.")
    periods: tuple[TellingPeriod, ...] = Field(
        (), description="Earliest first, of about as many passages each; none where too few."
    )
    warnings: tuple[str, ...] = Field((), description="What was read otherwise than written.")
