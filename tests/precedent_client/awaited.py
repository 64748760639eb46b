"""The client of asyncio, waited for: so that the tests of the other one hold it to the same."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable, Iterator
from types import TracebackType
from typing import Any, ClassVar, Self

import httpx

from precedent_client import AsyncClient

__all__ = ["Awaited"]


class _AsyncStream(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._stream:
            yield piece

    async def aclose(self) -> None:
        self._stream.close()


class _AsyncTransport(httpx.AsyncBaseTransport):
    """Answers as a transport that waits does."""

    def __init__(self, transport: httpx.BaseTransport) -> None:
        self._transport = transport

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        answer = self._transport.handle_request(request)
        assert isinstance(answer.stream, httpx.SyncByteStream)
        return httpx.Response(
            answer.status_code, headers=answer.headers, stream=_AsyncStream(answer.stream)
        )


class Awaited:
    """Has the face of `Client`.

    Attributes:
        loop: that all of them run in.
    """

    loop: ClassVar[asyncio.AbstractEventLoop]

    def __init__(
        self,
        *args: Any,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], object] | None = None,
        **given: Any,
    ) -> None:
        if transport is not None:
            given["transport"] = _AsyncTransport(transport)
        if sleep is not None:

            async def slept(seconds: float) -> object:
                return sleep(seconds)

            given["sleep"] = slept
        self._client = AsyncClient(*args, **given)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._client, name)
        if not callable(found):
            return found
        return lambda *args, **kwargs: self.waited(found(*args, **kwargs))

    def waited(self, made: Any) -> Any:
        """Return what is awaited; of what is told over time, an iterator."""
        if inspect.isawaitable(made):
            return self.loop.run_until_complete(made)
        return _Stream(made, self) if hasattr(made, "__aiter__") else made

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.loop.run_until_complete(self._client.close())


class _Stream:
    """What is told over time, waited for."""

    def __init__(self, made: Any, client: Awaited) -> None:
        self._made = made
        self._client = client

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made, name)

    def __iter__(self) -> Iterator[Any]:
        told = aiter(self._made)
        while True:
            try:
                yield self._client.waited(anext(told))
            except StopAsyncIteration:
                return

    def __next__(self) -> Any:
        try:
            return self._client.waited(anext(self._made))
        except StopAsyncIteration:
            raise StopIteration from None
