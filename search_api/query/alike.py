"""Symbols of an index that are like one: written otherwise, or with a slip of the finger."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

__all__ = ["symbols_alike", "symbols_spelt"]

LIKENESS = 0.7
"""Likeness (difflib, of keys) from which one symbol may have been meant by another: A/HRC/58/86 and
A/HRC/58/68 have 0.9."""

LIKENESS_OF_ANY = 0.85
"""Likeness from which more than one part may differ: a letter O for a nought parts a number in two.
Short symbols are alike by their form alone: without it A/HRC/19/19 would stand for A/HRC/15/61."""

LIKENESS_OF_MORE = 0.95
"""Likeness of a symbol that has all parts of one: an addendum stands for its report."""

_MAX_COMPARED = 300
"""Symbols compared letter by letter, those with most parts in common."""

_RUN = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class _Symbols:
    """The symbols of an index by their keys and by the parts of these."""

    by_key: Mapping[str, tuple[str, ...]]
    by_part: Mapping[str, tuple[str, ...]]


def symbols_alike(symbol: str, held: tuple[str, ...], *, least: float = LIKENESS) -> list[str]:
    """Return up to three symbols of an index that one may stand for, likest first."""
    same = symbols_spelt(symbol, held)
    if same:
        return same
    key = _key(symbol)
    parts = set(key.split())
    shared: Counter[str] = Counter()
    for part in parts:
        shared.update(_symbols(held).by_part.get(part, ()))
    near: list[tuple[float, str]] = []
    for other, count in shared.most_common(_MAX_COMPARED):
        ratio = SequenceMatcher(None, key, other, autojunk=False).ratio()
        if count == len(parts):  # it goes on where the one asked for ends
            ratio = max(ratio, LIKENESS_OF_MORE)
        if ratio >= (least if count >= len(parts) - 1 else max(least, LIKENESS_OF_ANY)):
            near.append((-ratio, other))
    return [_symbols(held).by_key[other][0] for _, other in sorted(near)[:3]]


def symbols_spelt(text: str, held: tuple[str, ...]) -> list[str]:
    """Return the symbols of an index that are the same but for case, separators and leading zeros.

    "A-HRC 58/068" spells A/HRC/58/68; a bare "58/19" spells no symbol.
    """
    return list(_symbols(held).by_key.get(_key(text), ()))[:3]


def _key(text: str) -> str:
    """Return letters and figures of a symbol in order: `ahrc 58 68` for A/HRC/58/68."""
    parts: list[str] = []
    for run in _RUN.findall(text.casefold()):
        if run.isdecimal():
            parts.append(run.lstrip("0") or "0")
        elif parts and not parts[-1].isdecimal():
            parts[-1] += run
        else:
            parts.append(run)
    return " ".join(parts)


@lru_cache(maxsize=4)
def _symbols(held: tuple[str, ...]) -> _Symbols:
    by_key: dict[str, list[str]] = {}
    for symbol in held:
        by_key.setdefault(_key(symbol), []).append(symbol)
    by_part: dict[str, list[str]] = {}
    for key in by_key:
        for part in set(key.split()):
            by_part.setdefault(part, []).append(key)
    return _Symbols(
        {key: tuple(symbols) for key, symbols in by_key.items()},
        {part: tuple(keys) for part, keys in by_part.items()},
    )
