"""Publication: a snapshot made aside from the catalogue, then put in service by one rename.

A snapshot is a folder that nothing writes to any more: documents and passages (SQLite), vectors
(FAISS), words (Tantivy) and a manifest. Readers keep the one they opened until they open the next.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamagedError, SymbolError
from corpus.symbols import parse_symbol
from indexer.catalogue import Catalogue
from indexer.encoder import EncoderIdentity
from indexer.facets import FACETS
from indexer.lexical import LexicalEntry, LexicalStore
from indexer.manifest import (
    SNAPSHOT_VERSION,
    Manifest,
    generation_dir,
    published_generation,
    set_current,
    sync_folder,
)
from indexer.passages import CHUNKING_VERSION
from indexer.schema import SERVING_TABLES
from indexer.vectors import VectorStore

__all__ = ["LEXICAL", "SERVING", "VECTORS", "facet_values", "publish", "symbols_of"]

SERVING = "serving.sqlite"
VECTORS = "vectors.faiss"
LEXICAL = "lexical"

_KEPT_GENERATIONS = 2
"""The one in service, and the one before it, which a reader may just be opening."""


def facet_values(document: sqlite3.Row) -> dict[str, tuple[str, ...]]:
    """Return the values of each facet of a row of `documents`; none where unknown."""
    values: dict[str, tuple[str, ...]] = {
        name: (document[name],) if document[name] else () for name in FACETS
    }
    values["country"] = tuple(json.loads(document["country"]))
    values["symbol"] = symbols_of(document["symbol"])
    return values


def symbols_of(symbol: str | None) -> tuple[str, ...]:
    """Return the names a document is asked for by: a joint one has its own and each member's."""
    if symbol is None:
        return ()
    try:
        members = parse_symbol(symbol).members
    except SymbolError:
        return (symbol,)
    return tuple(dict.fromkeys([symbol, *(member.text for member in members)]))


def publish(
    catalogue: Catalogue,
    index_dir: Path,
    identity: EncoderIdentity,
    on_progress: Callable[[int, int], None] | None = None,
) -> Manifest:
    """Make a snapshot of the catalogue and put it in service.

    Args:
        catalogue: every passage of which has a vector.
        index_dir: folder of the index.
        identity: of the encoder that made the vectors.
        on_progress: told (stages done, stages in all).

    Raises:
        IndexDamagedError: a passage has no vector.
    """
    tell = on_progress or (lambda _done, _total: None)
    generation = (published_generation(index_dir) or 0) + 1
    place = generation_dir(index_dir, generation)
    place.parent.mkdir(parents=True, exist_ok=True)
    _sweep(place.parent)
    scratch = place.parent / f".{place.name}-{os.getpid()}"
    scratch.mkdir()
    _copy_serving(catalogue, scratch / SERVING)
    tell(1, 4)
    with _reading(scratch / SERVING) as serving:
        vectors = _vectors(catalogue, serving, identity)
        VectorStore.build(vectors).save(scratch / VECTORS)
        tell(2, 4)
        LexicalStore.build(scratch / LEXICAL, _entries(serving))
        tell(3, 4)
        manifest = _manifest(serving, catalogue.change, generation, identity)
    manifest.write(scratch)
    _sync(scratch)
    if place.exists():  # of a publication that was cut short before it came into service
        shutil.rmtree(place)
    scratch.rename(place)
    sync_folder(place.parent)
    set_current(index_dir, generation)
    _retire(place.parent, generation)
    tell(4, 4)
    return manifest


def _copy_serving(catalogue: Catalogue, target: Path) -> None:
    connection = catalogue.connection
    connection.execute("ATTACH DATABASE ? AS serving", (str(target),))
    try:
        connection.execute("PRAGMA serving.journal_mode = OFF")
        connection.execute("BEGIN")
        for name, statement in SERVING_TABLES.items():
            connection.execute(statement.format(schema="serving."))
            connection.execute(f"INSERT INTO serving.{name} SELECT * FROM main.{name}")
        connection.execute(
            "CREATE TABLE serving.rows (row INTEGER PRIMARY KEY, document_id TEXT NOT NULL, "
            "ordinal INTEGER NOT NULL, part INTEGER NOT NULL)"
        )
        connection.execute(
            "INSERT INTO serving.rows SELECT row_number() OVER "
            "(ORDER BY document_id, ordinal, part) - 1, document_id, ordinal, part FROM "
            "main.passages"
        )
        connection.execute(
            "CREATE UNIQUE INDEX serving.rows_place ON rows (document_id, ordinal, part)"
        )
        connection.execute("CREATE INDEX serving.documents_symbol ON documents (symbol)")
        connection.execute("COMMIT")
    finally:
        connection.execute("DETACH DATABASE serving")


def _reading(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def _vectors(
    catalogue: Catalogue, serving: sqlite3.Connection, identity: EncoderIdentity
) -> NDArray[np.float32]:
    """Return (passages, dim) float32, L2-normalised, in the order of rows."""
    held = dict(
        catalogue.connection.execute(
            "SELECT text_sha256, vector FROM vectors WHERE model_digest = ?", (identity.digest,)
        )
    )
    keys = [
        key
        for (key,) in serving.execute(
            "SELECT text_sha256 FROM rows JOIN passages USING (document_id, ordinal, part) "
            "ORDER BY row"
        )
    ]
    missing = sum(key not in held for key in keys)
    if missing:
        raise IndexDamagedError(
            "catalogue", f"{missing} passages have no vector", "run `precedent index` again"
        )
    matrix = np.frombuffer(b"".join(held[key] for key in keys), "<f2")
    vectors = matrix.reshape(len(keys), identity.dim).astype(np.float32)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), np.float32)


def _entries(serving: sqlite3.Connection) -> Iterator[LexicalEntry]:
    query = """
        SELECT r.row, d.*, g.section, substr(g.text, p.start + 1, p."end" - p.start) AS words
        FROM rows r JOIN passages p USING (document_id, ordinal, part)
        JOIN paragraphs g USING (document_id, ordinal) JOIN documents d USING (document_id)
        ORDER BY r.row"""
    for row in serving.execute(query):
        yield LexicalEntry(
            row=row["row"],
            text=row["words"],
            context=" ".join([row["title"] or "", *json.loads(row["section"])]),
            language=row["language"],
            facets=facet_values(row),
            year=row["year"],
        )


def _manifest(
    serving: sqlite3.Connection, change: int, generation: int, identity: EncoderIdentity
) -> Manifest:
    counts = {
        table: int(serving.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        for table in ("documents", "paragraphs", "passages")
    }
    languages = serving.execute(
        "SELECT DISTINCT language FROM documents WHERE language IS NOT NULL ORDER BY 1"
    )
    return Manifest(
        snapshot_version=SNAPSHOT_VERSION,
        software=version("precedent"),
        generation=generation,
        change=change,
        published_at=datetime.now(UTC).isoformat(timespec="seconds"),
        encoder=identity,
        chunking=CHUNKING_VERSION,
        languages=tuple(language for (language,) in languages),
        **counts,
    )


def _sync(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as stream:
                os.fsync(stream.fileno())
    sync_folder(folder)


def _sweep(generations: Path) -> None:
    """Remove what publications that were killed left behind."""
    for left in generations.glob(".*"):
        shutil.rmtree(left)


def _retire(generations: Path, newest: int) -> None:
    for folder in generations.iterdir():
        if folder.name.isdigit() and int(folder.name) <= newest - _KEPT_GENERATIONS:
            shutil.rmtree(folder)
