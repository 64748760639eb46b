"""What is noted of files that hold no document of their own: copies of others, and failures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.report import Failure

__all__ = ["forget_copies", "note_copy", "note_failures"]


def forget_copies(catalogue: Catalogue, source: str) -> None:
    """Forget of what a file was a copy; it is read again."""
    with catalogue.transaction():
        cursor = catalogue.connection.execute("DELETE FROM copies WHERE source = ?", (source,))
        if cursor.rowcount:
            catalogue.count_change()


def note_copy(catalogue: Catalogue, source: str, document_id: str, sha256: str) -> None:
    """Record that a file holds the same bytes as a document that is held."""
    with catalogue.transaction():
        catalogue.connection.execute(
            "INSERT OR REPLACE INTO copies VALUES (?, ?, ?)", (source, document_id, sha256)
        )
        catalogue.count_change()


def note_failures(
    catalogue: Catalogue, origins: Iterable[str], failures: Iterable[Failure]
) -> None:
    """Record what could not be read in a run, in place of what was known of those files.

    Failures of other files are kept until these are read too, unless they are gone. Nothing
    counts as a change where the same files failed for the same reasons before.

    Args:
        catalogue: to record in.
        origins: files that the run tried.
        failures: what failed, in them or as they were looked for.
    """
    at = datetime.now(UTC).isoformat(timespec="seconds")
    before = _failures(catalogue)
    tried = set(origins)
    gone = {o for _, o, _, _ in before if o not in tried and not Path(o).exists()}
    with catalogue.transaction():
        catalogue.connection.executemany(
            "DELETE FROM failures WHERE origin = ?", ((o,) for o in tried | gone)
        )
        catalogue.connection.executemany(
            "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?)",
            ((f.source, f.origin, f.kind, f.reason, at) for f in failures),
        )
        if _failures(catalogue) != before and catalogue.count("documents"):
            catalogue.count_change()


def _failures(catalogue: Catalogue) -> set[tuple[str, str, str, str]]:
    rows = catalogue.connection.execute("SELECT source, origin, kind, reason FROM failures")
    return set(rows.fetchall())
