"""What the catalogue says of a file: what became of it, and what would go with its documents."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from corpus.errors import PrecedentError
from corpus.restricted import collection_of
from indexer.catalogue import Catalogue
from indexer.manifest import published_generation
from indexer.report import Failure, Outcome
from indexer.restricted.listed import require_all
from indexer.restricted.place import CATALOGUE, FOLDERS, collection_dir, collections_of

__all__ = ["files_of", "outcome_of", "uploads_held"]


def outcome_of(
    catalogue: Catalogue, file: str, failure: Failure | None, *, unchanged: bool = False
) -> Outcome:
    """Return what became of a file that was read, or passed over because it is unchanged.

    Args:
        catalogue: what the file was read into.
        file: as the catalogue names it.
        failure: the first thing that could not be read in it.
        unchanged: whether it was passed over.
    """
    held = _documents(catalogue, "origins", file)
    if held:
        (paragraphs,) = catalogue.connection.execute(
            "SELECT count(*) FROM paragraphs JOIN origins USING (document_id) WHERE source = ?",
            (file,),
        ).fetchone()
        if unchanged:
            return Outcome(file, "unchanged", held, paragraphs, failure)
        return Outcome(file, "indexed", held, paragraphs, failure)
    copied = _documents(catalogue, "copies", file)
    if copied:
        return Outcome(file, "duplicate", copied, 0, failure)
    return Outcome(file, "failed" if failure else "indexed", failure=failure)


def _documents(
    catalogue: Catalogue, table: str, file: str
) -> tuple[tuple[str, str | None, str | None], ...]:
    rows = catalogue.connection.execute(
        f"SELECT document_id, symbol, title FROM {table} JOIN documents USING (document_id) "
        f"WHERE {table}.source = ? ORDER BY document_id",
        (file,),
    )
    return tuple(rows.fetchall())


def files_of(index_dir: Path, document_id: str) -> list[str]:
    """Return the files that hold nothing but a document: the one it was read from, and its copies.

    The catalogue is only looked at, so this needs no lock.

    Raises:
        sqlite3.DatabaseError: it cannot be read.
    """
    name = collection_of(document_id)
    folder = index_dir if name is None else collection_dir(index_dir, name)
    path = folder / "catalogue.sqlite"
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as catalogue:
        rows = catalogue.execute(
            """
            SELECT source FROM origins WHERE document_id = :wanted
            UNION SELECT source FROM copies WHERE document_id = :wanted
            EXCEPT SELECT source FROM origins WHERE document_id <> :wanted
            EXCEPT SELECT source FROM copies WHERE document_id <> :wanted""",
            {"wanted": document_id},
        )
        return [str(source) for (source,) in rows]


def uploads_held(index_dir: Path, files: Iterable[str]) -> set[str]:
    """Return those of some uploaded files that any catalogue names, and all of them on any doubt.

    They are compared by where they lie in the index, which may be reached by several names.

    Args:
        index_dir: folder of the whole index: a public file may hold what is restricted.
        files: paths of them.
    """
    wanted = {_place_of(file): file for file in files}
    if not wanted:
        return set()
    try:
        require_all(index_dir)
    except PrecedentError:  # nobody knows what a collection that is away holds
        return set(wanted.values())
    named: set[tuple[str, ...]] = set()
    names = collections_of(index_dir)
    for folder in (index_dir, *(collection_dir(index_dir, name) for name in names)):
        path = folder / CATALOGUE
        try:
            if not path.exists() and published_generation(folder) is None:
                continue  # nothing was read yet
            uri = f"{path.absolute().as_uri()}?mode=ro"
            with closing(sqlite3.connect(uri, uri=True)) as catalogue:
                rows = catalogue.execute(
                    """
                    SELECT source FROM origins WHERE instr(source, '/uploads/files/')
                    UNION SELECT copies.source FROM copies JOIN documents USING (document_id)
                    WHERE instr(copies.source, '/uploads/files/')"""
                )
                named.update(_place_of(source) for (source,) in rows)
        except (sqlite3.Error, OSError, PrecedentError):
            return set(wanted.values())
    return {file for place, file in wanted.items() if place in named}


def _place_of(file: str) -> tuple[str, ...]:
    """Return uploads/files/DIGEST/NAME, after restricted/COLLECTION where it lies in one."""
    parts = Path(file).parts
    return parts[-6:] if parts[-6:-5] == FOLDERS[:1] else parts[-4:]
