"""French is set as French printers set it: no-break spaces, angle quotes, curved apostrophes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.ui.translation import areas, words_of

THIN, WIDE = "\u202f", "\u00a0"
"""The no-break spaces, narrow and whole."""

SLIPS = {
    "an ordinary or no space before ; ! ?": re.compile(rf"[^{THIN}][;!?](\s|$)"),
    "an ordinary or no space before %": re.compile(rf"[^{THIN}\d]%"),
    "an ordinary or no space before a colon": re.compile(rf"[^{WIDE}]:(\s|$)"),
    "an ordinary or no space inside angle quotes": re.compile(rf"«(?!{WIDE})|(?<!{WIDE})»"),
    "English quotes": re.compile("[“”]"),
    "a straight apostrophe": re.compile("'"),
}


def slips(words: str) -> list[str]:
    """Name what is wrong with the setting of a string."""
    return [name for name, slip in SLIPS.items() if slip.search(words)]


def strings(at: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from strings(f"{at}[{key}]", each)
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from strings(f"{at}[{number}]", each)


@pytest.mark.parametrize("area", areas())
def test_french_is_set_as_french(area: str) -> None:
    every = [s for name, value in words_of("fr", area).items() for s in strings(name, value)]
    assert every
    found = [f"{area}.{name}: {slip}" for name, words in every for slip in slips(words)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("words", "right"),
    [
        (f"Lu ainsi{WIDE}: les mots «{WIDE}paix{WIDE}»{THIN}; rien d’autre{THIN}!", True),
        (f"{{share:.1f}}{THIN}% de mots, {{share:.0%}} et {{total:,}}", True),
        ("Lu ainsi : rien", False),
        ("Lu ainsi: rien", False),
        ("le reste ; rien", False),
        ("Le disent-elles ?", False),
        ("« paix »", False),
        ("les mots “paix”", False),
        ("{share:.1f} %", False),
        ("l'organe", False),
    ],
)
def test_slips_are_seen(words: str, right: bool) -> None:
    assert (slips(words) == []) is right
