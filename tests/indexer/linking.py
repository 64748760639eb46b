"""Invented documents that belong together, long enough to be told apart by their words."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.types import Document
from indexer.build import build_from_documents
from indexer.snapshot import Snapshot
from tests.fakes import FakeEncoder, document

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def words(seed: int, count: int) -> list[str]:
    """Return invented words: the same for one seed, all others for another."""
    chance = random.Random(seed)
    return ["".join(chance.choices(_LETTERS, k=6)) for _ in range(count)]


def text(seed: int, paragraphs: int = 12) -> list[str]:
    """Return paragraphs of forty words."""
    return [" ".join(words(1000 * seed + n, 40)) + "." for n in range(paragraphs)]


def altered(paragraph: str, at: int = 0) -> str:
    """Return a paragraph with one of its words replaced."""
    changed = paragraph.split()
    changed[at] = "otherwise"
    return " ".join(changed)


def made(symbol: str, paragraphs: list[str], language: str = "en", **fields: Any) -> Document:
    """Return a document; fields are those of `Document`."""
    return replace(document(symbol, *paragraphs, language=language), **fields)


def published(index_dir: Path, *documents: Document) -> Snapshot:
    """Index documents and open what was published."""
    build_from_documents(documents, index_dir, encoder=FakeEncoder())
    return Snapshot.open(index_dir)


def links(snapshot: Snapshot) -> set[tuple[str, str, str]]:
    """Return (document, kind, other) of every link."""
    with snapshot.reading() as connection:
        rows = connection.execute("SELECT document_id, kind, other_id FROM links")
        return {(row[0], row[1], row[2]) for row in rows}


def standing(snapshot: Snapshot, document_id: str) -> tuple[str | None, str | None]:
    """Return the status of a document and what superseded it."""
    row = snapshot.document(document_id)
    assert row is not None
    return row["status"], row["superseded_by"]


def concern_codes(snapshot: Snapshot, document_id: str) -> set[str]:
    """Return the codes of a document's concerns."""
    from indexer.rows import concerns_in

    row = snapshot.document(document_id)
    assert row is not None
    return {concern.code for concern in concerns_in(row["concerns"])}
