"""Saving vectors: from a damaged catalogue, or worked out from what was published of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import numpy as np

from corpus.errors import IndexUnusableError
from indexer.catalogue import Catalogue
from indexer.centring.measuring import parallel_keys
from indexer.databases import read_rows
from indexer.published_vectors import PublishedVectors
from indexer.snapshot_files import SnapshotFiles

__all__ = ["recover_vectors", "take_vectors"]

_NORM_BOUND = 5e-3
"""Vectors have length 1 before they are halved."""


def take_vectors(
    catalogue: Catalogue, source: sqlite3.Connection | None, model_digest: str
) -> bool:
    """Copy the sound vectors of the texts that are held, and of the parallel sentences.

    Returns:
        whether all could be read.
    """
    keys = [row[0] for row in catalogue.connection.execute(
        "SELECT DISTINCT text_sha256 FROM passages ORDER BY 1")]  # fmt: skip
    keys += parallel_keys()
    unread = False
    with catalogue.transaction():
        for key in keys:
            rows, known = read_rows(
                source,
                "SELECT * FROM vectors WHERE text_sha256 = ? AND model_digest = ?",
                [key, model_digest],
            )
            unread |= not known
            if rows and _is_vector(rows[0]["vector"]):
                catalogue.connection.execute(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", tuple(rows[0])
                )
    return not unread


def _is_vector(content: object) -> bool:
    if not isinstance(content, bytes) or not content or len(content) % 2:
        return False
    with np.errstate(over="ignore", invalid="ignore"):
        norm = float(np.linalg.norm(np.frombuffer(content, "<f2").astype(np.float32)))
    return abs(norm - 1) <= _NORM_BOUND


def recover_vectors(
    catalogue: Catalogue, snapshots: Sequence[SnapshotFiles], model_digest: str
) -> int:
    """Work out the vectors that the catalogue lacks from those of snapshots; return how many."""
    recovered = 0
    for snapshot in snapshots:
        lacking = {
            row[0]
            for row in catalogue.connection.execute(
                "SELECT DISTINCT text_sha256 FROM passages p WHERE NOT EXISTS (SELECT 1 FROM "
                "vectors v WHERE v.text_sha256 = p.text_sha256 AND v.model_digest = ?)",
                (model_digest,),
            )
        }
        if not lacking:
            break
        if snapshot.manifest.encoder.digest != model_digest or not snapshot.has_vectors:
            continue
        try:
            published = PublishedVectors.open(snapshot.folder)
        except IndexUnusableError:  # its own checksums said nothing: an earlier version's
            continue
        with snapshot.database() as connection, catalogue.transaction():
            for key, vector in published.of_texts(connection, lacking):
                catalogue.connection.execute(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                    (key, model_digest, vector.astype("<f2").tobytes()),
                )
                recovered += 1
    return recovered
