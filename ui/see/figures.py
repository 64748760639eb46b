"""From the counts of an answer to the points of a plot, and to what they say in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search_api.schemas import BodyCount, CellCount, Count, Trend, YearCount
from ui.see.state import SeeState
from ui.wording import see as texts

__all__ = ["FEW", "Point", "bodies", "cells", "summary_of_years", "undated", "years"]

FEW = {"passages": 50, "documents": 5}
"""Held of a year or a body, below which a share says little: one report makes it what it is."""


@dataclass(frozen=True, slots=True)
class Point:
    """One mark of a plot.

    Attributes:
        query: What is said.
        part: How much says it.
        whole: Of how much.
        few: Whether too little is held for a share to mean much.
        words: The same for people.
        link: Address of the search for it; "" where there is none.
        year: Of the documents, or None.
        body: As a person reads it, or None.
    """

    query: str
    part: int
    whole: int
    few: bool
    words: str
    link: str
    year: int | None = None
    body: str | None = None

    @property
    def share(self) -> float:
        """Part of the whole, 0 to 1."""
        return self.part / self.whole if self.whole else 0.0


def years(found: Trend, state: SeeState, lang: str = "") -> list[Point]:
    """Return a point for each year that has anything."""
    return [_point(found, count, state, lang, year=count.year) for count in found.by_year]


def bodies(found: Trend, state: SeeState, lang: str = "") -> list[Point]:
    """Return a point for each body that has anything, as the answer orders them."""
    return [_point(found, count, state, lang) for count in found.by_body]


def cells(found: Trend, state: SeeState, lang: str = "") -> list[Point]:
    """Return a point for each body and year that have anything."""
    return [_point(found, count, state, lang, year=count.year) for count in found.by_body_and_year]


def undated(found: Trend, state: SeeState) -> str | None:
    """Say how much has no year; None where all has one."""
    part, whole = _of(found.undated, state)
    return texts.UNDATED[state.unit].format(part=part, whole=whole) if whole else None


def most(points: Iterable[Point], state: SeeState) -> Point | None:
    """Return the point that a reader would call the peak; None where nothing is said.

    Of shares it is one that means something, and where none does, the greatest number.
    """
    said = [point for point in points if point.part]
    sound = [point for point in said if not point.few]
    if state.shown == "share" and sound:
        return max(sound, key=lambda point: point.share)
    return max(said, key=lambda point: point.part, default=None)


def summary_of_years(points: Sequence[Point], state: SeeState) -> str | None:
    """Tell the peak, the first and the last year of one query; None where nothing is said."""
    peak = most(points, state)
    if peak is None:
        return None
    said = [point.year for point in points if point.part and point.year]
    return texts.SUMMARY_YEARS.format(
        query=peak.query, year=peak.year, point=peak.words, first=min(said), last=max(said)
    )


def _of(count: Count, state: SeeState) -> tuple[int, int]:
    if state.unit == "documents":
        return count.documents, count.of_documents
    return count.passages, count.of_passages


def _point(
    found: Trend,
    count: YearCount | BodyCount | CellCount,
    state: SeeState,
    lang: str,
    *,
    year: int | None = None,
) -> Point:
    part, whole = _of(count, state)
    share = 100 * part / whole if whole else 0.0
    body = name = None
    linked = bool(part)
    if isinstance(count, BodyCount):
        body, name = count.body, count.body or texts.NO_BODY
        linked = linked and body is not None  # no filter selects what has none
    link = state.search_link(found.query, year=year, body=body, lang=lang) if linked else ""
    return Point(
        query=found.query,
        part=part,
        whole=whole,
        few=whole < FEW[state.unit],
        words=texts.POINT[state.unit].format(part=part, whole=whole, share=share),
        link=link,
        year=year,
        body=name,
    )
