"""The part of the small service that changes the corpus: jobs that go a step with every look."""

from __future__ import annotations

import re

from pydantic import BaseModel

from search_api.schemas import (
    CorpusState,
    DocumentList,
    DocumentSummary,
    Job,
    JobDocument,
    JobFile,
    JobList,
    JobSummary,
    Passage,
    UploadBounds,
)

__all__ = ["FakeCorpus"]

_NAME = re.compile(rb'filename="([^"]*)"')


class FakeCorpus:
    """Documents, and jobs that are under way as long as `held` is true.

    Attributes:
        changeable: whether it takes uploads.
        held: keeps jobs from ending.
        jobs: latest first.
    """

    def __init__(self, passages: list[Passage]) -> None:
        self._passages = passages
        self.changeable = True
        self.held = False
        self.jobs: list[Job] = []

    def answer(
        self, method: str, path: str, params: dict[str, list[str]], body: bytes
    ) -> BaseModel | None:
        """Answer a request of this part, or return None where it is of another."""
        if path == "/v1/corpus":
            return self._state()
        if path == "/v1/documents":
            return self._documents(params)
        if path == "/v1/uploads":
            names = [name.decode() for name in _NAME.findall(body)]
            return self._add("upload", files=tuple(map(_waiting, names)))
        if path == "/v1/index/rebuild":
            return self._add("rebuild")
        if path.startswith("/v1/documents/") and method == "DELETE":
            return self._add("remove", subject=path.removeprefix("/v1/documents/"))
        if path == "/v1/jobs":
            shown = [JobSummary(**job.model_dump(exclude={"files"})) for job in self.jobs]
            return JobList(jobs=tuple(shown))
        if path.startswith("/v1/jobs/"):
            return self._job(method, *path.removeprefix("/v1/jobs/").split("/"))
        return None

    def _state(self) -> CorpusState:
        return CorpusState(
            index_dir="/home/somebody/precedent/index",
            index_bytes=3 << 20,
            uploaded_files=2,
            uploaded_bytes=2048,
            changeable=self.changeable,
            reason=None if self.changeable else "the index may only be read by this service",
            remedy=None if self.changeable else "give it a folder it may write to",
            bounds=UploadBounds(files=3, file_bytes=1 << 20, bytes=2 << 20),
        )

    def _documents(self, params: dict[str, list[str]]) -> DocumentList:
        text = params.get("q", [""])[0].casefold()
        firsts = {p.document_id: p for p in reversed(self._passages)}
        found = [
            p
            for p in sorted(firsts.values(), key=lambda p: p.document_id)
            if text in f"{p.symbol} {p.title}".casefold()
            and p.kind in params.get("kind", [p.kind])
            and p.language in params.get("language", [p.language])
        ]
        offset, k = int(params["offset"][0]), int(params["k"][0])
        page = tuple(map(_summary, found[offset : offset + k]))
        return DocumentList(total=len(found), offset=offset, documents=page)

    def _add(self, kind: str, **given: object) -> Job:
        job_id = f"20250504-1015{len(self.jobs):02d}-3f2a91"
        at = "2025-05-04T10:15:00Z"
        job = Job.model_validate(
            {"job_id": job_id, "kind": kind, "state": "queued", "created_at": at, **given}
        )
        self.jobs.insert(0, job)
        return job

    def _job(self, method: str, job_id: str, action: str = "") -> Job | None:
        at = next((n for n, job in enumerate(self.jobs) if job.job_id == job_id), None)
        if at is None:
            return None
        job = self.jobs[at]
        if method == "DELETE":
            job = job.model_copy(update={"state": "cancelled"})
        elif action == "resume":
            job = job.model_copy(update={"state": "queued", "reason": None, "remedy": None})
        elif job.state == "queued":
            reading = job.files[0].name if job.files else None
            update = {"state": "running", "stage": "read", "total": 2, "reading": reading}
            job = job.model_copy(update=update)
        elif job.state == "running" and not self.held:
            files = tuple(map(_read, job.files))
            job = job.model_copy(update={"state": "done", "generation": 3, "files": files})
        counts: dict[str, int] = {}
        for file in job.files:
            counts[file.outcome] = counts.get(file.outcome, 0) + 1
        counted = type(job.counts)(**counts)
        self.jobs[at] = job.model_copy(update={"counts": counted})
        return self.jobs[at]


def _waiting(name: str) -> JobFile:
    return JobFile(name=name, bytes=1000, outcome="waiting")


def _read(file: JobFile) -> JobFile:
    """What a file becomes, its name says."""
    if "bad" in file.name:
        told = {"outcome": "failed", "reason": "it is <b>broken</b>", "remedy": "fetch it again"}
    else:
        held = JobDocument(document_id="X_9:en", symbol="X/9", title="An invented <i>report</i>")
        told = {"outcome": "indexed", "paragraphs": 12, "documents": (held,)}
    return file.model_copy(update=told)


def _summary(passage: Passage) -> DocumentSummary:
    shared = set(DocumentSummary.model_fields) & set(Passage.model_fields)
    return DocumentSummary(
        **{name: getattr(passage, name) for name in shared},
        source=f"{passage.document_id}.pdf",
        sha256="0" * 64,
        paragraphs=12,
        passages=14,
    )
