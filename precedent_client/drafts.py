"""The sentences of a draft, as they come."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from pydantic import BaseModel, TypeAdapter, ValidationError

from precedent_client.answers import error_of
from precedent_client.async_connection import AsyncConnection
from precedent_client.calls import Question, written
from precedent_client.connection import Connection
from precedent_client.errors import ForeignServiceError
from search_api.schemas import DraftUnit, Precedents, PrecedentsRequest, Problem

__all__ = ["AsyncPrecedentStream", "PrecedentStream"]


class _Begun(BaseModel):
    """The first line: how many sentences there are."""

    total: int


class _Ended(BaseModel):
    """The last line: what the answer says beside its sentences."""

    summary: Precedents


class _Stopped(BaseModel):
    """The line of a check that cannot go on."""

    problem: Problem


_LINE: TypeAdapter[DraftUnit | _Begun | _Ended | _Stopped] = TypeAdapter(
    DraftUnit | _Begun | _Ended | _Stopped
)


class _Stream:
    """What is known of a draft whose sentences come one by one.

    Attributes:
        total: Sentences of the whole draft; None until the first line has come.
        summary: Counts, warnings and where to go on, without the sentences; None until the end.
    """

    def __init__(self, url: str, request: PrecedentsRequest | str) -> None:
        asked = PrecedentsRequest(text=request) if isinstance(request, str) else request
        self.total: int | None = None
        self.summary: Precedents | None = None
        self._url = url
        self._question = Question(
            "POST",
            "/v1/precedents",
            content=written(asked),
            accept="application/x-ndjson",
            repeatable=True,
        )

    def _units(self, line: str) -> Iterator[DraftUnit]:
        """Yield the sentence that a line is, if it is one."""
        if not line:
            return
        try:
            said = _LINE.validate_json(line, extra="ignore")
        except ValidationError as error:
            cause = "a line of its answer is not as expected"
            raise ForeignServiceError(self._url, cause) from error
        match said:
            case DraftUnit():
                yield said
            case _Begun():
                self.total = said.total
            case _Ended():
                self.summary = said.summary
            case _Stopped():
                raise error_of(self._url, said.problem)


class PrecedentStream(_Stream):
    """The sentences of a draft, each as soon as it is checked; iterate over it once."""

    def __init__(self, connection: Connection, request: PrecedentsRequest | str) -> None:
        super().__init__(connection.url, request)
        self._lines = connection.lines(self._question)

    def __iter__(self) -> Iterator[DraftUnit]:
        """Yield the sentences in reading order.

        Raises:
            ServiceError: the check cannot go on; what was yielded stands.
        """
        for line in self._lines:
            yield from self._units(line)


class AsyncPrecedentStream(_Stream):
    """The same for asyncio; iterate over it once."""

    def __init__(self, connection: AsyncConnection, request: PrecedentsRequest | str) -> None:
        super().__init__(connection.url, request)
        self._lines = connection.lines(self._question)

    async def __aiter__(self) -> AsyncIterator[DraftUnit]:
        """Yield the sentences in reading order.

        Raises:
            ServiceError: the check cannot go on; what was yielded stands.
        """
        async for line in self._lines:
            for unit in self._units(line):
                yield unit
