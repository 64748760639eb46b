"""What a person saw in the files of the real data: one TOML file for each of them.

`tests/expectations/README.md` says how they were made and what their fields mean.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["EXPECTATIONS_DIR", "Expectation", "load"]

EXPECTATIONS_DIR = Path(__file__).resolve().parent.parent / "tests" / "expectations"
_NO_EXPECTATION = {"known-misses.toml"}


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a person saw in one file; a field that was not judged is empty or None.

    Attributes:
        file: name of the file.
        family: how it was set, for tables.
        error: words that the cause must hold where the file cannot be read.
        numbers: of the main text in reading order, as ranges ("1-64", "98.1-98.38"); None where
            they were not judged.
        annex_numbers: the same of annexes.
        metadata: by field, the values that are right; "" stands for unknown.
        paragraphs: as in the files: number, pages, kind, first and last words, heading.
        footnotes: mark, first words, paragraph its mark stands in.
        footnote_total: how many notes the file has.
    """

    file: str
    family: str
    error: str | None
    numbers: tuple[str, ...] | None
    annex_numbers: tuple[str, ...] | None
    metadata: dict[str, tuple[str, ...]]
    paragraphs: tuple[dict[str, Any], ...]
    footnotes: tuple[dict[str, str], ...]
    footnote_total: int | None


def load(folder: Path = EXPECTATIONS_DIR) -> list[Expectation]:
    """Return the expectations of a folder, by file name."""
    paths = sorted(path for path in folder.glob("*.toml") if path.name not in _NO_EXPECTATION)
    return [_expectation(tomllib.loads(path.read_text(encoding="utf-8"))) for path in paths]


def _expectation(content: dict[str, Any]) -> Expectation:
    metadata = {
        field: _values(field, value) for field, value in content.get("metadata", {}).items()
    }
    numbers, annex_numbers = content.get("numbers"), content.get("annex_numbers")
    return Expectation(
        file=content["file"],
        family=content["family"],
        error=content.get("error"),
        numbers=None if numbers is None else tuple(numbers),
        annex_numbers=None if annex_numbers is None else tuple(annex_numbers),
        metadata=metadata,
        paragraphs=tuple(content.get("paragraphs", ())),
        footnotes=tuple(content.get("footnotes", ())),
        footnote_total=content.get("footnote_total"),
    )


def _values(field: str, value: Any) -> tuple[str, ...]:
    """Return the values that are right, each as text; a list holds several, but for relations."""
    if field == "relations":
        return (", ".join(" ".join(relation) for relation in value),)
    return tuple(str(each) for each in value) if isinstance(value, list) else (str(value),)
