"""Documents and what the index knows: the answers that need no ranking."""

from __future__ import annotations

import json
import sqlite3
from pathlib import PurePath

import numpy as np

from corpus.errors import SymbolError, UnknownNameError
from corpus.restricted import collection_of
from corpus.symbols import normalise_symbol
from indexer.linked import copies_of, links_of
from indexer.rows import concerns_in
from indexer.snapshot import Snapshot
from search_api.paging import digest_of, page_by_key
from search_api.present import passage
from search_api.schemas import (
    Concern,
    Document,
    DocumentLink,
    DocumentList,
    DocumentSummary,
    Filters,
    Info,
    ModelInfo,
    Relation,
    VectorIndexInfo,
)
from search_api.selection import selection_of

__all__ = [
    "concerns",
    "document",
    "document_row",
    "documents",
    "info",
    "links",
    "summary",
]


def document(snapshot: Snapshot, symbol: str, language: str | None) -> Document:
    """Return a document with its passages; see `Engine.document`."""
    row = document_row(snapshot, symbol, language)
    contents = snapshot.passages(snapshot.document_rows(row["document_id"]))
    return Document(
        **_summary(row),
        quality=json.loads(row["quality"]),
        concerns=concerns(row["concerns"]),
        copies=tuple(PurePath(source).name for source in copies_of(snapshot, row["document_id"])),
        links=links(snapshot, row["document_id"]),
        contents=tuple(passage(each) for each in contents),
    )


def document_row(snapshot: Snapshot, symbol: str, language: str | None = None) -> sqlite3.Row:
    """Return the row of a document by symbol or id; see `Engine.document`.

    Raises:
        UnknownNameError: no such document, or not in that language.
    """
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
    return min(chosen, key=lambda each: (each["language"] != "en", each["document_id"]))


def links(snapshot: Snapshot, document_id: str) -> tuple[DocumentLink, ...]:
    """Return the documents that belong with one."""
    return tuple(_link(each) for each in links_of(snapshot, document_id))


def concerns(kept: str | None) -> tuple[Concern, ...]:
    """Return concerns as they are kept, weightiest first."""
    return tuple(
        Concern(code=each.code, weight=round(each.weight, 3), message=each.message)
        for each in concerns_in(kept)
    )


def _link(row: sqlite3.Row) -> DocumentLink:
    return DocumentLink(
        kind=row["kind"],
        document_id=row["other_id"],
        symbol=row["symbol"],
        title=row["title"],
        language=row["language"],
        status=row["status"],
        contained=row["contained"],
        shared=row["shared"],
        numbered=row["numbered"],
    )


def documents(
    snapshot: Snapshot,
    filters: Filters,
    text: str | None,
    offset: int,
    k: int,
    cursor: str | None = None,
) -> DocumentList:
    """Return documents by symbol; see `Engine.documents`."""
    allowed = snapshot.columns.documents(selection_of(filters))
    ids = [snapshot.columns.document_ids[i] for i in np.flatnonzero(allowed)]
    rows = snapshot.documents(ids)
    if text:
        wanted = text.casefold()
        rows = [row for row in rows if wanted in f"{row['symbol']} {row['title']}".casefold()]
    rows.sort(key=_by_symbol)
    page = page_by_key(
        rows,
        _by_symbol,
        of=f"documents {digest_of(filters.model_dump(), text or '')}",
        types=(bool, str, str),
        k=k,
        cursor=cursor,
        offset=offset,
    )
    return DocumentList(
        total=len(rows),
        offset=page.offset,
        next_cursor=page.next_cursor,
        documents=tuple(summary(row) for row in page.rows),
    )


def _by_symbol(row: sqlite3.Row) -> tuple[bool, str, str]:
    return row["symbol"] is None, row["symbol"] or "", row["document_id"]


def info(snapshot: Snapshot, precision: str) -> Info:
    """Say what is served, in which arithmetic its encoder runs."""
    manifest = snapshot.manifest
    encoder = manifest.encoder
    return Info(
        version=manifest.software,
        model=ModelInfo(
            name=encoder.model,
            digest=encoder.digest,
            precision=precision,
            dim=encoder.dim,
            max_tokens=encoder.max_tokens,
        ),
        vector_index=VectorIndexInfo(
            kind=snapshot.vectors.kind,
            exact=sum(rows for rows, coded in snapshot.vectors.segments if not coded),
            coded=sum(rows for rows, coded in snapshot.vectors.segments if coded),
        ),
        generation=manifest.generation,
        schema_version=manifest.snapshot_version,
        published_at=manifest.published_at,
        documents=manifest.documents,
        paragraphs=manifest.paragraphs,
        passages=manifest.passages,
        languages=manifest.languages,
    )


def summary(row: sqlite3.Row) -> DocumentSummary:
    """Return a document without its text, from a row of `Snapshot.documents`."""
    return DocumentSummary(**_summary(row))


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
            "mandate_holder", "job_number", "paragraphs", "passages",
        )
    }  # fmt: skip
    vote = json.loads(row["vote"]) if row["vote"] else None
    return fields | {
        # The folder a file lay in may name a person or a case: only its name is told.
        "source": PurePath(row["source"]).name,
        "country": tuple(json.loads(row["country"])),
        "relations": tuple(
            Relation(kind=kind, symbol=symbol) for kind, symbol in json.loads(row["relations"])
        ),
        "vote": tuple(vote) if vote else None,
        "warnings": tuple(json.loads(row["warnings"])),
        "restricted": collection_of(row["document_id"]),
    }
