"""Areas of the interface, each of which gives its words in the reader's language."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from ui.wording import language
from ui.wording.phrases import spoken

__all__ = ["Area"]


class Area:
    """The words of one area, as attributes, in the language of whoever is being answered."""

    def __init__(self, name: str) -> None:
        """Name the module that each language has for it."""
        self._name = name

    def __getattr__(self, key: str) -> Any:
        """Return a string, or a table of strings, in the reader's language."""
        words = _words(language.current(), self._name)
        if key not in words:
            raise AttributeError(f"ui.wording.{self._name} has no {key}")
        return words[key]


@cache
def _words(code: str, area: str) -> dict[str, Any]:
    """Return the words of an area: those of a language over the English ones."""
    told = vars(import_module(f"ui.wording.en.{area}"))
    if code != language.SOURCE:
        told = told | vars(import_module(f"ui.wording.{code}.{area}"))
    return {name: spoken(value, code) for name, value in told.items() if name.isupper()}
