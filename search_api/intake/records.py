"""Jobs on disk: what was asked and how far it has come, one file of JSON each.

They hold names of documents and nothing of their words, and lie in the index folder with what was
uploaded. So a service that is ended, however that comes, knows at its next start what it had begun.
"""

from __future__ import annotations

import contextlib
import logging
import re
import secrets
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from corpus.disk import storage_told, write_whole
from corpus.errors import StorageError, UnknownNameError
from search_api.intake.folder import UploadFolder
from search_api.schemas import Job, JobCounts, JobFile, JobKind, JobSummary
from search_api.schemas.contract import Contract

__all__ = [
    "ACTIVE",
    "KEPT_JOBS",
    "RESUMED",
    "Record",
    "Records",
    "new_job",
    "now",
    "summary_of",
    "with_files",
]

ACTIVE = frozenset({"queued", "running"})
"""States of a job that is still to end."""

RESUMED = frozenset({"interrupted", "failed"})
"""States of a job that can go on, and whose files are kept for it."""

KEPT_JOBS = 50
"""Jobs that have ended and are still told of."""

_JOB_ID = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{6}")
_log = logging.getLogger(__name__)


class Record(Contract):
    """A job as it is kept.

    Attributes:
        job: what is told of it.
        paths: for each file where it lies, or "" where there is nothing to read.
        fresh: for each file whether it came with this job, and goes with it.
        attempt: how many times it was begun.
        place: in the order that jobs came in, from 1; names go by a clock that may be set back.
        restricted: the collection it is of; who may not see that is not told of the job.
        freed: files that held nothing but the document it removes, noted before it is: one that
            was cut behind its commit is known by them, and they go when it ends.
    """

    job: Job
    paths: tuple[str, ...] = ()
    fresh: tuple[bool, ...] = ()
    attempt: int = 0
    place: int = 0
    restricted: str | None = None
    freed: tuple[str, ...] = ()

    def is_seen_by(self, view: frozenset[str]) -> bool:
        """Tell whether those who see some restricted collections are told of the job."""
        return self.restricted is None or self.restricted in view


def now() -> str:
    """Return the time, ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def new_job(kind: JobKind, *, subject: str | None = None, files: tuple[JobFile, ...] = ()) -> Job:
    """Return a job that waits for its turn."""
    at = datetime.now(UTC)
    job_id = f"{at:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
    job = Job(job_id=job_id, kind=kind, state="queued", subject=subject, created_at=now())
    return with_files(job, files)


def summary_of(job: Job) -> JobSummary:
    """Return a job without its files."""
    return JobSummary(**job.model_dump(exclude={"files"}))


def with_files(job: Job, files: tuple[JobFile, ...]) -> Job:
    """Return a job with other files, and their counts."""
    counted: Counter[str] = Counter(file.outcome for file in files)
    counts = JobCounts(**counted)
    return job.model_copy(update={"files": files, "counts": counts})


class Records:
    """The jobs of a folder, in the order they were made; not for several threads at once."""

    def __init__(self, folder: UploadFolder) -> None:
        """Name the folder of uploads; nothing is read."""
        self._folder = folder
        self._records: dict[str, Record] = {}
        self._written: dict[str, tuple[int, int]] = {}

    def load(self) -> None:
        """Read what is there; a file that cannot be read is passed over, and the log names it."""
        self._records.clear()
        self._written.clear()
        found: list[Record] = []
        names = (None, *self._folder.collections())
        paths = (path for name in names for path in self._folder.of(name).jobs.glob("*.json"))
        for path in sorted(paths, key=lambda path: path.name):
            try:
                record = Record.model_validate_json(path.read_bytes())
            except (OSError, ValidationError) as error:
                _log.warning("job %s cannot be read: %s", path.stem, type(error).__name__)
                continue
            found.append(record)
            self._note(record.job.job_id, path)
        for record in sorted(found, key=lambda record: record.place):
            self.hold(record)

    def refresh(self) -> None:
        """Look on disk for what was taken out of the records of jobs that have ended.

        `precedent restricted set` does that; the service goes on meanwhile.
        """
        for record in self.all():
            self._refresh(record)

    def all(self) -> list[Record]:
        """Return the records, earliest first."""
        return list(self._records.values())

    def get(self, job_id: str, view: frozenset[str] | None = None) -> Record:
        """Return a record.

        Args:
            job_id: of it.
            view: restricted collections that who asks may see; None may see all.

        Raises:
            UnknownNameError: there is no such job, or none to see.
        """
        record = self._records.get(job_id) if _JOB_ID.fullmatch(job_id) else None
        record = None if record is None else self._refresh(record)
        if record is None or not (view is None or record.is_seen_by(view)):
            raise UnknownNameError("the job", "is not known", "GET /v1/jobs lists those there are")
        return record

    def add(self, record: Record) -> None:
        """Keep a job that is new, or is to go on: once this returns it outlives a power cut.

        Raises:
            StorageError: the disk refuses it; the job is as it was before, or is none.
        """
        before = self._records.get(record.job.job_id)
        try:
            with storage_told(self._folder.jobs, "try again: what was there before is kept"):
                self._write(self.hold(record))
        except StorageError:
            del self._records[record.job.job_id]
            if before is not None:
                self.hold(before)
            raise

    def put(self, record: Record) -> list[Record]:
        """Keep a record, on disk too, and forget those that ended first; return these.

        On a full disk a job goes on, and at the next start is taken for as far as was written.
        """
        record = self.hold(record)
        try:
            self._write(record)
        except OSError as error:
            _log.warning("job %s cannot be written: %s", record.job.job_id, error.strerror)
        ended = [
            each
            for each in self._records.values()
            if each.job.state not in ACTIVE and each.restricted == record.restricted
        ]
        # An old job that was resumed ends now; whoever has put it still looks for it.
        ended.sort(key=lambda each: (each is record, each.job.ended_at or "", each.place))
        forgotten = ended[: max(0, len(ended) - KEPT_JOBS)]
        for old in forgotten:
            self._forget(old)
            with contextlib.suppress(OSError):
                self._path(old).unlink()
        return forgotten

    def hold(self, record: Record) -> Record:
        """Keep a record in memory alone, as the next `put` writes it; return it in its place."""
        if not record.place:
            last = max((each.place for each in self._records.values()), default=0)
            record = record.model_copy(update={"place": last + 1})
        self._records[record.job.job_id] = record
        return record

    def _write(self, record: Record) -> None:
        self._folder.of(record.restricted).make()
        path = self._path(record)
        self._written.pop(record.job.job_id, None)
        write_whole(path, record.model_dump_json().encode())
        self._note(record.job.job_id, path)

    def _note(self, job_id: str, path: Path) -> None:
        with contextlib.suppress(OSError):
            about = path.stat()
            self._written[job_id] = (about.st_mtime_ns, about.st_ino)

    def _forget(self, record: Record) -> None:
        del self._records[record.job.job_id]
        self._written.pop(record.job.job_id, None)

    def _refresh(self, record: Record) -> Record | None:
        """Return a record as it is on disk now, or None where it is gone from there."""
        job_id = record.job.job_id
        written = self._written.get(job_id)
        if record.job.state in ACTIVE or written is None:
            return record
        path = self._path(record)
        try:
            about = path.stat()
            if (about.st_mtime_ns, about.st_ino) == written:
                return record
            found = Record.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            self._forget(record)
            return None
        except (OSError, ValidationError):
            return record
        self._note(job_id, path)
        return self.hold(found)

    def _path(self, record: Record) -> Path:
        return self._folder.of(record.restricted).jobs / f"{record.job.job_id}.json"
