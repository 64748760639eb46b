"""What can come of looking a citation up, and the measures that decide between the outcomes."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "NEAR_VERBATIM",
    "SAME_MEANING",
    "TELLING_WORDS",
    "Verdict",
    "goodness",
    "worst",
]

NEAR_VERBATIM = 0.8
"""Similarity of wordings, as `workbench.closeness` measures it, from which one is the other with
some words changed."""

SAME_MEANING = 0.5
"""Cosine of centred vectors of sentences from which two say the same. Of paragraphs that decisions
cite, two thirds are as near as that to a sentence of the citing paragraph; of other paragraphs of
the same source one in seven (benchmarks/verify.py)."""

TELLING_WORDS = 5
"""Words in a row from which it is no accident that they stand in another text too."""


class Verdict(StrEnum):
    """Whether a source says what a text says it does."""

    RIGHT = "right"
    MISQUOTED = "misquoted"
    OTHER_PARAGRAPH = "other-paragraph"
    OTHER_DOCUMENT = "other-document"
    PARAPHRASED = "paraphrased"
    NOT_THERE = "not-there"
    NO_SUCH_PARAGRAPH = "no-such-paragraph"
    NOT_HELD = "not-held"
    MALFORMED = "malformed"
    NOTHING_CLAIMED = "nothing-claimed"


_BEST_FIRST = (
    Verdict.RIGHT,
    Verdict.PARAPHRASED,
    Verdict.MISQUOTED,
    Verdict.OTHER_PARAGRAPH,
    Verdict.OTHER_DOCUMENT,
    Verdict.NOT_THERE,
)


def goodness(verdict: object) -> int:
    """Return the place of a verdict among all, the best first; for what one of several says."""
    return _BEST_FIRST.index(verdict) if verdict in _BEST_FIRST else len(_BEST_FIRST)


def worst(verdicts: list[Verdict]) -> int:
    """Return the place of the worst of some verdicts on words, the first where several are."""
    return max(range(len(verdicts)), key=lambda i: (_BEST_FIRST.index(verdicts[i]), -i))
