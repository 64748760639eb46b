"""A run of footnotes in one form: in full at first mention, short after it."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.citing.forms import FORMS
from workbench.citing.source import Source

__all__ = ["notes"]


def notes(cited: Iterable[tuple[Source, str]], form: str, *, ibid: bool = False) -> list[str]:
    """Write one note for each (document, place in it), in the order given.

    Args:
        cited: documents with places in UN form ("para. 12"; "" for the whole).
        form: a key of `FORMS`.
        ibid: write "ibid." where a note cites what the one before it does. Off by default: a
            paragraph that is moved or cut afterwards leaves an "ibid." that names another document,
            and Chicago's 17th edition (14.34) discourages it.

    Returns:
        Notes that end in a full stop, the first being note 1.
    """
    style = FORMS[form]
    first: dict[Source, int] = {}
    written: list[str] = []
    before: tuple[Source, str] | None = None
    for number, (source, place) in enumerate(cited, 1):
        if source not in first:
            first[source] = number
            words = style.first(source, place)
        elif ibid and before is not None and before[0] == source:
            words = style.ibid("" if before[1] == place else place)
        else:
            words = style.later(source, place, first[source])
        written.append(_ended(words[:1].upper() + words[1:] if form != "oscola" else words))
        before = (source, place)
    return written


def _ended(words: str) -> str:
    return words if words.endswith(".") else f"{words}."
