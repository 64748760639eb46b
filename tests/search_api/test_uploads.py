"""Uploads: what is taken, from whom, what is refused, and where it is put."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from search_api.schemas import CorpusState, Job
from tests.search_api.fake_engine import fake_settings
from tests.search_api.intake import TEXT, kept, told, upload, wait

JPEG = b"\xff\xd8\xff\xe0" + bytes(2000)


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    folder.mkdir()
    return folder


@pytest.fixture
def client(index_dir: Path) -> Iterator[TestClient]:
    with TestClient(told(index_dir)) as client:
        yield client


@pytest.mark.parametrize(
    "name", ["../../../escaped.txt", "/var/escaped.txt", "a" * 4096 + ".txt", "NUL", "x\\y\\z.txt"]
)
def test_a_hostile_name_names_no_other_place(
    client: TestClient, index_dir: Path, name: str
) -> None:
    before = {path for path in index_dir.parent.rglob("*") if "uploads" not in path.parts}
    job = upload(client, {name: JPEG + TEXT, "beside.txt": b"\xff\xd8\xff"})
    assert job.state == "done"
    assert kept(index_dir) == []
    assert "/" not in job.files[0].name
    assert {path for path in index_dir.parent.rglob("*") if "uploads" not in path.parts} == before


def test_a_link_in_place_of_the_file_is_not_followed(client: TestClient, index_dir: Path) -> None:
    wait(client, upload(client, {"report.en.txt": TEXT}).job_id)
    (path,) = index_dir.glob("uploads/files/*/*")
    target = index_dir / "target"
    target.write_bytes(b"mine")
    path.unlink()
    path.symlink_to(target)
    wait(client, upload(client, {"report.en.txt": TEXT}).job_id)
    assert target.read_bytes() == b"mine"


def test_a_file_of_the_same_bytes_is_kept_once(client: TestClient, index_dir: Path) -> None:
    job = upload(client, {"report.en.txt": TEXT, "again.txt": TEXT})
    assert job.files[1].reason == "the same bytes as report.en.txt"
    wait(client, job.job_id)
    wait(client, upload(client, {"other.txt": TEXT}).job_id)
    assert kept(index_dir) == ["report.en.txt"]


@pytest.mark.parametrize(
    ("bounds", "files", "status"),
    [
        ({"max_upload_files": 2}, {"a": TEXT, "b": TEXT, "c": TEXT}, 413),
        ({"max_upload_bytes": 2048}, {"a": bytes(3000)}, 413),
        ({"max_upload_file_bytes": 1024}, {"a.txt": TEXT * 20, "b.png": JPEG}, 202),
    ],
)
def test_more_than_the_bounds_is_refused(
    index_dir: Path, bounds: dict[str, int], files: dict[str, bytes], status: int
) -> None:
    with TestClient(told(index_dir, **bounds)) as client:
        form = [("files", (name, data)) for name, data in files.items()]
        answer = client.post("/v1/uploads", files=form)
    assert answer.status_code == status, answer.text
    if status == 202:
        assert {file.outcome for file in Job.model_validate_json(answer.content).files} == {
            "failed"
        }
    assert kept(index_dir) == []
    assert list(index_dir.glob("uploads/arriving/*")) == []


def test_a_length_that_is_not_declared_is_bounded_too(index_dir: Path) -> None:
    def body() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\n'
        for _ in range(100):
            yield bytes(1000)

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    with TestClient(told(index_dir, max_upload_bytes=4096)) as client:
        assert client.post("/v1/uploads", content=body(), headers=headers).status_code == 413
    assert list(index_dir.glob("uploads/arriving/*")) == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b"rubbish"),
        ("multipart/form-data; boundary=b", b"--b--\r\n"),
        ("multipart/form-data; boundary=" + "b" * 500, b""),
        ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: x; name="q"\r\n\r\n1'),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; filename="a.txt"\r\n\r\ncut short',
        ),
        ("multipart/form-data; boundary=b", b"--b\r\nX: " + b"y" * 100_000 + b"\r\n\r\n1"),
        ("multipart/form-data; boundary=b", b"--b\r\n\r\n1\r\n--b--\r\n"),
    ],
)
def test_what_is_no_upload_is_refused_with_the_reason(
    client: TestClient, index_dir: Path, kind: str, body: bytes
) -> None:
    answer = client.post("/v1/uploads", content=body, headers={"Content-Type": kind})
    assert answer.status_code == 422, answer.text
    assert answer.json()["detail"]
    assert kept(index_dir) == []


FOREIGN = (
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://testserver.evil.example"},
    {"Origin": "http://testserver:81"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/uploads"),
        ("POST", "/v1/index/rebuild"),
        ("DELETE", "/v1/documents/A_HRC_15_16:en"),
        ("DELETE", "/v1/jobs/20250504-101500-3f2a91"),
        ("POST", "/v1/jobs/20250504-101500-3f2a91/resume"),
    ],
)
def test_a_foreign_web_page_changes_nothing(
    client: TestClient, index_dir: Path, method: str, path: str
) -> None:
    files = [("files", ("a.txt", TEXT))] if path == "/v1/uploads" else None
    for headers in FOREIGN:
        answer = client.request(method, path, files=files, headers=headers)
        assert answer.status_code == 403, headers
        assert client.get("/v1/jobs", headers=headers).json() == {"jobs": [], "next_cursor": None}
    assert not (index_dir / "uploads").exists()


def test_what_is_no_browser_or_of_this_address_is_answered(client: TestClient) -> None:
    for headers in ({}, {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}):
        answer = client.post("/v1/uploads", files=[("f", ("a.png", JPEG))], headers=headers)
        assert answer.status_code == 202


def test_uploads_that_are_switched_off_say_so(tmp_path: Path) -> None:
    for given in ({"uploads": "off"}, {"host": "0.0.0.0", "require_keys": "outside"}):  # noqa: S104
        settings = fake_settings(index_dir=tmp_path / "index", **given)
        with TestClient(told(settings.index_dir, **given)) as client:
            answer = client.post("/v1/uploads", files=[("f", ("a.txt", TEXT))])
            assert answer.status_code == 403
            assert "PRECEDENT_UPLOADS" in answer.json()["detail"]
            assert client.delete("/v1/documents/A_HRC_15_16:en").status_code == 403
            state = CorpusState.model_validate_json(client.get("/v1/corpus").content)
            assert not state.changeable
            assert "switched off" in str(state.reason)
    assert not (tmp_path / "index").exists()
    assert fake_settings(uploads="on", host="0.0.0.0").takes_uploads  # noqa: S104


def test_a_folder_that_may_only_be_read_says_so(
    client: TestClient, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the system says of a read-only volume, to whoever asks."""
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    answer = client.post("/v1/uploads", files=[("f", ("a.txt", TEXT))])
    assert answer.status_code == 403
    assert "only be read" in answer.json()["detail"]
    assert not client.get("/v1/corpus").json()["changeable"]
    assert not (index_dir / "uploads").exists()


def test_a_second_service_over_the_same_index_takes_no_uploads(
    client: TestClient, index_dir: Path
) -> None:
    job = wait(client, upload(client, {"report.en.txt": TEXT}).job_id)
    with TestClient(told(index_dir)) as second:
        answer = second.post("/v1/uploads", files=[("f", ("a.txt", TEXT))])
        assert answer.status_code == 403
        assert "another service" in answer.json()["detail"]
        assert second.get(f"/v1/jobs/{job.job_id}").json() == job.model_dump(mode="json")


def test_the_state_of_the_corpus_counts_files_and_bytes(
    client: TestClient, index_dir: Path
) -> None:
    before = CorpusState.model_validate_json(client.get("/v1/corpus").content)
    wait(client, upload(client, {"report.en.txt": TEXT}).job_id)
    state = CorpusState.model_validate_json(client.get("/v1/corpus").content)
    assert state.changeable
    assert (state.uploaded_files, state.uploaded_bytes) == (1, len(TEXT))
    assert state.index_bytes >= before.index_bytes + len(TEXT)
    assert state.index_dir == str(index_dir)
