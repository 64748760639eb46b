"""Special procedures, expert mechanisms and investigative bodies, from a committed table.

The table is `mandates.toml`; each entry names its source. A document's `mandate` stays as it is
printed there: the table tells which mandate that is, under whatever name and language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources

__all__ = ["Mandate", "MandateKind", "find_mandate", "mandate_named", "mandates"]


class MandateKind(StrEnum):
    """What a mandate looks at."""

    THEMATIC = "thematic"
    COUNTRY = "country"
    EXPERT_MECHANISM = "expert-mechanism"
    INVESTIGATIVE = "investigative"


@dataclass(frozen=True, slots=True)
class Mandate:
    """One row of the table.

    Attributes:
        key: short name ("SR Torture"), as the `body` of structured sources gives it.
        name: in full, as it is called now or was when it ended.
        kind: what it looks at.
        established: year.
        source: of the row.
        ended: year, or None where it goes on or the year was not verified.
        resolution: symbol of the text that established it, or None where not certain.
        country: ISO 3166-1 alpha-3, of a mandate on one State.
        aliases: earlier and shorter names.
        names: in other languages, by ISO 639-1 code.
    """

    key: str
    name: str
    kind: MandateKind
    established: int
    source: str
    ended: int | None = None
    resolution: str | None = None
    country: str | None = None
    aliases: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


@cache
def mandates() -> tuple[Mandate, ...]:
    """Return the table, sorted by key."""
    text = resources.files("corpus").joinpath("mandates.toml").read_text(encoding="utf-8")
    return tuple(
        Mandate(
            **(row | {"kind": MandateKind(row["kind"]), "aliases": tuple(row.get("aliases", ()))})
        )
        for row in tomllib.loads(text)["mandate"]
    )


def _fold(words: str) -> str:
    words = re.sub(r"\s+", " ", words.replace("’", "'")).casefold().strip(" .,*")
    return re.sub(r"rapporteuse spéciale", "rapporteur spécial", words).replace(
        "relatora especial", "relator especial"
    )


@cache
def _by_name() -> dict[str, Mandate]:
    named: dict[str, Mandate] = {}
    for mandate in mandates():
        for name in (mandate.name, *mandate.aliases, *mandate.names.values()):
            named[_fold(name)] = mandate
    return named


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_by_name(), key=len, reverse=True)
    return re.compile("|".join(map(_whole, longest_first)))


def _whole(name: str) -> str:
    """Return a pattern of the name as whole words; Chinese has none to be parted from."""
    before, after = (r"" if "\u4e00" <= name[i] <= "\u9fff" else r"\b" for i in (0, -1))
    return f"{before}{re.escape(name)}{after}"


def mandate_named(words: str) -> Mandate | None:
    """Return the mandate that words name and nothing else, in any language of the table.

    >>> mandate_named("Special Rapporteur on the question of torture").key
    'SR Torture'
    """
    return _by_name().get(_fold(re.sub(r"^the ", "", words)))


def find_mandate(text: str) -> tuple[str, Mandate] | None:
    """Return (words as printed, mandate) of the first name of the table in a text, or None.

    The longest name wins where several begin at one place.
    """
    flat = re.sub(r"\s+", " ", text.replace("’", "'"))
    match = _pattern().search(flat.casefold())
    if match is None or len(flat.casefold()) != len(flat):
        return None
    printed = re.sub(r"\s+", " ", text)[match.start() : match.end()]
    return printed, _by_name()[match[0]]
