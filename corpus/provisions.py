"""Rights by name and the articles that guarantee them, from a committed table.

"Double jeopardy" is article 14, paragraph 7, of the International Covenant on Civil and Political
Rights, and a decision about it may say only that. The table is `provisions.toml`; each treaty names
its source. Names are in English.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

__all__ = ["Provision", "provisions"]


@dataclass(frozen=True, slots=True)
class Provision:
    """An article of a treaty, or a part of one.

    Attributes:
        treaty: by its full name.
        body: of the committee that watches over it, as documents have it ("CCPR").
        article: its number, and those of paragraph and subparagraph ("14", "3", "e").
        names: of what it guarantees.
    """

    treaty: str
    body: str
    article: tuple[str, ...]
    names: tuple[str, ...]


@cache
def provisions() -> tuple[Provision, ...]:
    """Return the table, in the order of the treaties and their articles."""
    text = resources.files("corpus").joinpath("provisions.toml").read_text(encoding="utf-8")
    return tuple(
        Provision(treaty["name"], treaty["body"], tuple(re.findall(r"\w+", article)), tuple(names))
        for treaty in tomllib.loads(text)["treaty"]
        for article, names in treaty["articles"].items()
    )
