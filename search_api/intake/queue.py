"""The queue of jobs: who asks for one, and who asks how it goes."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import InputError, StorageError
from corpus.restricted import collection_of
from indexer.restricted.place import PUBLIC, View
from search_api.intake.arriving import Arrived
from search_api.intake.errors import NotAllowedError, QueueFullError
from search_api.intake.folder import UploadFolder
from search_api.intake.process import COMMAND
from search_api.intake.progress import ended
from search_api.intake.records import ACTIVE, RESUMED, Record, Records, new_job, summary_of
from search_api.intake.runner import JobRunner
from search_api.intake.tidying import received, tidied
from search_api.intake.watching import Change, Watched
from search_api.paging import page_after
from search_api.schemas import Job, JobList

__all__ = ["MOST_WAITING", "JobQueue"]

MOST_WAITING = 20
"""Jobs that may wait; each holds its files on disk."""


class JobQueue:
    """Jobs that change the corpus; safe to use from several threads."""

    def __init__(
        self,
        folder: UploadFolder,
        models_dir: Path | None = None,
        *,
        allowed: bool = True,
        command: Sequence[str] = COMMAND,
    ) -> None:
        """Name the folder; nothing is read or started.

        Args:
            folder: of uploads, in the index folder.
            models_dir: folder of models, or None for the usual one.
            allowed: whether jobs are taken at all.
            command: starts the process of a job.
        """
        self.folder = folder
        self._allowed = allowed
        self._watched = Watched()
        self._records = Records(folder)
        self._changed = threading.Condition()
        self._runner = JobRunner(folder, self._records, self._changed, models_dir, command)

    def open(self) -> None:
        """Take up the jobs that are on disk, where this service may change anything."""
        if self._allowed and self.folder.root.is_dir():
            with contextlib.suppress(NotAllowedError), self._changed:
                self._runner.start()

    def close(self) -> None:
        """Stop; a job that runs is interrupted, and can be resumed at the next start."""
        self._runner.close()
        self.folder.release()

    def check_allowed(self) -> None:
        """Make sure that jobs are taken here.

        Raises:
            NotAllowedError: they are not; says why.
        """
        if not self._allowed:
            raise NotAllowedError(
                "uploads and removals",
                "are switched off in this service",
                "start it with PRECEDENT_UPLOADS=on, on a machine where all who reach it may",
            )
        self.folder.check_writable()

    def prepare(self, view: View = PUBLIC) -> None:
        """Make ready to take a job of somebody who sees some restricted collections.

        Jobs that he is not told of do not count: their number would tell of them.

        Raises:
            NotAllowedError: none is taken here.
            QueueFullError: too many wait already.
        """
        self.check_allowed()
        with self._changed:
            self._runner.start()
            waiting = sum(
                each.job.state == "queued" and each.is_seen_by(view) for each in self._records.all()
            )
        if waiting >= MOST_WAITING:
            raise QueueFullError("the service", f"{waiting} jobs wait already", "wait for them")

    # Asking ------------------------------------------------------------------------------------

    def upload(self, arrived: Sequence[Arrived], restricted: str | None = None) -> Job:
        """Keep the files that have arrived, and index them, into a restricted collection or not.

        Raises:
            NotAllowedError, QueueFullError: as for `prepare`.
            StorageError: the disk refuses it; nothing of it is kept.
        """
        self.prepare(_only(restricted))
        with self._changed:
            record = received(arrived, self.folder, restricted)
            try:
                return self._add(record if any(record.paths) else ended(record, "done"))
            except StorageError:
                for path, fresh in zip(record.paths, record.fresh, strict=True):
                    if fresh:
                        self.folder.of(restricted).discard(Path(path))
                raise

    def remove(self, document_id: str) -> Job:
        """Take a document out of the index, and its file where it was uploaded; raises as above."""
        restricted = collection_of(document_id)
        self.prepare(_only(restricted))
        with self._changed:
            job = new_job("remove", subject=document_id)
            return self._add(Record(job=job, restricted=restricted))

    def rebuild(self) -> Job:
        """Publish the index anew from what is held; raises as above."""
        self.prepare()
        with self._changed:
            return self._add(Record(job=new_job("rebuild")))

    def resume(self, job_id: str, view: View = PUBLIC) -> Job:
        """Go on with a job that was interrupted or has failed.

        Raises:
            UnknownNameError: there is no such job.
            InputError: it is not one of those.
            NotAllowedError, QueueFullError: as for `prepare`.
        """
        self.prepare(view)
        with self._changed:
            record = self._records.get(job_id, view)
            if record.job.state not in RESUMED:
                cause = f"is {record.job.state}"
                raise InputError("the job", cause, "only an interrupted or failed one is resumed")
            update = {"state": "queued", "ended_at": None, "reason": None, "remedy": None}
            return self._add(
                record.model_copy(update={"job": record.job.model_copy(update=update)})
            )

    def cancel(self, job_id: str, view: View = PUBLIC) -> Job:
        """Stop a job, or keep one from starting; what it has committed stays.

        One that could be resumed is given up, with its files; any other that has ended is left.

        Raises:
            UnknownNameError: there is no such job.
            NotAllowedError: jobs are not taken here.
        """
        self.check_allowed()
        with self._changed:
            record = self._records.get(job_id, view)
            if record.job.state not in (*ACTIVE, *RESUMED):
                return record.job
            record = ended(record, "cancelled")
            at_work = self._runner.process_of(job_id)
            if at_work is None:
                record = tidied(record, self._records, self.folder)
            self._records.put(record)
        if at_work is not None:
            self._runner.stop(at_work)
        with self._changed:
            return self._records.get(job_id).job

    # Telling -----------------------------------------------------------------------------------

    def jobs(
        self, view: View = PUBLIC, *, k: int | None = None, cursor: str | None = None
    ) -> JobList:
        """Return the jobs, latest first, without their files.

        Raises:
            QueryError: the cursor is not one of this list.
        """
        with self._changed:
            self._read_if_apart()
            self._records.refresh()
            jobs = [
                record.job for record in reversed(self._records.all()) if record.is_seen_by(view)
            ]
        page = page_after(jobs, lambda job: job.job_id, of="jobs", kind=str, k=k, cursor=cursor)
        return JobList(
            jobs=tuple(summary_of(job) for job in page.rows), next_cursor=page.next_cursor
        )

    def job(self, job_id: str, view: View = PUBLIC) -> Job:
        """Return a job.

        Raises:
            UnknownNameError: there is no such job.
        """
        with self._changed:
            self._read_if_apart()
            return self._records.get(job_id, view).job

    def changes(self, job_id: str, number: int, view: View = PUBLIC) -> tuple[Job, list[Change]]:
        """Return a job, and what has changed in it since the change of a number; see `Watched`.

        Raises:
            UnknownNameError: there is no such job.
        """
        job = self.job(job_id, view)
        return job, self._watched.after(job, number)

    def _read_if_apart(self) -> None:
        """Read the jobs of another service over the same index, if this one takes none."""
        if not self._runner.has_started and self.folder.jobs.is_dir():
            self._records.load()

    def _add(self, record: Record) -> Job:
        self._records.add(record)
        self._changed.notify_all()
        return record.job


def _only(restricted: str | None) -> View:
    return PUBLIC if restricted is None else frozenset([restricted])
