"""The catalogue: SQLite, the source of truth for documents, paragraphs, passages and vectors.

The indexer alone writes it, one transaction a document; servers never open it. What they open is a
snapshot published from it (`indexer.snapshot`), so nothing half done is ever in service.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from corpus.types import Document
from indexer.catalogue_file import CatalogueFile
from indexer.linking.likeness import sketch_row, texts_compared
from indexer.passages import CountTokens, passages_of
from indexer.rows import document_row, paragraph_row

__all__ = ["Catalogue", "text_key"]


def text_key(text: str) -> bytes:
    """Return the key of a text's vector: its sha256, 32 bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


class Catalogue(CatalogueFile):
    """Open catalogue; use as a context manager."""

    # Sources -----------------------------------------------------------------------------------

    def is_read(self, source: str, sha256: str, reading: str) -> bool:
        """Tell whether a source was read to its end in this form by this version of the readers."""
        row = self._connection.execute(
            "SELECT 1 FROM sources WHERE source = ? AND sha256 = ? AND reading = ?",
            (source, sha256, reading),
        ).fetchone()
        return row is not None

    def holds_source(self, source: str) -> bool:
        """Tell whether a source was read, or has a document here."""
        row = self._connection.execute(
            "SELECT 1 FROM sources WHERE source = :source "
            "UNION SELECT 1 FROM origins WHERE source = :source",
            {"source": source},
        ).fetchone()
        return row is not None

    def finish_source(
        self, source: str, sha256: str, reading: str, documents: Iterable[str]
    ) -> list[str]:
        """Record a source as read; remove documents it held before and holds no more.

        Returns:
            Ids of the documents removed.
        """
        keep = set(documents)
        with self.transaction():
            held = self._connection.execute(
                "SELECT document_id FROM origins WHERE source = ?", (source,)
            ).fetchall()
            gone = [document_id for (document_id,) in held if document_id not in keep]
            for document_id in gone:
                self.forget(document_id)
            self._connection.execute(
                "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?)",
                (source, sha256, reading, datetime.now(UTC).isoformat(timespec="seconds")),
            )
        return gone

    def origin(self, document_id: str) -> str | None:
        """Return the source a document was read from, or None where there is no such document."""
        row = self._connection.execute(
            "SELECT source FROM origins WHERE document_id = ?", (document_id,)
        ).fetchone()
        return None if row is None else str(row[0])

    def digest(self, document_id: str) -> str | None:
        """Return the sha256 a document was read from, or None where there is no such document."""
        row = self._connection.execute(
            "SELECT sha256 FROM documents WHERE document_id = ?", (document_id,)
        ).fetchone()
        return None if row is None else str(row[0])

    # Documents ---------------------------------------------------------------------------------

    def read_as(self, document_id: str) -> str | None:
        """Return the version of the readers a document was read by, or None where it is unknown."""
        row = self._connection.execute(
            "SELECT reading FROM origins WHERE document_id = ?", (document_id,)
        ).fetchone()
        return None if row is None else str(row[0])

    def holds(self, document_id: str, sha256: str, reading: str, origin: str) -> bool:
        """Tell whether a document is held as read from these bytes, there, by these readers."""
        row = self._connection.execute(
            "SELECT 1 FROM documents JOIN origins USING (document_id) "
            "WHERE document_id = ? AND documents.sha256 = ? AND reading = ? AND origins.source = ?",
            (document_id, sha256, reading, origin),
        ).fetchone()
        return row is not None

    def records(self, origin: str, reading: str) -> dict[str, str]:
        """Return ids of a source's documents by digest, as far as they say what their symbol is.

        The id of any other depends on where in the file it stands.
        """
        rows = self._connection.execute(
            "SELECT sha256, document_id FROM documents JOIN origins USING (document_id) "
            "WHERE origins.source = ? AND reading = ? AND symbol IS NOT NULL",
            (origin, reading),
        )
        return dict(rows.fetchall())

    def write(
        self,
        document: Document,
        *,
        origin: str,
        reading: str,
        max_tokens: int,
        count_tokens: CountTokens,
    ) -> None:
        """Put a document with its paragraphs, footnotes and passages, in one transaction.

        Raises:
            ValueError: it belongs to a restricted collection, and this is not that one's.
        """
        if document.restricted != self._restricted:
            raise ValueError("a document is about to be written to the wrong compartment")
        rows = list(passages_of(document, max_tokens=max_tokens, count_tokens=count_tokens))
        with self.transaction():
            self.forget(document.id)
            self._insert("documents", [document_row(document)])
            self._insert("origins", [(document.id, origin, reading)])
            self._insert(
                "paragraphs",
                [paragraph_row(document.id, ordinal, p) for ordinal, (p, _) in enumerate(rows)],
            )
            self._insert(
                "passages",
                [
                    (
                        document.id,
                        q.ordinal,
                        q.part,
                        q.parts,
                        q.start,
                        q.end,
                        q.id,
                        text_key(q.text),
                    )
                    for _, passages in rows
                    for q in passages
                ],
            )
            self._insert(
                "footnotes",
                [
                    (document.id, i, f.mark, f.text, f.page, f.paragraph_id)
                    for i, f in enumerate(document.footnotes)
                ],
            )
            self._insert("sketches", [sketch_row(document.id, texts_compared(document.paragraphs))])
            self.note_written(document.id)

    def note_written(self, document_id: str) -> None:
        """Count that a document was written, within a transaction."""
        self._touch(document_id)
        self.count_change()
        self._insert("written", [(document_id, self.change)])

    def remove(self, symbol: str) -> list[str]:
        """Remove the documents of a symbol (in every language), or the one of an id; return ids."""
        ids = [
            document_id
            for (document_id,) in self._connection.execute(
                "SELECT document_id FROM documents WHERE symbol = ? OR document_id = ?",
                (symbol, symbol),
            )
        ]
        with self.transaction():
            for document_id in ids:
                # The source must count as unread, or it could never be indexed again.
                self._connection.execute(
                    "DELETE FROM sources WHERE source = (SELECT source FROM origins "
                    "WHERE document_id = ?)",
                    (document_id,),
                )
                self.forget(document_id)
        return ids

    def symbols(self) -> set[str]:
        """Return every symbol and every document id held."""
        rows = self._connection.execute("SELECT symbol, document_id FROM documents")
        return {name for row in rows for name in row if name is not None}

    def _insert(self, table: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            places = ",".join("?" * len(rows[0]))
            self._connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)

    def _touch(self, document_id: str) -> None:
        """Note the texts of a document: their vectors may be missing now, or in vain."""
        self._connection.execute(
            "INSERT OR IGNORE INTO touched SELECT text_sha256 FROM passages WHERE document_id = ?",
            (document_id,),
        )

    def forget(self, document_id: str) -> None:
        """Delete a document, within a transaction; nothing happens where there is none."""
        self._touch(document_id)
        cursor = self._connection.execute(
            "DELETE FROM documents WHERE document_id = ?", (document_id,)
        )
        if cursor.rowcount:
            self.count_change()
