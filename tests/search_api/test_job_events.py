"""Jobs as they go on: numbered events, resumed, ended, bounded."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from fastapi.testclient import TestClient

from search_api.intake.records import new_job, summary_of, with_files
from search_api.intake.watching import Change, Watched
from search_api.routes import events
from search_api.routes.streams import StreamGuard
from search_api.schemas import Job, JobFile, JobFileEvent
from tests.search_api.access.doors import bearer, closed, expire, key_file, key_of
from tests.search_api.intake import TEXT, queue_of, told, upload, wait


@dataclass(frozen=True)
class Event:
    number: int
    kind: str
    data: dict[str, Any]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    (tmp_path / "index").mkdir()
    with TestClient(told(tmp_path / "index")) as client:
        yield client


def read(text: str) -> list[Event]:
    found = []
    for block in text.split("\n\n"):
        fields = dict(
            line.split(": ", 1) for line in block.splitlines() if line[:1] not in ("", ":")
        )
        if fields:
            found.append(Event(int(fields["id"]), fields["event"], json.loads(fields["data"])))
    return found


def events_of(client: TestClient, job_id: str, last: int | None = None) -> list[Event]:
    headers = {} if last is None else {"Last-Event-ID": str(last)}
    answer = client.get(f"/v1/jobs/{job_id}/events", headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    return read(answer.text)


def test_a_job_is_told_to_its_end(client: TestClient) -> None:
    job = upload(client, {"one.txt": TEXT, "bad.txt": TEXT + b"3. More.", "no.exe": b"MZ\x00\x00"})
    found = events_of(client, job.job_id)
    numbers = [each.number for each in found]
    assert numbers == sorted(set(numbers))
    files = {each.data["place"]: each.data["file"] for each in found if each.kind == "file"}
    ended = wait(client, job.job_id)
    assert [files[at] for at in range(3)] == [f.model_dump(mode="json") for f in ended.files]
    assert found[-1].kind == "job"
    assert found[-1].data == ended.model_dump(mode="json", exclude={"files"})
    assert [each.data["state"] for each in found if each.kind == "job"].count("done") == 1


def test_whoever_comes_back_is_told_what_was_missed_and_then_nothing(client: TestClient) -> None:
    job = upload(client, {"one.txt": TEXT, "two.txt": TEXT + b"3. More."})
    found = events_of(client, job.job_id)
    assert len(found) > 2
    for place, each in enumerate(found[:-1]):
        later = events_of(client, job.job_id, each.number)
        missed = found[place + 1 :]
        assert later[-1] == missed[-1]
        assert [e for e in later if e.kind == "file"] == [e for e in missed if e.kind == "file"]
    again = client.get(
        f"/v1/jobs/{job.job_id}/events", headers={"Last-Event-ID": str(found[-1].number)}
    )
    assert (again.status_code, again.content) == (204, b"")


@pytest.mark.parametrize("last", ["", "x", "-1", "٣", "9" * 99, "1", "999999999999999999"])
def test_a_number_that_was_never_given_is_told_everything(client: TestClient, last: str) -> None:
    job = upload(client, {"one.txt": TEXT})
    wait(client, job.job_id)
    headers = {"Last-Event-ID": last.encode()}
    answer = client.get(f"/v1/jobs/{job.job_id}/events", headers=headers)
    assert answer.status_code == 200
    assert [each.kind for each in read(answer.text)] == ["file", "job"]


@pytest.mark.parametrize("job_id", ["20250504-101500-3f2a91", "..", "x"])
def test_events_of_an_unknown_job_are_404(client: TestClient, job_id: str) -> None:
    answer = client.get(f"/v1/jobs/{job_id}/events")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("end", ["revoked", "rotated", "expired"])
def test_the_events_of_a_key_end_with_it(tmp_path: Path, end: str) -> None:
    key = key_of(tmp_path, "write", name="desk")
    file, told_once, let_go = key_file(tmp_path), threading.Event(), threading.Event()
    job = new_job("rebuild")

    def changes(_id: str, number: int, view: object = None) -> tuple[Job, list[Any]]:
        if number:
            told_once.set()
        change = Change(1, summary_of(job))
        state = job.model_copy(update={"state": "done"}) if let_go.is_set() else job
        return state, [] if number else [change]

    with closed(tmp_path) as client, ThreadPoolExecutor(1) as reader:
        door = client.app.state.door  # type: ignore[attr-defined]
        with patch.object(client.app.state.jobs, "changes", changes):  # type: ignore[attr-defined]
            opened = reader.submit(client.get, "/v1/jobs/one/events", headers=bearer(key))
            assert told_once.wait(60)
            if end == "revoked":
                file.revoke("desk")
            elif end == "rotated":
                file.rotate("desk")
            else:
                door._wall = lambda: datetime(2999, 1, 1, tzinfo=UTC)
                expire(file, "desk", "2998-12-31")
            try:
                answer = opened.result(timeout=events.HEARTBEAT_S)
            finally:
                let_go.set()
        assert [each.data["state"] for each in read(answer.text)] == ["queued"]
        again = client.get("/v1/jobs/one/events", headers=bearer(key))
        assert again.status_code == 401


def test_as_many_streams_are_open_as_the_settings_allow_and_no_more(tmp_path: Path) -> None:
    most = 34
    let_go = threading.Event()
    job = new_job("rebuild")

    def changes(_id: str, number: int, view: object = None) -> tuple[Job, list[Any]]:
        return (job.model_copy(update={"state": "done"}) if let_go.is_set() else job), []

    queue = queue_of(tmp_path / "index")
    app = told(tmp_path / "index", queue, max_streams=most)
    with (
        patch.object(queue, "changes", changes),
        patch.object(events, "HEARTBEAT_S", 0.0),  # an answer begins with what is told first
        TestClient(app) as client,
        ThreadPoolExecutor(most) as readers,
    ):
        opened = [readers.submit(client.get, "/v1/jobs/one/events") for _ in range(most)]
        guard = app.middleware_stack
        while not isinstance(guard, StreamGuard):
            guard = guard.app if hasattr(guard, "app") else guard._app  # type: ignore[union-attr]
        deadline = time.monotonic() + 60
        while guard._open.total() < most and time.monotonic() < deadline:
            time.sleep(0.01)
        refused = client.get("/v1/jobs/one/events")
        let_go.set()
        assert [each.result().status_code for each in opened] == [200] * most
    assert refused.status_code == 503
    assert 10 <= int(refused.headers["retry-after"]) <= 12


def never_ends(number: int) -> tuple[Job, list[Any]]:
    """Return a job that does not end, and that nothing has changed."""
    return new_job("rebuild"), []


def test_silence_is_broken_and_a_reader_that_goes_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(events, "HEARTBEAT_S", 0.0)
    monkeypatch.setattr(events, "LOOK_EVERY_S", 0.001)
    streams = events.Streams()

    async def listen() -> None:
        stream = events._told(never_ends, 0, streams, lambda: True)
        assert await anext(stream) == b": ping\n\n"
        assert await anext(stream) == b": ping\n\n"
        await stream.aclose()  # type: ignore[attr-defined]
        assert [each async for each in stream] == []

    asyncio.run(listen())


def test_a_service_that_stops_ends_its_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "LOOK_EVERY_S", 0.001)
    streams = events.Streams()
    streams.is_stopping = lambda: True

    async def listen() -> list[bytes]:
        return [each async for each in events._told(never_ends, 0, streams, lambda: True)]

    assert asyncio.run(listen()) == []


def a_job(*outcomes: str, **changes: object) -> Job:
    files = tuple(JobFile(name=f"{n}", bytes=1, outcome=each) for n, each in enumerate(outcomes))  # type: ignore[arg-type]
    job = new_job("upload").model_copy(update={"job_id": "one", "created_at": "then", **changes})
    return with_files(job, files)


def test_changes_are_numbered_once_and_files_that_wait_are_no_news() -> None:
    watched = Watched()
    (first,) = watched.after(a_job("waiting", "waiting"), 0)
    assert watched.after(a_job("waiting", "waiting"), first.number) == []
    later = watched.after(a_job("indexed", "waiting"), first.number)
    assert [type(each.what) for each in later] == [JobFileEvent, type(first.what)]
    assert first.number < later[0].number < later[1].number
    whole = watched.after(a_job("indexed", "waiting"), 0)
    assert whole == later


def test_numbers_of_a_service_that_starts_again_are_greater(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = Watched().after(a_job("indexed"), 0)
    later = time.time_ns() + 10**9
    monkeypatch.setattr(time, "time_ns", lambda: later)
    after = Watched().after(a_job("indexed"), before[-1].number)
    assert [each.what for each in after] == [each.what for each in before]
    assert after[0].number > before[-1].number
