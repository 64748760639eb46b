"""Grades go by stated measures, in order, and a doubt is no precedent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.grading import (
    Evidence,
    Grade,
    grade,
    may_mean_the_same,
    probability_of_same_meaning,
)

SAME_WORDS = Evidence(similarity=1.0, kept=1.0)
NEARLY = Evidence(similarity=0.9, kept=0.9, part_told=0.9)
PARAPHRASE = Evidence(similarity=0.4, kept=0.4, cosine=0.7, told=0.55, telling=0.6)
THEME = Evidence(similarity=0.4, kept=0.3, cosine=0.7, told=0.3, telling=0.2)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (SAME_WORDS, Grade.VERBATIM),
        (NEARLY, Grade.NEAR_VERBATIM),
        (PARAPHRASE, Grade.SAME_MEANING),
        (THEME, Grade.NONE),
        (replace(THEME, cosine=0.9), Grade.NONE),  # two sentences on one theme
        (replace(NEARLY, part_told=0.2), Grade.NONE),  # its common words alone
        (replace(NEARLY, similarity=0.5), Grade.NONE),  # its words, far apart
        (Evidence(0.0, 0.0), Grade.NONE),
    ],
)
def test_a_grade_follows_from_the_evidence(evidence: Evidence, expected: Grade) -> None:
    assert grade(evidence) is expected


def test_across_languages_only_meaning_is_compared() -> None:
    abroad = Evidence(0.0, 0.0, cosine=0.8, abroad=True)
    assert grade(abroad) is Grade.SAME_MEANING
    assert grade(replace(abroad, cosine=0.5)) is Grade.NONE
    assert grade(replace(abroad, abroad=False)) is Grade.NONE


def test_grades_are_ordered() -> None:
    assert [one.distance for one in Grade] == [0, 1, 2, 3]
    assert sorted(Grade, key=lambda one: one.distance)[0] is Grade.VERBATIM


shares = st.floats(0, 1)


@given(shares, shares, shares, shares, shares)
def test_what_cannot_mean_the_same_never_does(
    kept: float, told: float, telling: float, cosine: float, similarity: float
) -> None:
    evidence = Evidence(min(similarity, 0.6), kept, told=told, telling=telling, cosine=cosine)
    if grade(evidence) is Grade.SAME_MEANING:
        assert may_mean_the_same(evidence)


@given(shares, shares, shares)
def test_more_in_common_is_never_less_probable(told: float, telling: float, cosine: float) -> None:
    evidence = Evidence(0.0, 0.0, told=told, telling=telling, cosine=cosine)
    here = probability_of_same_meaning(evidence)
    for name in ("told", "telling", "cosine"):
        assert probability_of_same_meaning(replace(evidence, **{name: 1.0})) >= here


def test_a_formula_alone_is_not_the_wording_of_what_is_asked_in_it() -> None:
    formula = Evidence(similarity=0.78, kept=0.64, part_told=0.56, cosine=0.37)
    assert grade(formula) is Grade.NONE
