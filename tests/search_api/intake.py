"""A service over a small real index whose corpus may be changed, without a model."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from fastapi import FastAPI
from fastapi.testclient import TestClient

import indexer.reading
from indexer.build import BuildReport, build_index
from indexer.manifest import published_generation
from indexer.snapshot import Snapshot
from search_api.app import create_app
from search_api.engine import Engine
from search_api.intake.folder import UploadFolder
from search_api.intake.queue import JobQueue
from search_api.intake.records import Record
from search_api.schemas import Job, JobFile
from search_api.settings import Settings
from tests.fakes import FakeEncoder
from tests.search_api.fake_engine import TEST_HOST, FakeEngine, FakeOpener, fake_settings
from tests.search_api.fake_job import OwnPool

__all__ = [
    "TEXT",
    "SmallIndex",
    "a_text",
    "index_folder",
    "kept",
    "make_index",
    "queue_of",
    "service",
    "told",
    "upload",
    "wait",
]

ENDED = ("done", "failed", "cancelled", "interrupted")
COMMAND = (sys.executable, "-m", "tests.search_api.fake_job")
TOLD = (sys.executable, "-S", str(Path(__file__).with_name("told_job.py")))
"""Tells of a job and does nothing."""


def a_text(symbol: str, *words: str) -> bytes:
    """Return a document as plain text: a masthead and numbered paragraphs."""
    numbered = "\n\n".join(f"{n}. {text}" for n, text in enumerate(words, 1))
    head = f"United Nations\n\n{symbol}\n\nHuman Rights Council\n\nAn invented report\n\n"
    return (head + numbered + "\n").encode()


TEXT = a_text("A/HRC/97/1", "The orchard of the council is invented.", "Nobody lives in it.")


class SmallIndex:
    """Opens what is published, with the fake encoder."""

    def __init__(self, index_dir: Path) -> None:
        self._index_dir = index_dir

    def published(self) -> int | None:
        return published_generation(self._index_dir)

    def open(self) -> Engine:
        return Engine(Snapshot.open(self._index_dir), FakeEncoder())


def make_index(folder: Path) -> Path:
    """Index one document of the user's own; return the folder of the index."""
    own = folder / "own"
    own.mkdir()
    (own / "own.en.txt").write_bytes(a_text("A/HRC/96/1", "Lawyers wait at the gate.", "So it is."))
    index_folder(own, folder / "index")
    return folder / "index"


def index_folder(own: Path, index_dir: Path) -> BuildReport:
    """Index a folder as `precedent index` does, without the second that a worker takes to start."""
    with patch.object(indexer.reading, "ParsingPool", OwnPool):
        return build_index([own], index_dir, encoder=FakeEncoder())


def queue_of(index_dir: Path, **given: Any) -> JobQueue:
    return JobQueue(UploadFolder(index_dir), **{"command": COMMAND, **given})


def service(index_dir: Path, queue: JobQueue | None = None, **settings: Any) -> FastAPI:
    given = {"index_dir": index_dir, "poll_s": 0.05, "allowed_hosts": (TEST_HOST,), **settings}
    return create_app(
        Settings.model_validate(given), SmallIndex(index_dir), queue or queue_of(index_dir)
    )


def told(index_dir: Path, queue: JobQueue | None = None, **settings: Any) -> FastAPI:
    """Return a service without an index, whose jobs only tell."""
    allowed = fake_settings(**settings).takes_uploads
    queue = queue or queue_of(index_dir, command=TOLD, allowed=allowed)
    given = fake_settings(index_dir=index_dir, **settings)
    return create_app(given, FakeOpener.of(FakeEngine()), queue)


def kept(index_dir: Path) -> list[str]:
    """Return the names of the files that are kept from uploads."""
    return sorted(path.name for path in index_dir.glob("uploads/files/*/*"))


def job_record(job_id: str, *paths: str, state: str = "done", restricted: str | None = None) -> str:
    """Return the record of an upload, as a service keeps it."""
    files = tuple(
        JobFile(name=Path(path).name or "x", bytes=1, outcome="indexed") for path in paths
    )
    job = Job.model_validate(
        {"job_id": job_id, "kind": "upload", "state": state, "created_at": "2025-01-01T10:11:12Z",
         "files": files}
    )  # fmt: skip
    record = Record(
        job=job, paths=paths, fresh=(True,) * len(paths), place=1, restricted=restricted
    )
    return record.model_dump_json()


def upload(client: TestClient, files: Mapping[str, bytes]) -> Job:
    form = [("files", (name, data, "application/octet-stream")) for name, data in files.items()]
    answer = client.post("/v1/uploads", files=form)
    assert answer.status_code == 202, answer.text
    return Job.model_validate_json(answer.content)


def wait(client: TestClient, job_id: str, *states: str, within_s: float = 40) -> Job:
    """Return a job once it is in one of the states, by default once it has ended."""
    deadline = time.monotonic() + within_s
    while True:
        job = Job.model_validate_json(client.get(f"/v1/jobs/{job_id}").content)
        if job.state in (states or ENDED):
            return job
        assert time.monotonic() < deadline, job
        time.sleep(0.05)
