"""What the export control says, in French."""

from __future__ import annotations

EXPORT = "Exporter ces {count} résultats"
EXPORT_ONE = "Exporter ce résultat"
FORMAT = "Format"
FORMATS = {
    "docx": "Word, avec notes de bas de page",
    "un": "Notes de bas de page, style ONU",
    "oscola": "Notes de bas de page, style OSCOLA",
    "chicago": "Notes de bas de page, style Chicago",
    "bibtex": "BibTeX",
    "ris": "RIS (Zotero, EndNote, Mendeley)",
    "csv": "Tableur (CSV)",
    "json": "JSON",
}
DOWNLOAD = "Télécharger"
TITLE = "Passages"
