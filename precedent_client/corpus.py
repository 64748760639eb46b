"""Calls that change the corpus, and to the service itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from precedent_client.addressing import params_of, segment, symbol_path
from precedent_client.answers import problem_in, read
from precedent_client.calls import Calls
from precedent_client.connection import UploadFile
from precedent_client.errors import ForeignServiceError
from precedent_client.events import events
from search_api.schemas import (
    CorpusState,
    Info,
    Job,
    JobFileEvent,
    JobList,
    JobSummary,
    Liveness,
    Readiness,
)

__all__ = ["Corpus"]


class Corpus(Calls):
    """Calls that change the corpus, and to the service itself."""

    def corpus(self) -> CorpusState:
        """Return where the index lies, its size, and whether it may be changed."""
        return self._connection.get("/v1/corpus", CorpusState)

    def upload(self, files: Sequence[UploadFile | Path], *, restricted: str | None = None) -> Job:
        """Send files to be indexed, as a job; they are read as they are sent.

        Args:
            files: Paths, or names with what to read from.
            restricted: The restricted collection they go into; the key has to have its scope.
        """
        with ExitStack() as opened:
            form: list[UploadFile] = [
                (file.name, opened.enter_context(file.open("rb")))
                if isinstance(file, Path)
                else file
                for file in files
            ]
            return self._connection.upload(
                "/v1/uploads", form, Job, params_of(restricted=restricted)
            )

    def jobs(self, *, k: int | None = None, cursor: str | None = None) -> JobList:
        """Return the jobs under way and the last that have ended, without their files."""
        return self._connection.get("/v1/jobs", JobList, params_of(k=k, cursor=cursor))

    def job(self, job_id: str) -> Job:
        """Return how far a job has come, and what became of each of its files."""
        return self._connection.get(_of_job(job_id), Job)

    def job_events(self, job_id: str) -> Iterator[JobSummary | JobFileEvent]:
        """Yield how far a job has come, and what became of each file, until it has ended.

        Where the connection breaks, it goes on from what was told last.

        Raises:
            ServiceError: there is no service any more, or it ended before the job did.
        """
        return events(self._connection, f"{_of_job(job_id)}/events")

    def wait_for_job(self, job_id: str) -> Job:
        """Return a job with what became of each file, once it has ended, in whatever way."""
        for _ in self.job_events(job_id):
            pass
        return self.job(job_id)

    def cancel_job(self, job_id: str) -> Job:
        """Stop a job; what it has committed stays."""
        return self._connection.change("DELETE", _of_job(job_id), Job)

    def resume_job(self, job_id: str) -> Job:
        """Queue a job again that was interrupted or has failed."""
        return self._connection.change("POST", f"{_of_job(job_id)}/resume", Job)

    def remove_document(self, symbol: str) -> Job:
        """Take a document out of the index, as a job.

        Args:
            symbol: The id of the document, which of several languages it is being part of it.
        """
        path = f"/v1/documents/{symbol_path(symbol)}"
        return self._connection.change("DELETE", path, Job)

    def rebuild_index(self) -> Job:
        """Write the index anew from what is held, as a job; nothing is embedded again."""
        return self._connection.change("POST", "/v1/index/rebuild", Job)

    def info(self) -> Info:
        """Return what is served: model, generation, counts."""
        return self._connection.get("/v1/info", Info)

    def healthz(self) -> Liveness:
        """Return that the service answers."""
        return self._connection.get("/healthz", Liveness)

    def readyz(self) -> Readiness:
        """Return whether searches can be answered; a 503 is an answer here, not an error."""
        response = self._connection.status("/readyz")
        try:
            return read(self._connection.url, response.content, Readiness)
        except ForeignServiceError:
            problem = problem_in(response)
            if response.status_code != 503:
                raise
            return Readiness(ready=False, reason=problem.detail if problem else "it is not ready")


def _of_job(job_id: str) -> str:
    return f"/v1/jobs/{segment(job_id)}"
