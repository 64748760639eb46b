"""Events of a job are read as they come, and taken up again where the connection broke."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from precedent_client import (
    Client,
    RefusedError,
    ServiceAwayError,
    ServiceError,
    ServiceNotReadyError,
    ServiceSlowError,
)
from precedent_client.events import SILENCE_S
from precedent_client.retrying import LONGEST_WAIT_S, PATIENCE_S
from search_api.routes.events import HEARTBEAT_S
from search_api.schemas import Job, JobFile, JobFileEvent, JobSummary, Problem

WHEN = "2025-05-04T10:15:00Z"

pytestmark = pytest.mark.usefixtures("kind")


def job(state: str, done: int = 0) -> str:
    facts = {"job_id": "J1", "kind": "upload", "state": state, "created_at": WHEN, "done": done}
    return JobSummary.model_validate(facts).model_dump_json()


def file(place: int, name: str | None = None) -> str:
    held = JobFile(name=name or f"{place}.txt", bytes=1, outcome="indexed")
    return JobFileEvent(place=place, file=held).model_dump_json()


def event(number: int, kind: str, data: str) -> str:
    return f"event: {kind}\nid: {number}\ndata: {data}\n\n"


class Streams:
    """Answers with streams as written, one after the other; the last again and again."""

    def __init__(self, *streams: list[str | Exception] | int | httpx.Response) -> None:
        self.streams = list(streams)
        self.asked: list[str] = []
        self.timeouts: list[float] = []
        self.waits: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith("/events"):
            return httpx.Response(200, content=job("done"))
        assert request.headers["accept"] == "text/event-stream"
        self.asked.append(request.headers["last-event-id"])
        self.timeouts.append(request.extensions["timeout"]["read"])
        stream = self.streams.pop(0) if len(self.streams) > 1 else self.streams[0]
        if isinstance(stream, httpx.Response):
            return httpx.Response(stream.status_code, headers=stream.headers, text=stream.text)
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


FAR = [event(1, "job", job("running"))]
END = [event(2, "job", job("done"))]


@pytest.mark.parametrize("status", [502, 503, 504])
@pytest.mark.parametrize("before", [[FAR], []], ids=["amid", "at first"])
def test_what_a_proxy_answers_meanwhile_passes(status: int, before: list[Any]) -> None:
    page = httpx.Response(status, html="<h1>Bad gateway</h1>")
    streams = Streams(*before, page, page, END)
    assert told(streams)[-1] == "done"
    assert streams.asked == ["", *["1" if before else ""] * (len(streams.asked) - 1)]
    assert all(0 < wait <= LONGEST_WAIT_S for wait in streams.waits)


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_proxy_without_a_service_is_given_up_and_said(status: int) -> None:
    streams = Streams(FAR, httpx.Response(status, html="<h1>Bad gateway</h1>"))
    with pytest.raises(ServiceNotReadyError) as raised:
        told(streams, retries=2)
    assert "not ready" in raised.value.detail
    assert "broke off 3 times in a row. The job goes on" in str(raised.value)
    assert sum(streams.waits) <= 3 * PATIENCE_S
    assert len(streams.asked) <= 1 + 3 * 3


def test_a_service_that_asks_for_more_patience_than_there_is_is_given_up_at_once() -> None:
    busy = httpx.Response(503, headers={"retry-after": str(int(PATIENCE_S) + 1)}, text="")
    streams = Streams(FAR, busy)
    with pytest.raises(ServiceError, match="broke off"):
        told(streams)
    assert streams.asked == ["", "1"]


def test_as_long_as_the_service_says_is_waited() -> None:
    busy = httpx.Response(503, headers={"retry-after": "7"}, text="")
    streams = Streams(FAR, busy, END)
    assert told(streams) == ["running", "done"]
    assert streams.waits[-1] >= 7


def test_a_stream_that_closes_without_a_word_is_not_taken_for_the_end() -> None:
    streams = Streams(FAR, [], [": here\n\n"], END)
    assert told(streams) == ["running", "done"]
    assert streams.asked == ["", "1", "1", "1"]


def test_signs_of_life_begin_patience_anew() -> None:
    alive: list[str | Exception] = [": ping\n\n", httpx.RemoteProtocolError("cut by a proxy")]
    assert told(Streams(FAR, *[alive] * 9, END), retries=1) == ["running", "done"]


def test_a_stream_may_be_silent_for_longer_than_the_service_is() -> None:
    assert SILENCE_S > 2 * HEARTBEAT_S
    streams = Streams(FAR, [httpx.ReadTimeout("silent")], END)
    assert told(streams, timeout_s=5) == ["running", "done"]
    assert streams.timeouts == [SILENCE_S] * 3
    streams = Streams([httpx.ReadTimeout("silent")])
    with pytest.raises(ServiceSlowError, match=rf"no answer in {SILENCE_S:.0f} s; .* once"):
        told(streams, timeout_s=5, retries=0)


def test_a_longer_time_out_holds_for_streams_too() -> None:
    streams = Streams(END)
    told(streams, timeout_s=100)
    assert streams.timeouts == [100]


def test_other_ends_of_lines_within_an_event_are_no_ends() -> None:
    name = "a\u2028b\u2029c\u0085d.txt"
    assert told(Streams([event(1, "file", file(0, name)), *END])) == [name, "done"]
