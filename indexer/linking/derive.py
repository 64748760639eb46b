"""What publication works out from the catalogue: links, folds, standing, concerns.

All of it stands in the snapshot only. The catalogue keeps what each document says of itself, so
that a document taken away takes every consequence with it.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from corpus.concerns import Concern
from indexer.catalogue import Catalogue
from indexer.linking.comparison import compared
from indexer.linking.entries import Entries
from indexer.linking.folds import folds_of
from indexer.linking.kept import Kept
from indexer.linking.links import Link, LinkKind, find_links, labels_of
from indexer.linking.near import complete_sketches
from indexer.linking.standing import Standing, preferences, standings
from indexer.rows import concerns_as_json, concerns_in

__all__ = ["derive"]


def derive(catalogue: Catalogue, serving: Path) -> None:
    """Fill the derived tables of a database that holds copies of the catalogue's.

    It grows with the words of documents that came or changed and of those they are compared with,
    with the number of documents, and with the linked pairs: a third of a second of processor time
    for one that changed among 3,789, where to compare all anew takes two.
    """
    complete_sketches(catalogue)
    kept = Kept(catalogue)
    connection = sqlite3.connect(serving, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("BEGIN")
        entries = Entries.load(connection)
        links = find_links(catalogue, connection, entries, kept)
        held = standings(entries, links)
        _write_standings(connection, entries, held)
        folds, shared = folds_of(connection, links, preferences(entries, held), kept)
        connection.executemany("INSERT INTO folds VALUES (?, ?, ?)", folds)
        _write_links(connection, links, shared)
        _write_concerns(connection, compared(connection, entries, links, held))
        connection.execute("COMMIT")
    finally:
        connection.close()
    kept.save()


def _write_standings(
    connection: sqlite3.Connection, entries: Entries, held: dict[str, Standing]
) -> None:
    connection.executemany(
        "UPDATE documents SET status = ?, superseded_by = ? WHERE document_id = ?",
        (
            (standing.status, standing.superseded_by, document_id)
            for document_id, standing in held.items()
            if standing != Standing(entries.by_id[document_id].status,
                                    entries.by_id[document_id].superseded_by)
        ),
    )  # fmt: skip


def _write_links(
    connection: sqlite3.Connection, links: list[Link], shared: dict[tuple[str, str], int]
) -> None:
    labels: dict[str, set[str]] = {}

    def labels_held(document_id: str) -> set[str]:
        if document_id not in labels:
            labels[document_id] = set(labels_of(connection, document_id))
        return labels[document_id]

    for link in links:
        one, other = link.one.id, link.other.id
        common = shared.get((one, other))
        if link.kind is LinkKind.LANGUAGE_VERSION:
            common = len(labels_held(one) & labels_held(other))
        mine, theirs = link.contained or (None, None)
        connection.executemany(
            "INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?)",
            [
                (one, link.kind, other, _rounded(mine), common),
                (other, link.kind.inverse, one, _rounded(theirs), common),
            ],
        )


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 3)


def _write_concerns(connection: sqlite3.Connection, found: dict[str, list[Concern]]) -> None:
    for document_id, more in found.items():
        (kept,) = connection.execute(
            "SELECT concerns FROM documents WHERE document_id = ?", (document_id,)
        ).fetchone()
        concerns = sorted([*concerns_in(kept), *more], key=lambda c: (-c.weight, c.code))
        connection.execute(
            "UPDATE documents SET concerns = ? WHERE document_id = ?",
            (concerns_as_json(concerns), document_id),
        )
