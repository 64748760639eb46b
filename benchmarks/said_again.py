"""Sentences that are known to be said again, and what checking a draft of them answers.

Known without reading: a sentence that stands word for word in two documents is verbatim in one of
them when the other is checked; with a word of it changed it is near-verbatim; its first half joined
to the second half of another is neither. Documents that are one text (copies, drafts, revisions,
what they were adopted as) are left out together.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator

from indexer.linked import links_of
from indexer.passages import sentences
from search_api.engine import Engine
from search_api.schemas import PrecedentsRequest
from workbench.grading import Grade
from workbench.words import keys

__all__ = ["said_again"]

SENTENCES = 150
_SEED = 13
_SHORTEST, _LONGEST = 8, 60


def said_again(engine: Engine) -> dict[str, dict[str, float]]:
    """Return, by what was made of the sentences, which share of them has each grade."""
    chance = random.Random(_SEED)  # noqa: S311  (a fixed choice, for measuring)
    known = _repeated(engine)
    if not known:
        return {}
    chosen = chance.sample(sorted(known), min(SENTENCES, len(known)))
    counted: dict[str, list[Grade]] = defaultdict(list)
    for place, text in enumerate(chosen):
        left_out = _one_text(engine, known[text])
        words = text.split()
        changed = [*words]
        changed[chance.randrange(1, len(words) - 1)] = "zealously"
        other = chosen[place - 1].split()
        halves = [*words[: len(words) // 2], *other[len(other) // 2 :]]
        for name, made in (
            ("word for word", words),
            ("one word changed", changed),
            ("halves of two", halves),
        ):
            counted[name].append(_grade(engine, " ".join(made), left_out))
    return {
        name: {grade.value: round(given.count(grade) / len(given), 3) for grade in Grade}
        | {"sentences": len(given)}
        for name, given in counted.items()
    }


def _repeated(engine: Engine) -> dict[str, str]:
    """Return sentences that two documents have, each with the id of the first."""
    first: dict[tuple[str, ...], tuple[str, str]] = {}
    again: dict[str, str] = {}
    for document_id, text in _sentences(engine):
        key = tuple(keys(text))
        if not _SHORTEST <= len(key) <= _LONGEST:
            continue
        held = first.setdefault(key, (document_id, text))
        if held[0] != document_id and document_id not in _one_text(engine, held[0]):
            again.setdefault(held[1], held[0])
    return again


def _sentences(engine: Engine) -> Iterator[tuple[str, str]]:
    snapshot = engine.snapshot
    for begin in range(0, snapshot.rows, 1000):
        for passage in snapshot.passages(range(begin, min(begin + 1000, snapshot.rows))):
            if passage["language"] == "en" and passage["status"] != "superseded":
                for start, end in sentences(passage["text"]):
                    yield passage["document_id"], " ".join(passage["text"][start:end].split())


def _one_text(engine: Engine, document_id: str) -> list[str]:
    """Return the document and those linked to it."""
    return [document_id, *(link["other_id"] for link in links_of(engine.snapshot, document_id))]


def _grade(engine: Engine, text: str, left_out: list[str]) -> Grade:
    """Return the closest grade of what the check finds, whatever counts."""
    request = PrecedentsRequest(text=text, exclude=tuple(left_out[:50]), k=20)
    units = engine.bench.precedents(request).units
    matches = [one for unit in units for one in (*unit.precedents, *unit.not_precedent)]
    # A text that the check cuts in two is as close as the less close half.
    grades = [
        min((Grade(one.grade) for one in (*unit.precedents, *unit.not_precedent)), key=_distance)
        for unit in units
        if unit.precedents or unit.not_precedent
    ]
    if not matches or len(grades) < len(units):
        return Grade.NONE
    return max(grades, key=_distance)


def _distance(grade: Grade) -> int:
    return grade.distance
