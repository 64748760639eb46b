"""What a job's process tells, put into what is told of the job."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from search_api.intake.records import Record, now, with_files
from search_api.schemas import JobDocument, JobFile

__all__ = ["after_line", "ended"]

_MOST_DOCUMENTS = 20
"""Named of one file: a file of records may hold thousands."""

_ENDED: dict[str, object] = {"stage": None, "reading": None, "done": 0, "total": None}


def after_line(record: Record, what: str, value: Any) -> Record:
    """Return a record as it is after its process has told something."""
    job = record.job
    match what:
        case "progress":
            return record.model_copy(update={"job": job.model_copy(update=_progress(value))})
        case "outcome":
            return _settled(record, value)
        case "done":
            found = {"generation": value["generation"], "encoded": value["embedded"]}
            return ended(_without_waiting(record), "done", **found)
        case "error":
            return ended(record, "failed", reason=_reason(record, value), remedy=value["remedy"])
        case _:
            return record


def ended(record: Record, state: str, **changes: object) -> Record:
    """Return a record whose job has come to an end."""
    changes = {**_ENDED, "state": state, "ended_at": now(), **changes}
    return record.model_copy(update={"job": record.job.model_copy(update=changes)})


def _without_waiting(record: Record) -> Record:
    """Say of files that the indexer did not find that they are gone."""
    gone = {"outcome": "failed", "reason": "its file is gone", "remedy": "upload it again"}
    files = tuple(
        file.model_copy(update=gone) if file.outcome == "waiting" else file
        for file in record.job.files
    )
    return record.model_copy(update={"job": with_files(record.job, files)})


def _progress(value: dict[str, Any]) -> dict[str, object]:
    stage = value["stage"] if value["stage"] != "records" else "read"
    told: dict[str, object] = {"stage": stage}
    if value["stage"] != "records":  # documents within one file, which are not the stage's unit
        told |= {"done": value["done"], "total": value["total"]}
    if value["file"] or stage != "read":
        told["reading"] = PurePath(value["file"]).name or None
    if stage == "embed":
        told["encoded"] = value["done"]
    return told


def _reason(record: Record, error: dict[str, str]) -> str:
    """Say why a job failed, by names that mean something to whoever uploaded the files."""
    subject = error["subject"]
    if subject in record.paths:
        subject = PurePath(subject).name
    return f"{subject}: {error['cause']}" if subject else error["cause"]


def _settled(record: Record, told: dict[str, Any]) -> Record:
    """Note what became of a file."""
    try:
        at = record.paths.index(told["file"])
    except ValueError:
        return record
    before = record.job.files[at]
    became = told["became"]
    if became == "unchanged" and record.attempt > 1 and before.outcome in ("waiting", "indexed"):
        became = "indexed"  # by this job, before it was interrupted
    failure = told["failure"]
    file = JobFile(
        name=before.name,
        bytes=before.bytes,
        outcome=became,
        paragraphs=told["paragraphs"],
        documents=tuple(
            JobDocument(document_id=document_id, symbol=symbol, title=title)
            for document_id, symbol, title in told["documents"][:_MOST_DOCUMENTS]
        ),
        reason=None if failure is None else _plain(failure["cause"] or failure["reason"], told),
        remedy=(failure["remedy"] or None) if failure is not None else None,
    )
    files = (*record.job.files[:at], file, *record.job.files[at + 1 :])
    return record.model_copy(update={"job": with_files(record.job, files)})


def _plain(reason: str, told: dict[str, Any]) -> str:
    """Leave out the folder a file lies in, which means nothing to whoever uploaded it."""
    return reason.replace(told["file"], PurePath(told["file"]).name)
