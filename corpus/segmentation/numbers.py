"""Which lines or blocks of a document open numbered paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.numbering import Candidate, Chain
from corpus.types import Quality

__all__ = ["Numbers", "printed_number", "quality_of"]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Lines or blocks that open numbered paragraphs, by index.

    Attributes:
        members: index → number as printed, for chains.
        subnumbers: index → "97.1".
        nested: index → number as printed, for lists that restart inside a paragraph.
        chains: that of the main text first, then those that begin anew.
        unused: candidates in the columns of the chains that are in none.
        misprinted: index → number as printed, for paragraphs whose number repeats another or does
            not follow; they are members too.
        counted: paragraphs numbered, where the chains do not hold them all (1.1, 1.2, 2.1).
    """

    members: dict[int, str] = field(default_factory=dict)
    subnumbers: dict[int, str] = field(default_factory=dict)
    nested: dict[int, str] = field(default_factory=dict)
    chains: tuple[Chain, ...] = ()
    unused: int = 0
    counted: int | None = None
    misprinted: dict[int, str] = field(default_factory=dict)


def printed_number(candidate: Candidate) -> str:
    """Write a candidate's number as printed: "12", or "5–7, 9" where one line opens for several."""
    runs = [[candidate.number, candidate.end]]
    for number in candidate.others:
        if number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in runs)


def quality_of(numbers: Numbers) -> Quality:
    """Report how well numbering came out: first and last are those of the main text."""
    if not numbers.chains:
        return Quality(unused_candidates=numbers.unused)
    main = numbers.chains[0]
    return Quality(
        chain=numbers.counted
        or sum(len(chain.members) for chain in numbers.chains) + len(numbers.misprinted),
        gaps=tuple(gap for chain in numbers.chains for gap in chain.gaps),
        unused_candidates=numbers.unused,
        first=main.members[0].number,
        last=main.members[-1].end,
        restarts=len(numbers.chains) - 1,
        repeats=_repeats(numbers),
    )


def _repeats(numbers: Numbers) -> tuple[int, ...]:
    """Return the numbers that stand more than once in one part of the document, ascending."""
    repeated: set[int] = set()
    for index, printed in numbers.misprinted.items():
        part = next((c for c in numbers.chains if c.members[-1].index > index), None)
        number = int(re.match(r"\d+", printed)[0])  # type: ignore[index]
        if part and any(m.number <= number <= m.end or number in m.others for m in part.members):
            repeated.add(number)
    return tuple(sorted(repeated))
