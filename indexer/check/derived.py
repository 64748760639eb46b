"""What publication works out, worked out again: links, folds, copies, standing, concerns."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.check.report import REPAIR, Report
from indexer.databases import copy_database
from indexer.linking.derive import derive
from indexer.serving_file import reading, write

__all__ = ["check_derived"]

_NOTED = ("likenesses", "matched", "candidates", "paired")
"""Tables of what was compared before, which is compared again."""

_PLACE = "r.document_id || ':' || r.ordinal || ':' || r.part"

_QUERIES = {
    "documents": "SELECT document_id, status, superseded_by, concerns FROM {}documents",
    "links": "SELECT document_id, kind, other_id, contained, shared FROM {}links",
    "copies": "SELECT document_id, source FROM {}copies",
    "failures": "SELECT source, origin, kind, reason FROM {}failures",
    # Folds and rows have other numbers in a snapshot that grew: a fold is known by its passages.
    "folds": "SELECT group_concat(place, ' '), group_concat(preference, ' ') FROM "
    f"(SELECT f.fold, {_PLACE} AS place, f.preference FROM {{}}folds f "
    "JOIN {}rows r USING (row) ORDER BY f.fold, place) GROUP BY fold",
}


def check_derived(
    connection: sqlite3.Connection, catalogue: Path, scratch: Path, report: Report
) -> None:
    """Derive a snapshot's tables from a copy of the catalogue, and compare them.

    Args:
        connection: to the catalogue, with the snapshot's database attached as `serving`.
        catalogue: its file.
        scratch: a folder for the copy.
        report: to add to.
    """
    copy, database = scratch / "catalogue.sqlite", scratch / "serving.sqlite"
    copy_database(catalogue, copy)
    with Catalogue(copy) as fresh:
        (change,) = connection.execute(
            "SELECT value FROM main.state WHERE key = 'change'"
        ).fetchone()
        if fresh.get("change") != change:
            report.remarks.append("links were not derived anew: the catalogue is being written to")
            return
        for table in _NOTED:
            fresh.connection.execute(f"DELETE FROM {table}")
        write(fresh, database)
        derive(fresh, database)
    with closing(reading(database)) as derived:
        for table, query in _QUERIES.items():
            expected = _rows(derived, query.replace("{}", ""))
            found = _rows(connection, query.replace("{}", "serving."))
            for row in sorted(expected ^ found, key=str):
                where = "is missing" if row in expected else "does not follow from the catalogue"
                report.add("derived", f"{table} {_named(row)}", where, REPAIR)


def _rows(connection: sqlite3.Connection, query: str) -> set[tuple[object, ...]]:
    return {tuple(row) for row in connection.execute(query)}


def _named(row: Sequence[object]) -> str:
    return " ".join(str(value) for value in row if value is not None)[:160]
