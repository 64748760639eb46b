"""Calls that change the corpus, and to the service itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import httpx

from precedent_client.addressing import params_of, segment, symbol_path
from precedent_client.answers import problem_in, read
from precedent_client.calls import (
    Call,
    UploadFile,
    change,
    get,
    once,
    operation,
    series,
    upload,
)
from precedent_client.errors import ForeignServiceError
from precedent_client.events import JobEvents
from search_api.schemas import (
    CorpusState,
    Info,
    Job,
    JobList,
    Liveness,
    Readiness,
)

__all__ = ["Corpus"]


class Corpus:
    """Calls that change the corpus, and to the service itself."""

    @operation
    def corpus(self) -> Call[CorpusState]:
        """Return where the index lies, its size, and whether it may be changed."""
        return get("/v1/corpus", CorpusState)

    @operation
    def upload(
        self, files: Sequence[UploadFile | Path], *, restricted: str | None = None
    ) -> Call[Job]:
        """Send files to be indexed, as a job; they are read as they are sent.

        Args:
            files: Paths, or names with what to read from.
            restricted: The restricted collection they go into; the key has to have its scope.
        """
        return upload("/v1/uploads", files, Job, params_of(restricted=restricted))

    @operation
    def jobs(self, *, k: int | None = None, cursor: str | None = None) -> Call[JobList]:
        """Return the jobs under way and the last that have ended, without their files."""
        return get("/v1/jobs", JobList, params_of(k=k, cursor=cursor))

    @operation
    def job(self, job_id: str) -> Call[Job]:
        """Return how far a job has come, and what became of each of its files."""
        return get(_of_job(job_id), Job)

    @series
    def job_events(self, job_id: str) -> JobEvents:
        """Yield how far a job has come, and what became of each file, until it has ended.

        Where the connection breaks, it goes on from what was told last.

        Raises:
            ServiceError: there is no service any more, or it ended before the job did.
        """
        return JobEvents(f"{_of_job(job_id)}/events")

    @operation
    def cancel_job(self, job_id: str) -> Call[Job]:
        """Stop a job; what it has committed stays."""
        return change("DELETE", _of_job(job_id), Job)

    @operation
    def resume_job(self, job_id: str) -> Call[Job]:
        """Queue a job again that was interrupted or has failed."""
        return change("POST", f"{_of_job(job_id)}/resume", Job)

    @operation
    def remove_document(self, symbol: str) -> Call[Job]:
        """Take a document out of the index, as a job.

        Args:
            symbol: The id of the document, which of several languages it is being part of it.
        """
        path = f"/v1/documents/{symbol_path(symbol)}"
        return change("DELETE", path, Job)

    @operation
    def rebuild_index(self) -> Call[Job]:
        """Write the index anew from what is held, as a job; nothing is embedded again."""
        return change("POST", "/v1/index/rebuild", Job)

    @operation
    def info(self) -> Call[Info]:
        """Return what is served: model, generation, counts."""
        return get("/v1/info", Info)

    @operation
    def healthz(self) -> Call[Liveness]:
        """Return that the service answers."""
        return get("/healthz", Liveness)

    @operation
    def readyz(self) -> Call[Readiness]:
        """Return whether searches can be answered; a 503 is an answer here, not an error."""
        return once("/readyz", _readiness)


def _readiness(url: str, response: httpx.Response) -> Readiness:
    try:
        return read(url, response.content, Readiness)
    except ForeignServiceError:
        problem = problem_in(response)
        if response.status_code != 503:
            raise
        return Readiness(ready=False, reason=problem.detail if problem else "it is not ready")


def _of_job(job_id: str) -> str:
    return f"/v1/jobs/{segment(job_id)}"
