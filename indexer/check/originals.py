"""Files that were uploaded: each is kept under its digest, for as long as a document is from it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from indexer.check.report import Report
from indexer.checksums import sha256_of

__all__ = ["UPLOADS", "check_originals", "uploaded_files"]

UPLOADS = Path("uploads", "files")
"""Where uploaded files lie in the index folder: `UPLOADS/<sha256>/<name>`."""

_REMEDY = "restore a backup, or upload the file again"


def uploaded_files(index_dir: Path) -> list[Path]:
    """Return the files that were uploaded, by path; links and folders are none."""
    found = (index_dir / UPLOADS).glob("*/*")
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


def check_originals(connection: sqlite3.Connection, index_dir: Path, report: Report) -> None:
    """Compare each uploaded file with its digest, and look for those that documents are from.

    Files of the user's own folders are left out: they may change or go, and the index tells so.
    """
    for path in uploaded_files(index_dir):
        report.checked.originals += 1
        try:
            found = sha256_of(path)
        except OSError as error:
            report.add("original", str(path), f"cannot be read: {error.strerror}", _REMEDY)
            continue
        if found != path.parent.name:
            report.add("original", str(path), "is not the file that was uploaded", _REMEDY)
    inside = f"{(index_dir / UPLOADS).absolute()}/"
    for (source,) in connection.execute(
        "SELECT DISTINCT source FROM origins WHERE substr(source, 1, ?) = ? ORDER BY 1",
        (len(inside), inside),
    ).fetchall():
        if not Path(source).is_file():
            report.add("original", source, "is missing, and a document was read from it", _REMEDY)
