"""Files of jobs: what documents are held from is never removed, and nothing else is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from indexer.outcomes import uploads_held
from indexer.restricted.listed import list_name
from indexer.restricted.place import collection_dir
from search_api.intake import records as records_
from search_api.intake import tidying
from search_api.intake.folder import UploadFolder
from search_api.intake.records import Record, Records
from search_api.schemas import Job
from tests.search_api.intake import TEXT, a_text, kept, make_index, service, told, upload, wait

OTHER = a_text("A/HRC/97/2", "A second invented report.", "It is short.")


@pytest.fixture(scope="module")
def uploaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Job]:
    """Return an index into which a file was uploaded, and the job that read it."""
    index_dir = make_index(tmp_path_factory.mktemp("uploaded"))
    with TestClient(service(index_dir)) as client:
        job = wait(client, upload(client, {"report.en.txt": TEXT}).job_id)
    assert job.files[0].outcome == "indexed"
    return index_dir, job


def as_killed(index_dir: Path, job: Job) -> Record:
    """Write the record of a job as a service leaves it that is killed while the file is read."""
    records = Records(UploadFolder(index_dir))
    records.load()
    record = records.get(job.job_id)
    files = tuple(file.model_copy(update={"outcome": "waiting"}) for file in record.job.files)
    state = record.job.model_copy(update={"state": "running", "files": files})
    records.put(record.model_copy(update={"job": state}))
    return record


def test_a_job_that_is_given_up_leaves_what_documents_are_held_from(
    uploaded: tuple[Path, Job],
) -> None:
    index_dir, job = uploaded
    as_killed(index_dir, job)
    with TestClient(service(index_dir)) as client:
        assert wait(client, job.job_id).state == "interrupted"
        assert client.delete(f"/v1/jobs/{job.job_id}").json()["state"] == "cancelled"
    assert kept(index_dir) == ["report.en.txt"]


def test_where_the_catalogue_cannot_be_asked_a_file_stays(tmp_path: Path) -> None:
    with TestClient(told(tmp_path)) as client:
        job = upload(client, {"slow.txt": TEXT})
        other = upload(client, {"waits.txt": OTHER})
        client.delete(f"/v1/jobs/{other.job_id}")
        assert kept(tmp_path) == ["slow.txt"], "nothing is held where nothing was read"
        (tmp_path / "catalogue.sqlite").write_bytes(b"no catalogue" * 100)
        client.delete(f"/v1/jobs/{job.job_id}")
    assert kept(tmp_path) == ["slow.txt"]


def test_a_file_is_told_by_its_place_and_not_by_its_bytes(uploaded: tuple[Path, Job]) -> None:
    index_dir, _ = uploaded
    (path,) = index_dir.glob("uploads/files/*/*")
    apart = collection_dir(index_dir, "cases") / path.relative_to(index_dir)
    elsewhere = Path("/another/name/of/it", path.relative_to(index_dir))
    for each, held in ((path, True), (elsewhere, True), (apart, False), (index_dir, False)):
        assert uploads_held(index_dir, [str(each)]) == ({str(each)} if held else set())


def test_while_a_collection_is_away_every_file_stays(tmp_path: Path) -> None:
    file = str(tmp_path / "uploads" / "files" / ("0" * 64) / "records.jsonl")
    assert uploads_held(tmp_path, [file]) == set()
    list_name(tmp_path, "cases")
    assert uploads_held(tmp_path, [file]) == {file}


def test_files_of_jobs_that_are_forgotten_go_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records_, "KEPT_JOBS", 2)
    with TestClient(told(tmp_path)) as client:
        for name in ("crash-1.txt", "crash-2.txt", "crash-3.txt"):
            job = upload(client, {name: a_text("A/HRC/97/4", f"It is called {name}.")})
            assert wait(client, job.job_id).state == "failed"
        assert len(client.get("/v1/jobs").json()["jobs"]) == 2
    assert kept(tmp_path) == ["crash-2.txt", "crash-3.txt"]


@pytest.mark.parametrize("unread", [False, True], ids=["all-read", "a-job-unread"])
def test_what_nothing_names_goes_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unread: bool
) -> None:
    with TestClient(told(tmp_path)) as client:
        wait(client, upload(client, {"named.txt": TEXT, "bad.txt": OTHER}).job_id)
    lost = tmp_path / "uploads" / "files" / ("0" * 64) / "lost.txt"
    lost.parent.mkdir()
    lost.write_bytes(OTHER)
    if unread:
        (tmp_path / "uploads" / "jobs" / "20250504-101500-3f2a91.json").write_text("{")
    with TestClient(told(tmp_path)):
        assert kept(tmp_path) == ["lost.txt", "named.txt"], "it came just now"
    monkeypatch.setattr(tidying, "_YOUNG_S", -60.0)
    with TestClient(told(tmp_path)):
        assert kept(tmp_path) == [*(["lost.txt"] if unread else []), "named.txt"]


def test_a_twin_that_cannot_be_read_leaves_no_file(tmp_path: Path) -> None:
    with TestClient(told(tmp_path)) as client:
        at_work = upload(client, {"slow.txt": OTHER})
        first = upload(client, {"bad.txt": TEXT})
        twin = upload(client, {"bad.txt": TEXT})
        client.delete(f"/v1/jobs/{first.job_id}")
        assert kept(tmp_path) == ["bad.txt", "slow.txt"], "the twin is still to read it"
        client.delete(f"/v1/jobs/{at_work.job_id}")
        assert wait(client, twin.job_id).files[0].outcome == "failed"
    assert kept(tmp_path) == []
