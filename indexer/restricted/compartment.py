"""The catalogue of one restricted collection, and what belongs to it for good.

A claim outlasts what it came from: a sidecar that is removed or cannot be read, a run without the
option, a file that fails. What was claimed becomes public by being released, and by nothing else.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from corpus.sources import printable_path
from indexer.catalogue import Catalogue
from indexer.migrations import foreign_to
from indexer.restricted.place import CATALOGUE, collection_dir
from indexer.schema import MIGRATIONS

__all__ = ["Compartment", "create_tables", "foreign_to_compartment", "names_of_file"]

_TABLES = (
    """CREATE TABLE IF NOT EXISTS claims (
        source TEXT NOT NULL,           -- a file
        document_id TEXT NOT NULL,      -- as it is outside; '' for all that the file holds
        PRIMARY KEY (source, document_id)
    ) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS folders (
        folder TEXT PRIMARY KEY         -- whose files belong to the collection
    ) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS released (
        source TEXT NOT NULL,           -- a file that does not, although its folder does
        document_id TEXT NOT NULL,
        PRIMARY KEY (source, document_id)
    ) WITHOUT ROWID""",
)


def names_of_file(path: Path) -> tuple[str, ...]:
    """Return how a file or folder may be called: as given, made absolute, and without links."""
    plain = os.path.normpath(path.absolute())
    return tuple(dict.fromkeys((printable_path(Path(plain)), printable_path(path.resolve()))))


def foreign_to_compartment(connection: sqlite3.Connection) -> list[str]:
    """Return how the tables of a collection's catalogue differ from those it is made with."""

    def last_and_ours(step: sqlite3.Connection) -> None:
        MIGRATIONS[version - 1](step)
        create_tables(step)

    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if not 0 < version <= len(MIGRATIONS):
        return foreign_to(connection, MIGRATIONS)
    return foreign_to(connection, (*MIGRATIONS[: version - 1], last_and_ours))


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the tables that the catalogue of a collection has beside those of any."""
    for statement in _TABLES:
        connection.execute(statement)


class Compartment:
    """An open restricted collection; its catalogue holds its documents and no others."""

    def __init__(self, index_dir: Path, name: str) -> None:
        """Open a collection, made where it is missing.

        Raises:
            InputError: it cannot be a name.
            IndexMismatchError: a later version wrote it.
            IndexDamagedError: its catalogue cannot be read.
        """
        self.name = name
        self.folder = collection_dir(index_dir, name)
        self.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.catalogue = Catalogue(self.folder / CATALOGUE, restricted=name)
        create_tables(self.catalogue.connection)

    def close(self) -> None:
        """Close the file."""
        self.catalogue.close()

    # Claims ------------------------------------------------------------------------------------

    def claims(self) -> list[tuple[str, str]]:
        """Return (file, document id as it is outside) of all that is claimed; "" for all of it."""
        return self.catalogue.connection.execute("SELECT * FROM claims").fetchall()

    def has_claimed(self, names: Iterable[str], document_id: str = "") -> bool:
        """Tell whether a file, or a document of it, is claimed.

        A record whose line became another's is claimed by its sha256 in place of its id.
        """
        return any(
            self._has("SELECT 1 FROM claims WHERE source = ? AND document_id = ?", (name, which))
            for name in names
            for which in dict.fromkeys(("", document_id))
        )

    def has_claimed_marked(self, names: Iterable[str], document_id: str) -> bool:
        """Tell whether a document of a file is claimed under this id with the mark of a digest."""
        key, colon, language = document_id.partition(":")
        query = "SELECT 1 FROM claims WHERE source = ? AND document_id GLOB ?"
        quoted = "".join(f"[{each}]" if each in "*?[" else each for each in key)
        pattern = f"{quoted}~{'[0-9a-f]' * 6}{colon}{language}"
        return any(self._has(query, (name, pattern)) for name in names)

    def has_claimed_apart(self, source: str, document_id: str) -> bool:
        """Tell whether a document is claimed by itself, and not with all of its file."""
        query = "SELECT 1 FROM claims WHERE source = ? AND document_id = ?"
        return self._has(query, (source, document_id))

    def claim(self, names: Iterable[str], document_id: str = "") -> None:
        """Claim a file, or a document of it, whatever was released before."""
        with self.catalogue.transaction():
            for name in names:
                self.claim_now(name, document_id)

    def claim_now(self, name: str, document_id: str = "") -> None:
        """Claim within a transaction that is under way."""
        held = self.catalogue.connection
        held.execute("INSERT OR IGNORE INTO claims VALUES (?, ?)", (name, document_id))
        held.execute("DELETE FROM released WHERE source = ? AND document_id = ?",
                     (name, document_id))  # fmt: skip

    def unclaim(self, source: str, document_id: str = "") -> None:
        """Forget the claim to a place that a file has left, as if it had never been there."""
        with self.catalogue.transaction():
            for name in dict.fromkeys((source, *names_of_file(Path(source)))):
                self.catalogue.connection.execute(
                    "DELETE FROM claims WHERE source = ? AND document_id = ?", (name, document_id)
                )

    def release_now(self, names: Iterable[str], document_id: str = "") -> None:
        """Give up the claim to a file, or to a document of it, within a transaction."""
        held = self.catalogue.connection
        for name in names:
            which = (name, document_id)
            held.execute("DELETE FROM claims WHERE source = ? AND document_id = ?", which)
            held.execute("INSERT OR IGNORE INTO released VALUES (?, ?)", which)

    def has_released(self, names: Iterable[str]) -> bool:
        """Tell whether a file was released."""
        return any(
            self._has("SELECT 1 FROM released WHERE source = ? AND document_id = ''", (name,))
            for name in names
        )

    # Folders -----------------------------------------------------------------------------------

    def folders(self) -> list[str]:
        """Return the folders whose files belong to the collection."""
        rows = self.catalogue.connection.execute("SELECT folder FROM folders ORDER BY folder")
        return [str(folder) for (folder,) in rows]

    def claim_folder(self, names: Iterable[str]) -> None:
        """Claim what is in a folder, now and later."""
        with self.catalogue.transaction():
            self.catalogue.connection.executemany(
                "INSERT OR IGNORE INTO folders VALUES (?)", ((name,) for name in names)
            )

    def release_folder(self, names: Iterable[str]) -> int:
        """Take in no more of a folder; return how many there were of these names."""
        with self.catalogue.transaction():
            return self.catalogue.connection.executemany(
                "DELETE FROM folders WHERE folder = ?", ((name,) for name in names)
            ).rowcount

    # Documents ---------------------------------------------------------------------------------

    def has_bytes(self, sha256: str) -> bool:
        """Tell whether a document was read from these bytes."""
        return self._has("SELECT 1 FROM documents WHERE sha256 = ?", (sha256,))

    def _has(self, query: str, values: tuple[str, ...]) -> bool:
        return self.catalogue.connection.execute(query, values).fetchone() is not None
