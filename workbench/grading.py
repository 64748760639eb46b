"""Grades: how closely a passage says what a sentence says.

The grades are those advocates use. *Verbatim* and *near-verbatim* go by words alone, *same meaning*
by the model's nearness of the sentence and the sentence of the passage that carries it, together
with how much of what each says in rare words the other says too: nearness alone takes any two
sentences on one theme for the same. The constants are learned from pairs judged by hand, and shown
on others that were held out: see `benchmarks/grades.py`, which remakes them and the figures.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum

__all__ = [
    "LEAST_WORDS",
    "PARAGRAPH_NEAR",
    "PARAGRAPH_SAME",
    "Evidence",
    "Grade",
    "grade",
    "grade_of_paragraph",
    "may_mean_the_same",
    "probability_of_same_meaning",
]

LEAST_WORDS = 4
"""A sentence of fewer words is too short to be anyone's wording."""

NEAR_KEPT = 0.6
"""Share of a sentence's words, in order, from which a passage has nearly its wording."""

NEAR_SIMILARITY = 0.68
"""Similarity of the two wordings that this takes: the part that has the words is about as long."""

NEAR_TOLD = 0.6
"""Share of its words, by rarity, that such a part must have too: in a formula ("Requests the High
Commissioner to provide …"), as in any short sentence, the common words alone are more than half."""

_COSINE, _TOLD, _TELLING, _OFFSET = 2.43, 2.84, 5.75, -5.98
SAME_MEANING = 0.33
"""Probability of the same meaning from which a passage is graded so. On held-out pairs four of five
that reach it have it; of those that have it two of five reach it."""

ABROAD_COSINE = 0.57
"""Cosine of a sentence and its translation from which they have the same meaning: across languages
words say nothing. Sentences of the Universal Declaration that reach it with some article do so with
their own in 97 of 100; what is merely on the theme of another lies at 0.4 to 0.5."""


PARAGRAPH_NEAR = 0.6
"""Similarity of the words of two whole paragraphs that say the same in nearly the same words."""

PARAGRAPH_SAME = 0.75
"""Cosine of two whole paragraphs of one series that say the same in other words."""


class Grade(StrEnum):
    """How closely a passage says what a sentence says, closest first."""

    VERBATIM = "verbatim"
    NEAR_VERBATIM = "near-verbatim"
    SAME_MEANING = "same-meaning"
    NONE = "none"

    @property
    def distance(self) -> int:
        """Return 0 for the closest grade, and one more for each less close."""
        return list(Grade).index(self)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a sentence and a passage have in common.

    Attributes:
        similarity: of their wording, as `Closeness.similarity`.
        kept: share of the sentence's words that the closest part of the passage has in order.
        part_told: share of the sentence's words that this part has in any form and order, each word
            counting by its rarity.
        cosine: of the vectors of the sentence and of the sentence of the passage nearest to it in
            meaning, centred; None where it was not looked for.
        told: share of the sentence's words, by rarity, that the nearest sentence has.
        telling: share of the nearest sentence's words, by rarity, that the sentence has.
        abroad: whether the two are in different languages, where only meaning can be compared.
    """

    similarity: float
    kept: float
    part_told: float = 0.0
    cosine: float | None = None
    told: float = 0.0
    telling: float = 0.0
    abroad: bool = False


def grade(evidence: Evidence) -> Grade:
    """Grade a passage for a sentence by what they have in common."""
    if evidence.similarity == 1.0:
        return Grade.VERBATIM
    if (
        evidence.kept >= NEAR_KEPT
        and evidence.similarity >= NEAR_SIMILARITY
        and evidence.part_told >= NEAR_TOLD
    ):
        return Grade.NEAR_VERBATIM
    if evidence.cosine is None:
        return Grade.NONE
    if evidence.abroad:
        return Grade.SAME_MEANING if evidence.cosine >= ABROAD_COSINE else Grade.NONE
    same = probability_of_same_meaning(evidence)
    return Grade.SAME_MEANING if same >= SAME_MEANING else Grade.NONE


def probability_of_same_meaning(evidence: Evidence) -> float:
    """Return how probable it is, 0 to 1, that two sentences of one language mean the same."""
    score = (
        _COSINE * (evidence.cosine or 0.0)
        + _TOLD * evidence.told
        + _TELLING * evidence.telling
        + _OFFSET
    )
    return 1.0 / (1.0 + math.exp(-score))


def may_mean_the_same(evidence: Evidence) -> bool:
    """Return whether some cosine would make this the same meaning; across languages any may."""
    if evidence.abroad:
        return True
    return probability_of_same_meaning(replace(evidence, cosine=1.0)) >= SAME_MEANING


def grade_of_paragraph(similarity: float, cosine: float) -> Grade:
    """Grade a whole paragraph for another of its series, where each text has but one for it.

    Args:
        similarity: of their words, as `workbench.closeness` measures it, 0 to 1.
        cosine: of their vectors, as the index has them, centred.
    """
    if similarity == 1.0:
        return Grade.VERBATIM
    if similarity >= PARAGRAPH_NEAR:
        return Grade.NEAR_VERBATIM
    return Grade.SAME_MEANING if cosine >= PARAGRAPH_SAME else Grade.NONE
