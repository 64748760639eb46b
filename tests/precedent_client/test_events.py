"""Events of a job are read as they come, and taken up again where the connection broke."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from precedent_client import Client, RefusedError, ServiceAwayError, ServiceError
from search_api.schemas import Job, JobFile, JobFileEvent, JobSummary, Problem

WHEN = "2025-05-04T10:15:00Z"


def job(state: str, done: int = 0) -> str:
    facts = {"job_id": "J1", "kind": "upload", "state": state, "created_at": WHEN, "done": done}
    return JobSummary.model_validate(facts).model_dump_json()


def file(place: int) -> str:
    held = JobFile(name=f"{place}.txt", bytes=1, outcome="indexed")
    return JobFileEvent(place=place, file=held).model_dump_json()


def event(number: int, kind: str, data: str) -> str:
    return f"event: {kind}\nid: {number}\ndata: {data}\n\n"


class Streams:
    """Answers with streams as written, one after the other; the last again and again."""

    def __init__(self, *streams: list[str | Exception] | int) -> None:
        self.streams = list(streams)
        self.asked: list[str] = []
        self.waits: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith("/events"):
            return httpx.Response(200, content=job("done"))
        assert request.headers["accept"] == "text/event-stream"
        self.asked.append(request.headers["last-event-id"])
        stream = self.streams.pop(0) if len(self.streams) > 1 else self.streams[0]
        if isinstance(stream, int):
            problem = Problem(title="No", status=stream, detail="no such job")
            content = b"" if stream == 204 else problem.model_dump_json().encode()
            return httpx.Response(stream, content=content)
        return httpx.Response(200, content=self._pieces(stream))

    def _pieces(self, stream: list[str | Exception]) -> Iterator[bytes]:
        for piece in stream:
            if isinstance(piece, Exception):
                raise piece
            yield piece.encode()

    def client(self, **given: Any) -> Client:
        return Client(transport=httpx.MockTransport(self), sleep=self.waits.append, **given)


def told(streams: Streams, **given: Any) -> list[str]:
    return [
        each.state if isinstance(each, JobSummary) else each.file.name
        for each in streams.client(**given).job_events("J1")
    ]


def test_events_come_until_the_job_has_ended() -> None:
    streams = Streams(
        [": here\n\n", event(1, "job", job("running")), event(2, "file", file(0)),
         event(3, "newer", "{}"), event(4, "job", job("done")), event(5, "job", job("running"))]
    )  # fmt: skip
    assert told(streams) == ["running", "0.txt", "done"]
    assert streams.asked == [""]


def test_a_broken_stream_goes_on_after_what_was_told() -> None:
    streams = Streams(
        [event(1, "job", job("running")), event(2, "file", file(0))[:-2], httpx.ReadError("cut")],
        [event(2, "file", file(0)), httpx.RemoteProtocolError("ended")],
        [event(3, "job", job("done"))],
    )
    assert told(streams) == ["running", "0.txt", "done"]
    assert streams.asked == ["", "1", "2"]
    assert len(streams.waits) == 2


def test_what_was_told_to_its_end_is_not_asked_for_again() -> None:
    streams = Streams([event(1, "job", job("running"))], 204)
    assert told(streams) == ["running"]


def test_a_stream_that_breaks_time_and_again_is_given_up() -> None:
    streams = Streams([event(1, "job", job("running"))], [httpx.ReadError("cut")])
    with pytest.raises(ServiceAwayError, match="cut"):
        told(streams, retries=2)
    assert streams.asked == ["", "1", "1"]


def test_a_service_that_stops_before_the_job_is_said() -> None:
    with pytest.raises(ServiceError):
        told(Streams([]), retries=1)


def test_a_job_that_is_unknown_is_said() -> None:
    with pytest.raises(RefusedError, match="no such job"):
        told(Streams(404))


def test_a_job_is_waited_for() -> None:
    streams = Streams([event(1, "job", job("running"))], [event(2, "job", job("failed"))])
    assert isinstance(streams.client().wait_for_job("J1"), Job)
    assert streams.asked == ["", "1"]
