"""Jobs of restricted collections: who is told of them, from the upload on and after a restart."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from search_api.schemas import Job
from tests.restricted.world import SCOPES, Record, index, jsonl, service
from tests.search_api.intake import a_text, told, wait

NEW = "/v1/uploads?restricted=newone"


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    folder.mkdir()
    return folder


def _uploaded(client: TestClient, name: str) -> Job:
    data = a_text("A/HRC/97/1", f"What {name} says is invented.")
    answer = client.post(NEW, files=[("files", (name, data, "text/plain"))])
    assert answer.status_code == 202, answer.text
    return Job.model_validate_json(answer.content)


def test_the_first_upload_into_a_collection_is_told_before_there_is_one(index_dir: Path) -> None:
    with TestClient(told(index_dir, local_restricted="newone")) as client:
        job = _uploaded(client, "slow.txt")
        path = f"/v1/jobs/{job.job_id}"
        assert client.get(path).status_code == 200
        assert [each["job_id"] for each in client.get("/v1/jobs").json()["jobs"]] == [job.job_id]
        assert client.delete(path).json()["state"] == "cancelled"
        events = client.get(f"{path}/events")
        assert (events.status_code, "cancelled" in events.text) == (200, True)


def test_a_restart_does_not_lose_the_first_upload_into_a_collection(index_dir: Path) -> None:
    with TestClient(told(index_dir, local_restricted="newone")) as client:
        running, waiting = _uploaded(client, "slow.txt"), _uploaded(client, "next.txt")
        wait(client, running.job_id, "running")
    with TestClient(told(index_dir, local_restricted="newone")) as client:
        assert wait(client, waiting.job_id).state == "done"
        assert wait(client, running.job_id).state == "interrupted"
        client.delete(f"/v1/jobs/{running.job_id}")
    left = [path.name for path in index_dir.glob("restricted/newone/uploads/files/*/*")]
    assert left == ["next.txt"]
    with TestClient(told(index_dir)) as other:
        assert other.get("/v1/jobs").json()["jobs"] == []
        assert other.get(f"/v1/jobs/{waiting.job_id}").status_code == 404


def test_a_public_job_does_not_name_a_collection_that_is_damaged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    index_dir = tmp_path / "index"
    for name in ("witness", "case"):
        record = Record(f"A/HRC/91/{len(name)}", (f"Lawyers {name}.",))
        index(jsonl(tmp_path / name / "own.jsonl", [record]), index_dir, restricted=name)
    catalogue = index_dir / "restricted" / "witness" / "catalogue.sqlite"
    for side in catalogue.parent.glob("catalogue.sqlite-*"):
        side.unlink()
    catalogue.write_bytes(b"no database" * 500)
    files = [("files", ("t.txt", a_text("A/HRC/93/1", "Mine."), "text/plain"))]
    with TestClient(service(index_dir)) as client:
        for scopes, query in (("", ""), ("restricted:case", "?restricted=case")):
            client.headers[SCOPES] = scopes
            job = client.post(f"/v1/uploads{query}", files=files).json()["job_id"]
            told_of = wait(client, job)
            assert told_of.state == "failed"
            assert told_of.reason == "the index: cannot be written now"
            assert "witness" not in told_of.model_dump_json()
        assert str(catalogue) in caplog.text, "the log says why"
        client.headers[SCOPES] = "restricted:witness"
        job = client.post("/v1/uploads?restricted=witness", files=files).json()["job_id"]
        reason = wait(client, job).reason
        assert reason is not None
        assert "witness" in reason, "its own are told"
