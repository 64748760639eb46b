"""What goes into the lexical store, and what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.facets import Selection

__all__ = ["LexicalEntry", "LexicalQuery"]


@dataclass(frozen=True, slots=True)
class LexicalEntry:
    """A passage as the lexical store takes it.

    Attributes:
        row: its number in the snapshot.
        text: its words.
        context: title and headings, which say what the words are about.
        language: ISO 639-1, or None.
        facets: values by facet name.
        year: or None.
    """

    row: int
    text: str
    context: str
    language: str | None
    facets: dict[str, tuple[str, ...]]
    year: int | None


@dataclass(frozen=True, slots=True)
class LexicalQuery:
    """What must, may and must not stand in a passage.

    Attributes:
        words: plain text; a passage with more and rarer of its words scores higher.
        phrases: each must stand in the passage, word for word.
        excluded: none may stand in it; a single word or a phrase.
        selection: facet values a passage must have.
    """

    words: str
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    selection: Selection = field(default_factory=Selection)

    @property
    def constrains(self) -> bool:
        """Whether phrases or exclusions narrow the passages down."""
        return bool(self.phrases or self.excluded)
