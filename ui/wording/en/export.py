"""What the export control says."""

from __future__ import annotations

EXPORT = "Export these {count} hits"
EXPORT_ONE = "Export this hit"
FORMAT = "As"
FORMATS = {
    "docx": "Word, with footnotes",
    "un": "UN footnotes",
    "oscola": "OSCOLA footnotes",
    "chicago": "Chicago footnotes",
    "bibtex": "BibTeX",
    "ris": "RIS (Zotero, EndNote, Mendeley)",
    "csv": "Spreadsheet (CSV)",
    "json": "JSON",
}
DOWNLOAD = "Download"
TITLE = "Passages"
