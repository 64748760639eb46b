"""The thread that does the jobs: one at a time, in the order they came, each in its process."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import PrecedentError, UnknownNameError
from indexer.asked import Action, Asked
from indexer.outcomes import files_of
from indexer.restricted.place import collections_of
from search_api.intake.folder import UploadFolder
from search_api.intake.process import JobProcess
from search_api.intake.progress import after_line, ended
from search_api.intake.records import ACTIVE, Record, Records
from search_api.intake.tidying import discard_unheld, discard_unnamed, tidied
from search_api.schemas import Job, JobKind

__all__ = ["JobRunner"]

_WRITE_EVERY_S = 1.0
"""Between two writings of a job's progress, which is on disk for the next start alone."""

_ACTIONS: dict[JobKind, Action] = {"upload": "index", "remove": "remove", "rebuild": "rebuild"}
_log = logging.getLogger(__name__)


class JobRunner:
    """Does the jobs that are queued in the records, which it shares with the queue.

    Every method but `close` and `stop` is called with the lock of `changed` held.
    """

    def __init__(
        self,
        folder: UploadFolder,
        records: Records,
        changed: threading.Condition,
        models_dir: Path | None,
        command: Sequence[str],
    ) -> None:
        """Name what it works on; nothing is read or started.

        Args:
            folder: of uploads, in the index folder.
            records: of the jobs.
            changed: guards the records, and is notified of their changes.
            models_dir: folder of models, or None for the usual one.
            command: starts the process of a job.
        """
        self._folder = folder
        self._records = records
        self._changed = changed
        self._models_dir = models_dir
        self._command = tuple(command)
        self._stale = False
        self._running: tuple[str, JobProcess] | None = None
        self._closing = False
        self._thread: threading.Thread | None = None

    @property
    def has_started(self) -> bool:
        """Whether this service is the one that does jobs."""
        return self._thread is not None

    def start(self) -> None:
        """Become the one service that takes uploads, and take up what the last one left.

        Raises:
            NotAllowedError: another one is.
        """
        if self._thread is not None:
            return
        self._folder.claim()
        self._records.load()
        for record in self._records.all():
            if record.job.state == "running":
                self._records.put(ended(record, "interrupted"))
        discard_unnamed(self._records, self._folder)
        self._stale = True
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop; a job that runs is interrupted, and can be resumed at the next start."""
        with self._changed:
            self._closing = True
            running = self._running
            self._changed.notify_all()
        if running is not None:
            running[1].stop()
        if self._thread is not None:
            self._thread.join()

    def process_of(self, job_id: str) -> JobProcess | None:
        """Return the process of a job that is being done, or None."""
        running = self._running
        return running[1] if running is not None and running[0] == job_id else None

    def stop(self, process: JobProcess) -> None:
        """End a process, and wait until the thread that reads its lines has tidied up."""
        process.stop()
        with self._changed:
            self._changed.wait_for(lambda: self._running is None or self._running[1] != process)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._closing or self._stale or self._next() is not None
                )
                if self._closing:
                    return
                record = self._next()
            try:
                if record is None:
                    self._refresh_views()
                else:
                    self._do(record)
            except Exception as error:  # one job may fail by it, and none after
                self._failed(record, error)

    def _do(self, record: Record) -> None:
        """Do a job that is queued."""
        with self._changed:
            held = self._held(record.job.job_id)
            if self._closing or held is None or held.job.state != "queued":
                return
            job = record.job.model_copy(update={"state": "running"})
            freed = record.freed or self._freed_by(job)
            update = {"job": job, "attempt": record.attempt + 1, "freed": freed}
            record = record.model_copy(update=update)
            self._records.put(record)
            try:
                process = JobProcess(self._asked(record), self._command)
            except PrecedentError as error:
                told = {"reason": error.cause, "remedy": error.remedy}
                self._records.put(ended(record, "failed", **told))
                return
            self._running = (job.job_id, process)
        self._follow(job.job_id, process)
        self._stale = True

    def _failed(self, record: Record | None, error: Exception) -> None:
        """Take a fault of the service's own for a failure of the job; the log names the place."""
        what = "views" if record is None else f"job {record.job.job_id}"
        places = "".join(traceback.format_tb(error.__traceback__))
        _log.error("%s failed: %s\n%s", what, type(error).__name__, places)
        with self._changed:
            running = self._running
        if running is not None:
            running[1].stop()
        with self._changed:
            self._running = None
            held = None if record is None else self._held(record.job.job_id)
            if held is not None and held.job.state in ACTIVE:
                cause = f"the service failed by a fault of its own ({type(error).__name__})"
                remedy = "resume it; the service's log names the place"
                self._records.put(ended(held, "failed", reason=cause, remedy=remedy))
            self._changed.notify_all()

    def _held(self, job_id: str) -> Record | None:
        """Return a record, or None where it is gone."""
        try:
            return self._records.get(job_id)
        except UnknownNameError:
            return None

    def _refresh_views(self) -> None:
        """Publish the views of restricted collections, after the jobs that wait.

        No job tells of it: whoever waits for his own is not told that there are such views.
        """
        self._stale = False
        if not collections_of(self._folder.index_dir):
            return
        asked = Asked("views", str(self._folder.index_dir), self._models())
        try:
            with self._changed:
                if self._closing:
                    return
                process = JobProcess(asked, self._command)
                self._running = ("", process)
        except PrecedentError as error:
            _log.warning("views not published: %s", error.cause)
            return
        for what, value in process.lines():
            if what == "error":
                _log.warning("views not published: %s", value["cause"])
        with self._changed:
            self._running = None
            self._changed.notify_all()

    def _models(self) -> str | None:
        return None if self._models_dir is None else str(self._models_dir.absolute())

    def _next(self) -> Record | None:
        queued = (each for each in self._records.all() if each.job.state == "queued")
        return next(queued, None)

    def _asked(self, record: Record) -> Asked:
        return Asked(
            action=_ACTIONS[record.job.kind],
            index_dir=str(self._folder.index_dir),
            models_dir=self._models(),
            files=tuple(path for path in record.paths if path and Path(path).is_file()),
            document_id=record.job.subject or "",
            restricted=record.restricted,
            again=record.attempt > 1 and bool(record.freed),
        )

    def _freed_by(self, job: Job) -> tuple[str, ...]:
        """Return the files that nothing is held from once a job is done; on disk before it is."""
        if job.kind == "remove" and job.subject is not None:
            with contextlib.suppress(sqlite3.Error):  # the process says what is wrong
                return tuple(files_of(self._folder.index_dir, job.subject))
        return ()

    def _follow(self, job_id: str, process: JobProcess) -> None:
        """Keep what a process tells until it ends; its end is told when all is tidied up."""
        written = time.monotonic()
        end: Record | None = None
        for what, value in process.lines():
            with self._changed:
                record = self._held(job_id)
                if record is None:
                    continue
                if record.job.state != "running" and what != "outcome":  # stopped meanwhile
                    continue
                record = after_line(record, what, value)
                if what in ("done", "error"):
                    end = record
                elif time.monotonic() - written > _WRITE_EVERY_S:
                    self._records.put(record)
                    written = time.monotonic()
                else:
                    self._records.hold(record)
        with self._changed:
            self._running = None
            self._changed.notify_all()
            record = self._held(job_id)
            if record is None:
                return
            if record.job.state == "running":  # else it was stopped
                record = end or ended(record, "interrupted")  # by the end of the service
            for old in self._records.put(tidied(record, self._records, self._folder)):
                discard_unheld(old.paths, self._records, self._folder, old)
