"""Vectors of a snapshot against the catalogue's, and the model that made them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np

from corpus.errors import ModelError
from indexer.centring import Centring
from indexer.check.report import REPAIR, Report
from indexer.encoder import EncoderIdentity
from indexer.encoder.types import INT8_SUFFIX
from indexer.models import verify
from indexer.vectors import VectorStore

__all__ = ["check_model", "check_published_vectors"]

_BLOCK = 4096

_RELATIVE = 2 * 2.0**-10
_ABSOLUTE = 2e-5
"""Bound of a number: two steps of a float16, for it may be rounded to either neighbour, and the
error of float32 before that. Anything else is another vector."""

_VECTORS = """
    SELECT r.row, p.passage_id, d.language, v.vector FROM serving.rows r
    JOIN serving.passages p USING (document_id, ordinal, part)
    JOIN serving.documents d USING (document_id)
    JOIN main.vectors v ON v.text_sha256 = p.text_sha256 AND v.model_digest = ?
    {where} ORDER BY r.row"""


def check_published_vectors(
    connection: sqlite3.Connection,
    store: VectorStore,
    centring: Centring,
    identity: EncoderIdentity,
    report: Report,
    among: str,
    tell: Callable[[int], object],
) -> None:
    """Compare each vector of a snapshot with the catalogue's, less what is common to its language.

    Args:
        connection: to the catalogue, with the snapshot's database attached as `serving`.
        store: the vectors.
        centring: of the snapshot.
        identity: of the encoder.
        report: to add to.
        among: name of a table of document ids, or "" for all documents.
        tell: told how many were compared.
    """
    for segment in store.uncoded():
        report.add("vectors", segment, "its codes do not hold every row once", REPAIR)
    where = f"WHERE r.document_id IN (SELECT document_id FROM {among})" if among else ""
    cursor = connection.execute(_VECTORS.format(where=where), (identity.digest,))
    while block := cursor.fetchmany(_BLOCK):
        block = [
            row
            for row in block
            if len(row["vector"]) == 2 * identity.dim and row["row"] < len(store)
        ]
        if not block:
            continue
        rows = np.array([row["row"] for row in block], np.int64)
        kept = np.frombuffer(b"".join(row["vector"] for row in block), "<f2")
        kept = kept.reshape(len(block), identity.dim).astype(np.float32)
        norms = np.linalg.norm(kept, axis=1, keepdims=True)
        expected = centring.of_passages(
            kept / np.maximum(norms, 1e-12), [row["language"] for row in block]
        )
        held = store.floats_of(rows)
        wrong = ~(np.abs(held - expected) <= _RELATIVE * np.abs(expected) + _ABSOLUTE).all(axis=1)
        for place in np.flatnonzero(wrong):
            report.add(
                "vectors",
                block[place]["passage_id"],
                "its vector in the snapshot is not the catalogue's",
                REPAIR,
            )
        report.checked.vectors += len(block)
        tell(len(block))


def check_model(identity: EncoderIdentity, models_dir: Path, report: Report) -> None:
    """Compare the model that is installed with the one that made the vectors."""
    pull = f"run `precedent models pull {identity.model}`"
    try:
        model = verify(identity.model, models_dir)
    except ModelError as error:
        report.add("model", error.subject, error.cause, error.remedy or pull)
        return
    wanted = identity.digest.removesuffix(INT8_SUFFIX)
    if model.digest != wanted:
        report.add(
            "model",
            identity.model,
            f"is {model.digest[:12]}, the vectors were made by {wanted[:12]}",
            f"install that one with the Precedent that made the index, or {pull} and index anew",
        )
