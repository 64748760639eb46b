"""Server-sent events of a job: read, and taken up again where the connection broke."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from precedent_client.answers import read
from precedent_client.connection import Connection
from precedent_client.errors import (
    ServiceAwayError,
    ServiceError,
    ServiceNotReadyError,
    ServiceSlowError,
)
from precedent_client.retrying import PATIENCE_S
from search_api.schemas import JobFileEvent, JobSummary

__all__ = ["SILENCE_S", "events"]

SILENCE_S = 45.0
"""Longest silence of a stream: three of the service's signs of life, one each 15 s."""


@dataclass(frozen=True, slots=True)
class _Event:
    """An event as it is written: its kind, its number and its data."""

    kind: str
    number: str
    data: str


def events(connection: Connection, path: str) -> Iterator[JobSummary | JobFileEvent]:
    """Yield the events of a job until it has ended, however often the way to it breaks.

    It goes on after the event that was told last. A proxy's 502, 503 and 504 pass too, as the
    service comes back; whatever comes, if only a sign of life, is a new beginning of patience.

    Raises:
        ServiceError: it broke off more often in a row than requests are sent again, or the service
            asks for more patience than there is; its detail says what it was the last time. Or
            there is no such job, or no leave to hear of it.
    """
    number, breaks = "", 0
    while True:
        broken: ServiceError = ServiceAwayError(connection.url, "it ended before the job did")
        try:
            lines = connection.event_lines(path, number, SILENCE_S)
            if lines is None:  # the job has ended, and all of it was told
                return
            for event in _events(lines):
                breaks = 0
                if event is None:
                    continue
                number = event.number or number
                said = _read(connection.url, event)
                if said is None:
                    continue
                yield said
                if isinstance(said, JobSummary) and said.has_ended:
                    return
        except (ServiceAwayError, ServiceSlowError, ServiceNotReadyError) as error:
            broken = error
        breaks += 1
        after_s = broken.retry_after_s
        if breaks > connection.retries or (after_s is not None and after_s > PATIENCE_S):
            raise _given_up(broken, breaks)
        connection.pause(breaks, after_s)


def _given_up(error: ServiceError, breaks: int) -> ServiceError:
    """Say of an error that it was the last of several, and that the job does not end with it."""
    often = f"{breaks} times in a row" if breaks > 1 else "once"
    error.add(f"; the events of the job broke off {often}. The job goes on: ask for it again")
    return error


def _events(lines: Iterable[str]) -> Iterator[_Event | None]:
    """Read the lines of a stream (HTML, 9.2.6); None is a comment, one that is cut off is none."""
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
            elif not name:
                yield None
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
