"""The parts of a snapshot beside its database: vectors, words, terms; whole, or grown."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.catalogue import Catalogue
from indexer.centring import Centring
from indexer.centring.measuring import measured
from indexer.choices import vector_index_of
from indexer.embeddings import vectors_of
from indexer.encoder import EncoderIdentity
from indexer.facets import FACETS
from indexer.forward import ForwardIndex, ForwardWriter, term_ids
from indexer.lexical import LexicalEntry, LexicalWriter
from indexer.linked_files import link_or_copy
from indexer.linking.entries import symbols_of
from indexer.serving_file import reading
from indexer.vectors import Vectors, VectorStore

__all__ = [
    "CENTRING",
    "CONTEXT",
    "ENTRIES",
    "FORWARD",
    "LEXICAL",
    "SERVING",
    "VECTORS",
    "Growth",
    "entries_of",
    "facet_values",
    "write_vectors",
    "write_words",
]

SERVING = "serving.sqlite"
VECTORS = "vectors.faiss"
CENTRING = "centring.npz"
LEXICAL = "lexical"
FORWARD = "forward"
CONTEXT = "context"

ENTRIES = """
    SELECT r.row, d.*, g.section, substr(g.text, p.start + 1, p."end" - p.start) AS words
    FROM rows r JOIN passages p USING (document_id, ordinal, part)
    JOIN paragraphs g USING (document_id, ordinal) JOIN documents d USING (document_id)"""
"""Selects passages of a snapshot's database; rows are to be ordered by whoever asks."""


@dataclass(frozen=True, slots=True)
class Growth:
    """What a snapshot goes on from, and what differs from it.

    Attributes:
        folder: of the earlier snapshot.
        first: the first new row; the earlier rows stand before it.
        passages: how many new rows there are.
        dead: earlier rows that have no passage any more.
        refaceted: ids of documents whose passages keep their rows, and have other facets now.
    """

    folder: Path
    first: int
    passages: int
    dead: tuple[int, ...]
    refaceted: tuple[str, ...]


def facet_values(document: sqlite3.Row) -> dict[str, tuple[str, ...]]:
    """Return the values of each facet of a row of `documents`; none where unknown."""
    values: dict[str, tuple[str, ...]] = {
        name: (document[name],) if document[name] else () for name in FACETS
    }
    values["country"] = tuple(json.loads(document["country"]))
    values["symbol"] = symbols_of(document["symbol"])
    return values


def write_vectors(
    catalogue: Catalogue, folder: Path, identity: EncoderIdentity, growth: Growth | None
) -> None:
    """Write the vectors of a snapshot whose database stands in `folder`.

    Where another kind of vector index was chosen than the earlier snapshot has, all are written
    anew as they stand there, with those that are new behind them.

    Raises:
        IndexDamagedError: a passage has no vector.
    """
    with closing(reading(folder / SERVING)) as serving:
        if growth is None:
            centring = measured(catalogue, serving, identity)
            centring.save(folder / CENTRING)
        else:  # what was taken from the vectors that stay is taken from those that come
            centring = Centring.open(growth.folder / CENTRING)
            link_or_copy(growth.folder / CENTRING, folder / CENTRING)
        first = 0 if growth is None else growth.first
        blocks = _centred(catalogue, serving, identity, centring, first)
        kind = vector_index_of(catalogue)
        if growth is None:
            VectorStore.create(folder / VECTORS, blocks, identity.dim, kind=kind)
            return
        store = VectorStore.open(growth.folder / VECTORS)
        if store.kind != kind:
            all_blocks = chain[Vectors](store.blocks(), blocks)
            VectorStore.create(folder / VECTORS, all_blocks, identity.dim, kind=kind)
            return
        new = [block.astype(np.float16) for block in blocks]
        if new:
            store = store.appended(np.concatenate(new))
        store.save(folder / VECTORS)


def _centred(
    catalogue: Catalogue,
    serving: sqlite3.Connection,
    identity: EncoderIdentity,
    centring: Centring,
    first: int,
) -> Iterator[NDArray[np.float32]]:
    """Yield the vectors of all rows from `first` on, in blocks."""
    rows = serving.execute(
        "SELECT text_sha256, language FROM rows JOIN passages USING (document_id, ordinal, part) "
        "JOIN documents USING (document_id) WHERE row >= ? ORDER BY row",
        (first,),
    )
    languages: list[str | None] = []

    def keys() -> Iterator[bytes]:
        for key, language in rows:
            languages.append(language)
            yield key

    for block in vectors_of(catalogue, keys(), identity.digest, identity.dim):
        yield centring.of_passages(block, languages[: len(block)])
        del languages[: len(block)]


def write_words(folder: Path, growth: Growth | None) -> None:
    """Write words and terms of a snapshot whose database stands in `folder`.

    Both come from one analysis of each text, which takes longer than to write either.
    """
    earlier = None if growth is None else growth.folder
    passages = None if growth is None else growth.passages
    with (
        closing(reading(folder / SERVING)) as serving,
        LexicalWriter.opened(
            folder / LEXICAL, None if earlier is None else earlier / LEXICAL, passages
        ) as words,
        _writing_terms(folder, FORWARD, growth) as forward,
        _writing_terms(folder, CONTEXT, growth) as context,
    ):
        first = 0
        if growth is not None:
            first = growth.first
            words.remove(growth.dead)
            for document_id in growth.refaceted:
                cursor = serving.execute(f"{ENTRIES} WHERE r.document_id = ?", (document_id,))
                same_rows = list(entries_of(cursor))
                words.remove(entry.row for entry in same_rows)
                for entry in same_rows:
                    words.add(entry)
        cursor = serving.execute(f"{ENTRIES} WHERE r.row >= ? ORDER BY r.row", (first,))
        for entry in entries_of(cursor):
            analysed = words.add(entry)
            forward.add(term_ids(analysed.words))
            context.add(term_ids(analysed.context))


def _writing_terms(
    folder: Path, name: str, growth: Growth | None
) -> AbstractContextManager[ForwardWriter]:
    if growth is None:
        return ForwardWriter.opened(folder / name)
    return ForwardIndex.open(growth.folder / name).growing(folder / name, growth.passages)


def entries_of(rows: Iterable[sqlite3.Row]) -> Iterator[LexicalEntry]:
    """Yield what the lexical store takes of passages that `ENTRIES` selected."""
    facets: tuple[str, dict[str, tuple[str, ...]]] = ("", {})
    for row in rows:
        if row["document_id"] != facets[0]:
            facets = (row["document_id"], facet_values(row))
        yield LexicalEntry(
            row=row["row"],
            text=row["words"],
            context=" ".join([row["title"] or "", *json.loads(row["section"])]),
            language=row["language"],
            facets=facets[1],
            year=row["year"],
        )
