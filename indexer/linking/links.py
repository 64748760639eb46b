"""Links between documents: other languages, other texts under one symbol, drafts, revisions.

What documents state of each other (`corpus.types.Relation`), what symbols imply, and what their
words show are brought together here as pairs. Every pair is told from both sides.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from corpus.types import RelationKind
from indexer.catalogue import Catalogue
from indexer.linking.comments import replaced_by_comments
from indexer.linking.entries import Entries, Entry
from indexer.linking.kept import Kept
from indexer.linking.near import Texts, near_pairs

__all__ = ["FOLDED_KINDS", "Link", "LinkKind", "find_links", "labels_of"]


class LinkKind(StrEnum):
    """What a document is to another, read as a sentence with the document as its subject."""

    LANGUAGE_VERSION = "language-version"
    ANOTHER_VERSION = "another-version"
    SAME_TEXT = "same-text"
    ADOPTED_AS = "adopted-as"
    ADOPTS = "adopts"
    REVISES = "revises"
    REVISED_BY = "revised-by"
    CORRECTS = "corrects"
    CORRECTED_BY = "corrected-by"
    SUPERSEDES = "supersedes"
    SUPERSEDED_BY = "superseded-by"
    ADDS_TO = "adds-to"
    ADDED_TO_BY = "added-to-by"
    AMENDS = "amends"
    AMENDED_BY = "amended-by"

    @property
    def inverse(self) -> LinkKind:
        """What the other document is to this one."""
        return _INVERSES.get(self, self)


_PAIRS = {
    LinkKind.ADOPTED_AS: LinkKind.ADOPTS,
    LinkKind.REVISES: LinkKind.REVISED_BY,
    LinkKind.CORRECTS: LinkKind.CORRECTED_BY,
    LinkKind.SUPERSEDES: LinkKind.SUPERSEDED_BY,
    LinkKind.ADDS_TO: LinkKind.ADDED_TO_BY,
    LinkKind.AMENDS: LinkKind.AMENDED_BY,
}
_INVERSES = _PAIRS | {other: kind for kind, other in _PAIRS.items()}
_OF_RELATION = {
    RelationKind.ADOPTS: LinkKind.ADOPTS,
    RelationKind.REVISES: LinkKind.REVISES,
    RelationKind.CORRECTS: LinkKind.CORRECTS,
    RelationKind.SUPERSEDES: LinkKind.SUPERSEDES,
    RelationKind.ADDS_TO: LinkKind.ADDS_TO,
    RelationKind.AMENDS: LinkKind.AMENDS,
}

FOLDED_KINDS = frozenset(
    {
        LinkKind.ANOTHER_VERSION,
        LinkKind.SAME_TEXT,
        LinkKind.ADOPTED_AS,
        LinkKind.REVISES,
        LinkKind.CORRECTS,
        LinkKind.SUPERSEDES,
    }
)
"""Links between texts that are partly one: their paragraphs are not shown twice. An addendum is
another text, and an amendment one that was perhaps never agreed."""

_MOST_VERSIONS = 50
"""Documents under one name above which it names a series rather than a text."""


@dataclass(frozen=True, slots=True)
class Link:
    """A document and another, in one language unless the kind says otherwise.

    Attributes:
        one: the subject.
        kind: what it is to the other.
        other: the object.
        contained: shares of the words of `one` that stand in `other` and the other way round,
            0 to 1; None across languages.
    """

    one: Entry
    kind: LinkKind
    other: Entry
    contained: tuple[float, float] | None = None


def find_links(
    catalogue: Catalogue, connection: sqlite3.Connection, entries: Entries, kept: Kept
) -> list[Link]:
    """Return every pair once, told from the side of the draft, the revision, the correction.

    Args:
        catalogue: holds the samples of the texts.
        connection: to a database of documents and paragraphs.
        entries: its documents.
        kept: comparisons made before.
    """
    texts = Texts(connection, kept)
    found: dict[tuple[str, str], Link] = {}
    replaced = (
        (one, LinkKind.SUPERSEDES, other)
        for one, other in replaced_by_comments(connection, entries)
    )
    for one, kind, other in [*_stated(entries), *replaced, *_by_symbol(entries)]:
        key = (min(one.id, other.id), max(one.id, other.id))
        if key not in found:
            same = one.language == other.language
            shares = texts.containment(one.id, other.id) if same else None
            found[key] = Link(one, kind, other, shares)
    for one, other, mine, theirs in _best_adoptions(near_pairs(catalogue, entries, texts)):
        key = (min(one.id, other.id), max(one.id, other.id))
        if key not in found:
            adopted = one.is_draft and other.is_adoptable
            kind = LinkKind.ADOPTED_AS if adopted else LinkKind.SAME_TEXT
            found[key] = Link(one, kind, other, (mine, theirs))
    return [found[key] for key in sorted(found)]


def _stated(entries: Entries) -> Iterator[tuple[Entry, LinkKind, Entry]]:
    """Yield the ties that documents state of themselves, with those of the same language first."""
    for entry in entries:
        said = [(_OF_RELATION[RelationKind(kind)], symbol) for kind, symbol in entry.relations]
        if entry.superseded_by:
            said.append((LinkKind.SUPERSEDED_BY, entry.superseded_by))
        for kind, symbol in said:
            others = [other for other in entries.named(symbol) if other.id != entry.id]
            same = [other for other in others if other.language == entry.language]
            for other in same or others:
                if kind in _PAIRS:
                    yield entry, kind, other
                else:
                    yield other, kind.inverse, entry


def _by_symbol(entries: Entries) -> Iterator[tuple[Entry, LinkKind, Entry]]:
    """Yield versions of one text: in other languages, and others in the same one."""
    seen: set[tuple[str, str]] = set()
    for _, named in entries.names():
        if len(named) > _MOST_VERSIONS:
            continue
        for one, other in combinations(named, 2):
            if one.comment_mark != other.comment_mark or (one.id, other.id) in seen:
                continue
            seen.add((one.id, other.id))
            same = one.language == other.language
            yield one, LinkKind.ANOTHER_VERSION if same else LinkKind.LANGUAGE_VERSION, other


def _best_adoptions(
    pairs: Iterator[tuple[Entry, Entry, float, float]],
) -> Iterator[tuple[Entry, Entry, float, float]]:
    """Leave each draft the one text that it is most like: it was adopted once."""
    best: dict[str, tuple[Entry, Entry, float, float]] = {}
    for pair in pairs:
        one, other, mine, theirs = pair
        if not (one.is_draft and other.is_adoptable):
            yield pair
            continue
        held = best.get(one.id)
        if held is None or min(mine, theirs) > min(held[2], held[3]):
            best[one.id] = pair
    yield from best.values()


def labels_of(connection: sqlite3.Connection, document_id: str) -> list[str]:
    """Return the labels by which language versions agree, in reading order.

    Numbers, with or without an annex, and places in a preamble are the same in every language (UN
    Editorial Manual); the index of an unnumbered paragraph is not, nor is a repeated label.
    """
    rows = connection.execute(
        "SELECT paragraph_id FROM paragraphs WHERE document_id = ? "
        "AND kind NOT IN ('heading', 'footnote') AND paragraph_id NOT LIKE '%~%' "
        "AND (number IS NOT NULL OR paragraph_id GLOB 'pp[0-9]*') ORDER BY ordinal",
        (document_id,),
    )
    return [label for (label,) in rows]
