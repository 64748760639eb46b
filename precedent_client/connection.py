"""Connections to one service: questions sent, sent again where that is safe, and answers read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from typing import TypeVar

import httpx

from precedent_client.answers import refusal
from precedent_client.calls import Call, Question
from precedent_client.lines import lines_of
from precedent_client.requesting import Requesting
from precedent_client.retrying import Patience, pause_s

__all__ = ["Connection"]

_T = TypeVar("_T")


class Connection(Requesting):
    """Connections to one service. Safe to share between threads, as `httpx.Client` is."""

    def __init__(
        self,
        url: str,
        *,
        key: str | None,
        timeout_s: float,
        retries: int,
        plain_http: bool,
        transport: httpx.BaseTransport | None,
        sleep: Callable[[float], object],
    ) -> None:
        """Prepare the calls; nothing is contacted yet.

        Raises:
            ServiceError: the address is none, or the key would travel in the open.
        """
        super().__init__(url, key=key, timeout_s=timeout_s, retries=retries, plain_http=plain_http)
        self._sleep = sleep
        self._http = httpx.Client(transport=transport, **self._settings())

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def answer(self, call: Call[_T]) -> _T:
        """Return what a call is answered.

        Raises:
            ServiceError: there is no answer, or one that is none of the contract.
        """
        question = call.question
        if question.is_once:
            patience = Patience(0, repeatable=False)
            return call.read(self.url, self._send(question, patience, stream=False))
        return call.read(self.url, self._ask(question))

    def lines(self, question: Question) -> Generator[str, None, None]:
        """Yield the lines that are answered, as they come, empty ones too.

        Raises:
            ServiceError: as `answer`; also in the midst of it. It is begun again only where nothing
                has come yet.
        """
        yield from self._lines(self._ask(question, stream=True), question)

    def event_lines(self, question: Question) -> Generator[str, None, None] | None:
        """Return the lines of server-sent events as they come; None for 204, the end of them.

        Raises:
            ServiceError: as `lines`.
        """
        response = self._ask(question, stream=True)
        if response.status_code == httpx.codes.NO_CONTENT:
            response.close()
            return None
        return self._lines(response, question)

    def _lines(self, response: httpx.Response, question: Question) -> Generator[str, None, None]:
        with contextlib.closing(response):
            try:
                yield from lines_of(response.iter_bytes())
            except httpx.HTTPError as error:
                raise self._broken(error, question) from error

    def pause(self, times: int, at_least_s: float | None = None) -> None:
        """Wait before something is begun anew for the n-th time."""
        self._sleep(pause_s(times, at_least_s))

    def _ask(self, question: Question, *, stream: bool = False) -> httpx.Response:
        """Return an answer that is none of an error."""
        patience = Patience(self.retries, repeatable=question.repeatable)
        response = self._send(question, patience, stream=stream)
        if response.is_success:
            return response
        if stream:
            try:
                with contextlib.suppress(httpx.HTTPError):
                    response.read()
            finally:
                response.close()
        raise refusal(self.url, response)

    def _send(self, question: Question, patience: Patience, *, stream: bool) -> httpx.Response:
        """Return an answer of any status, after as many attempts as patience allows."""
        while True:
            try:
                with self._request(self._http, question) as request:
                    response = self._http.send(request, stream=stream)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                wait_s = patience.after_failure(error)
                if wait_s is None:
                    raise self._broken(error, question) from error
            else:
                wait_s = None if question.files else patience.after_answer(response)
                if wait_s is None:
                    return response
                response.close()
            self._sleep(wait_s)
