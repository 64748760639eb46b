"""What the export control says, in Russian."""

from __future__ import annotations

EXPORT = "Выгрузить {count} {count:результат|результата|результатов}"
EXPORT_ONE = "Выгрузить этот результат"
FORMAT = "Формат"
FORMATS = {
    "docx": "Word, со сносками",
    "un": "Сноски по правилам ООН",
    "oscola": "Сноски OSCOLA",
    "chicago": "Сноски Chicago",
    "bibtex": "BibTeX",
    "ris": "RIS (Zotero, EndNote, Mendeley)",
    "csv": "Таблица (CSV)",
    "json": "JSON",
}
DOWNLOAD = "Скачать"
TITLE = "Фрагменты"
