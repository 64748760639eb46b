"""How strong the verb of a resolution's paragraph is, and whether it grew stronger or weaker.

The order is a table, `verbs.toml` beside this module, in English. A verb that is not in it, and one
that no chain of the table holds together with the other, is not compared: a wrong "weaker" would
cost an advocate more than none.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from workbench.words import keys

__all__ = ["Strength", "VerbTable", "verb_table"]

_OWN = Path(__file__).with_name("verbs.toml")

_LINKING = frozenset({"also", "further", "furthermore", "again", "moreover", "then"})
_LONGER_LINKS = (("once", "again"), ("in", "this", "regard"), ("in", "this", "context"))
_INDICATIVES = {
    "affirming": "affirms",
    "being": "is",
    "calling": "calls",
    "condemning": "condemns",
    "deciding": "decides",
    "demanding": "demands",
    "deploring": "deplores",
    "encouraging": "encourages",
    "expressing": "expresses",
    "inviting": "invites",
    "noting": "notes",
    "reaffirming": "reaffirms",
    "recalling": "recalls",
    "regretting": "regrets",
    "requesting": "requests",
    "taking": "takes",
    "urging": "urges",
    "welcoming": "welcomes",
}
_MOST_WORDS = 8
"""No verb of the table has more words, with those between them that do not count."""


class Strength(StrEnum):
    """What became of a verb between an earlier text and a later one."""

    STRONGER = "stronger"
    WEAKER = "weaker"
    SAME = "same"
    NOT_COMPARED = "not-compared"


@dataclass(frozen=True, slots=True)
class VerbTable:
    """Verbs by strength.

    Attributes:
        chains: for each chain, verb → place from 0, strongest first.
    """

    chains: tuple[Mapping[str, int], ...]

    @classmethod
    def of(cls, chains: Iterable[Sequence[Sequence[str]]]) -> VerbTable:
        """Make a table of chains, each strongest first, of verbs that are equally strong."""
        return cls(
            tuple(
                {verb: place for place, verbs in enumerate(chain) for verb in verbs}
                for chain in chains
            )
        )

    def verb_of(self, text: str) -> str | None:
        """Return the verb of the table that a paragraph opens with, the longest; None for none."""
        opening = _bare(keys(text[:200])[:_MOST_WORDS])
        for length in range(len(opening), 0, -1):
            verb = " ".join(opening[:length])
            if any(verb in chain for chain in self.chains):
                return verb
        return None

    def compare(self, earlier: str | None, later: str | None) -> Strength:
        """Say what became of a verb of the table; order in time decides which way it went."""
        if earlier is None or later is None:
            return Strength.NOT_COMPARED
        if earlier == later:
            return Strength.SAME
        for chain in self.chains:
            before, after = chain.get(earlier), chain.get(later)
            if before is not None and after is not None:
                if before == after:
                    return Strength.SAME
                return Strength.STRONGER if after < before else Strength.WEAKER
        return Strength.NOT_COMPARED


def _bare(words: Sequence[str]) -> list[str]:
    """Return opening words as the table writes them: first verb indicative, links left out."""
    kept: list[str] = []
    i = 0
    while i < len(words):
        link = next(
            (link for link in _LONGER_LINKS if tuple(words[i : i + len(link)]) == link), None
        )
        if link:
            i += len(link)
        elif words[i] in _LINKING:
            i += 1
        else:
            kept.append(words[i])
            i += 1
    # Of the first two, because an adverb may come first: "strongly condemning".
    return [_INDICATIVES.get(word, word) for word in kept[:2]] + kept[2:]


@cache
def verb_table() -> VerbTable:
    """Return the table that is shipped."""
    held = tomllib.loads(_OWN.read_text(encoding="utf-8"))
    return VerbTable.of(chain["verbs"] for chain in held["chain"])
