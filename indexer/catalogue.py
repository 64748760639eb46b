"""The catalogue: SQLite, the source of truth for documents, paragraphs, passages and vectors.

The indexer alone writes it, one transaction a document; servers never open it. What they open is a
snapshot published from it (`indexer.snapshot`), so nothing half done is ever in service.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamagedError
from corpus.types import Document
from indexer.passages import CountTokens, passages_of
from indexer.schema import migrate

__all__ = ["Catalogue", "text_key"]

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def text_key(text: str) -> bytes:
    """Return the key of a text's vector: its sha256, 32 bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


class Catalogue:
    """Open catalogue; use as a context manager."""

    def __init__(self, path: Path) -> None:
        """Open or create the catalogue at `path`.

        Raises:
            IndexMismatchError: a later version wrote it.
            IndexDamagedError: it is not a SQLite file.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, isolation_level=None)
        try:
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            migrate(self._connection, str(path.parent))
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise IndexDamagedError(
                str(path), f"cannot be read: {error}", "restore it, or index into another folder"
            ) from error

    def __enter__(self) -> Catalogue:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, for publication."""
        return self._connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what happens inside, or nothing of it."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    # State -------------------------------------------------------------------------------------

    def get(self, key: str) -> str | None:
        """Return a value kept under a key, or None."""
        row = self._connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def put(self, key: str, value: str) -> None:
        """Keep a value under a key."""
        self._connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))

    @property
    def change(self) -> int:
        """How many times documents have changed; a snapshot records the number it was made at."""
        return int(self.get("change") or 0)

    def _count_change(self) -> None:
        self.put("change", str(self.change + 1))

    # Sources -----------------------------------------------------------------------------------

    def is_read(self, source: str, sha256: str, reading: str) -> bool:
        """Tell whether a source was read to its end in this form by this version of the readers."""
        row = self._connection.execute(
            "SELECT 1 FROM sources WHERE source = ? AND sha256 = ? AND reading = ?",
            (source, sha256, reading),
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
                self._delete(document_id)
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

    def holds(self, document_id: str, sha256: str, reading: str) -> bool:
        """Tell whether a document is held as read from these bytes by these readers."""
        row = self._connection.execute(
            "SELECT 1 FROM documents JOIN origins USING (document_id) "
            "WHERE document_id = ? AND sha256 = ? AND reading = ?",
            (document_id, sha256, reading),
        ).fetchone()
        return row is not None

    def write(
        self,
        document: Document,
        *,
        origin: str,
        reading: str,
        max_tokens: int,
        count_tokens: CountTokens,
    ) -> None:
        """Put a document with its paragraphs, footnotes and passages, in one transaction."""
        rows = list(passages_of(document, max_tokens=max_tokens, count_tokens=count_tokens))
        with self.transaction():
            self._delete(document.id)
            self._connection.execute(
                f"INSERT INTO documents VALUES ({','.join('?' * 22)})", _document_row(document)
            )
            self._connection.execute(
                "INSERT INTO origins VALUES (?, ?, ?)", (document.id, origin, reading)
            )
            self._connection.executemany(
                "INSERT INTO paragraphs VALUES (?,?,?,?,?,?,?,?,?)",
                (
                    (
                        document.id, ordinal, p.id, p.number, str(p.kind), _JSON(p.section),
                        _JSON(p.pages), p.text, p.verb,
                    )
                    for ordinal, (p, _) in enumerate(rows)
                ),
            )  # fmt: skip
            self._connection.executemany(
                "INSERT INTO passages VALUES (?,?,?,?,?,?,?,?)",
                (
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
                ),
            )
            self._connection.executemany(
                "INSERT INTO footnotes VALUES (?,?,?,?,?,?)",
                (
                    (document.id, i, f.mark, f.text, f.page, f.paragraph_id)
                    for i, f in enumerate(document.footnotes)
                ),
            )
            self._count_change()

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
                self._delete(document_id)
        return ids

    def symbols(self) -> set[str]:
        """Return every symbol and every document id held."""
        rows = self._connection.execute("SELECT symbol, document_id FROM documents")
        return {name for row in rows for name in row if name is not None}

    def _delete(self, document_id: str) -> None:
        cursor = self._connection.execute(
            "DELETE FROM documents WHERE document_id = ?", (document_id,)
        )
        if cursor.rowcount:
            self._count_change()

    # Vectors -----------------------------------------------------------------------------------

    def unembedded(self, model_digest: str) -> list[tuple[bytes, str]]:
        """Return (key, text) of every distinct passage text that has no vector of this model.

        In the order of keys, which is as good as chance: blocks of them hold long and short texts
        alike, so that the time left can be told from the time taken.
        """
        rows = self._connection.execute(
            """SELECT p.text_sha256, substr(g.text, p.start + 1, p."end" - p.start)
               FROM passages p JOIN paragraphs g USING (document_id, ordinal)
               WHERE NOT EXISTS (SELECT 1 FROM vectors v
                                 WHERE v.text_sha256 = p.text_sha256 AND v.model_digest = ?)
               GROUP BY p.text_sha256 ORDER BY p.text_sha256""",
            (model_digest,),
        )
        return [(key, text) for key, text in rows]

    def add_vectors(
        self, keys: Sequence[bytes], vectors: NDArray[np.float32], model_digest: str
    ) -> None:
        """Keep vectors, (n, dim) float32, as float16; a cosine changes by less than 1e-4."""
        halves = vectors.astype("<f2")
        with self.transaction():
            self._connection.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                (
                    (key, model_digest, half.tobytes())
                    for key, half in zip(keys, halves, strict=True)
                ),
            )

    def forget_unused_vectors(self, model_digest: str) -> int:
        """Drop vectors of texts that no passage has any more; return how many."""
        with self.transaction():
            return self._connection.execute(
                "DELETE FROM vectors WHERE model_digest = ? AND text_sha256 NOT IN "
                "(SELECT text_sha256 FROM passages)",
                (model_digest,),
            ).rowcount

    # Counting ----------------------------------------------------------------------------------

    def count(self, table: str) -> int:
        """Return the number of rows of a table."""
        (count,) = self._connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        return int(count)


def _document_row(document: Document) -> tuple[object, ...]:
    return (
        document.id, document.symbol, document.title, document.kind, document.body,
        document.mandate, _JSON(document.country), document.session, document.agenda_item,
        document.date, document.year, document.language, document.source, document.sha256,
        document.status, document.superseded_by,
        None if document.vote is None else _JSON(document.vote),
        document.url, document.file_format, document.page_count,
        _JSON(asdict(document.quality)), _JSON(document.warnings),
    )  # fmt: skip
