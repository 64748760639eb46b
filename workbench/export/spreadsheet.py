"""Tables that a spreadsheet opens, and opens safely.

UTF-8 with a byte order mark, without which Excel reads Cyrillic and Arabic as Latin-1; lines end
as RFC 4180 says. A cell that a spreadsheet would run as a formula is led by an apostrophe, as
OWASP advises against CSV injection: the text of a document decides nothing on the reader's machine.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from workbench.export.entry import Entry, carried

__all__ = ["COLUMNS", "as_csv", "harmless", "original", "written"]

COLUMNS = (
    "citation",
    "symbol",
    "number",
    "page",
    "title",
    "section",
    "body",
    "date",
    "language",
    "standing",
    "precedent",
    "caveat",
    "url",
    "text",
    "passage_id",
)

_FORMULA_STARTS = frozenset("=+-@\t\r\n|%＝＋－＠")
"""The full-width forms count too: Excel in East Asian locales reads them as their ASCII twins."""

_BLANKS = " \u00a0\ufeff\u200b\x00"
"""Spreadsheets trim these before they look for a formula."""


def as_csv(entries: Iterable[Entry]) -> bytes:
    """Write the passages, one a row in the order given, under a row of column names."""
    return written(COLUMNS, (_cells(entry) for entry in entries))


def _cells(entry: Entry) -> Sequence[str | None]:
    source = entry.source
    return (
        entry.citation,
        source.symbol,
        entry.number,
        _page_range(entry.pages),
        source.title,
        " › ".join(entry.section),
        source.mandate_name or source.organ,
        source.date,
        source.language,
        entry.standing,
        "yes" if entry.counts else "no",
        entry.caveat,
        source.url,
        entry.text,
        entry.passage_id,
    )


def written(columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> bytes:
    """Write a table; every cell is quoted, harmless, and of characters that can be carried."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([harmless(carried(cell or "")) for cell in row])
    return table.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Lead a cell by an apostrophe where a spreadsheet would run it, or where it has one already.

    An apostrophe of the text before a formula is doubled, so that `original` restores every cell.
    """
    start = cell.lstrip(_BLANKS + "'")[:1]
    return f"'{cell}" if start and start in _FORMULA_STARTS else cell


def original(cell: str) -> str:
    """Return what a cell held before `harmless`."""
    return cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell


def _page_range(pages: Sequence[int]) -> str:
    if len(pages) > 1 and list(pages) == list(range(pages[0], pages[-1] + 1)):
        return f"{pages[0]}–{pages[-1]}"
    return ", ".join(map(str, pages))
