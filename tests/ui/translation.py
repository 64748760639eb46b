"""What makes a translation whole: each fault of one, said so that a translator can mend it."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping, Set
from importlib import import_module
from pathlib import Path
from typing import Any

from babel import Locale

import ui.wording.en

__all__ = ["SAME", "SAME_IN", "areas", "faults", "words_of"]

SAME = {
    "common.APP_NAME",
    "common.AWAY_COMMAND",
    "common.NO_INDEX_COMMAND",
}
"""May be as in English in every language: names, and what is typed into a terminal."""

SAME_IN: dict[str, set[str]] = {
    "fr": {
        "collect.COLLECTION",
        "collect.COLLECTIONS",
        "collect.NOTE",
        "collect.PAGE",
        "collect.WIPE_COMMAND",
        "common.CORPUS_PAGE",
        "common.PAGE",
        "common.SCORES",
        "corpus.ADD_COMMAND",
        "corpus.DOCUMENTS",
        "corpus.FIGURES[documents]",
        "corpus.FIGURES[passages]",
        "corpus.INDEX_COMMAND",
        "corpus.PASSAGES",
        "corpus.PUBLISHED_AT",
        "corpus.TITLE",
        "corpus.VIEWS[documents]",
        "export.FORMATS[bibtex]",
        "export.FORMATS[json]",
        "export.FORMATS[ris]",
        "export.TITLE",
        "frame.MENU",
        "frame.NAVIGATION",
        "frame.PAGES[collections]",
        "frame.PAGES[corpus]",
        "lineage.ROW_VERSION",
        "read.DOCUMENT",
        "read.PLACEHOLDER",
        "read.SESSION",
        "search.CITE_FORMS[bibtex]",
        "search.CITE_FORMS[chicago]",
        "search.CITE_FORMS[oscola]",
        "search.CITE_FORMS[ris]",
        "see.AS_PNG",
        "see.AXIS[('number', 'documents')]",
        "see.AXIS[('number', 'passages')]",
        "see.COUNT[documents]",
        "see.COUNT[passages]",
        "see.EXAMPLE_QUERIES[1][2]",
        "see.UNITS[documents]",
        "see.UNITS[passages]",
        "table.COLUMNS[justification]",
    },
    "ru": {
        "collect.WIPE_COMMAND",
        "corpus.ADD_COMMAND",
        "corpus.INDEX_COMMAND",
        "export.FORMATS[bibtex]",
        "export.FORMATS[json]",
        "export.FORMATS[ris]",
        "read.PLACEHOLDER",
        "search.CITE_FORMS[bibtex]",
        "search.CITE_FORMS[ris]",
        "see.EXAMPLE_QUERIES[0][0]",
        "see.EXAMPLE_QUERIES[1][0]",
        "see.EXAMPLE_QUERIES[1][1]",
        "see.EXAMPLE_QUERIES[1][2]",
        "see.EXAMPLE_QUERIES[2][0]",
    },
    "be": {
        "collect.WIPE_COMMAND",
        "corpus.ADD_COMMAND",
        "corpus.INDEX_COMMAND",
        "corpus.PUBLISHED_AT",
        "export.FORMATS[bibtex]",
        "export.FORMATS[json]",
        "export.FORMATS[ris]",
        "read.PLACEHOLDER",
        "search.CITE_FORMS[bibtex]",
        "search.CITE_FORMS[chicago]",
        "search.CITE_FORMS[oscola]",
        "search.CITE_FORMS[ris]",
    },
}
"""Language → what is written there as in English; `area.NAME`, or `area.NAME[key]` in a table."""


def areas() -> list[str]:
    """Return the areas that the interface has, from the modules of its first language."""
    folder = Path(ui.wording.en.__file__).parent
    return sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")


def words_of(language: str, area: str) -> dict[str, Any]:
    """Return the words that the module of a language has for an area."""
    told = vars(import_module(f"ui.wording.{language}.{area}"))
    return {name: value for name, value in told.items() if name.isupper()}


def faults(
    area: str,
    english: Mapping[str, Any],
    translated: Mapping[str, Any],
    language: str,
    same: Set[str] = frozenset(),
) -> list[str]:
    """Compare the words of one area; an empty list means that nothing is wrong."""
    found = [f"{area}.{name}: is missing" for name in english.keys() - translated.keys()]
    found += [f"{area}.{name}: is not in English" for name in translated.keys() - english.keys()]
    for name in english.keys() & translated.keys():
        found += _value(f"{area}.{name}", english[name], translated[name], language, same)
    return sorted(found)


def _value(at: str, english: Any, given: Any, language: str, same: Set[str]) -> Iterator[str]:
    if isinstance(english, str):
        if isinstance(given, str):
            yield from _string(at, english, given, language, same)
        else:
            yield f"{at}: is not a string"
    elif isinstance(english, Mapping):
        if not isinstance(given, Mapping) or english.keys() != given.keys():
            odd = set(english) ^ set(given if isinstance(given, Mapping) else ())
            yield f"{at}: differs in its keys, {sorted(map(str, odd))}"
            return
        for key, value in english.items():
            yield from _value(f"{at}[{key}]", value, given[key], language, same)
    elif isinstance(english, tuple):
        if not isinstance(given, tuple) or len(english) != len(given):
            yield f"{at}: is not of {len(english)} parts"
            return
        for number, (one, other) in enumerate(zip(english, given, strict=True)):
            yield from _value(f"{at}[{number}]", one, other, language, same)
    elif english != given:
        yield f"{at}: is no text and must stay as it is"


def _string(at: str, english: str, given: str, language: str, same: Set[str]) -> Iterator[str]:
    if not given.strip() and english.strip():
        yield f"{at}: is empty"
        return
    try:
        wanted, has = _fields(english), _fields(given)
    except ValueError as error:
        yield f"{at}: {error}"
        return
    if wanted.keys() != has.keys():
        odd = sorted(wanted.keys() ^ has.keys())
        yield f"{at}: differs in its fields, {odd}"
    for name in wanted.keys() & has.keys():
        lost = {spec for spec in wanted[name] - has[name] if spec and "|" not in spec}
        if lost:
            yield f"{at}: {{{name}}} is not written as {sorted(lost)}"
    for forms in (spec.split("|") for specs in has.values() for spec in specs if "|" in spec):
        if len(forms) not in _plural_forms(language):
            yield f"{at}: {'|'.join(forms)!r} has {len(forms)} forms"
    if english[: len(english) - len(english.lstrip())] != given[: len(given) - len(given.lstrip())]:
        yield f"{at}: differs in the space before it"
    if english[len(english.rstrip()) :] != given[len(given.rstrip()) :]:
        yield f"{at}: differs in the space after it"
    if given == english and _speaks(english) and at not in same:
        yield f"{at}: is English, {english!r}"


def _fields(words: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for _, name, spec, _ in string.Formatter().parse(words):
        if name is not None:
            found.setdefault(name, set()).add(spec or "")
    return found


def _plural_forms(language: str) -> set[int]:
    """Return how many forms a word may have: those for counts, with or without that for fractions.

    French has a further form, for millions, that is seldom told from that for fractions.
    """
    count = len({*Locale.parse(language).plural_form.tags, "other"})
    return {count} if count <= 2 else {count, count - 1}


def _speaks(words: str) -> bool:
    """Tell whether a string has words of its own, beside its fields."""
    parts = [part for part, *_ in string.Formatter().parse(words)]
    return any(letter.isalpha() for part in parts for letter in part)
