"""What belongs to a restricted collection, saved from a damaged catalogue of it."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing, suppress
from pathlib import Path

from corpus.restricted import id_outside
from indexer.databases import read_database, read_rows
from indexer.restricted.compartment import create_tables, names_of_file
from indexer.unread import had_now

__all__ = ["salvage_claims"]


def salvage_claims(damaged: Path, target: Path, public: Path) -> list[str]:
    """Copy claims and folders that can be read; what is held and unclaimed is claimed again.

    Where folders cannot be read, those that hold its files are claimed but for uploads and for
    folders that hold public files as well, as these were not remembered as a whole.

    Args:
        damaged: the catalogue to read.
        target: the new one, to write to.
        public: the public catalogue.

    Returns:
        the tables of which not all could be read.

    Raises:
        IndexBusyError, StorageError: a catalogue cannot be had just now.
    """
    unread: list[str] = []
    with ExitStack() as stack:
        held = stack.enter_context(closing(sqlite3.connect(target, isolation_level=None)))
        create_tables(held)
        source: sqlite3.Connection | None = None
        with suppress(sqlite3.DatabaseError), had_now(damaged):
            source = stack.enter_context(read_database(damaged))
        for table, places in (("claims", "?, ?"), ("folders", "?"), ("released", "?, ?")):
            rows, are_all = read_rows(source, f"SELECT * FROM {table}")
            if not are_all:
                unread.append(table)
            held.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({places})", map(tuple, rows))
        documents = held.execute(
            "SELECT document_id, o.source, file_format FROM documents JOIN origins o "
            "USING (document_id)"
        ).fetchall()
        for document_id, origin, file_format in documents:
            # Of records, the others of their file may be public.
            which = id_outside(document_id) if file_format == "jsonl" else ""
            for name in dict.fromkeys((origin, *names_of_file(Path(origin)))):
                held.execute("INSERT OR IGNORE INTO claims VALUES (?, ?)", (name, which))
        if "folders" in unread:
            folders = {Path(origin).parent for _, origin, _ in documents}
            folders -= {each for each in folders if "uploads" in each.parts}
            folders -= _folders_of(public)
            names = {name for folder in folders for name in names_of_file(folder)}
            held.executemany(
                "INSERT OR IGNORE INTO folders VALUES (?)", ((name,) for name in sorted(names))
            )
    return unread


def _folders_of(catalogue: Path) -> set[Path]:
    """Return every folder that a document was read from, or one in it was."""
    rows: list[sqlite3.Row] = []
    with (
        suppress(sqlite3.DatabaseError),
        had_now(catalogue),
        read_database(catalogue) as connection,
    ):
        rows, _ = read_rows(connection, "SELECT source FROM origins")
    return {folder for (source,) in rows for folder in Path(source).parents}
