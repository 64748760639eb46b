"""What gives reason to look at a document once others are known (`corpus.concerns` knows one)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from corpus.concerns import Concern
from corpus.types import RelationKind
from indexer.linking.entries import Entries, Entry
from indexer.linking.links import Link, LinkKind, labels_of
from indexer.linking.standing import Standing

__all__ = ["compared"]

_LANGUAGES = {
    "ar": "Arabic", "en": "English", "es": "Spanish", "fr": "French", "ru": "Russian",
    "zh": "Chinese",
}  # fmt: skip
_NAMED = 6
_UNLIKE = 0.05
"""Share of words in common below which one of two texts is hardly what its symbol says."""


def compared(
    connection: sqlite3.Connection,
    entries: Entries,
    links: Iterable[Link],
    held: dict[str, Standing],
) -> dict[str, list[Concern]]:
    """Return the concerns that comparison gives, by document id."""
    found: dict[str, list[Concern]] = {}
    for link in links:
        for document_id, concern in _of_link(connection, link):
            kept = found.setdefault(document_id, [])
            # Five versions that have one paragraph more are one reason, not five.
            lesser = [each for each in kept if each.code == concern.code == "twin-count"]
            if not lesser:
                kept.append(concern)
            elif concern.weight > lesser[0].weight:
                kept[kept.index(lesser[0])] = concern
    for entry in entries:
        for concern in _alone(entries, entry, held[entry.id]):
            found.setdefault(entry.id, []).append(concern)
    return found


def _of_link(connection: sqlite3.Connection, link: Link) -> Iterator[tuple[str, Concern]]:
    one, other = link.one, link.other
    if link.kind is LinkKind.LANGUAGE_VERSION:
        mine, theirs = labels_of(connection, one.id), labels_of(connection, other.id)
        if mine and theirs:
            yield from _of_twin(one, mine, other, theirs)
            yield from _of_twin(other, theirs, one, mine)
    elif link.kind is LinkKind.ANOTHER_VERSION:
        for entry, twin in ((one, other), (other, one)):
            message = f"another text is indexed under the same symbol and language, as {twin.id}"
            yield entry.id, Concern("another-version", 0.4, message)
    elif link.kind is LinkKind.REVISES and link.contained and max(link.contained) < _UNLIKE:
        message = f"it revises {other.symbol} and has next to no words in common with it"
        yield one.id, Concern("unlike-base", 0.4, message)
    elif link.kind is LinkKind.SAME_TEXT:
        for entry, twin in ((one, other), (other, one)):
            message = f"{twin.symbol or twin.id} has the same words: one text under two names"
            yield entry.id, Concern("same-text", 0.5, message)


def _of_twin(
    entry: Entry, labels: Sequence[str], twin: Entry, theirs: Sequence[str]
) -> Iterator[tuple[str, Concern]]:
    """Tell what a document lacks of its twin; what it has beside it is told of the twin."""
    missing = [label for label in theirs if label not in set(labels)]
    if not missing:
        return
    version = f"{_LANGUAGES.get(twin.language or '', twin.language or 'other')} version"
    shown = ", ".join(missing[:_NAMED])
    more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
    weight = min(0.8, 0.4 + len(missing) / len(theirs))
    message = (
        f"the {version} has {len(theirs)} numbered paragraphs, this has {len(labels)}: "
        f"{shown}{more} not found here"
    )
    yield entry.id, Concern("twin-count", weight, message)


def _alone(entries: Entries, entry: Entry, standing: Standing) -> Iterator[Concern]:
    """Look for texts that this one points to and that are not in the index."""
    by = standing.superseded_by
    if by and not entries.named(by):
        message = f"{by} took its place and is not in this index"
        yield Concern("replacement-missing", 0.2, message)
    for kind, symbol in entry.relations:
        if kind == RelationKind.CORRECTS and not entries.named(symbol):
            yield Concern("base-missing", 0.1, f"it corrects {symbol}, which is not in this index")
