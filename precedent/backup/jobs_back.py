"""Records of uploads on their way back; what one of them names is what a service would index."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

from pydantic import ValidationError

from corpus.disk import write_whole
from precedent.backup.reading import Backup
from precedent.backup.relocation import located
from search_api.intake.progress import ended
from search_api.intake.records import ACTIVE, RESUMED, Record

__all__ = ["named_by_jobs", "put_jobs"]

_LONGEST = 16 << 20
"""Bytes of a record; one of the 500 files that an upload may have has some 200 kB."""

_FILE = re.compile(r"[0-9a-f]{64}/(?!\.{1,2}$)[^/\x00]+")


def put_jobs(
    backup: Backup, folder: Path, prefix: str, index_dir: Path, restricted: str | None = None
) -> None:
    """Put records of uploads in place, with the folder of the index in their paths.

    A backup may come from somebody else: a record that names any file but those uploaded to that
    very folder is passed over, and none goes on by itself.

    Args:
        backup: verified.
        folder: of the records.
        prefix: of the members that are records of that folder.
        index_dir: folder of the index.
        restricted: collection that the folder is of.
    """
    for name in backup.names(prefix):
        if backup.contents.members[name].size > _LONGEST:
            continue
        content = b"".join(backup.blocks(name))
        with contextlib.suppress(ValueError, RecursionError):
            record = Record.model_validate_json(located(content, index_dir))
            if not _is_possible(record, Path(name).stem, folder, restricted):
                continue
            if record.job.state in ACTIVE:
                record = ended(record, "interrupted")
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(folder / Path(name).name, record.model_dump_json().encode())


def _is_possible(record: Record, job_id: str, folder: Path, restricted: str | None) -> bool:
    files = f"{folder.absolute().parent / 'files'}/"
    return (
        record.job.job_id == job_id
        and record.restricted == restricted
        and len(record.paths) == len(record.fresh) == len(record.job.files)
        and all(
            not path or (path.startswith(files) and _FILE.fullmatch(path.removeprefix(files)))
            for path in record.paths
        )
    )


def named_by_jobs(folder: Path) -> set[str]:
    """Return the paths that records in a folder name of jobs that go on, or can."""
    found: set[str] = set()
    for path in folder.glob("*.json"):
        with contextlib.suppress(OSError, ValidationError):
            record = Record.model_validate_json(path.read_bytes())
            if record.job.state in ACTIVE | RESUMED:
                found.update(record.paths)
    return found
