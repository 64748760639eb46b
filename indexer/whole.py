"""Whole paragraphs, where passages are parts of the long ones."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.snapshot import Snapshot

__all__ = ["WholeParagraph", "whole_paragraphs"]


@dataclass(frozen=True, slots=True)
class WholeParagraph:
    """A paragraph with the passages it was split into.

    Attributes:
        document_id: of its document.
        paragraph_id: its label in the document.
        number: as printed.
        kind: a `ParagraphKind`.
        text: all of it.
        rows: of its passages, in order.
    """

    document_id: str
    paragraph_id: str
    number: str | None
    kind: str
    text: str
    rows: range


def whole_paragraphs(snapshot: Snapshot, rows: Sequence[int]) -> list[WholeParagraph]:
    """Return the paragraphs that passages are of, each once, in the order of rows."""
    query = """
        SELECT g.document_id, g.paragraph_id, g.number, g.kind, g.text,
          min(r.row) AS first, max(r.row) AS last
        FROM (SELECT DISTINCT document_id, ordinal FROM rows
              WHERE row IN (SELECT value FROM json_each(?))) w
        JOIN rows r USING (document_id, ordinal)
        JOIN paragraphs g USING (document_id, ordinal)
        GROUP BY g.document_id, g.ordinal ORDER BY first"""
    with snapshot.reading() as connection:
        found = connection.execute(query, (json.dumps([int(row) for row in rows]),)).fetchall()
    return [
        WholeParagraph(
            row["document_id"],
            row["paragraph_id"],
            row["number"],
            row["kind"],
            str(row["text"]),
            range(row["first"], row["last"] + 1),
        )
        for row in found
    ]
