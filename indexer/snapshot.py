"""A published snapshot, opened for reading: documents, vectors and words that agree."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamagedError
from indexer.facets import FACETS, Selection
from indexer.lexical import LexicalStore
from indexer.manifest import Manifest, current_dir
from indexer.publish import LEXICAL, SERVING, VECTORS, facet_values
from indexer.vectors import VectorStore

__all__ = ["FacetColumns", "Snapshot"]

Mask = NDArray[np.bool_]

_PASSAGE_COLUMNS = """
    r.row, p.passage_id, p.part, p.parts, g.paragraph_id, g.number, g.kind AS paragraph_kind,
    g.section, g.pages, g.ordinal, substr(g.text, p.start + 1, p."end" - p.start) AS text,
    d.document_id, d.symbol, d.title, d.kind, d.body, d.mandate, d.country, d.date, d.year,
    d.language, d.status, d.superseded_by, d.url
    FROM rows r JOIN passages p USING (document_id, ordinal, part)
    JOIN paragraphs g USING (document_id, ordinal) JOIN documents d USING (document_id)"""


@dataclass(frozen=True, slots=True)
class FacetColumns:
    """Facets of every passage, in memory, so that filters become a mask in microseconds.

    Attributes:
        document: (n,) int32, number of each row's document in `document_ids`.
        document_ids: ids by number.
        values: for each facet, the values there are, and (documents, values) bool.
        year: (documents,) int32; 0 where unknown.
    """

    document: NDArray[np.int32]
    document_ids: tuple[str, ...]
    values: dict[str, tuple[tuple[str, ...], Mask]]
    year: NDArray[np.int32]

    def documents(self, selection: Selection) -> Mask:
        """Return which documents a selection allows, (documents,) bool."""
        allowed = np.ones(len(self.document_ids), np.bool_)
        for facet, wanted in selection.values.items():
            if wanted:
                names, held = self.values[facet]
                columns = [i for i, name in enumerate(names) if name in set(wanted)]
                allowed &= held[:, columns].any(axis=1)
        if selection.year_from is not None:
            allowed &= self.year >= selection.year_from
        if selection.year_to is not None:
            allowed &= (self.year <= selection.year_to) & (self.year > 0)
        return allowed

    def mask(self, selection: Selection) -> Mask | None:
        """Return which rows a selection allows, (n,) bool, or None for all."""
        return None if selection.is_everything else self.documents(selection)[self.document]


class Snapshot:
    """Documents, vectors and words of one generation; safe to read from several threads."""

    def __init__(self, folder: Path) -> None:
        """Open a snapshot's folder and check that its parts agree.

        Raises:
            IndexMismatchError: another version of the software wrote it.
            IndexDamagedError: a part is missing, unreadable or of another size than the others.
        """
        self.folder = folder
        self.manifest = Manifest.read(folder)
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self.vectors = VectorStore.open(folder / VECTORS)
        self.lexical = LexicalStore.open(folder / LEXICAL)
        self._check()
        self.columns = self._facet_columns()

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

    def _check(self) -> None:
        with self._reading() as connection:
            (passages,) = connection.execute("SELECT count(*) FROM rows").fetchone()
        counts = {
            "manifest": self.manifest.passages,
            "documents": int(passages),
            "vectors": len(self.vectors),
            "words": len(self.lexical),
        }
        if len(set(counts.values())) > 1:
            listed = ", ".join(f"{name} {count}" for name, count in counts.items())
            raise IndexDamagedError(
                str(self.folder),
                f"its parts disagree on the number of passages: {listed}",
                "run `precedent index` with any path to publish it anew",
            )

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Yield this thread's connection; the file never changes, so no lock is taken."""
        connection = getattr(self._local, "connection", None)
        if connection is None:
            path = self.folder / SERVING
            try:
                connection = sqlite3.connect(
                    f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False
                )
            except sqlite3.Error as error:
                raise IndexDamagedError(
                    str(path), f"cannot be opened: {error}", "run `precedent index` again"
                ) from error
            connection.row_factory = sqlite3.Row
            self._local.connection = connection
            with self._lock:
                self._connections.append(connection)
        try:
            yield connection
        except sqlite3.DatabaseError as error:
            raise IndexDamagedError(
                str(self.folder / SERVING),
                f"cannot be read: {error}",
                "run `precedent index` again",
            ) from error

    def _facet_columns(self) -> FacetColumns:
        with self._reading() as connection:
            documents = connection.execute(
                "SELECT * FROM documents ORDER BY document_id"
            ).fetchall()
            numbers = {row["document_id"]: i for i, row in enumerate(documents)}
            of_rows = connection.execute("SELECT document_id FROM rows ORDER BY row")
            document = np.array([numbers[i] for (i,) in of_rows], np.int32)
        held = [facet_values(row) for row in documents]
        values: dict[str, tuple[tuple[str, ...], Mask]] = {}
        for facet in FACETS:
            names = tuple(sorted({value for each in held for value in each[facet]}))
            column = {name: i for i, name in enumerate(names)}
            table = np.zeros((len(documents), len(names)), np.bool_)
            for i, each in enumerate(held):
                table[i, [column[value] for value in each[facet]]] = True
            values[facet] = (names, table)
        year = np.array([row["year"] or 0 for row in documents], np.int32)
        return FacetColumns(document, tuple(numbers), values, year)

    # Reading -----------------------------------------------------------------------------------

    def passages(self, rows: Sequence[int]) -> list[sqlite3.Row]:
        """Return passages with their documents' metadata, in the order of `rows`."""
        wanted = [int(row) for row in rows]
        with self._reading() as connection:
            found = connection.execute(
                f"SELECT {_PASSAGE_COLUMNS} WHERE r.row IN (SELECT value FROM json_each(?))",
                (json.dumps(wanted),),
            ).fetchall()
        by_row = {row["row"]: row for row in found}
        return [by_row[row] for row in wanted]

    def row_of(self, passage_id: str) -> int | None:
        """Return the row of a passage id, or None."""
        with self._reading() as connection:
            found = connection.execute(
                "SELECT row FROM passages JOIN rows USING (document_id, ordinal, part) "
                "WHERE passage_id = ?",
                (passage_id,),
            ).fetchone()
        return None if found is None else int(found["row"])

    def document_rows(self, document_id: str) -> range:
        """Return the rows of a document, which stand together in reading order."""
        with self._reading() as connection:
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
        with self._reading() as connection:
            return connection.execute(query, (json.dumps(list(document_ids)),)).fetchall()

    def document_ids_of(self, symbol: str) -> list[str]:
        """Return ids of the documents of a symbol, in every language, or the one of an id."""
        names, held = self.columns.values["symbol"]
        if symbol in self.columns.document_ids:
            return [symbol]
        if symbol not in names:
            return []
        found = np.flatnonzero(held[:, names.index(symbol)])
        return [self.columns.document_ids[i] for i in found]

    def rows_of_paragraph(self, document_id: str, number: str) -> list[int]:
        """Return rows of the paragraph of a document with a printed number or a label."""
        with self._reading() as connection:
            found = connection.execute(
                "SELECT row FROM rows JOIN paragraphs USING (document_id, ordinal) "
                "WHERE document_id = ? AND (number = ? OR paragraph_id = ?) ORDER BY row",
                (document_id, number, number),
            )
            return [int(row) for (row,) in found]

    def texts(self, rows: Sequence[int]) -> list[str]:
        """Return the words of passages, in the order of `rows`."""
        return [str(row["text"]) for row in self.passages(rows)]
