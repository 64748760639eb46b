"""Which documents gave way to which: drafts to what was adopted, revised texts to revisions."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from corpus.types import DocumentStatus
from indexer.linking.links import LinkKind

__all__ = ["Replaced", "replaced"]

Replaced = Mapping[int, tuple[int, ...]]
"""Numbers of the documents that stand above each document that something stands above."""

_ABOVE = (LinkKind.ADOPTED_AS, LinkKind.REVISED_BY, LinkKind.SUPERSEDED_BY)


def replaced(connection: sqlite3.Connection, document_ids: Sequence[str]) -> Replaced:
    """Read which documents stand above which, at every remove, the lowest documents first.

    An amendment that was rejected stands below the text that was adopted over it.

    Args:
        connection: to the documents and links of a snapshot.
        document_ids: by the number of the document.
    """
    rows = connection.execute(
        """
        SELECT l.document_id, l.other_id FROM links l JOIN documents d USING (document_id)
        WHERE l.kind IN (?, ?, ?) OR (l.kind = ? AND d.status = ?)
        ORDER BY l.document_id, l.other_id""",
        (*_ABOVE, LinkKind.AMENDS, DocumentStatus.REJECTED),
    )
    numbers = {document_id: number for number, document_id in enumerate(document_ids)}
    directly: dict[int, list[int]] = {}
    for lower, upper in rows:
        directly.setdefault(numbers[lower], []).append(numbers[upper])
    found = {lower: _all_above(lower, directly) for lower in directly}
    return dict(sorted(found.items(), key=lambda each: (-len(each[1]), each[0])))


def _all_above(lower: int, directly: Mapping[int, Sequence[int]]) -> tuple[int, ...]:
    """Follow the links up; what comes back to where it began is left out."""
    above: set[int] = set()
    pending = list(directly[lower])
    while pending:
        upper = pending.pop()
        if upper not in above and upper != lower:
            above.add(upper)
            pending += directly.get(upper, ())
    return tuple(sorted(above))
