"""How documents stand once others are known: revised, corrected, replaced, and which to show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.errors import SymbolError
from corpus.symbols import parse_symbol
from corpus.types import DocumentStatus
from indexer.linking.entries import Entries, Entry
from indexer.linking.links import Link, LinkKind

__all__ = ["Standing", "preferences", "standings"]

_SAID = frozenset(
    {
        DocumentStatus.ADOPTED_WITHOUT_VOTE,
        DocumentStatus.ADOPTED_BY_VOTE,
        DocumentStatus.REJECTED,
        DocumentStatus.SUPERSEDED,
        DocumentStatus.FINAL,
    }
)
"""What a document or the user says of its fate, which another's symbol does not overrule."""

_CORRECTABLE = frozenset({None, DocumentStatus.REVISED})

_RANKS = {
    DocumentStatus.ADOPTED_WITHOUT_VOTE: 0,
    DocumentStatus.ADOPTED_BY_VOTE: 1,
    DocumentStatus.SUPERSEDED: 3,
    DocumentStatus.DRAFT: 4,
    DocumentStatus.REJECTED: 5,
}
_IN_FORCE = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """What follows for a document from others.

    Attributes:
        status: a `DocumentStatus`, or None where none is known.
        superseded_by: symbol of the text that replaced it.
    """

    status: str | None
    superseded_by: str | None


def standings(entries: Entries, links: Iterable[Link]) -> dict[str, Standing]:
    """Return how each document stands, by id.

    The text that a revision revises is superseded by the latest one, in every language, and so is
    what a text says it replaces; a text with a corrigendum is corrected. What a document or the
    user says of its fate stays, but for a text that another says it replaces.
    """
    held = {entry.id: Standing(entry.status, entry.superseded_by) for entry in entries}
    replaced: dict[str, list[tuple[bool, Entry]]] = {}
    for link in links:
        if link.other.symbol is None or link.one.symbol is None:
            continue
        if link.kind in (LinkKind.REVISES, LinkKind.SUPERSEDES):
            outright = link.kind is LinkKind.SUPERSEDES
            for version in entries.named(link.other.symbol):
                if version.comment_mark == link.other.comment_mark:
                    replaced.setdefault(version.id, []).append((outright, link.one))
        elif link.kind is LinkKind.CORRECTS:
            for version in entries.named(link.other.symbol):
                if held[version.id].status in _CORRECTABLE:
                    held[version.id] = Standing(DocumentStatus.CORRECTED, None)
    for document_id, by in replaced.items():
        standing, entry = held[document_id], entries.by_id[document_id]
        outright = any(said for said, _ in by)
        last = max((other for _, other in by), key=lambda other: _in_series(other.symbol or ""))
        latest = last.symbol
        is_itself = (entry.symbol, entry.comment_mark) == (latest, last.comment_mark)
        if is_itself or standing.status == DocumentStatus.REJECTED:
            continue
        if outright or standing.status not in _SAID:
            held[document_id] = Standing(
                DocumentStatus.SUPERSEDED, standing.superseded_by or latest
            )
        elif standing.status == DocumentStatus.SUPERSEDED and not standing.superseded_by:
            held[document_id] = replace(standing, superseded_by=latest)
    return held


def _in_series(symbol: str) -> tuple[object, ...]:
    """Order symbols as people count, those of no known form first."""
    try:
        return (1, parse_symbol(symbol))
    except SymbolError:
        return (0, symbol)


def preferences(entries: Entries, held: dict[str, Standing]) -> dict[str, int]:
    """Return the place of each document in the order in which texts in common are shown, by id.

    Adopted before in force, that before superseded, drafts and rejected texts last; then what
    corrects before what it corrects, what was indexed first under its symbol, the later year.
    """
    order = sorted(entries, key=lambda entry: _preference(entry, held[entry.id]))
    return {entry.id: place for place, entry in enumerate(order)}


def _preference(entry: Entry, standing: Standing) -> tuple[int, bool, bool, int, str]:
    rank = _RANKS.get(DocumentStatus(standing.status), _IN_FORCE) if standing.status else _IN_FORCE
    if entry.is_draft:
        rank = max(rank, _RANKS[DocumentStatus.DRAFT])
    corrects = any(kind == "corrects" for kind, _ in entry.relations)
    return rank, not corrects, entry.is_marked, -(entry.year or 0), entry.id
