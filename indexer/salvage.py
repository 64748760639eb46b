"""Making a whole catalogue from a damaged one and from what was published of it.

Every document is taken over by itself: from the damaged file where all of it can be read and every
passage has the digest of its text, else from the newest snapshot that holds it so. Where the file
does not tell any more which there are, the newest sound snapshot does: older ones hold what was
removed since. Vectors that are
lost are worked out from those of a snapshot: these have lost what is common to their language, and
that is kept beside them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from corpus.restricted import collection_of
from indexer.catalogue import Catalogue, text_key
from indexer.databases import read_database, read_rows
from indexer.salvaged_vectors import recover_vectors, take_vectors
from indexer.snapshot_files import SnapshotFiles
from indexer.unread import is_damage

__all__ = ["Lost", "Salvaged", "salvage"]

_PARTS = ("paragraphs", "passages", "footnotes")

Rows = list[sqlite3.Row]


@dataclass(frozen=True, slots=True)
class Lost:
    """A document that could not be salvaged whole.

    Attributes:
        document_id: of it.
        source: the file it was read from, where that is known.
        edition: None where nothing of it is left; else the generation that an older, or the same,
            edition of it was taken from.
    """

    document_id: str
    source: str | None
    edition: int | None


@dataclass(slots=True)
class Salvaged:
    """What became of a damaged catalogue.

    Attributes:
        documents: that the new one holds.
        lost: those that are gone, and those that an earlier publication had to give.
        vectors: distinct texts with a vector.
        recovered: of these worked out from a snapshot.
        missing: distinct texts without one.
        unread: tables of which something could not be read.
    """

    documents: int = 0
    lost: list[Lost] = field(default_factory=list)
    vectors: int = 0
    recovered: int = 0
    missing: int = 0
    unread: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Held:
    """All rows of a document."""

    document: sqlite3.Row
    parts: dict[str, Rows]

    @property
    def is_whole(self) -> bool:
        """Whether its paragraphs are without a gap and its passages are what their digests say."""
        texts = {row["ordinal"]: row["text"] for row in self.parts["paragraphs"]}
        if sorted(texts) != list(range(len(texts))):
            return False
        for row in self.parts["passages"]:
            text = texts.get(row["ordinal"])
            if not isinstance(text, str):
                return False
            if text_key(text[row["start"] : row["end"]]) != row["text_sha256"]:
                return False
        return True


def salvage(
    damaged: Path | None,
    snapshots: Sequence[SnapshotFiles],
    target: Path,
    restricted: str | None = None,
) -> Salvaged:
    """Write a whole catalogue from what can be read.

    Args:
        damaged: the catalogue; None where there is none.
        snapshots: whose databases are as they were published, the newest first.
        target: a new file.
        restricted: collection that it is the catalogue of, or None; the snapshots are of views
            then, and documents that are not of the collection are left in them.
    """
    found = Salvaged()
    with ExitStack() as stack, Catalogue(target) as catalogue:
        source = stack.enter_context(_opened(damaged))
        served = [(each, stack.enter_context(each.database())) for each in snapshots]
        ids, are_all = _ids_in(source)
        if not are_all:
            newest = {snapshot.folder.parent: held for snapshot, held in reversed(served)}
            ids = sorted({*ids, *chain.from_iterable(_ids_in(held)[0] for held in newest.values())})
        ids = [each for each in ids if collection_of(each) == restricted]
        with catalogue.transaction():
            for document_id in ids:
                _take_over(catalogue, document_id, source, served, found)
            _take_state(catalogue, source, snapshots, found)
            catalogue.connection.execute(
                "INSERT OR REPLACE INTO written SELECT document_id, ? FROM documents",
                (catalogue.change,),
            )
        digest = (catalogue.get("model") or " ").split(" ")[1]
        if not take_vectors(catalogue, source, digest):
            found.unread.append("vectors")
        found.recovered = recover_vectors(catalogue, snapshots, digest)
        found.documents = catalogue.count("documents")
        found.vectors = catalogue.count("vectors")
        (found.missing,) = catalogue.connection.execute(
            "SELECT count(DISTINCT text_sha256) FROM passages WHERE text_sha256 NOT IN "
            "(SELECT text_sha256 FROM vectors WHERE model_digest = ?)",
            (digest,),
        ).fetchone()
        catalogue.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return found


@contextmanager
def _opened(damaged: Path | None) -> Iterator[sqlite3.Connection | None]:
    with ExitStack() as stack:
        try:
            opened = (
                None
                if damaged is None or not damaged.exists()
                else stack.enter_context(read_database(damaged))
            )
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            opened = None  # not even its list of tables can be read
        yield opened


def _ids_in(connection: sqlite3.Connection | None) -> tuple[list[str], bool]:
    """Return ids of documents by every way to them, and whether the table itself was read whole."""
    rows, are_all = read_rows(connection, "SELECT document_id FROM documents NOT INDEXED")
    ids = {row[0] for row in rows if isinstance(row[0], str)}
    are_all = are_all and len(ids) == len(rows)
    if not are_all:
        for table in ("documents", "origins", "paragraphs", "passages", "sketches"):
            for order in ("ASC", "DESC"):
                query = f"SELECT document_id FROM {table} ORDER BY document_id {order}"
                found = read_rows(connection, query)[0]
                ids |= {row[0] for row in found if isinstance(row[0], str)}
    return sorted(ids), are_all


def _take_over(
    catalogue: Catalogue,
    document_id: str,
    source: sqlite3.Connection | None,
    served: Sequence[tuple[SnapshotFiles, sqlite3.Connection]],
    found: Salvaged,
) -> None:
    """Copy a document from the first place that holds it whole."""
    held = _held(source, document_id)
    if held is not None:
        origin, known = read_rows(
            source, "SELECT * FROM origins WHERE document_id = ?", [document_id]
        )
        row = origin[0] if known and origin else None
        if row and source and not _are_of_their_types(source, "origins", origin):
            row = None
        _insert(catalogue, held, row["source"] if row else None, row["reading"] if row else "")
        return
    for snapshot, connection in served:
        held = _held(connection, document_id)
        if held is not None:
            # Read by nobody, so that its file is read again at the next run.
            _insert(catalogue, held, None, "", derived=True)
            at = held.document["source"]
            found.lost.append(Lost(document_id, at, snapshot.generation))
            return
    rows, _ = read_rows(source, "SELECT source FROM origins WHERE document_id = ?", [document_id])
    found.lost.append(Lost(document_id, str(rows[0][0]) if rows else None, None))


_PYTHON = {"TEXT": str, "INTEGER": int, "BLOB": bytes, "REAL": float}


def _are_of_their_types(connection: sqlite3.Connection, table: str, rows: Rows) -> bool:
    """Tell whether all values are what their columns hold; a flipped bit makes another of one."""
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    kinds = {name: (_PYTHON.get(kind.upper(), object), required or key)
             for _, name, kind, required, _, key in map(tuple, columns)}  # fmt: skip
    for row in rows:
        for name in row.keys():  # noqa: SIM118 - of the columns; a row iterates over values
            kind, required = kinds.get(name, (object, False))
            if not (isinstance(row[name], kind) or (row[name] is None and not required)):
                return False
    return True


def _held(connection: sqlite3.Connection | None, document_id: str) -> _Held | None:
    document, known = read_rows(
        connection, "SELECT * FROM documents WHERE document_id = ?", [document_id]
    )
    if not known or not document or connection is None:
        return None
    if not _are_of_their_types(connection, "documents", document):
        return None
    parts = {}
    for table in _PARTS:
        rows, known = read_rows(
            connection, f"SELECT * FROM {table} WHERE document_id = ?", [document_id]
        )
        if not known or not _are_of_their_types(connection, table, rows):
            return None
        parts[table] = rows
    held = _Held(document[0], parts)
    return held if held.is_whole else None


def _insert(
    catalogue: Catalogue, held: _Held, source: str | None, reading: str, *, derived: bool = False
) -> None:
    document = dict(zip(held.document.keys(), held.document, strict=True))
    if derived:  # what publication found beside what the document says of itself
        document["concerns"] = None
    _insert_rows(catalogue, "documents", [document])
    for table, rows in held.parts.items():
        _insert_rows(catalogue, table, [dict(zip(r.keys(), r, strict=True)) for r in rows])
    origin = {"document_id": document["document_id"], "source": source or document["source"],
              "reading": reading}  # fmt: skip
    _insert_rows(catalogue, "origins", [origin])


def _insert_rows(catalogue: Catalogue, table: str, rows: Iterable[dict[str, object]]) -> None:
    known = {row[1] for row in catalogue.connection.execute(f"PRAGMA table_info({table})")}
    for row in rows:
        names = [name for name in row if name in known]
        listed = ", ".join(f'"{name}"' for name in names)
        places = ", ".join("?" * len(names))
        catalogue.connection.execute(
            f"INSERT OR REPLACE INTO {table} ({listed}) VALUES ({places})",
            [row[name] for name in names],
        )


def _take_state(
    catalogue: Catalogue,
    source: sqlite3.Connection | None,
    snapshots: Sequence[SnapshotFiles],
    found: Salvaged,
) -> None:
    """Copy what is not of one document, and count one change more than anybody has seen."""
    for table in ("state", "sources", "failures", "copies"):
        rows, are_all = read_rows(source, f"SELECT * FROM {table}")
        if not are_all:
            more, _ = read_rows(source, f"SELECT * FROM {table} ORDER BY 1 DESC")
            rows += more
            found.unread.append(table)
        if source is not None and not _are_of_their_types(source, table, rows):
            rows = [row for row in rows if _are_of_their_types(source, table, [row])]
            found.unread.append(table)
        _insert_rows(catalogue, table, [dict(zip(r.keys(), r, strict=True)) for r in rows])
    # A source whose document was not taken over as it was last read has to be read again.
    gone = [(each.source,) for each in found.lost if each.source is not None]
    catalogue.connection.executemany("DELETE FROM sources WHERE source = ?", gone)
    for snapshot in snapshots:
        manifest = snapshot.manifest
        if catalogue.get("model") is None:
            catalogue.put("model", f"{manifest.encoder.model} {manifest.encoder.digest}")
        if catalogue.get("identity") is None:
            catalogue.put("identity", manifest.catalogue)
    seen = [each.manifest.change for each in snapshots]
    catalogue.put("change", str(max([catalogue.change, *seen]) + 1))
    for forgotten in ("published", "embedded"):
        catalogue.put(forgotten, "")
