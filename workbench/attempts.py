"""Attempts at a document symbol that are none, and the symbol that was probably meant.

Slips that occur in drafts: another separator (`A-HRC-15-16`, `A/HRC//15/16`), a missing one
(`AHRC/15/16`), letters in the wrong order (`A/HCR/15/16`), a missing organ (`HRC/15/16`), and the
dash of a resolution's file name (`A/HRC/RES/59-25`). What is not near a known series is left alone:
"and/or", "1/2", "24/7", "2020-2025" and "HIV/AIDS" are no attempts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from corpus.bodies import COMMITTEES, ORGANS
from corpus.errors import SymbolError
from corpus.symbols import Symbol, fold_letters, parse_symbol

__all__ = ["Attempt", "attempts_in", "doubt_about"]

_TOKEN = re.compile(
    r"(?<![\w/.@\\:-])[A-Za-z][A-Za-z]{0,8}(?:\.\d{1,2})?(?:[/\\_-]{1,2}[A-Za-z0-9]+(?:\.\d+)?){2,9}"
    r"(?![\w@]|/\w|\.\w)"
)
_SEPARATORS = re.compile(r"[/\\_-]+")
_SERIES = ("A/HRC", "A/RES", "E/CN.4", "E/C.12", "S/RES", "S/PRST", "A/HRC/RES", "A/HRC/WG.6")
_COMPACT = {series.replace("/", ""): series for series in _SERIES}
_SECOND = {
    "A": ("HRC", "RES", "DEC", "CONF"),
    "E": ("CN.4", "C.12", "RES", "CONF"),
    "S": ("RES", "PRST"),
}
"""Second parts that are likely to be mistyped, by organ; others are too short to tell."""

_LIKE_ORGAN = 4
"""Letters of a committee's acronym from which one slip still names it: CEDAW, CRPD, CCPR, CERD."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Something written as a symbol that is none.

    Attributes:
        start: first character in the text.
        end: one past the last.
        meant: the symbol it was probably meant to be, normalised.
        why: what is wrong with it.
    """

    start: int
    end: int
    meant: str
    why: str


def attempts_in(text: str) -> Iterator[Attempt]:
    """Yield what was meant as a symbol and is none, in order; proper symbols may be among them."""
    folded = fold_letters(text)
    for match in _TOKEN.finditer(folded):
        word = match[0]
        if not re.search(r"\d", word):
            continue
        if (read := _read(word)) is not None:
            yield Attempt(match.start(), match.end(), *read)


def doubt_about(symbol: Symbol) -> tuple[str, str] | None:
    """Return (what was meant, why) of a symbol that is well formed and still cannot be one."""
    parts = symbol.text.split("/")
    for at, part in enumerate(parts[:-1]):
        number = re.fullmatch(r"(\d{1,3})-(\d{1,3})", parts[at + 1])
        if part in {"RES", "DEC"} and number and at + 2 == len(parts):
            meant = "/".join([*parts[: at + 1], number[1], number[2]])
            return meant, "a slash, not a dash, parts session and number"
    return _second_part(parts)


def _second_part(parts: list[str]) -> tuple[str, str] | None:
    known = _SECOND.get(parts[0], ())
    if len(parts) < 3 or parts[1] in known or not parts[1][0].isalpha() or len(parts[1]) < 3:
        return None
    for series in known:
        if OSA.distance(parts[1], series) == 1 and len(series) > 2:
            meant = "/".join([parts[0], series, *parts[2:]])
            return meant, f"there is no series {parts[0]}/{parts[1]}"
    return None


def _read(word: str) -> tuple[str, str] | None:
    parts = [part for part in _SEPARATORS.split(word.upper()) if part]
    clean = "/" not in _SEPARATORS.sub("", word) and not re.search(r"[\\_-]|//", word)
    first = parts[0]
    if first in _COMPACT:
        why = f"no organ is called {first}"
        return _valid([_COMPACT[first], *parts[1:]], why)
    if first == "HRC" and len(parts) >= 3 and (parts[1].isdigit() or parts[1] in {"RES", "DEC"}):
        return _valid(["A", *parts], "the organ, A, is missing before HRC")
    if first in ORGANS:
        if clean or not _is_series(parts):
            return None
        return _valid(parts, "slashes part a symbol, one between two parts")
    if len(first) >= _LIKE_ORGAN and len(parts) >= 3:
        for organ in COMMITTEES:
            if len(organ) >= _LIKE_ORGAN and OSA.distance(first, organ) == 1 and parts[1] == "C":
                return _valid([organ, *parts[1:]], f"no organ is called {first}")
    return None


def _is_series(parts: list[str]) -> bool:
    """Tell whether parts that no slashes part begin as symbols do: two letters beyond doubt."""
    if parts[0] in COMMITTEES:
        return parts[1] in {"C", "OP", "GC"}
    return any("/".join(parts).startswith(f"{series}/") for series in _SERIES)


def _valid(parts: list[str], why: str) -> tuple[str, str] | None:
    try:
        symbol = parse_symbol("/".join(parts))
    except SymbolError:
        return None
    return symbol.text, why
