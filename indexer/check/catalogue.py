"""The catalogue by itself: its pages, its references, its texts and its vectors."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from indexer.catalogue import text_key
from indexer.check.report import INDEX_AGAIN, REPAIR, RESTORE, Report
from indexer.databases import faults_of
from indexer.lost import odd_value
from indexer.schema import CATALOGUE_VERSION

__all__ = ["check_catalogue", "check_texts", "check_vectors", "is_of_this_version"]

_NORM_BOUND = 5e-3
"""Vectors have length 1 before they are halved; a float16 is off by half a thousandth at most."""

_DIGESTS = """
    SELECT p.passage_id, p.text_sha256, substr(g.text, p.start + 1, p."end" - p.start) AS words
    FROM passages p LEFT JOIN paragraphs g USING (document_id, ordinal)
    {where} ORDER BY p.document_id, p.ordinal, p.part"""


def is_of_this_version(connection: sqlite3.Connection, path: Path, report: Report) -> bool:
    """Tell whether a catalogue has the version of this software; else say what to run."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > CATALOGUE_VERSION:
        report.add(
            "version",
            str(path),
            f"has version {version}, this software reads up to {CATALOGUE_VERSION}",
            "install the newer Precedent",
        )
    elif version < CATALOGUE_VERSION:
        report.add(
            "version",
            str(path),
            f"has version {version}, and is brought to {CATALOGUE_VERSION} when next written to",
            REPAIR,
        )
    return bool(version == CATALOGUE_VERSION)


def check_catalogue(connection: sqlite3.Connection, path: Path, report: Report) -> bool:
    """Look for damage in the file; tell whether it can be compared with anything."""
    faults = faults_of(connection)
    if not faults and (odd := odd_value(connection)) is not None:
        faults = [odd]
    for fault in faults:
        report.add("catalogue", str(path), fault, RESTORE)
    if faults:
        return False
    orphans = connection.execute(
        "SELECT document_id FROM documents WHERE document_id NOT IN "
        "(SELECT document_id FROM origins)"
    )
    for (document_id,) in orphans.fetchall():
        report.add("origin", document_id, "nothing tells what it was read from", INDEX_AGAIN)
    return True


def check_texts(
    connection: sqlite3.Connection, report: Report, among: str, alive: Callable[[], object]
) -> None:
    """Compare the digest of every passage with its text.

    Args:
        connection: to the catalogue.
        report: to add to.
        among: name of a table of document ids, or "" for all documents.
        alive: called now and then.
    """
    where = f"WHERE p.document_id IN (SELECT document_id FROM {among})" if among else ""
    for number, row in enumerate(connection.execute(_DIGESTS.format(where=where))):
        if row["words"] is None:
            report.add("text", row["passage_id"], "its paragraph is missing", RESTORE)
        elif text_key(row["words"]) != row["text_sha256"]:
            report.add("text", row["passage_id"], "its text has another digest", RESTORE)
        if number % 1000 == 0:
            alive()


def check_vectors(
    connection: sqlite3.Connection, report: Report, model_digest: str, dim: int
) -> set[str]:
    """Look at every vector; return ids of documents that lack one."""
    lacking = connection.execute(
        "SELECT document_id, count(*) FROM passages p WHERE NOT EXISTS (SELECT 1 FROM vectors v "
        "WHERE v.text_sha256 = p.text_sha256 AND v.model_digest = ?) GROUP BY 1 ORDER BY 1",
        (model_digest,),
    ).fetchall()
    for document_id, count in lacking:
        report.add(
            "unembedded",
            document_id,
            f"{count} of its passages have no vector in the catalogue",
            f"{INDEX_AGAIN}, which embeds them",
        )
    for key, fault in _faulty(connection, model_digest, dim):
        for (passage_id,) in connection.execute(
            "SELECT passage_id FROM passages WHERE text_sha256 = ? ORDER BY 1", (key,)
        ).fetchall():
            report.add("vector", passage_id, f"its vector in the catalogue {fault}", RESTORE)
    return {str(document_id) for document_id, _ in lacking}


def _faulty(
    connection: sqlite3.Connection, model_digest: str, dim: int
) -> Iterator[tuple[bytes, str]]:
    cursor = connection.execute(
        "SELECT text_sha256, vector FROM vectors WHERE model_digest = ?", (model_digest,)
    )
    while block := cursor.fetchmany(8192):
        whole = [row for row in block if len(row["vector"]) == 2 * dim]
        for row in block:
            if len(row["vector"]) != 2 * dim:
                yield row["text_sha256"], f"has {len(row['vector']) // 2} numbers, not {dim}"
        held = np.frombuffer(b"".join(row["vector"] for row in whole), "<f2")
        with np.errstate(over="ignore", invalid="ignore"):
            norms = np.linalg.norm(held.reshape(len(whole), dim).astype(np.float32), axis=1)
        for place in np.flatnonzero(~(np.abs(norms - 1) <= _NORM_BOUND)):
            yield whole[place]["text_sha256"], "is not of length 1"
