"""Reading what publication worked out: links of a document, its twins, what to look at again."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from indexer.linking.links import LinkKind
from indexer.snapshot import Snapshot

__all__ = ["copies_of", "documents_judged", "failures", "links_of", "twin_rows"]


def links_of(snapshot: Snapshot, document_id: str) -> list[sqlite3.Row]:
    """Return the links of a document with the other's symbol, title, language, counts, by kind."""
    query = """
        SELECT l.kind, l.other_id, l.contained, l.shared, d.symbol, d.title, d.language, d.status,
          (SELECT count(*) FROM paragraphs g WHERE g.document_id = d.document_id
           AND g.number IS NOT NULL) AS numbered
        FROM links l JOIN documents d ON d.document_id = l.other_id
        WHERE l.document_id = ? ORDER BY l.kind, l.other_id"""
    with snapshot.reading() as connection:
        return connection.execute(query, (document_id,)).fetchall()


def copies_of(snapshot: Snapshot, document_id: str) -> list[str]:
    """Return the files that hold the same bytes as the one a document was read from."""
    with snapshot.reading() as connection:
        rows = connection.execute(
            "SELECT source FROM copies WHERE document_id = ? ORDER BY source", (document_id,)
        )
        return [str(source) for (source,) in rows]


def twin_rows(
    snapshot: Snapshot, document_id: str, paragraph_id: str
) -> tuple[list[int], list[str]]:
    """Return the same paragraph in the other language versions of its document.

    Returns:
        rows of its passages, by language; and the id of each version without such a paragraph.
    """
    query = """
        SELECT l.other_id, d.language, r.row FROM links l
        JOIN documents d ON d.document_id = l.other_id
        LEFT JOIN paragraphs g ON g.document_id = l.other_id AND g.paragraph_id = ?
        LEFT JOIN rows r ON r.document_id = g.document_id AND r.ordinal = g.ordinal
        WHERE l.document_id = ? AND l.kind = ? ORDER BY d.language, l.other_id, r.row"""
    with snapshot.reading() as connection:
        found = connection.execute(
            query, (paragraph_id, document_id, LinkKind.LANGUAGE_VERSION)
        ).fetchall()
    rows = [int(each["row"]) for each in found if each["row"] is not None]
    without = [str(each["other_id"]) for each in found if each["row"] is None]
    return rows, without


def documents_judged(snapshot: Snapshot) -> Sequence[sqlite3.Row]:
    """Return every document with its concerns and its record of numbering, by id."""
    query = """
        SELECT document_id, symbol, title, language, source, concerns, quality
        FROM documents ORDER BY document_id"""
    with snapshot.reading() as connection:
        return connection.execute(query).fetchall()


def failures(snapshot: Snapshot) -> Sequence[sqlite3.Row]:
    """Return what could not be read when it was last tried, by source."""
    with snapshot.reading() as connection:
        return connection.execute("SELECT * FROM failures ORDER BY source").fetchall()
