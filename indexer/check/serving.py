"""The snapshot's database against the catalogue, both read at one moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.check.report import INDEX_AGAIN, REPAIR, Report
from indexer.manifest import Manifest

__all__ = ["SETTLED", "check_counts", "check_documents", "check_links", "check_rows", "settle"]

SETTLED = "temp.settled"
"""Table of ids of documents that must be the same in both: those not changed since publication."""

_DERIVED = frozenset({"status", "superseded_by", "concerns"})
"""Columns of a document that publication works out."""

_KEYS = {
    "documents": ("document_id",),
    "paragraphs": ("document_id", "ordinal"),
    "passages": ("document_id", "ordinal", "part"),
    "footnotes": ("document_id", "ordinal"),
}

_MOST_NAMED = 100
"""Rows of one table that are named each; more are counted, since a table is repaired whole."""


@dataclass(frozen=True, slots=True)
class Pending:
    """What the catalogue holds that publication has not brought into service.

    Attributes:
        written: ids of documents that came or changed since.
        removed: ids of documents that went since.
    """

    written: frozenset[str]
    removed: frozenset[str]


def settle(
    connection: sqlite3.Connection, manifest: Manifest, waiting: set[str], report: Report
) -> Pending:
    """Fill `SETTLED`, and note what is not published yet.

    Args:
        connection: to the catalogue, with the snapshot's database attached as `serving`.
        manifest: of the snapshot.
        waiting: ids of documents without vectors, which publication leaves out.
        report: to add to.
    """
    written = _ids(
        connection, "SELECT document_id FROM main.written WHERE change > ?", manifest.change
    )
    held = _ids(connection, "SELECT document_id FROM main.documents")
    served = _ids(connection, "SELECT document_id FROM serving.documents")
    (change,) = connection.execute(
        "SELECT coalesce((SELECT value FROM main.state WHERE key = 'change'), '0')"
    ).fetchone()
    removed = served - held if int(change) > manifest.change else frozenset()
    pending = Pending((written & held) | (waiting - served), removed)
    for names, what in ((pending.written - waiting, "new or changed"), (removed, "removed")):
        for document_id in sorted(names):
            report.add("unpublished", document_id, f"{what}, and not published yet", INDEX_AGAIN)
    if int(change) != manifest.change and not pending.written and not removed:
        detail = f"{int(change) - manifest.change} changes are not published yet"
        report.add("unpublished", "the catalogue", detail, INDEX_AGAIN)
    connection.execute(f"CREATE TABLE {SETTLED} (document_id TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.executemany(
        f"INSERT INTO {SETTLED} VALUES (?)",
        ((each,) for each in sorted((held | served) - pending.written - removed)),
    )
    return pending


def _ids(connection: sqlite3.Connection, query: str, *values: object) -> frozenset[str]:
    return frozenset(str(row[0]) for row in connection.execute(query, values))


def check_documents(connection: sqlite3.Connection, report: Report) -> None:
    """Compare the copied tables, of the settled documents."""
    for table, key in _KEYS.items():
        _compare(connection, report, table, key)
    (count,) = connection.execute(f"SELECT count(*) FROM {SETTLED}").fetchone()
    report.checked.documents += count


def _compare(
    connection: sqlite3.Connection, report: Report, table: str, key: Sequence[str]
) -> None:
    columns = [
        row["name"]
        for row in connection.execute(f"PRAGMA main.table_info({table})")
        if row["name"] not in key and not (table == "documents" and row["name"] in _DERIVED)
    ]
    ours = _columns_of(connection, "serving", table)
    if missing := [name for name in columns if name not in ours]:
        report.add("documents", f"table {table}", f"has no column {', '.join(missing)}", REPAIR)
        return
    using, settled = ", ".join(key), f"document_id IN (SELECT document_id FROM {SETTLED})"
    place = " || ':' || ".join(f"m.{name}" for name in key)
    differ = " OR ".join(f'm."{name}" IS NOT s."{name}"' for name in columns)
    named = " || ' ' || ".join(
        f"CASE WHEN m.\"{name}\" IS NOT s.\"{name}\" THEN '{name}' ELSE '' END" for name in columns
    )
    found = connection.execute(
        f"SELECT {place} AS place, {named} AS names FROM main.{table} m "
        f"JOIN serving.{table} s USING ({using}) WHERE {settled} AND ({differ}) ORDER BY {using}"
    ).fetchall()
    _note(report, table, [(r["place"], f"another {_listed(r['names'])}") for r in found])
    for one, other, where in (
        ("main", "serving", "is in the catalogue and not in the snapshot"),
        ("serving", "main", "is in the snapshot and not in the catalogue"),
    ):
        same = " AND ".join(f"o.{name} = m.{name}" for name in key)
        lost = connection.execute(
            f"SELECT {place} AS place FROM {one}.{table} m WHERE {settled} AND NOT EXISTS "
            f"(SELECT 1 FROM {other}.{table} o WHERE {same}) ORDER BY {using}"
        ).fetchall()
        _note(report, table, [(row["place"], where) for row in lost])


def _columns_of(connection: sqlite3.Connection, schema: str, table: str) -> set[str]:
    return {row["name"] for row in connection.execute(f"PRAGMA {schema}.table_info({table})")}


def _listed(names: str) -> str:
    return " and ".join(names.split()) + " than in the catalogue"


def _note(report: Report, table: str, found: Sequence[tuple[str, str]]) -> None:
    for place, detail in found[:_MOST_NAMED]:
        report.add("documents", f"{table} {place}", detail, REPAIR)
    if more := len(found) - min(len(found), _MOST_NAMED):
        report.add("documents", f"table {table}", f"{more} more rows differ", REPAIR)


def check_rows(connection: sqlite3.Connection, manifest: Manifest, report: Report) -> None:
    """Check that each passage has one number, and those of a document stand in reading order."""
    for query, detail in (
        (
            "SELECT passage_id FROM serving.passages LEFT JOIN serving.rows r "
            "USING (document_id, ordinal, part) WHERE r.row IS NULL ORDER BY 1",
            "has no row",
        ),
        (
            "SELECT r.row FROM serving.rows r LEFT JOIN serving.passages p "
            "USING (document_id, ordinal, part) WHERE p.passage_id IS NULL ORDER BY 1",
            "is the row of no passage",
        ),
        (
            "SELECT row FROM serving.rows GROUP BY document_id, ordinal, part "
            "HAVING count(*) > 1 ORDER BY 1",
            "has the passage of another row",
        ),
        (
            "SELECT document_id FROM serving.rows GROUP BY document_id "
            "HAVING max(row) - min(row) + 1 <> count(*) ORDER BY 1",
            "its rows do not stand together",
        ),
        (
            "SELECT DISTINCT document_id FROM (SELECT document_id, row - row_number() OVER "
            "(PARTITION BY document_id ORDER BY ordinal, part) AS shift, "
            "min(row) OVER (PARTITION BY document_id) AS first FROM serving.rows) "
            "WHERE shift <> first - 1 ORDER BY 1",
            "its rows are not in reading order",
        ),
    ):
        for (subject,) in connection.execute(query).fetchall():
            report.add("rows", str(subject), detail, REPAIR)
    (last,) = connection.execute("SELECT coalesce(max(row), -1) FROM serving.rows").fetchone()
    if last >= manifest.rows:
        report.add("rows", str(last), f"is no row: there are {manifest.rows}", REPAIR)


def check_links(connection: sqlite3.Connection, report: Report) -> None:
    """Check that what was derived speaks of documents and passages that are there."""
    for query, detail in (
        (
            "SELECT l.document_id || ' ' || l.kind || ' ' || l.other_id FROM serving.links l "
            "WHERE l.document_id NOT IN (SELECT document_id FROM serving.documents) "
            "OR l.other_id NOT IN (SELECT document_id FROM serving.documents) ORDER BY 1",
            "is a link of a document that is not there",
        ),
        (
            "SELECT 'fold ' || fold || ' row ' || row FROM serving.folds "
            "WHERE row NOT IN (SELECT row FROM serving.rows) ORDER BY 1",
            "is of a row without a passage",
        ),
        (
            "SELECT document_id || ' ' || source FROM serving.copies "
            "WHERE document_id NOT IN (SELECT document_id FROM serving.documents) ORDER BY 1",
            "is a copy of a document that is not there",
        ),
    ):
        for (subject,) in connection.execute(query).fetchall():
            report.add("derived", str(subject), detail, REPAIR)


def check_counts(connection: sqlite3.Connection, manifest: Manifest, report: Report) -> None:
    """Compare what the manifest says with what is in the database."""
    languages = connection.execute(
        "SELECT DISTINCT language FROM serving.documents WHERE language IS NOT NULL ORDER BY 1"
    )
    counted = {
        "documents": _count(connection, "documents"),
        "paragraphs": _count(connection, "paragraphs"),
        "passages": _count(connection, "rows"),
        "languages": tuple(str(row[0]) for row in languages),
    }
    for name, found in counted.items():
        said = getattr(manifest, name)
        if said != found:
            report.add("counts", name, f"{said} in the manifest, {found} in the database", REPAIR)


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM serving.{table}").fetchone()[0])
