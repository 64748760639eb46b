"""The negotiation table over a snapshot; see `workbench.export.table`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from indexer.snapshot import Snapshot
from search_api.bench.exporting import entries_of, passages_named
from search_api.files import File, file_name, today
from search_api.schemas import TableRequest, TableRow, TableRows
from workbench.export import Row
from workbench.export.table import read_csv, row_from, table_as_csv, table_as_docx

__all__ = ["read_table", "table_file", "table_rows"]


def table_rows(snapshot: Snapshot, references: Iterable[str]) -> TableRows:
    """Return a row for each passage that keys or citations name, and what is not there."""
    passages, missing = passages_named(snapshot, references)
    rows = tuple(_shown(row_from(entry)) for entry in entries_of(snapshot, passages))
    return TableRows(rows=rows, missing=tuple(missing))


def table_file(request: TableRequest, on: date | None = None) -> File:
    """Put a table into a file that bears a day, today if none is given."""
    rows = [
        Row(
            issue=row.issue,
            suggested=row.suggested_language,
            where=row.where_inserted,
            reference=row.un_reference,
            justification=row.justification,
        )
        for row in request.rows
    ]
    if request.format == "csv":
        content = table_as_csv(rows)
    else:
        content = table_as_docx(rows, title=request.title, on=on or today())
    return File(f"{file_name(request.title)}.{request.format}", content)


def read_table(data: bytes, name: str) -> TableRows:
    """Read a table from a CSV file.

    Raises:
        InputError: it is none.
    """
    return TableRows(rows=tuple(_shown(row) for row in read_csv(data, name)))


def _shown(row: Row) -> TableRow:
    return TableRow(
        issue=row.issue,
        suggested_language=row.suggested,
        where_inserted=row.where,
        un_reference=row.reference,
        justification=row.justification,
    )
