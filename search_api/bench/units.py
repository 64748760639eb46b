"""A draft cut into units, and what was found of them put together."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Sequence

from search_api.schemas import DraftUnit, GradeCounts, Precedents
from workbench.pasted import paragraphs_of
from workbench.units import Unit, units_of

__all__ = ["draft_units", "summary"]

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
"""Control characters but tab, line and page ends: text copied out of a PDF carries some."""


def draft_units(text: str) -> list[Unit]:
    """Return the sentences and clauses of a draft in reading order; none where it has no words."""
    paragraphs = paragraphs_of(CONTROLS.sub(" ", text))
    return list(units_of(paragraphs))


def summary(
    found: Sequence[DraftUnit],
    total: int,
    offset: int,
    began: float,
    unknown: Sequence[str] = (),
) -> Precedents:
    """Put the units that were checked together.

    Args:
        found: in reading order, without a gap.
        total: units of the whole draft.
        offset: of the first.
        began: by `time.perf_counter`.
        unknown: warnings of what was to be excluded and is not there.
    """
    grades = Counter(unit.grade for unit in found)
    following = offset + len(found)
    warnings = [] if total else ["The draft has no sentence to check."]
    if total and offset >= total:
        warnings.append(f"The draft has {total} sentences; offset {offset} is past its end.")
    warnings += unknown
    return Precedents(
        units=tuple(found),
        total=total,
        offset=offset,
        next_offset=following if following < total else None,
        counts=GradeCounts(
            verbatim=grades["verbatim"],
            near_verbatim=grades["near-verbatim"],
            same_meaning=grades["same-meaning"],
            none=grades["none"],
        ),
        warnings=tuple(warnings),
        took_ms=round((time.perf_counter() - began) * 1000, 1),
    )
