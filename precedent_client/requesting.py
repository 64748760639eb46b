"""What connections that wait and those of asyncio have in common: where to, with what, as whom."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Iterator
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib import metadata
from pathlib import Path
from typing import Any, Self

import httpx

from precedent_client.addressing import check_key, checked_url
from precedent_client.calls import Question, UploadFile
from precedent_client.errors import ServiceAwayError, ServiceError, ServiceSlowError

__all__ = ["CONNECT_TIMEOUT_S", "Requesting"]

CONNECT_TIMEOUT_S = 3.0

_ANY_TYPE = "application/octet-stream"
"""What a file is, the service finds out from its content."""


class Requesting:
    """Makes requests of questions, for one service and as one caller."""

    def __init__(
        self, url: str, *, key: str | None, timeout_s: float, retries: int, plain_http: bool
    ) -> None:
        """Prepare the requests; nothing is contacted yet.

        Raises:
            ServiceError: the address is none, or the key would travel in the open.
        """
        self.url = checked_url(url)
        self.timeout_s = timeout_s
        self.retries = retries
        self._plain_http = plain_http
        self._authorization = self._authorized(key)

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

    def _settings(self) -> dict[str, Any]:
        """Return how a client of httpx is set up.

        Proxies and credentials from the environment are ignored: a query is for this service only,
        and a proxy that is set for the web would otherwise be shown it. Redirects are not followed:
        nobody else is to see the query and the key.
        """
        return {
            "base_url": self.url,
            "timeout": httpx.Timeout(
                self.timeout_s, connect=min(CONNECT_TIMEOUT_S, self.timeout_s)
            ),
            "trust_env": False,
            "follow_redirects": False,
            "headers": {"User-Agent": _user_agent()},
            "cookies": _no_cookies(),
        }

    @contextlib.contextmanager
    def _request(
        self, http: httpx.Client | httpx.AsyncClient, question: Question
    ) -> Iterator[httpx.Request]:
        """Give the request that a question is; its files are open until it is answered."""
        headers = {
            "Accept": question.accept,
            **self._authorization,
            **(question.headers or {}),
        }
        if question.content is not None:
            headers["Content-Type"] = "application/json"
        timeout: httpx.Timeout | float = http.timeout
        if question.timeout_s is not None:
            timeout = httpx.Timeout(question.timeout_s, connect=http.timeout.connect)
        with contextlib.ExitStack() as opened:
            form = None
            if question.files is not None:
                files = [_opened(file, opened) for file in question.files]
                form = [("files", (name, file, _ANY_TYPE)) for name, file in files]
            yield http.build_request(
                question.method,
                question.path,
                params=question.params,
                content=question.content,
                files=form,
                headers=headers,
                timeout=timeout,
            )

    def _broken(self, error: Exception, question: Question) -> ServiceError:
        """Return the error that no answer, or half of one, is."""
        if isinstance(error, httpx.ConnectTimeout):
            return ServiceAwayError(self.url, "the connection was not accepted in time")
        if isinstance(error, httpx.TimeoutException):
            timeout_s = question.timeout_s or self.timeout_s
            return ServiceSlowError(self.url, f"no answer in {timeout_s:.0f} s")
        return ServiceAwayError(self.url, str(error) or type(error).__name__)


def _opened(file: UploadFile | Path, opened: contextlib.ExitStack) -> UploadFile:
    return (file.name, opened.enter_context(file.open("rb"))) if isinstance(file, Path) else file


def _user_agent() -> str:
    try:
        version = metadata.version("precedent")
    except metadata.PackageNotFoundError:  # a source folder by itself
        version = "unknown"
    return f"precedent-client/{version}"


def _no_cookies() -> CookieJar:
    """Return a jar that takes none: what a proxy gives one key would go along with another."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=()))
