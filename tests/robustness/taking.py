"""The part of a service that takes uploads and does their jobs, without the part that listens."""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from search_api.intake import runner
from search_api.intake.arriving import Arrived
from search_api.intake.folder import UploadFolder
from search_api.intake.process import JobProcess
from search_api.intake.queue import JobQueue
from search_api.intake.records import ACTIVE, RESUMED

__all__ = ["Uploads", "take"]

_COMMAND = (sys.executable, "-m", "tests.search_api.fake_job")
_LONGEST_S = 300.0


@dataclass(frozen=True, slots=True)
class Uploads:
    """What a service is asked to take.

    Attributes:
        uploads: each of some files, as (name, content).
        end_job_after_s: its first job is killed so long after its start; None kills none.
        removals: ids of documents that are to be removed.
    """

    uploads: tuple[tuple[tuple[str, bytes], ...], ...]
    end_job_after_s: float | None = None
    removals: tuple[str, ...] = ()


def take(index_dir: Path, asked: Uploads, tell: Callable[[str], None]) -> None:
    """Start, resume what can be, take the uploads, and end when every job has ended."""
    queue = JobQueue(UploadFolder(index_dir), command=_COMMAND)
    ending = asked.end_job_after_s

    class Ended(JobProcess):
        """A process of a job that is killed after a while, if one is to be."""

        def __init__(self, *given: Any) -> None:
            nonlocal ending
            super().__init__(*given)
            if ending is not None:
                threading.Timer(ending, self._process.kill).start()
                ending = None

    with patch.object(runner, "JobProcess", Ended):
        queue.open()
        for record in queue._records.all():
            if record.job.state in RESUMED:
                queue.resume(record.job.job_id)
                tell(f"resumed {record.job.job_id}")
        for files in asked.uploads:
            queue.prepare()
            with queue.folder.arriving() as folder:
                job = queue.upload(
                    [_arrived(folder / str(n), *file) for n, file in enumerate(files)]
                )
            digests = " ".join(hashlib.sha256(content).hexdigest() for _, content in files)
            tell(f"accepted {job.job_id} {digests}")
        for document_id in asked.removals:
            tell(f"removing {queue.remove(document_id).job_id} {document_id}")
        with queue._changed:
            ended = queue._changed.wait_for(
                lambda: not any(each.job.state in ACTIVE for each in queue._records.all()),
                _LONGEST_S,
            )
            assert ended, "a job goes on for ever"
            for record in queue._records.all():
                tell(f"ended {record.job.job_id} {record.job.state}")
        queue.close()


def _arrived(path: Path, name: str, content: bytes) -> Arrived:
    path.write_bytes(content)
    return Arrived(name, len(content), hashlib.sha256(content).hexdigest(), path)
