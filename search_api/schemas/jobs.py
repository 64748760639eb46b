"""Jobs: what changes the corpus, how far it has come, and what became of each file."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from search_api.schemas.contract import Contract

__all__ = [
    "CorpusState",
    "FileOutcome",
    "Job",
    "JobCounts",
    "JobDocument",
    "JobFile",
    "JobFileEvent",
    "JobKind",
    "JobList",
    "JobState",
    "JobSummary",
    "UploadBounds",
]

JobKind = Literal["upload", "remove", "rebuild"]
JobState = Literal["queued", "running", "done", "failed", "interrupted", "cancelled"]
FileOutcome = Literal["waiting", "indexed", "unchanged", "duplicate", "failed", "skipped"]


class JobDocument(Contract):
    """A document that a file holds."""

    document_id: str = Field(description="Key.", examples=["A_HRC_15_16:en"])
    symbol: str | None = Field(description="Document symbol.", examples=["A/HRC/15/16"])
    title: str | None = Field(description="Title.")


class JobFile(Contract):
    """A file of an upload, and what became of it."""

    name: str = Field(
        description="Its name, made safe; never a path of the sender's.",
        examples=["A_HRC_15_16.pdf"],
    )
    bytes: int = Field(description="Its length.", examples=[182044])
    outcome: FileOutcome = Field(
        description=(
            "waiting: not read yet; indexed: its paragraphs are held; unchanged: they were already;"
            " duplicate: the same bytes are indexed from another file; failed: see `reason`;"
            " skipped: the job was cancelled before it was read."
        ),
        examples=["indexed"],
    )
    paragraphs: int = Field(0, description="Paragraphs held from it.", examples=[112])
    documents: tuple[JobDocument, ...] = Field(
        (),
        description="Documents held from it, or, of a duplicate, it is a copy of; 20 at most.",
    )
    reason: str | None = Field(None, description="Why it was not indexed, or not to its end.")
    remedy: str | None = Field(None, description="What can be done, where anything can.")


class JobFileEvent(Contract):
    """What became of one file of a job, as it is told while the job goes on."""

    place: int = Field(description="In `files` of the job, from 0.", examples=[0])
    file: JobFile


class JobCounts(Contract):
    """Files of a job by what became of them."""

    waiting: int = 0
    indexed: int = 0
    unchanged: int = 0
    duplicate: int = 0
    failed: int = 0
    skipped: int = 0


class JobSummary(Contract):
    """A job without its files."""

    job_id: str = Field(description="Key.", examples=["20250504-101500-3f2a91"])
    kind: JobKind = Field(
        description="upload: files are read and indexed; remove: a document is taken out; "
        "rebuild: the index is published anew from what is held.",
        examples=["upload"],
    )
    state: JobState = Field(
        description="queued, running, then done, failed (see `reason`), cancelled, or interrupted: "
        "the service ended meanwhile, and the job can be resumed.",
        examples=["running"],
    )
    subject: str | None = Field(None, description="Of a removal: key of the document.")
    created_at: str = Field(description="ISO 8601, UTC.", examples=["2025-05-04T10:15:00Z"])
    ended_at: str | None = Field(None, description="ISO 8601, UTC.")
    stage: Literal["wait", "find", "read", "embed", "publish"] | None = Field(
        None,
        description="Of a running job; wait: another program is writing to the index.",
        examples=["read"],
    )
    done: int = Field(0, description="Units of the stage finished.", examples=[2])
    total: int | None = Field(None, description="Units in all, where known.", examples=[3])
    reading: str | None = Field(
        None, description="Name of the file that is being read.", examples=["A_HRC_15_16.pdf"]
    )
    encoded: int = Field(0, description="Passages encoded by the job.", examples=[230])
    counts: JobCounts = Field(default_factory=JobCounts, description="Files by outcome.")
    reason: str | None = Field(None, description="Why the job failed.")
    remedy: str | None = Field(None, description="What can be done about it.")
    generation: int | None = Field(
        None, description="Of the index that the job published, or found up to date.", examples=[4]
    )

    @property
    def has_ended(self) -> bool:
        """Whether nothing more comes of it, unless somebody resumes it."""
        return self.state not in ("queued", "running")


class Job(JobSummary):
    """A job with its files."""

    files: tuple[JobFile, ...] = Field((), description="Of an upload, in the order they came.")


class JobList(Contract):
    """Jobs, latest first: those under way, and the last of those that have ended."""

    jobs: tuple[JobSummary, ...] = Field((), description="Latest first.")
    next_cursor: str | None = Field(None, description="For the next page; None on the last.")


class UploadBounds(Contract):
    """The most that one upload may be."""

    files: int = Field(description="Files.", examples=[500])
    file_bytes: int = Field(description="Bytes of one file.", examples=[67108864])
    bytes: int = Field(description="Bytes in all.", examples=[268435456])


class CorpusState(Contract):
    """Where the index lies, how large it is, and whether the service may change it."""

    index_dir: str = Field(description="Folder of the index.")
    index_bytes: int = Field(description="Its size on disk, uploads included.", examples=[52428800])
    uploaded_files: int = Field(description="Files kept from uploads.", examples=[3])
    uploaded_bytes: int = Field(description="Their size.", examples=[1048576])
    changeable: bool = Field(description="Whether this service takes uploads and removals.")
    reason: str | None = Field(None, description="Why not.")
    remedy: str | None = Field(None, description="What can be done about it.")
    bounds: UploadBounds
