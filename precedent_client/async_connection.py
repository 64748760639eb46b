"""The same connections for asyncio."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import TypeVar

import httpx

from precedent_client.answers import refusal
from precedent_client.calls import Call, Question
from precedent_client.lines import async_lines_of
from precedent_client.requesting import Requesting
from precedent_client.retrying import Patience, pause_s

__all__ = ["AsyncConnection"]

_T = TypeVar("_T")


class AsyncConnection(Requesting):
    """Connections of one event loop to one service."""

    def __init__(
        self,
        url: str,
        *,
        key: str | None,
        timeout_s: float,
        retries: int,
        plain_http: bool,
        transport: httpx.AsyncBaseTransport | None,
        sleep: Callable[[float], Awaitable[object]],
    ) -> None:
        """Prepare the calls; nothing is contacted yet.

        Raises:
            ServiceError: the address is none, or the key would travel in the open.
        """
        super().__init__(url, key=key, timeout_s=timeout_s, retries=retries, plain_http=plain_http)
        self._sleep = sleep
        self._http = httpx.AsyncClient(transport=transport, **self._settings())

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def answer(self, call: Call[_T]) -> _T:
        """Return what a call is answered.

        Raises:
            ServiceError: there is no answer, or one that is none of the contract.
        """
        question = call.question
        if question.is_once:
            patience = Patience(0, repeatable=False)
            return call.read(self.url, await self._send(question, patience, stream=False))
        return call.read(self.url, await self._ask(question))

    async def lines(self, question: Question) -> AsyncGenerator[str]:
        """Yield the lines that are answered, as they come, empty ones too.

        Raises:
            ServiceError: as `answer`; also in the midst of it. It is begun again only where nothing
                has come yet.
        """
        async with contextlib.aclosing(
            self._lines(await self._ask(question, stream=True), question)
        ) as lines:
            async for line in lines:
                yield line

    async def event_lines(self, question: Question) -> AsyncGenerator[str] | None:
        """Return the lines of server-sent events as they come; None for 204, the end of them.

        Raises:
            ServiceError: as `lines`.
        """
        response = await self._ask(question, stream=True)
        if response.status_code == httpx.codes.NO_CONTENT:
            await response.aclose()
            return None
        return self._lines(response, question)

    async def _lines(self, response: httpx.Response, question: Question) -> AsyncGenerator[str]:
        try:
            try:
                async for line in async_lines_of(response.aiter_bytes()):
                    yield line
            except httpx.HTTPError as error:
                raise self._broken(error, question) from error
        finally:
            await response.aclose()

    async def pause(self, times: int, at_least_s: float | None = None) -> None:
        """Wait before something is begun anew for the n-th time."""
        await self._sleep(pause_s(times, at_least_s))

    async def _ask(self, question: Question, *, stream: bool = False) -> httpx.Response:
        """Return an answer that is none of an error."""
        patience = Patience(self.retries, repeatable=question.repeatable)
        response = await self._send(question, patience, stream=stream)
        if response.is_success:
            return response
        if stream:
            try:
                with contextlib.suppress(httpx.HTTPError):
                    await response.aread()
            finally:
                await response.aclose()
        raise refusal(self.url, response)

    async def _send(
        self, question: Question, patience: Patience, *, stream: bool
    ) -> httpx.Response:
        """Return an answer of any status, after as many attempts as patience allows."""
        while True:
            try:
                with self._request(self._http, question) as request:
                    response = await self._http.send(request, stream=stream)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                wait_s = patience.after_failure(error)
                if wait_s is None:
                    raise self._broken(error, question) from error
            else:
                wait_s = None if question.files else patience.after_answer(response)
                if wait_s is None:
                    return response
                await response.aclose()
            await self._sleep(wait_s)
