"""A published snapshot, opened for reading: documents, vectors and words that agree."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path

import numpy as np

from indexer.centring import Centring
from indexer.checksums import Damage, damages
from indexer.damage import damaged
from indexer.document_vectors import DocumentVectors
from indexer.facet_columns import FacetColumns, Mask
from indexer.fold_columns import FoldColumns
from indexer.forward import ForwardIndex
from indexer.lexical import LexicalStore
from indexer.manifest import Manifest, current_dir
from indexer.parts import CENTRING, CONTEXT, FORWARD, LEXICAL, SERVING, VECTORS
from indexer.replaced import replaced
from indexer.suspect import blaming
from indexer.vectors import VectorStore

__all__ = ["FacetColumns", "Snapshot"]

_MAPPED_BYTES = 1 << 40
"""Of the file of documents at most; SQLite has a bound of its own, 2 GB as it is usually built."""

_PASSAGE_COLUMNS = """
    r.row, p.passage_id, p.part, p.parts, g.paragraph_id, g.number, g.kind AS paragraph_kind,
    g.section, g.pages, g.ordinal, g.verb, g.addressees, g.states, g.boxes, g.ocr,
    substr(g.text, p.start + 1, p."end" - p.start) AS text,
    d.document_id, d.symbol, d.title, d.kind, d.body, d.mandate, d.country, d.date, d.year,
    d.language, d.status, d.superseded_by, d.vote, d.url,
    CASE WHEN g.kind = 'recommendation' THEN
      (SELECT l.text FROM paragraphs l WHERE l.document_id = g.document_id
       AND l.paragraph_id = substr(g.paragraph_id, 1, instr(g.paragraph_id, '.') - 1))
    END AS lead
    FROM rows r JOIN passages p USING (document_id, ordinal, part)
    JOIN paragraphs g USING (document_id, ordinal) JOIN documents d USING (document_id)"""


class Snapshot:
    """Documents, vectors and words of one generation; safe to read from several threads."""

    def __init__(self, folder: Path) -> None:
        """Open a snapshot's folder and check that its parts agree.

        Raises:
            IndexMismatchError: another version of the software wrote it.
            IndexDamagedError: a part is missing, unreadable, not as it was published, or of
                another size than the others.
        """
        self.folder = folder
        self.manifest = Manifest.read(folder)
        for damage in damages(folder, self.manifest.files, thorough=False):
            raise damaged(damage.path, damage.cause)
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        with self.blaming():
            self._open()

    def _open(self) -> None:
        folder = self.folder
        self.vectors = VectorStore.open(folder / VECTORS)
        self.centring = Centring.open(folder / CENTRING)
        self.lexical = LexicalStore.open(folder / LEXICAL)
        self.forward = ForwardIndex.open(folder / FORWARD)
        self.context = ForwardIndex.open(folder / CONTEXT)
        self._check()
        with self.reading() as connection:
            self.columns = FacetColumns.load(connection, self.rows)
            self.folds = FoldColumns.load(connection, len(self.vectors))
            self.replaced = replaced(connection, self.columns.document_ids)
        self.document_vectors = DocumentVectors(self.vectors, self.columns.spans)

    @classmethod
    def open(cls, index_dir: Path) -> Snapshot:
        """Open the snapshot in service.

        Raises:
            NoIndexError: nothing was published.
        """
        return cls(current_dir(index_dir))

    def close(self) -> None:
        """Close the files."""
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()

    @property
    def passages_held(self) -> int:
        """Passages in service."""
        return self.manifest.passages

    @property
    def rows(self) -> int:
        """Numbers that were given to passages: rows run from 0 up to here, and some are dead."""
        return self.manifest.rows

    @property
    def live(self) -> Mask | None:
        """Which rows have a passage, (rows,) bool; None where all have."""
        return self.columns.live

    def blaming(self) -> AbstractContextManager[None]:
        """Name the damaged file, if there is one, for a fault inside that nobody foresaw."""
        return blaming(lambda: self._damage)

    @cached_property
    def _damage(self) -> Damage | None:
        """A file that is not as it was published; all are read for it, once."""
        return next(iter(damages(self.folder, self.manifest.files)), None)

    def _check(self) -> None:
        with self.reading() as connection:
            (passages,) = connection.execute("SELECT count(*) FROM rows").fetchone()
        self._agree(
            "passages",
            manifest=self.manifest.passages,
            documents=int(passages),
            words=len(self.lexical),
        )
        self._agree(
            "rows",
            manifest=self.manifest.rows,
            vectors=len(self.vectors),
            terms=len(self.forward),
            context=len(self.context),
        )

    def _agree(self, counted: str, **counts: int) -> None:
        if len(set(counts.values())) > 1:
            listed = ", ".join(f"{name} {count}" for name, count in counts.items())
            cause = f"its parts disagree on the number of {counted}: {listed}"
            raise damaged(self.folder, cause)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield this thread's connection; the file never changes, so no lock is taken."""
        connection = getattr(self._local, "connection", None)
        if connection is None:
            path = self.folder / SERVING
            try:
                connection = sqlite3.connect(
                    f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False
                )
            except sqlite3.Error as error:
                raise damaged(path, "cannot be opened", error) from error
            connection.row_factory = sqlite3.Row
            # Ten passages take 0.2 ms of processor time instead of 1.0: no page is copied.
            connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
            self._local.connection = connection
            with self._lock:
                self._connections.append(connection)
        try:
            yield connection
        except sqlite3.DatabaseError as error:
            raise damaged(self.folder / SERVING, "cannot be read", error) from error

    # Reading -----------------------------------------------------------------------------------

    def passages(self, rows: Sequence[int]) -> list[sqlite3.Row]:
        """Return passages with their documents' metadata, in the order of `rows`."""
        wanted = [int(row) for row in rows]
        with self.reading() as connection:
            found = connection.execute(
                f"SELECT {_PASSAGE_COLUMNS} WHERE r.row IN (SELECT value FROM json_each(?))",
                (json.dumps(wanted),),
            ).fetchall()
        by_row = {row["row"]: row for row in found}
        return [by_row[row] for row in wanted]

    def row_of(self, passage_id: str) -> int | None:
        """Return the row of a passage id, or None."""
        with self.reading() as connection:
            found = connection.execute(
                "SELECT row FROM passages JOIN rows USING (document_id, ordinal, part) "
                "WHERE passage_id = ?",
                (passage_id,),
            ).fetchone()
        return None if found is None else int(found["row"])

    def document_rows(self, document_id: str) -> range:
        """Return the rows of a document, which stand together in reading order."""
        with self.reading() as connection:
            first, last = connection.execute(
                "SELECT min(row), max(row) FROM rows WHERE document_id = ?", (document_id,)
            ).fetchone()
        return range(0) if first is None else range(first, last + 1)

    def document(self, document_id: str) -> sqlite3.Row | None:
        """Return a document's metadata with its numbers of paragraphs and passages, or None."""
        found = self.documents([document_id])
        return found[0] if found else None

    def documents(self, document_ids: Sequence[str]) -> list[sqlite3.Row]:
        """Return documents' metadata with their numbers of paragraphs and passages, by id."""
        query = """
            SELECT d.*,
              (SELECT count(*) FROM paragraphs g WHERE g.document_id = d.document_id) AS paragraphs,
              (SELECT count(*) FROM passages p WHERE p.document_id = d.document_id) AS passages
            FROM documents d WHERE d.document_id IN (SELECT value FROM json_each(?))
            ORDER BY d.document_id"""
        with self.reading() as connection:
            return connection.execute(query, (json.dumps(list(document_ids)),)).fetchall()

    def document_ids_of(self, symbol: str) -> list[str]:
        """Return ids of the documents of a symbol, in every language, or the one of an id."""
        if symbol in self.columns.document_ids:
            return [symbol]
        found = np.flatnonzero(self.columns.values["symbol"].holders([symbol]))
        return [self.columns.document_ids[i] for i in found]

    def rows_of_paragraph(self, document_id: str, number: str) -> list[int]:
        """Return rows of the paragraph of a document with a printed number or a label."""
        with self.reading() as connection:
            found = connection.execute(
                "SELECT row FROM rows JOIN paragraphs USING (document_id, ordinal) "
                "WHERE document_id = ? AND (number = ? OR paragraph_id = ?) ORDER BY row",
                (document_id, number, number),
            )
            return [int(row) for (row,) in found]

    def texts(self, rows: Sequence[int]) -> list[str]:
        """Return the words of passages, in the order of `rows`."""
        return [str(row["text"]) for row in self.passages(rows)]
