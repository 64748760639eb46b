"""What must not go into a backup made without restricted collections, taken out of its copies.

Besides ids with the name of a collection that is what was kept of a document, and told of it, while
it was public; hashes that would let whoever has the backup try ids; and scopes of keys.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import IndexDamagedError
from corpus.restricted import collection_of, id_outside
from indexer.databases import read_database
from indexer.restricted.place import CATALOGUE, collection_dir, collections_of
from search_api.access.caller import RESTRICTED
from search_api.access.keys_file import intact, seal
from search_api.keeping.census import of_these

__all__ = ["Hidden", "clean_keys", "clean_library", "hidden_documents", "hidden_in"]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What of an index is not public.

    Attributes:
        documents: ids that restricted documents had, or would have, outside their collections, but
            for those of documents that are public.
        public: ids of all public passages.
    """

    documents: frozenset[str]
    public: frozenset[str]

    def has(self, passage_id: str) -> bool:
        """Tell whether a passage is of a restricted document, by its id in or outside of it."""
        parts = passage_id.split(":")
        ids = (":".join(parts[:end]) for end in range(1, len(parts) + 1))
        return collection_of(passage_id) is not None or any(id_ in self.documents for id_ in ids)


def hidden_in(index_dir: Path, public: Path) -> Hidden:
    """Return what of an index is not public.

    Args:
        index_dir: folder of the index.
        public: the copy of its public catalogue that is in the backup.

    Raises:
        IndexDamagedError: a collection cannot be read, so that nobody knows what is in it.
    """
    with read_database(public) as connection:
        passages = connection.execute("SELECT passage_id FROM passages").fetchall()
    documents = hidden_documents(index_dir, public)
    return Hidden(documents, frozenset(str(id_) for (id_,) in passages))


def hidden_documents(index_dir: Path, public: Path) -> frozenset[str]:
    """Return ids that documents of an index had, or would have, if they were not restricted.

    Args:
        index_dir: folder of the index.
        public: its public catalogue, or a copy: ids of documents in it are left out.

    Raises:
        IndexDamagedError: a collection cannot be read.
    """
    held: set[str] = set()
    for name in collections_of(index_dir):
        path = collection_dir(index_dir, name) / CATALOGUE
        try:
            held |= {id_outside(id_) for id_ in _documents(path)}
        except sqlite3.DatabaseError as error:
            raise IndexDamagedError(
                str(path), f"cannot be read whole: {error}", "run `precedent repair`"
            ) from error
    return frozenset(held - _documents(public))


def clean_library(copy: Path, hidden: Hidden) -> None:
    """Take what is kept of restricted passages out of the copy of a library, pages and all.

    Of what an index had at a visit, that remains which is public today: the alerts of public
    passages go on as they were.
    """
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.create_function("hidden", 1, hidden.has)
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        if "entries" in tables:
            connection.execute("DELETE FROM entries WHERE hidden(passage_id)")
        if "seen" in tables:
            connection.execute("DELETE FROM seen WHERE hidden(passage_id)")
        if "censuses" in tables:
            connection.create_function("public", 1, lambda keys: of_these(keys, hidden.public))
            connection.execute("UPDATE censuses SET keys = public(keys)")
        connection.execute("VACUUM")


def clean_keys(copy: Path) -> None:
    """Take the scopes of restricted collections out of the copy of a file of keys, pages and all.

    A key with no other scope allows nothing, and goes. One that is damaged stays so.
    """
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.create_function("public", 1, _public_scopes)
        sound = intact(connection)
        connection.execute("UPDATE keys SET scopes = public(scopes)")
        seal(connection, sound)
        connection.execute("DELETE FROM spent WHERE key_id IN (SELECT key_id FROM keys "
                           "WHERE scopes = '[]')")  # fmt: skip
        connection.execute("DELETE FROM keys WHERE scopes = '[]'")
        connection.execute("VACUUM")


def _public_scopes(scopes: str) -> str:
    return json.dumps([each for each in json.loads(scopes) if not each.startswith(RESTRICTED)])


def _documents(catalogue: Path) -> set[str]:
    with read_database(catalogue) as connection:
        return {str(id_) for (id_,) in connection.execute("SELECT document_id FROM documents")}
