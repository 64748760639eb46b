"""Uploads, removal and rebuilding over a small real index, each in a process of the indexer."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from indexer.guard import only_writer
from search_api.schemas import SearchResponse
from tests.search_api.intake import (
    TEXT,
    a_text,
    index_folder,
    kept,
    make_index,
    service,
    upload,
    wait,
)

JPEG = b"\xff\xd8\xff\xe0" + bytes(2000)
BOMB = gzip.compress(b'{"a": "' + b"x" * 30_000_000)


@pytest.fixture(scope="module")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_index(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def client(index_dir: Path) -> Iterator[TestClient]:
    with TestClient(service(index_dir)) as client:
        yield client


def symbols(client: TestClient) -> list[str]:
    listed = client.get("/v1/documents").json()["documents"]
    return sorted(each["symbol"] for each in listed)


def served(client: TestClient, generation: int | None) -> None:
    """Wait until a generation is in service, as a page does."""
    assert generation is not None
    while client.get("/v1/info").json()["generation"] < generation:
        time.sleep(0.02)


def test_files_are_indexed_and_found_and_each_has_its_outcome(
    client: TestClient, index_dir: Path
) -> None:
    given = {
        "report.en.txt": TEXT,
        "again.txt": TEXT,
        "picture.pdf": JPEG,
        "nothing.pdf": b"",
        "broken.pdf": b"%PDF-1.7\nthis is all there is",
        "precedent.toml": b"[x]\n",
        "table.csv": b"a,b\n1,2\n",
        "bomb.jsonl.gz": BOMB,
        "own copy.txt": (index_dir.parent / "own" / "own.en.txt").read_bytes(),
    }
    job = wait(client, upload(client, given).job_id)
    outcomes = {file.name: file for file in job.files}
    assert job.state == "done"
    assert list(outcomes) == list(given)
    report = outcomes["report.en.txt"]
    assert (report.outcome, report.documents[0].symbol) == ("indexed", "A/HRC/97/1")
    assert report.paragraphs >= 2
    assert outcomes["again.txt"].reason == "the same bytes as report.en.txt"
    assert outcomes["picture.pdf"].reason == "a JPEG image under the name .pdf, which is not read"
    assert "OCR" in str(outcomes["picture.pdf"].remedy)
    assert "empty" in str(outcomes["nothing.pdf"].reason)
    assert outcomes["broken.pdf"].outcome == "failed"
    assert "other files" in str(outcomes["precedent.toml"].reason)
    assert outcomes["table.csv"].outcome == "failed"
    assert outcomes["bomb.jsonl.gz"].outcome == "failed"
    copy = outcomes["own copy.txt"]
    assert (copy.outcome, copy.documents[0].symbol) == ("duplicate", "A/HRC/96/1")
    assert (job.counts.indexed, job.counts.duplicate, job.counts.failed) == (1, 2, 6)
    assert job.encoded > 0
    assert str(index_dir) not in job.model_dump_json()

    assert kept(index_dir) == ["own copy.txt", "report.en.txt"]  # what failed is not kept
    served(client, job.generation)
    found = client.post("/v1/search", json={"query": "orchard of the council"})
    assert SearchResponse.model_validate_json(found.content).hits[0].symbol == "A/HRC/97/1"


def test_uploads_and_own_folders_leave_each_other_alone(
    client: TestClient, index_dir: Path
) -> None:
    own = index_dir.parent / "own"
    (own / "new.en.txt").write_bytes(a_text("A/HRC/95/1", "Another one."))
    report = index_folder(own, index_dir)
    assert (report.removed, report.added, report.documents) == (0, 1, 3)
    served(client, report.generation)
    assert symbols(client) == ["A/HRC/95/1", "A/HRC/96/1", "A/HRC/97/1"]


def test_a_job_waits_for_another_program_that_writes(client: TestClient, index_dir: Path) -> None:
    held, released = threading.Event(), threading.Event()

    def write() -> None:
        with only_writer(index_dir):
            held.set()
            released.wait(30)

    thread = threading.Thread(target=write)
    thread.start()
    held.wait(10)
    job = upload(client, {"other name.txt": TEXT})
    while client.get(f"/v1/jobs/{job.job_id}").json()["stage"] != "wait":
        time.sleep(0.02)
    released.set()
    thread.join()
    done = wait(client, job.job_id)
    assert (done.state, done.files[0].outcome) == ("done", "unchanged")
    assert kept(index_dir) == ["own copy.txt", "report.en.txt"]


def test_a_removed_document_is_gone_with_its_uploaded_file(
    client: TestClient, index_dir: Path
) -> None:
    by_symbol = client.delete("/v1/documents/A/HRC/97/1")
    assert by_symbol.status_code == 404
    listed = client.get("/v1/documents?q=A/HRC/97/1").json()["documents"]
    document_id = listed[0]["document_id"]
    assert document_id in by_symbol.json()["detail"]
    assert client.delete("/v1/documents/nowhere").status_code == 404

    answer = client.delete(f"/v1/documents/{document_id}")
    assert answer.status_code == 202
    removed = wait(client, answer.json()["job_id"])
    assert (removed.state, removed.subject) == ("done", document_id)
    served(client, removed.generation)
    assert client.get(f"/v1/documents/{document_id}").status_code == 404
    assert kept(index_dir) == ["own copy.txt"]

    own = wait(client, client.delete("/v1/documents/A_HRC_96_1:en").json()["job_id"])
    assert own.state == "done"
    assert (index_dir.parent / "own" / "own.en.txt").exists()
    assert kept(index_dir) == []  # a copy of what was removed goes with it


def test_rebuilding_publishes_anew_and_embeds_nothing(client: TestClient) -> None:
    before = client.get("/v1/info").json()["generation"]
    answer = client.post("/v1/index/rebuild")
    assert answer.status_code == 202
    job = wait(client, answer.json()["job_id"])
    assert (job.state, job.encoded) == ("done", 0)
    assert (job.generation or 0) > before
