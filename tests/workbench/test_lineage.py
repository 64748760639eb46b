"""What makes texts one series, and a paragraph's course through it."""

from __future__ import annotations

import pytest

from workbench.lineage import (
    addressed_to,
    course,
    names_paragraph,
    series_title,
    years_without,
)


@pytest.mark.parametrize(
    ("has_it", "places", "came_back"),
    [
        ("101", [None, "between", None], {2}),
        ("0110", ["before", None, None, "after"], set()),
        ("10011", [None, "between", "between", None, None], {3}),
        ("000", ["before", "before", "before"], set()),
        ("", [], set()),
    ],
)
def test_the_course(has_it: str, places: list[str | None], came_back: set[int]) -> None:
    found = course([each == "1" for each in has_it])
    assert [place and place.value for place in found.places] == places
    assert found.came_back == came_back


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("59/25. Human rights and climate change", "56/8. Human rights and climate change"),
        ("14/… Situation of rights in Freedonia", "14/1. Situation of rights in Freedonia"),
        ("Report on its thirty-first session", "Report on its 32nd session"),
        ("Activities report (1998)", "Activities report (2001)"),
        ("S-33/1. Situation in Freedonia", "50/1 Situation in Freedonia"),
    ],
)
def test_titles_of_one_series(one: str, other: str) -> None:
    assert series_title(one) == series_title(other) != ""


def test_titles_of_two_series() -> None:
    assert series_title("59/25. Human rights") != series_title("59/26. Rights of the child")
    assert series_title(None) == series_title("2024") == ""


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Delete paragraph 4, on appeals.", True),
        ("In operative paragraph 4, replace", True),
        ("Insert after paragraph 4 a new one.", False),
        ("Delete paragraph 14.", False),
        ("Delete paragraph 40.", False),
    ],
)
def test_an_amendment_names_a_paragraph(text: str, named: bool) -> None:
    assert names_paragraph(text, "4") is named


def test_no_number_is_named_by_nothing() -> None:
    assert not names_paragraph("Delete paragraph None", None)


def test_organs_and_years() -> None:
    assert addressed_to("E/CN.4/2006/6") == addressed_to("A/HRC/13/39") != addressed_to("A/61/259")
    assert addressed_to("CCPR/C/GC/32") == "CCPR/C"
    assert addressed_to(None) == ""
    assert years_without([2019, 2022, 2020]) == (2021,)
    assert years_without([]) == ()
