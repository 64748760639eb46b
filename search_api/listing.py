"""Documents, facets and what the index knows: the answers that need no ranking."""

from __future__ import annotations

import json
import sqlite3
from pathlib import PurePath

import numpy as np

from corpus.countries import country_name
from corpus.errors import SymbolError, UnknownNameError
from corpus.symbols import normalise_symbol
from indexer.facets import FACETS, Selection
from indexer.snapshot import Snapshot
from search_api.present import passage
from search_api.schemas import (
    Document,
    DocumentList,
    DocumentSummary,
    Facets,
    FacetValue,
    Filters,
)
from search_api.selection import selection_of

__all__ = ["document", "documents", "facets", "unknown_values"]


def document(snapshot: Snapshot, symbol: str, language: str | None) -> Document:
    """Return a document with its passages; see `Engine.document`."""
    held = snapshot.documents(snapshot.document_ids_of(_normalised(symbol)))
    held = held or snapshot.documents(snapshot.document_ids_of(symbol))
    if not held:
        raise UnknownNameError(
            symbol, "is not in this index", "look for it among the documents by part of its symbol"
        )
    chosen = [row for row in held if language is None or row["language"] == language]
    if not chosen:
        languages = ", ".join(sorted({row["language"] or "unknown" for row in held}))
        raise UnknownNameError(
            symbol, f"is not here in language {language!r}", f"it is here in: {languages}"
        )
    row = min(chosen, key=lambda each: (each["language"] != "en", each["document_id"]))
    contents = snapshot.passages(snapshot.document_rows(row["document_id"]))
    return Document(
        **_summary(row),
        quality=json.loads(row["quality"]),
        contents=tuple(passage(each) for each in contents),
    )


def documents(
    snapshot: Snapshot, filters: Filters, text: str | None, offset: int, k: int
) -> DocumentList:
    """Return documents by symbol; see `Engine.documents`."""
    allowed = snapshot.columns.documents(selection_of(filters))
    ids = [snapshot.columns.document_ids[i] for i in np.flatnonzero(allowed)]
    rows = snapshot.documents(ids)
    if text:
        wanted = text.casefold()
        rows = [row for row in rows if wanted in f"{row['symbol']} {row['title']}".casefold()]
    rows.sort(key=lambda row: (row["symbol"] is None, row["symbol"] or "", row["document_id"]))
    return DocumentList(
        total=len(rows),
        offset=offset,
        documents=tuple(DocumentSummary(**_summary(row)) for row in rows[offset : offset + k]),
    )


def facets(snapshot: Snapshot, filters: Filters) -> Facets:
    """Count by value of each facet, under the filters of the other facets."""
    columns = snapshot.columns
    selection = selection_of(filters)
    passages = np.bincount(columns.document, minlength=len(columns.document_ids))
    counted: dict[str, tuple[FacetValue, ...]] = {}
    for facet in FACETS:
        if facet == "symbol":
            continue
        others = {name: wanted for name, wanted in selection.values.items() if name != facet}
        allowed = columns.documents(Selection(others, selection.year_from, selection.year_to))
        names, table = columns.values[facet]
        found = [
            FacetValue(
                value=name,
                label=_label(facet, name),
                passages=int(passages[allowed & table[:, i]].sum()),
                documents=int((allowed & table[:, i]).sum()),
            )
            for i, name in enumerate(names)
        ]
        kept = [value for value in found if value.documents]
        counted[facet] = tuple(sorted(kept, key=lambda value: (-value.passages, value.value)))
    counted["year"] = _years(snapshot, columns.documents(Selection(selection.values)), passages)
    return Facets(**counted)


def _years(
    snapshot: Snapshot, allowed: np.ndarray[tuple[int], np.dtype[np.bool_]], passages: object
) -> tuple[FacetValue, ...]:
    year = snapshot.columns.year
    counts = np.asarray(passages)
    return tuple(
        FacetValue(
            value=str(each),
            label=str(each),
            passages=int(counts[allowed & (year == each)].sum()),
            documents=int((allowed & (year == each)).sum()),
        )
        for each in sorted({int(y) for y in year[allowed] if y}, reverse=True)
    )


def unknown_values(snapshot: Snapshot, filters: Filters) -> list[str]:
    """Return a warning for every filter value that no document has."""
    selection = selection_of(filters)
    return [
        f"no document has {facet} {value!r}"
        for facet, wanted in selection.values.items()
        for value in wanted
        if value not in snapshot.columns.values[facet][0]
    ]


def _label(facet: str, value: str) -> str:
    if facet == "country":
        return country_name(value) or value
    if facet == "kind":
        return value.replace("-", " ")
    return value


def _normalised(symbol: str) -> str:
    try:
        return normalise_symbol(symbol)
    except SymbolError:
        return symbol


def _summary(row: sqlite3.Row) -> dict[str, object]:
    fields = {
        name: row[name]
        for name in (
            "document_id", "symbol", "title", "kind", "body", "mandate", "session", "agenda_item",
            "date", "year", "language", "status", "superseded_by", "sha256", "url", "page_count",
            "paragraphs", "passages",
        )
    }  # fmt: skip
    vote = json.loads(row["vote"]) if row["vote"] else None
    return fields | {
        # The folder a file lay in may name a person or a case: only its name is told.
        "source": PurePath(row["source"]).name,
        "country": tuple(json.loads(row["country"])),
        "vote": tuple(vote) if vote else None,
        "warnings": tuple(json.loads(row["warnings"])),
    }
