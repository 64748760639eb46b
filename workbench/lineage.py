"""What makes texts one series, and what became of a paragraph in the course of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "Course",
    "Place",
    "addressed_to",
    "course",
    "names_paragraph",
    "series_title",
    "years_without",
]


class Place(StrEnum):
    """Where a text without the paragraph stands among those that have it."""

    BEFORE = "before"
    BETWEEN = "between"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Course:
    """A paragraph in the course of a series.

    Attributes:
        places: for each text, in order of date, where it stands if it lacks the paragraph; None
            if it has it.
        came_back: texts that have it and follow one that lacks it after its first use.
    """

    places: tuple[Place | None, ...]
    came_back: frozenset[int]


def course(has_it: Sequence[bool]) -> Course:
    """Read the course of a paragraph from which texts, in order of date, have it.

    >>> [place and place.value for place in course([False, True, False, True, False]).places]
    ['before', None, 'between', None, 'after']
    """
    held = [at for at, has in enumerate(has_it) if has]
    first, last = (held[0], held[-1]) if held else (len(has_it), len(has_it))
    places = tuple(
        None if has else Place.BEFORE if at < first else Place.AFTER if at > last else Place.BETWEEN
        for at, has in enumerate(has_it)
    )
    came_back = {at for at in held if at > first and not has_it[at - 1]}
    return Course(places, frozenset(came_back))


def addressed_to(symbol: str | None) -> str:
    """Return the organ a text was issued to, which its symbol opens with.

    A mandate reports to the Council and to the General Assembly in one year, in reports of
    different make: what stands in the one is not missing from the other. The Commission's
    series is the Council's, which took its place (General Assembly resolution 60/251).

    >>> addressed_to("E/CN.4/2006/6"), addressed_to("A/HRC/13/39"), addressed_to("A/61/259")
    ('A/HRC', 'A/HRC', 'A')
    """
    parts = (symbol or "").split("/")
    organ = "/".join(parts[:2]) if len(parts) > 1 and not parts[1][:1].isdigit() else parts[0]
    return "A/HRC" if organ == "E/CN.4" else organ


_SESSION_NUMBER = re.compile(r"\A\s*(?:S-)?\d+\s*/\s*(?:\d+|…|\.\.\.|\[\s*…?\s*\])\s*\.?\s*", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?\b")
_SESSION = re.compile(
    r"\b(?:[a-z]+-)?(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|"
    r"ninth|tenth|[a-z]+teenth|eleventh|twelfth|[a-z]+ieth)\s+(?:regular\s+|special\s+)?session\b",
    re.I,
)


def series_title(title: str | None) -> str:
    """Return what stays of a title from year to year; empty where nothing does.

    >>> series_title("59/25. Human rights and climate change")
    'human rights and climate change'
    """
    words = _SESSION_NUMBER.sub("", title or "")
    words = _YEAR.sub(" ", _SESSION.sub(" ", words))
    return " ".join(re.findall(r"[^\W_]+", words.casefold()))


def names_paragraph(text: str, number: str | None) -> bool:
    """Tell whether an instruction of an amendment is about a paragraph of that number.

    >>> names_paragraph("Delete paragraph 4, on appeals.", "4")
    True
    >>> names_paragraph("Insert after paragraph 4 a new paragraph.", "4")
    False
    """
    if number is None:
        return False
    pattern = rf"(?<!after )(?<!before )\b(?:operative )?para(?:graph|\.)\s*{re.escape(number)}\b"
    return re.search(pattern, text, re.I) is not None


def years_without(years: Sequence[int]) -> tuple[int, ...]:
    """Return the years between the first and the last that are not among them."""
    held = set(years)
    return tuple(year for year in range(min(held), max(held)) if year not in held) if held else ()
