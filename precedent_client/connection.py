"""Requests to one service: sent, sent again where that is safe, and their answers read."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib import metadata
from typing import BinaryIO, Self

import httpx
from pydantic import BaseModel

from precedent_client.addressing import Params, check_key, checked_url
from precedent_client.answers import Answer, Download, read, refusal
from precedent_client.errors import ServiceAwayError, ServiceError, ServiceSlowError
from precedent_client.lines import lines_of
from precedent_client.retrying import Patience, pause_s

__all__ = ["CONNECT_TIMEOUT_S", "UPLOAD_TIMEOUT_S", "Connection", "UploadFile"]

CONNECT_TIMEOUT_S = 3.0
UPLOAD_TIMEOUT_S = 120.0
"""For files, which are written to the disk of the service on the way."""

UploadFile = tuple[str, BinaryIO]
"""A file to send: its name, and what to read it from."""


def _user_agent() -> str:
    try:
        version = metadata.version("precedent")
    except metadata.PackageNotFoundError:  # a source folder by itself
        version = "unknown"
    return f"precedent-client/{version}"


def _no_cookies() -> CookieJar:
    """Return a jar that takes none: what a proxy gives one key would go along with another."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=()))


@dataclass(frozen=True, slots=True)
class _Question:
    """A request.

    Attributes:
        repeatable: whether it may be sent again though it may have been done.
    """

    method: str
    path: str
    params: Params | None = None
    content: str | None = None
    files: Sequence[UploadFile] | None = None
    accept: str = "application/json"
    headers: Mapping[str, str] | None = None
    timeout_s: float | None = None
    repeatable: bool = False


class Connection:
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
        self.url = checked_url(url)
        self.timeout_s = timeout_s
        self.retries = retries
        self._sleep = sleep
        self._plain_http = plain_http
        self._authorization = self._authorized(key)
        # Proxies and credentials from the environment are ignored: a query is for this service
        # only, and a proxy that is set for the web would otherwise be shown it. Redirects are not
        # followed: nobody else is to see the query and the key.
        self._http = httpx.Client(
            base_url=self.url,
            timeout=httpx.Timeout(timeout_s, connect=min(CONNECT_TIMEOUT_S, timeout_s)),
            transport=transport,
            trust_env=False,
            follow_redirects=False,
            headers={"User-Agent": _user_agent()},
            cookies=_no_cookies(),
        )

    def _authorized(self, key: str | None) -> dict[str, str]:
        """Return the header that shows a key.

        Raises:
            UnsafeKeyError: the key would travel in the open.
        """
        if not key:
            return {}
        check_key(self.url, key, plain_http=self._plain_http)
        return {"Authorization": f"Bearer {key}"}

    def with_key(self, key: str | None) -> Self:
        """Return the same connections for somebody else, whose key is sent and no other.

        Raises:
            UnsafeKeyError: the key would travel in the open.
        """
        theirs = copy.copy(self)
        theirs._authorization = self._authorized(key)
        return theirs

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def get(self, path: str, answer: type[Answer], params: Params | None = None) -> Answer:
        """Return what a path answers.

        Raises:
            ServiceError: there is no answer, or one that is none of the contract.
        """
        response = self._ask(_Question("GET", path, params=params, repeatable=True))
        return read(self.url, response.content, answer)

    def ask(self, path: str, body: BaseModel, answer: type[Answer]) -> Answer:
        """Return what a path answers to a question that changes nothing; raises as `get` does."""
        content = _written(body)
        response = self._ask(_Question("POST", path, content=content, repeatable=True))
        return read(self.url, response.content, answer)

    def change(
        self, method: str, path: str, answer: type[Answer], body: BaseModel | None = None,
        params: Params | None = None,
    ) -> Answer:  # fmt: skip
        """Return what a path answers to a change, which is sent twice only where it was not done.

        Raises:
            ServiceError: as `get`; where the connection broke, the change may have been made.
        """
        content = _written(body)
        response = self._ask(_Question(method, path, params=params, content=content))
        return read(self.url, response.content, answer)

    def upload(
        self,
        path: str,
        files: Sequence[UploadFile],
        answer: type[Answer],
        params: Params | None = None,
    ) -> Answer:
        """Return what a path answers to files, which are read as they are sent.

        Raises:
            ServiceError: as `get`; where the connection broke, the files may have arrived.
        """
        question = _Question("POST", path, params=params, files=files, timeout_s=UPLOAD_TIMEOUT_S)
        response = self._ask(question)
        return read(self.url, response.content, answer)

    def download(
        self, method: str, path: str, body: BaseModel | None = None, params: Params | None = None
    ) -> Download:
        """Return the file that a path answers; raises as `get` does."""
        content = _written(body)
        question = _Question(
            method, path, params=params, content=content, accept="*/*", repeatable=True
        )
        response = self._ask(question)
        return Download(response.content, dict(response.headers))

    def lines(
        self, method: str, path: str, *, accept: str, body: BaseModel | None = None
    ) -> Iterator[str]:
        """Yield the lines that a path answers, as they come, empty ones too.

        Raises:
            ServiceError: as `get`; also in the midst of it. It is begun again only where nothing
                has come yet.
        """
        content = _written(body)
        question = _Question(method, path, content=content, accept=accept, repeatable=True)
        yield from self._lines(self._ask(question, stream=True), self.timeout_s)

    def event_lines(self, path: str, last_id: str, silence_s: float) -> Iterator[str] | None:
        """Return the lines of server-sent events as they come; None for 204, the end of them.

        Args:
            path: Of the events.
            last_id: Number of the last event that was told; "" for none.
            silence_s: Longest time without a line, where it is longer than that of other answers.

        Raises:
            ServiceError: as `lines`.
        """
        timeout_s = max(silence_s, self.timeout_s)
        response = self._ask(
            _Question(
                "GET",
                path,
                accept="text/event-stream",
                headers={"Last-Event-ID": last_id},
                timeout_s=timeout_s,
                repeatable=True,
            ),
            stream=True,
        )
        if response.status_code == httpx.codes.NO_CONTENT:
            response.close()
            return None
        return self._lines(response, timeout_s)

    def _lines(self, response: httpx.Response, timeout_s: float) -> Iterator[str]:
        with contextlib.closing(response):
            try:
                yield from lines_of(response.iter_bytes())
            except httpx.HTTPError as error:
                raise self._broken(error, timeout_s) from error

    def pause(self, times: int, at_least_s: float | None = None) -> None:
        """Wait before something is begun anew for the n-th time."""
        self._sleep(pause_s(times, at_least_s))

    def status(self, path: str) -> httpx.Response:
        """Return what a path answers, whatever its status, at once: it is asked only once."""
        return self._send(_Question("GET", path), Patience(0, repeatable=False), stream=False)

    def _ask(self, question: _Question, *, stream: bool = False) -> httpx.Response:
        """Return an answer that is none of an error."""
        patience = Patience(self.retries, repeatable=question.repeatable)
        response = self._send(question, patience, stream=stream)
        if response.is_success:
            return response
        if stream:
            with contextlib.closing(response), contextlib.suppress(httpx.HTTPError):
                response.read()
        raise refusal(self.url, response)

    def _send(self, question: _Question, patience: Patience, *, stream: bool) -> httpx.Response:
        """Return an answer of any status, after as many attempts as patience allows."""
        while True:
            try:
                response = self._http.send(self._request(question), stream=stream)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                wait_s = patience.after_failure(error)
                if wait_s is None:
                    raise self._broken(error, question.timeout_s or self.timeout_s) from error
            else:
                wait_s = None if question.files else patience.after_answer(response)
                if wait_s is None:
                    return response
                response.close()
            self._sleep(wait_s)

    def _request(self, question: _Question) -> httpx.Request:
        headers = {"Accept": question.accept, **self._authorization, **(question.headers or {})}
        if question.content is not None:
            headers["Content-Type"] = "application/json"
        form = None
        if question.files is not None:
            form = [("files", (name, file, _ANY_TYPE)) for name, file in question.files]
        timeout: httpx.Timeout | float = self._http.timeout
        if question.timeout_s is not None:
            timeout = httpx.Timeout(question.timeout_s, connect=self._http.timeout.connect)
        return self._http.build_request(
            question.method,
            question.path,
            params=question.params,
            content=question.content,
            files=form,
            headers=headers,
            timeout=timeout,
        )

    def _broken(self, error: Exception, timeout_s: float) -> ServiceError:
        """Return the error that no answer, or half of one, is."""
        if isinstance(error, httpx.ConnectTimeout):
            return ServiceAwayError(self.url, "the connection was not accepted in time")
        if isinstance(error, httpx.TimeoutException):
            return ServiceSlowError(self.url, f"no answer in {timeout_s:.0f} s")
        return ServiceAwayError(self.url, str(error) or type(error).__name__)


_ANY_TYPE = "application/octet-stream"
"""What a file is, the service finds out from its content."""


def _written(body: BaseModel | None) -> str | None:
    """Return a body as JSON, with what was said only: an older service knows no newer field."""
    return None if body is None else body.model_dump_json(exclude_unset=True)
