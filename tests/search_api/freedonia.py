"""A service over a small real index that holds what the examples of the API name."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import replace
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient
from fpdf import FPDF

from corpus.types import Document, Paragraph, ParagraphKind
from indexer.build import build_from_documents
from search_api.app import create_app
from search_api.intake.folder import UploadFolder
from search_api.intake.records import Record, Records, new_job
from search_api.settings import Settings
from tests.fakes import FakeEncoder, document
from tests.search_api.fake_engine import TEST_HOST
from tests.search_api.intake import TOLD, SmallIndex, queue_of

__all__ = ["JOB", "Freedonia", "make_index", "make_service"]

JOB = "20250504-101500-3f2a91"
"""The interrupted job that the examples name."""

_LAWYER = "Detainees had no access to a lawyer of their choice, and detainees were told nothing."
_PAGES = 3


def make_index(folder: Path) -> Path:
    """Index the documents that the examples name; return the folder of the index."""
    index_dir = folder / "index"
    build_from_documents(_documents(folder), index_dir, encoder=FakeEncoder())
    return index_dir


def make_service(index_dir: Path, folder: Path, **settings: object) -> FastAPI:
    """Return a service over an index, with jobs and a library of its own in a folder."""
    uploads = UploadFolder(folder / "jobs")
    uploads.claim()
    job = new_job("rebuild").model_copy(update={"job_id": JOB, "state": "interrupted"})
    Records(uploads).put(Record(job=job))
    uploads.release()
    given = {
        "index_dir": index_dir,
        "library_file": folder / "library.sqlite",
        "poll_s": 60,
        "allowed_hosts": (TEST_HOST,),
    }
    return create_app(
        Settings.model_validate({**given, **settings}),
        SmallIndex(index_dir),
        queue_of(uploads.index_dir, command=TOLD),
    )


class Freedonia:
    """The service, for calls of the documentation one after the other, each as if it were alone."""

    def __init__(self, folder: Path, base_url: str = "http://testserver") -> None:
        self._folder = folder
        self._base_url = base_url
        self._index_dir = make_index(folder)
        self._fresh = 0
        self._opened = contextlib.ExitStack()
        self._shared = self._open()
        self._is_changed = True

    def client(self, *, changes: str | None) -> TestClient:
        """Return a client; collection 1 with entry 1 and saved search 1 are kept, and nothing else.

        Args:
            changes: "library" or "corpus", or None for what changes nothing. What changes the
                corpus has a service of its own, which takes a quarter of a second.
        """
        client = self._open() if changes == "corpus" else self._shared
        if self._is_changed or client is not self._shared:
            _keep(client)
        self._is_changed = changes == "library"
        return client

    def close(self) -> None:
        self._opened.close()

    def _open(self) -> TestClient:
        self._fresh += 1
        folder = self._folder / f"service{self._fresh}"
        folder.mkdir()
        service = make_service(self._index_dir, folder)
        return self._opened.enter_context(TestClient(service, base_url=self._base_url))


def _keep(client: TestClient) -> None:
    client.app.state.settings.library_file.unlink(missing_ok=True)  # type: ignore[attr-defined]
    client.post("/v1/collections", json={"name": "Access"})
    client.post("/v1/collections/1/entries", json={"passage_id": "A_HRC_15_16:en:12"})
    saved = {"name": "Yearly", "request": {"query": "lawyer"}}
    assert client.post("/v1/searches", json=saved).status_code == 200


def _documents(folder: Path) -> list[Document]:
    title = "Report of the Working Group: Freedonia"
    said = [f"The delegation spoke of prisons for the {n}th time." for n in range(1, 21)]
    said[11] = _LAWYER
    report = replace(
        document("A/HRC/15/16", *said, title=title, country=("BLR",), year=2010),
        **_printed(folder / "A_HRC_15_16.pdf"),
    )
    french = [f"La délégation a parlé des prisons, {n}." for n in range(1, 21)]
    return [
        report,
        document("A/HRC/15/16", *french, language="fr", title=title, country=("BLR",), year=2010),
        _resolution("A/HRC/15/L.16", "draft-resolution", 2010),
        _resolution("A/HRC/RES/15/16", "resolution", 2010),
        _resolution("A/HRC/RES/18/2", "resolution", 2011),
        document("A/HRC/20/7", "Enforced disappearance goes on.", "Missing persons.", year=2012),
    ]


def _printed(path: Path) -> dict[str, object]:
    """Write a PDF, and return what a document that was read from it says of it."""
    made = FPDF(unit="pt", format=(600, 800))
    made.set_font("Helvetica", size=20)
    for number in range(1, _PAGES + 1):
        made.add_page()
        made.text(60, 120, f"Page {number}")
    path.write_bytes(bytes(made.output()))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return {
        "source": str(path), "sha256": digest, "file_format": "pdf", "page_count": _PAGES,
    }  # fmt: skip


def _resolution(symbol: str, kind: str, year: int) -> Document:
    clauses = (
        "Urges States to ensure access to a lawyer;",
        "Calls upon States to end enforced disappearance;",
        f"Decides to remain seized of the matter in {year};",
        "Requests the Secretary-General to report on missing persons.",
    )
    paragraphs = tuple(
        Paragraph(str(n), str(n), ParagraphKind.OPERATIVE, (), (1,), text)
        for n, text in enumerate(clauses, 1)
    )
    made = document(symbol, "x", title="Detention", year=year)
    return replace(made, kind=kind, paragraphs=paragraphs)
