"""The client for asyncio."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

import httpx

from precedent_client.addressing import DEFAULT_URL
from precedent_client.async_connection import AsyncConnection
from precedent_client.calls import AsyncSender
from precedent_client.drafts import AsyncPrecedentStream
from precedent_client.operations import TIMEOUT_S, Operations
from precedent_client.retrying import RETRIES
from search_api.schemas import Job, PrecedentsRequest

__all__ = ["AsyncClient"]


class AsyncClient(Operations, AsyncSender):
    """The calls of `Client` for asyncio: each is awaited, and each iterator is asynchronous.

    For one event loop. What is said of `Client` holds for it too.
    """

    _connection: AsyncConnection

    def __init__(
        self,
        url: str = DEFAULT_URL,
        *,
        key: str | None = None,
        timeout_s: float = TIMEOUT_S,
        retries: int = RETRIES,
        plain_http: bool = False,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
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
        self._connection = AsyncConnection(
            url,
            key=key,
            timeout_s=timeout_s,
            retries=retries,
            plain_http=plain_http,
            transport=transport,
            sleep=sleep,
        )

    def stream_precedents(self, request: PrecedentsRequest | str) -> AsyncPrecedentStream:
        """Return what `precedents` does, each sentence as soon as it is checked."""
        return AsyncPrecedentStream(self._connection, request)

    async def wait_for_job(self, job_id: str) -> Job:
        """Return a job with what became of each file, once it has ended, in whatever way."""
        async for _ in self.job_events(job_id):
            pass
        return await self.job(job_id)

    async def close(self) -> None:
        """Close the connections."""
        await self._connection.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()
