"""Strings with fields, filled as the rules of their language have it.

A field is one of `str.format`, with two things added: numbers written with `:,` are grouped as the
language groups them (`31,255`, `31 255`), and a field whose format has bars, `{count:hit|hits}`,
chooses a word by number: its forms stand in the order of the Unicode plural categories that the
language has (English one|other; French one|many|other or one|other; Russian one|few|many|other or
one|few|many). Source: Unicode CLDR, through Babel.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale
from babel.numbers import format_decimal, format_percent

__all__ = ["Phrase", "spoken"]

_CATEGORIES = ("zero", "one", "two", "few", "many", "other")


class Phrase(str):
    """A string that knows its language."""

    __slots__ = ("_language",)
    _language: str

    def __new__(cls, words: str, language: str) -> Phrase:
        """Join words and their language (ISO 639-1)."""
        made = super().__new__(cls, words)
        made._language = language
        return made

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """Be kept, in a session or a cache, as the plain string."""
        return str, (str(self),)

    def format(self, *args: object, **kwargs: object) -> str:
        """Fill the fields; as `str.format`, with numbers and plurals of the language."""
        return _formatter(self._language).vformat(self, args, kwargs)


def spoken(value: Any, language: str) -> Any:
    """Return a string as a `Phrase`, the strings of a table likewise, anything else as it is."""
    if isinstance(value, str):
        return Phrase(value, language)
    if isinstance(value, tuple):
        return tuple(spoken(each, language) for each in value)
    if isinstance(value, Mapping):
        return {key: spoken(each, language) for key, each in value.items()}
    return value


class _Formatter(string.Formatter):
    def __init__(self, language: str) -> None:
        self._locale = Locale.parse(language)

    def format_field(self, value: Any, format_spec: str) -> str:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if "|" in format_spec:
            return self._form(format_spec.split("|"), value)
        if number and format_spec == ",":
            return str(format_decimal(value, locale=self._locale))
        if number and format_spec == ".0%":
            return str(format_percent(value, locale=self._locale))
        written = str(format(value, format_spec))
        if number and format_spec.endswith(("f", "g")):
            return written.replace(".", self._locale.number_symbols["latn"]["decimal"])
        return written

    def _form(self, forms: list[str], value: Any) -> str:
        rule = self._locale.plural_form
        has = [name for name in _CATEGORIES if name in rule.tags or name == "other"]
        at = has.index(rule(value))
        return forms[min(at, len(forms) - 1)]


@cache
def _formatter(language: str) -> _Formatter:
    return _Formatter(language)
