"""Files of a job: kept when they arrive, and removed where nothing is held from them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from indexer.outcomes import uploads_held
from indexer.restricted.place import collections_of
from search_api.intake.arriving import Arrived
from search_api.intake.folder import Kept, UploadFolder
from search_api.intake.records import ACTIVE, RESUMED, Record, Records, new_job, with_files
from search_api.schemas import Job, JobFile

__all__ = ["discard_unheld", "discard_unnamed", "received", "tidied"]

_YOUNG_S = 3600.0
"""Of a file whose place in the catalogue may still be changing."""


def received(
    arrived: Sequence[Arrived], folder: UploadFolder, restricted: str | None = None
) -> Record:
    """Keep files that have arrived; return the job that is to index them."""
    folder = folder.of(restricted)
    folder.make()
    files: list[JobFile] = []
    paths: list[str] = []
    fresh: list[bool] = []
    for each in arrived:
        file = JobFile(name=each.name, bytes=each.bytes, outcome="waiting")
        path, is_fresh, told = "", False, {}
        if each.path is None:
            told = {"outcome": "failed", "reason": each.reason, "remedy": each.remedy}
        else:
            kept = _kept(each, folder, paths, fresh)
            path, is_fresh = str(kept.path), kept.fresh
            if path in paths:
                twin = files[paths.index(path)].name
                told = {"outcome": "duplicate", "reason": f"the same bytes as {twin}"}
                path, is_fresh = "", False
        files.append(file.model_copy(update=told))
        paths.append(path)
        fresh.append(is_fresh)
    job = new_job("upload", files=tuple(files))
    return Record(job=job, paths=tuple(paths), fresh=tuple(fresh), restricted=restricted)


def _kept(
    arrived: Arrived, folder: UploadFolder, paths: Sequence[str], fresh: Sequence[bool]
) -> Kept:
    """Keep a file; where the disk refuses it, those that came with it go too."""
    assert arrived.path is not None  # noqa: S101  (it is not refused)
    try:
        return folder.keep(arrived.path, arrived.sha256, arrived.name)
    except OSError:
        for path, is_fresh in zip(paths, fresh, strict=True):
            if is_fresh:
                folder.discard(Path(path))
        raise


def tidied(record: Record, records: Records, folder: UploadFolder) -> Record:
    """Remove the files that nothing is held from, of a job that will not go on.

    Those of the user's own folders stay.

    Args:
        record: of the job.
        records: of all jobs: what another one still is to read stays.
        folder: the files lie in.
    """
    job = record.job
    if job.state not in ("done", "cancelled"):
        return record
    unread = [
        path
        for file, path in zip(job.files, record.paths, strict=True)
        if path and file.outcome in ("failed", "waiting")
    ]
    discard_unheld((*unread, *record.freed), records, folder, record)
    files = tuple(
        file.model_copy(update={"outcome": "skipped"}) if file.outcome == "waiting" else file
        for file in job.files
    )
    return record.model_copy(update={"job": with_files(job, files)})


def discard_unheld(
    paths: Iterable[str], records: Records, folder: UploadFolder, record: Record
) -> None:
    """Remove those files of a job that nothing is held from and no other job is still to read.

    The catalogue is asked, whatever the job was told: it may have been stopped, or the service
    killed, after documents of a file were kept and before that was told; another job may have read
    the same bytes.
    """
    unwanted = {path for path in paths if path and not _is_wanted(path, record.job, records)}
    for path in unwanted - uploads_held(folder.index_dir, unwanted):
        folder.of(record.restricted).discard(Path(path))


def discard_unnamed(records: Records, folder: UploadFolder) -> None:
    """Remove files of uploads that no job and no catalogue names, as a killed service leaves them.

    A job that cannot be read may name any of them, and what came within the hour may be on its way
    from one collection to another: these stay.
    """
    named = {path for each in records.all() for path in each.paths}
    read = {each.job.job_id for each in records.all()}
    names = (None, *collections_of(folder.index_dir))
    apart = [folder.of(name) for name in names]
    if any(path.stem not in read for each in apart for path in each.jobs.glob("*.json")):
        return
    old = time.time() - _YOUNG_S
    for each in apart:
        unnamed = {str(path) for path in each.files() if path.lstat().st_ctime < old} - named
        for path in unnamed - uploads_held(folder.index_dir, unnamed):
            each.discard(Path(path))


def _is_wanted(path: str, job: Job, records: Records) -> bool:
    return any(
        path in each.paths
        for each in records.all()
        if each.job.job_id != job.job_id and each.job.state in (*ACTIVE, *RESUMED)
    )
