"""The units of a draft: the sentences and clauses that each need a precedent of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.symbols import find_symbols
from corpus.types import Paragraph, ParagraphKind
from indexer.passages import sentences

__all__ = ["Unit", "units_of", "without_citations"]

_ITEM = re.compile(r"\n(?=\s*(?:\(?[a-zа-я]{1,3}\)|\(?\d{1,3}[.)]|[•–—-])\s)", re.IGNORECASE)
_MARK = re.compile(r"\s*(?:\(?(?:[a-zа-я]{1,3}|\d{1,3})[.)]|[•–—-])\s+", re.IGNORECASE)
_CLAUSE_END = re.compile(r"(?<=[;；])\s+")


_BRACKETED = re.compile(r"\([^()]{3,200}\)|\[[^\[\]]{3,200}\]")


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence or clause of a draft.

    Attributes:
        paragraph: place of its paragraph in the draft, from 0.
        number: of that paragraph as printed, or None.
        section: headings above it, outermost first.
        kind: a `ParagraphKind`.
        text: the words, without the letter or number of an item.
    """

    paragraph: int
    number: str | None
    section: tuple[str, ...]
    kind: str
    text: str


def units_of(paragraphs: Iterable[Paragraph]) -> Iterator[Unit]:
    """Yield the units of paragraphs in reading order; headings are the section of what follows.

    An item of a list, each on its own line, is a unit or more; so is a clause that ends with a
    semicolon. Everything in a paragraph but white space and the marks of items is in some unit.
    """
    for place, paragraph in enumerate(paragraphs):
        if paragraph.kind is ParagraphKind.HEADING:
            continue
        for text in _texts(paragraph.text):
            yield Unit(place, paragraph.number, paragraph.section, paragraph.kind, text)


def _texts(text: str) -> Iterator[str]:
    for item in _ITEM.split(text):
        words = _MARK.sub("", item, count=1) if _MARK.match(item) else item
        for clause in _CLAUSE_END.split(words):
            for start, end in sentences(clause):
                unit = clause[start:end].strip()
                if unit:
                    yield " ".join(unit.split())


def without_citations(text: str) -> str:
    """Return a sentence with the citations that it has in brackets blanked, each place kept.

    They are the writer's own, and no source has them in its sentence.
    """
    return _BRACKETED.sub(
        lambda match: " " * len(match[0]) if find_symbols(match[0]) else match[0], text
    )
