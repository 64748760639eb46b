"""Server-sent events of a job: read, and taken up again where the connection broke."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from precedent_client.answers import read
from precedent_client.connection import Connection
from precedent_client.errors import ServiceAwayError, ServiceSlowError
from search_api.schemas import JobFileEvent, JobSummary

__all__ = ["events"]


@dataclass(frozen=True, slots=True)
class _Event:
    """An event as it is written: its kind, its number and its data."""

    kind: str
    number: str
    data: str


def events(connection: Connection, path: str) -> Iterator[JobSummary | JobFileEvent]:
    """Yield the events of a job until it has ended.

    Raises:
        ServiceError: the stream broke more often than requests are sent again, nothing new having
            been told in between, or it is none.
    """
    number, breaks = "", 0
    while True:
        broken: ServiceAwayError | ServiceSlowError | None = None
        told = False
        try:
            lines = connection.lines(
                "GET", path, accept="text/event-stream", headers={"Last-Event-ID": number}
            )
            for event in _events(lines):
                told, number, breaks = True, event.number or number, 0
                said = _read(connection.url, event)
                if said is None:
                    continue
                yield said
                if isinstance(said, JobSummary) and said.has_ended:
                    return
        except (ServiceAwayError, ServiceSlowError) as error:
            broken = error
        if broken is None and not told and number:
            return  # 204: the job has ended, and all of it was told
        breaks += 1
        if breaks > connection.retries or (broken is not None and not number):
            raise broken or ServiceAwayError(connection.url, "it ended before the job did")
        connection.pause(breaks)


def _events(lines: Iterable[str]) -> Iterator[_Event]:
    """Read the lines of a stream (HTML, 9.2.6); one that is cut off is none."""
    kind, number, data = "message", "", []
    for line in lines:
        if line:
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if name == "event":
                kind = value
            elif name == "id":
                number = value
            elif name == "data":
                data.append(value)
            continue
        if data:
            yield _Event(kind, number, "\n".join(data))
        kind, data = "message", []


def _read(url: str, event: _Event) -> JobSummary | JobFileEvent | None:
    """Return what an event says; None for kinds that a newer service may have."""
    content = event.data.encode()
    if event.kind == "job":
        return read(url, content, JobSummary)
    if event.kind == "file":
        return read(url, content, JobFileEvent)
    return None
