"""General comments that took the place of others, as their first or last paragraphs say.

Most name what they replace by its number alone ("replaces general comment No. 13"): older ones were
published in reports and have no symbol of their own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from corpus.identity import general_comment_number, leading_symbol
from corpus.metadata.relations import replaced_comments
from corpus.types import DocumentKind
from indexer.linking.entries import Entries, Entry

__all__ = ["replaced_by_comments"]

_FIRST, _LAST = 12, 4
"""Paragraphs, headings among them, of which one says what a general comment replaces."""


def replaced_by_comments(
    connection: sqlite3.Connection, entries: Entries
) -> Iterator[tuple[Entry, Entry]]:
    """Yield each general comment that says so with one it replaces, of the same committee.

    A comment takes the place of an earlier one only; in the same language where that is held.
    """
    held: dict[tuple[str, int], list[Entry]] = {}
    numbered: list[tuple[Entry, str, int]] = []
    rows = connection.execute(
        "SELECT document_id, body, title, symbol FROM documents WHERE kind = ? AND body NOT NULL",
        (DocumentKind.GENERAL_COMMENT,),
    )
    for document_id, body, title, symbol in rows.fetchall():
        given = general_comment_number(title) or _number_in_series(symbol)
        if given is not None and given.isdecimal():
            entry, number = entries.by_id[document_id], int(given)
            held.setdefault((body, number), []).append(entry)
            numbered.append((entry, body, number))
    for entry, body, number in numbered:
        said = [n for words in _edges(connection, entry.id) for n in replaced_comments(words)]
        for earlier in dict.fromkeys(said):
            others = held.get((body, earlier), []) if earlier < number else []
            same = [other for other in others if other.language == entry.language]
            for other in same or others:
                yield entry, other


def _number_in_series(symbol: str | None) -> str | None:
    parsed = leading_symbol(symbol)
    return parsed.number if parsed and parsed.kind is DocumentKind.GENERAL_COMMENT else None


def _edges(connection: sqlite3.Connection, document_id: str) -> list[str]:
    rows = connection.execute(
        "SELECT text FROM paragraphs "
        "WHERE document_id = :id AND kind NOT IN ('heading', 'footnote') AND "
        "(ordinal < :first OR ordinal >= (SELECT max(ordinal) + 1 - :last FROM paragraphs "
        "WHERE document_id = :id)) ORDER BY ordinal",
        {"id": document_id, "first": _FIRST, "last": _LAST},
    )
    return [text for (text,) in rows]
