"""Server-sent events of a job: read, and taken up again where the connection broke."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import dataclass

from precedent_client.answers import read
from precedent_client.async_connection import AsyncConnection
from precedent_client.calls import Question
from precedent_client.connection import Connection
from precedent_client.errors import (
    ServiceAwayError,
    ServiceError,
    ServiceNotReadyError,
    ServiceSlowError,
)
from precedent_client.retrying import PATIENCE_S
from search_api.schemas import JobFileEvent, JobSummary

__all__ = ["SILENCE_S", "JobEvents"]

SILENCE_S = 45.0
"""Longest silence of a stream: three of the service's signs of life, one each 15 s."""

_PASSING = (ServiceAwayError, ServiceSlowError, ServiceNotReadyError)

_Said = JobSummary | JobFileEvent


@dataclass(frozen=True, slots=True)
class JobEvents:
    """The events of a job until it has ended, however often the way to it breaks.

    It goes on after the event that was told last. A proxy's 502, 503 and 504 pass too, as the
    service comes back; whatever comes, if only a sign of life, is a new beginning of patience.

    Raises, when it is told:
        ServiceError: it broke off more often in a row than requests are sent again, or the service
            asks for more patience than there is; its detail says what it was the last time. Or
            there is no such job, or no leave to hear of it.
    """

    path: str

    def told(self, connection: Connection) -> Iterator[_Said]:
        """Yield them over a connection that waits."""
        heard = _Heard(connection.url, connection.retries)
        while True:
            broken: ServiceError = heard.cut_off()
            try:
                lines = connection.event_lines(heard.question(self.path, connection.timeout_s))
                if lines is None:  # the job has ended, and all of it was told
                    return
                for line in lines:
                    yield from heard.said(line)
                    if heard.has_ended():
                        return
            except _PASSING as error:
                broken = error
            connection.pause(*heard.broke(broken))

    async def told_async(self, connection: AsyncConnection) -> AsyncIterator[_Said]:
        """Yield them over one of asyncio."""
        heard = _Heard(connection.url, connection.retries)
        while True:
            broken: ServiceError = heard.cut_off()
            try:
                question = heard.question(self.path, connection.timeout_s)
                lines = await connection.event_lines(question)
                if lines is None:
                    return
                async with aclosing(lines):
                    async for line in lines:
                        for each in heard.said(line):
                            yield each
                        if heard.has_ended():
                            return
            except _PASSING as error:
                broken = error
            await connection.pause(*heard.broke(broken))


class _Heard:
    """What was heard of a job so far, over however many connections (HTML, 9.2.6)."""

    def __init__(self, url: str, retries: int) -> None:
        self._has_ended = False
        self._url = url
        self._retries = retries
        self._last = ""  # number of the last event that was told
        self._breaks = 0
        self._begin()

    def _begin(self) -> None:
        self._kind, self._number, self._data = "message", "", list[str]()

    def question(self, path: str, timeout_s: float) -> Question:
        """Return what is asked to hear the rest; what an event was cut off in is forgotten."""
        self._begin()
        return Question(
            "GET",
            path,
            accept="text/event-stream",
            headers={"Last-Event-ID": self._last},
            timeout_s=max(SILENCE_S, timeout_s),
            repeatable=True,
        )

    def said(self, line: str) -> Iterator[_Said]:
        """Yield what is said once a line has ended an event."""
        if line:
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if name == "event":
                self._kind = value
            elif name == "id":
                self._number = value
            elif name == "data":
                self._data.append(value)
            elif not name:  # a sign of life
                self._breaks = 0
            return
        kind, number, data = self._kind, self._number, "\n".join(self._data)
        was_event = bool(self._data)
        self._begin()
        if not was_event:
            return
        self._breaks = 0
        self._last = number or self._last
        said = _read(self._url, kind, data.encode())
        if said is not None:
            self._has_ended = isinstance(said, JobSummary) and said.has_ended
            yield said

    def has_ended(self) -> bool:
        """Tell whether the job has ended."""
        return self._has_ended

    def cut_off(self) -> ServiceError:
        """Return the error that an end before that of the job is."""
        return ServiceAwayError(self._url, "it ended before the job did")

    def broke(self, error: ServiceError) -> tuple[int, float | None]:
        """Count a break; return how many there were in a row, and what the service asks to wait.

        Raises:
            ServiceError: there were too many, or the wait is too long.
        """
        self._breaks += 1
        after_s = error.retry_after_s
        if self._breaks > self._retries or (after_s is not None and after_s > PATIENCE_S):
            often = f"{self._breaks} times in a row" if self._breaks > 1 else "once"
            error.add(
                f"; the events of the job broke off {often}. The job goes on: ask for it again"
            )
            raise error
        return self._breaks, after_s


def _read(url: str, kind: str, content: bytes) -> _Said | None:
    """Return what an event says; None for kinds that a newer service may have."""
    if kind == "job":
        return read(url, content, JobSummary)
    if kind == "file":
        return read(url, content, JobFileEvent)
    return None
