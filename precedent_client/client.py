"""The client: every operation of the API as a method."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

import httpx

from precedent_client.addressing import DEFAULT_URL
from precedent_client.calls import Sender
from precedent_client.connection import Connection
from precedent_client.drafts import PrecedentStream
from precedent_client.operations import TIMEOUT_S, Operations
from precedent_client.retrying import RETRIES
from search_api.schemas import Job, PrecedentsRequest

__all__ = ["Client"]


class Client(Operations, Sender):
    """Calls to one search service, each named as its `operationId`; safe to share by threads.

    Questions go in and answers come out as the classes of `search_api.schemas`. Whatever goes wrong
    is a `ServiceError`. What fails on the way is sent again, with growing pauses, where that can do
    no harm: all that only reads; of what changes something, only what certainly was not done.
    """

    _connection: Connection

    def __init__(
        self,
        url: str = DEFAULT_URL,
        *,
        key: str | None = None,
        timeout_s: float = TIMEOUT_S,
        retries: int = RETRIES,
        plain_http: bool = False,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """Prepare the calls; nothing is contacted yet.

        Args:
            url: Address of the service.
            key: Key of the service, where it requires one; shown by nothing here.
            timeout_s: Longest wait for an answer.
            retries: Times a request is sent again, at most; 0 for never.
            plain_http: Send the key over plain http to another machine too.
            transport: Stands in for the network in tests.
            sleep: Waits between attempts; stands in for the clock in tests.

        Raises:
            ServiceError: the address is none, or the key would travel in the open.
        """
        self._connection = Connection(
            url,
            key=key,
            timeout_s=timeout_s,
            retries=retries,
            plain_http=plain_http,
            transport=transport,
            sleep=sleep,
        )

    def stream_precedents(self, request: PrecedentsRequest | str) -> PrecedentStream:
        """Return what `precedents` does, each sentence as soon as it is checked."""
        return PrecedentStream(self._connection, request)

    def wait_for_job(self, job_id: str) -> Job:
        """Return a job with what became of each file, once it has ended, in whatever way."""
        for _ in self.job_events(job_id):
            pass
        return self.job(job_id)

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
