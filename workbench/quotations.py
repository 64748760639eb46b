"""Words that a text gives as another's: between quotation marks, in their parts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.words import keys

__all__ = ["Quotation", "parts_of", "quotations_in"]

_MARKS = re.compile(
    r"“(?P<a>[^“”]+)”|„(?P<b>[^„“”]+)[“”]|«(?P<c>[^«»]+)»|「(?P<d>[^「」]+)」|『(?P<e>[^『』]+)』"
    r"|\"(?P<f>[^\"]+)\"|(?<!\w)‘(?P<g>[^‘\n]+?)’(?!\w)|(?<!\w)'(?P<h>[^'\n]+(?:\w'\w[^'\n]*)*)'(?!\w)"
)
_LEFT_OUT = re.compile(r"\s*(?:[\[(]\s*(?:\.\s?\.\s?\.|…)\s*[\])]|\.\s?\.\s?\.|…)\s*")
_INSERTED = re.compile(r"\[[^\[\]]{0,80}\]")
_LEAST_WORDS = 2
"""A single word between quotation marks is named, or doubted; it is not quoted."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between quotation marks.

    Attributes:
        start: first character of the quoted words in the text, without the mark.
        end: one past the last.
        text: the words.
    """

    start: int
    end: int
    text: str

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the words without what is marked as left out or put in; see `parts_of`."""
        return parts_of(self.text)


def parts_of(text: str) -> tuple[str, ...]:
    """Return the runs of words that must stand in the source, in order.

    "…" and "[...]" mark what was left out; "[T]he" and "[the State]" what was changed to fit. A
    letter in brackets belongs to its word, words in brackets stand for others.
    """
    text = re.sub(r"\[(\w)\](?=\w)", r"\1", text)
    text = _INSERTED.sub(" … ", _LEFT_OUT.sub(" … ", text))
    return tuple(part for each in text.split("…") if keys(part := each.strip()))


def quotations_in(text: str, start: int = 0, end: int | None = None) -> list[Quotation]:
    """Return what is quoted in a part of a text, in order; of nested ones the outermost."""
    found = []
    for match in _MARKS.finditer(text, start, len(text) if end is None else end):
        group = match.lastgroup or "a"
        quotation = Quotation(match.start(group), match.end(group), match[group])
        if len(keys(quotation.text)) >= _LEAST_WORDS:
            found.append(quotation)
    return found
