"""Hits as a table that a spreadsheet opens, and opens safely.

UTF-8 with a byte order mark, without which Excel reads Cyrillic and Arabic as Latin-1; lines end
as RFC 4180 says. A cell that a spreadsheet would run as a formula is led by an apostrophe, as
OWASP advises against CSV injection: the text of a document decides nothing on the reader's machine.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from search_api.schemas import Hit
from ui.cards import page_range

__all__ = ["COLUMNS", "hits_as_csv"]

COLUMNS = (
    "citation",
    "symbol",
    "number",
    "page",
    "title",
    "body",
    "date",
    "language",
    "url",
    "text",
)

_FORMULA_STARTS = frozenset("=+-@\t\r\n|%＝＋－＠")
"""The full-width forms count too: Excel in East Asian locales reads them as their ASCII twins."""


def hits_as_csv(hits: Iterable[Hit]) -> bytes:
    """Write the hits, one a row in the order given, under a row of column names."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for hit in hits:
        cells = (
            hit.citation,
            hit.symbol,
            hit.number,
            page_range(hit.pages),
            hit.title,
            hit.body,
            hit.date,
            hit.language,
            hit.url,
            hit.text,
        )
        writer.writerow([_harmless(cell or "") for cell in cells])
    return table.getvalue().encode("utf-8-sig", errors="replace")


def _harmless(cell: str) -> str:
    # Spreadsheets trim leading blanks before they look for a formula.
    start = cell.lstrip(" \u00a0\ufeff\u200b\x00")[:1]
    return f"'{cell}" if start in _FORMULA_STARTS and start else cell
