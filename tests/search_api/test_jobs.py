"""Jobs: one at a time, stopped, resumed after the service was killed, forgotten."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from search_api.intake import queue as queues
from search_api.intake import runner as runners
from search_api.intake.folder import UploadFolder
from search_api.intake.records import KEPT_JOBS, Record, Records, new_job
from search_api.schemas import JobList
from tests.search_api.intake import TEXT, TOLD, a_text, kept, queue_of, told, upload, wait

OTHER = a_text("A/HRC/97/2", "A second invented report.", "It is short.")


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    folder.mkdir()
    return folder


@pytest.fixture
def client(index_dir: Path) -> Iterator[TestClient]:
    with TestClient(told(index_dir)) as client:
        yield client


def reading(client: TestClient, job_id: str, name: str) -> None:
    """Wait until a job reads a file."""
    while client.get(f"/v1/jobs/{job_id}").json()["reading"] != name:
        time.sleep(0.02)


def test_a_job_is_stopped_and_what_it_has_read_stays(client: TestClient, index_dir: Path) -> None:
    job = upload(client, {"first.txt": TEXT, "slow.txt": OTHER})
    reading(client, job.job_id, "slow.txt")
    running = client.get("/v1/jobs").json()["jobs"][0]
    assert (running["state"], running["stage"]) == ("running", "read")
    assert (running["done"], running["total"]) == (1, 2)
    assert "files" not in running
    assert client.get("/v1/search?q=detainees").json()["hits"], "searches are answered meanwhile"
    third = upload(client, {"third.txt": a_text("A/HRC/97/3", "Waits.")})
    assert third.state == "queued"

    stopped = client.delete(f"/v1/jobs/{job.job_id}").json()
    assert stopped["state"] == "cancelled"
    assert [file["outcome"] for file in stopped["files"]] == ["indexed", "skipped"]
    assert wait(client, third.job_id).state == "done"
    assert kept(index_dir) == ["first.txt", "third.txt"]


def test_a_job_that_waits_is_stopped_before_it_begins(client: TestClient, index_dir: Path) -> None:
    first = upload(client, {"slow.txt": TEXT})
    second = upload(client, {"second.txt": OTHER})
    assert client.delete(f"/v1/jobs/{second.job_id}").json()["state"] == "cancelled"
    assert kept(index_dir) == ["slow.txt"]
    client.delete(f"/v1/jobs/{first.job_id}")
    assert client.delete(f"/v1/jobs/{first.job_id}").json()["state"] == "cancelled"
    assert client.post(f"/v1/jobs/{first.job_id}/resume").status_code == 422


def test_a_file_that_another_job_needs_outlives_the_first(
    client: TestClient, index_dir: Path
) -> None:
    at_work = upload(client, {"slow.txt": OTHER})
    first = upload(client, {"report.txt": TEXT})
    second = upload(client, {"report.txt": TEXT})
    client.delete(f"/v1/jobs/{first.job_id}")
    client.delete(f"/v1/jobs/{at_work.job_id}")
    assert wait(client, second.job_id).files[0].outcome == "indexed"
    assert kept(index_dir) == ["report.txt"]


@pytest.mark.parametrize("killed", [False, True], ids=["ended", "killed"])
def test_a_job_goes_on_after_the_service_was(index_dir: Path, killed: bool) -> None:
    with TestClient(told(index_dir)) as client:
        job = upload(client, {"first.txt": TEXT, "slow.txt": OTHER})
        reading(client, job.job_id, "slow.txt")
        later = upload(client, {"later.txt": a_text("A/HRC/97/3", "Later.")})
    records = Records(UploadFolder(index_dir))
    records.load()
    record = records.get(job.job_id)
    assert record.job.state == "interrupted"
    # Under another name it is read at once.
    (path,) = index_dir.glob("uploads/files/*/slow.txt")
    quick = path.rename(path.with_name("quick.txt"))
    paths = tuple(each.replace(str(path), str(quick)) for each in record.paths)
    state = "running" if killed else "interrupted"  # killed, it could not note that it ended
    told_of = record.job.model_copy(update={"state": state})
    records.put(record.model_copy(update={"paths": paths, "job": told_of}))

    with TestClient(told(index_dir)) as client:
        assert wait(client, later.job_id).state == "done"
        assert wait(client, job.job_id).state == "interrupted"
        assert client.post(f"/v1/jobs/{job.job_id}/resume").status_code == 202
        done = wait(client, job.job_id, "done", "failed")
    assert done.state == "done"
    assert [file.outcome for file in done.files] == ["indexed", "indexed"]


def test_a_process_that_dies_is_a_failure_that_can_be_tried_again(
    client: TestClient, index_dir: Path
) -> None:
    job = wait(client, upload(client, {"first.txt": TEXT, "crash.txt": OTHER}).job_id)
    assert job.state == "failed"
    assert "exit code 9" in str(job.reason)
    assert job.remedy
    assert kept(index_dir) == ["crash.txt", "first.txt"]
    assert client.post(f"/v1/jobs/{job.job_id}/resume").status_code == 202
    assert wait(client, job.job_id).state == "failed"
    assert client.delete(f"/v1/jobs/{job.job_id}").json()["state"] == "cancelled"
    assert kept(index_dir) == ["first.txt"]


def test_reasons_name_the_file_and_not_where_it_is_kept(
    client: TestClient, index_dir: Path
) -> None:
    job = wait(client, upload(client, {"bad.txt": TEXT}).job_id)
    assert job.state == "done"
    assert job.files[0].reason == "bad.txt is broken"
    assert kept(index_dir) == []


def test_a_file_that_went_meanwhile_is_said_to_be_gone(client: TestClient, index_dir: Path) -> None:
    at_work = upload(client, {"slow.txt": OTHER})
    job = upload(client, {"report.txt": TEXT})
    (path,) = index_dir.glob("uploads/files/*/report.txt")
    path.unlink()
    client.delete(f"/v1/jobs/{at_work.job_id}")
    assert wait(client, job.job_id).files[0].reason == "its file is gone"


def test_no_more_jobs_wait_than_can(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues, "MOST_WAITING", 1)
    first = upload(client, {"slow.txt": TEXT})
    wait(client, first.job_id, "running")
    assert client.post("/v1/index/rebuild").status_code == 202
    full = client.post("/v1/index/rebuild")
    assert full.status_code == 503
    assert 30 <= int(full.headers["Retry-After"]) <= 37


def test_an_unknown_job_is_404(client: TestClient) -> None:
    for name in ("20250504-101500-3f2a91", "..%2F..%2Fx", "nothing"):
        assert client.get(f"/v1/jobs/{name}").status_code == 404


def test_a_job_that_cannot_be_read_is_passed_over(index_dir: Path) -> None:
    jobs = index_dir / "uploads" / "jobs"
    jobs.mkdir(parents=True)
    (jobs / "20250504-101500-3f2a91.json").write_text("{", encoding="utf-8")
    with TestClient(told(index_dir)) as client:
        assert JobList.model_validate_json(client.get("/v1/jobs").content).jobs == ()


def test_jobs_that_have_ended_are_forgotten_oldest_first(tmp_path: Path) -> None:
    folder = UploadFolder(tmp_path)
    folder.jobs.mkdir(parents=True)
    records = Records(folder)
    made = []
    for n in range(KEPT_JOBS + 3):
        name = {"job_id": f"20250504-1015{n:02d}-3f2a91", "state": "done"}
        job = new_job("rebuild").model_copy(update=name)
        made.append(job.job_id)
        records.put(Record(job=job))
    again = Records(folder)
    again.load()
    assert [record.job.job_id for record in again.all()] == made[3:]


def test_a_process_that_cannot_be_started_is_said(index_dir: Path) -> None:
    queue = queue_of(index_dir, command=("/nowhere/python",))
    with TestClient(told(index_dir, queue)) as client:
        job = wait(client, upload(client, {"first.txt": TEXT}).job_id)
        assert job.state == "failed"
        assert "cannot be started" in str(job.reason)


def test_an_old_job_that_is_resumed_is_not_forgotten_as_it_ends(tmp_path: Path) -> None:
    """Jobs are forgotten by when they ended, not by when they came in."""
    folder = UploadFolder(tmp_path)
    folder.jobs.mkdir(parents=True)
    records = Records(folder)
    made = []
    for n in range(KEPT_JOBS):
        name = {"job_id": f"20250504-1015{n:02d}-3f2a91", "state": "failed"}
        at = {"ended_at": f"2025-05-04T10:16:{n:02d}Z"}
        made.append(Record(job=new_job("rebuild").model_copy(update={**name, **at})))
        records.put(made[-1])
    queued = made[0].job.model_copy(update={"state": "queued", "ended_at": None})
    records.put(made[0].model_copy(update={"job": queued}))
    newest = new_job("rebuild").model_copy(update={"state": "done", "ended_at": "2025-05-05T00Z"})
    records.put(Record(job=newest))
    # By a clock that was set back meanwhile.
    again = queued.model_copy(update={"state": "cancelled", "ended_at": "2025-05-01T00Z"})
    forgotten = records.put(made[0].model_copy(update={"job": again}))
    assert [each.job.job_id for each in forgotten] == [made[1].job.job_id]
    assert records.get(made[0].job.job_id).job.state == "cancelled"


@pytest.mark.parametrize("fault", ["gone", "raises"])
def test_a_fault_of_the_service_fails_one_job_and_none_after(
    index_dir: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    queue = queue_of(index_dir, command=TOLD)
    with TestClient(told(index_dir, queue)) as client:
        job = upload(client, {"slow.txt": TEXT})
        reading(client, job.job_id, "slow.txt")
        if fault == "gone":
            queue._records._records.pop(job.job_id)
        else:
            monkeypatch.setattr(runners, "tidied", lambda *given: 1 // 0)
        process = queue._runner.process_of(job.job_id)
        assert process is not None
        queue._runner.stop(process)
        if fault == "raises":
            failed = wait(client, job.job_id, "failed")
            assert "ZeroDivisionError" in str(failed.reason)
        monkeypatch.undo()
        assert wait(client, upload(client, {"next.txt": OTHER}).job_id).state == "done"
