"""Reading a document from its beginning to its end: paragraphs as they stand, headings, notes."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from indexer.snapshot import Snapshot

__all__ = ["footnotes_of", "paragraphs_of", "place_of_passage", "places_of"]


def places_of(snapshot: Snapshot, document_id: str) -> list[sqlite3.Row]:
    """Return every paragraph of a document in order, without its text.

    Columns: ordinal, paragraph_id, number, kind, section (JSON), title (of headings), letters
    (length of the text), passage_id (of its first part, or NULL).
    """
    query = """
        SELECT g.ordinal, g.paragraph_id, g.number, g.kind, g.section,
          CASE WHEN g.kind = 'heading' THEN g.text END AS title, length(g.text) AS letters,
          p.passage_id
        FROM paragraphs g LEFT JOIN passages p
          ON p.document_id = g.document_id AND p.ordinal = g.ordinal AND p.part = 1
        WHERE g.document_id = ? ORDER BY g.ordinal"""
    with snapshot.reading() as connection:
        return connection.execute(query, (document_id,)).fetchall()


def paragraphs_of(snapshot: Snapshot, document_id: str, ordinals: range) -> list[sqlite3.Row]:
    """Return paragraphs of a document with all their columns and the id of their first passage."""
    query = """
        SELECT g.*, p.passage_id FROM paragraphs g LEFT JOIN passages p
          ON p.document_id = g.document_id AND p.ordinal = g.ordinal AND p.part = 1
        WHERE g.document_id = ? AND g.ordinal BETWEEN ? AND ? ORDER BY g.ordinal"""
    with snapshot.reading() as connection:
        return connection.execute(
            query, (document_id, ordinals.start, ordinals.stop - 1)
        ).fetchall()


def footnotes_of(snapshot: Snapshot, document_id: str) -> Sequence[sqlite3.Row]:
    """Return the notes of a document, in order."""
    query = """
        SELECT mark, text, page, paragraph_id FROM footnotes
        WHERE document_id = ? ORDER BY ordinal"""
    with snapshot.reading() as connection:
        return connection.execute(query, (document_id,)).fetchall()


def place_of_passage(snapshot: Snapshot, passage_id: str) -> tuple[str, int] | None:
    """Return (document id, ordinal of the paragraph) of a passage, or None."""
    query = "SELECT document_id, ordinal FROM passages WHERE passage_id = ?"
    with snapshot.reading() as connection:
        row = connection.execute(query, (passage_id,)).fetchone()
    return None if row is None else (str(row["document_id"]), int(row["ordinal"]))
