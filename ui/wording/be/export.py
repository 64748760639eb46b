"""What the export control says, in Belarusian."""

from __future__ import annotations

EXPORT = "Выгрузіць {count} {count:вынік|вынікі|вынікаў}"
EXPORT_ONE = "Выгрузіць гэты вынік"
FORMAT = "Фармат"
FORMATS = {
    "docx": "Word, са зноскамі",
    "un": "Зноскі паводле правілаў ААН",
    "oscola": "Зноскі OSCOLA",
    "chicago": "Зноскі Chicago",
    "bibtex": "BibTeX",
    "ris": "RIS (Zotero, EndNote, Mendeley)",
    "csv": "Табліца (CSV)",
    "json": "JSON",
}
DOWNLOAD = "Спампаваць"
TITLE = "Урыўкі"
