"""The client: every operation of the API as a method."""

from __future__ import annotations

import copy
import os
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

import httpx

from precedent_client.addressing import DEFAULT_URL, KEY_VARIABLE, PLAIN_VARIABLE, api_url
from precedent_client.connection import Connection
from precedent_client.corpus import Corpus
from precedent_client.documents import Documents
from precedent_client.library import Kept
from precedent_client.retrying import RETRIES
from precedent_client.searching import Searching
from precedent_client.workbench import Workbench

__all__ = ["TIMEOUT_S", "Client"]

TIMEOUT_S = 35.0
"""A little more than the service gives itself (30 s), so that its own words for it arrive."""


class Client(Searching, Documents, Workbench, Kept, Corpus):
    """Calls to one search service, each named as its `operationId`; safe to share by threads.

    Questions go in and answers come out as the classes of `search_api.schemas`. Whatever goes wrong
    is a `ServiceError`. What fails on the way is sent again, with growing pauses, where that can do
    no harm: all that only reads; of what changes something, only what certainly was not done.
    """

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

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] = os.environ, *, retries: int = RETRIES
    ) -> Self:
        """Return a client of PRECEDENT_API_URL with the key in PRECEDENT_API_KEY.

        PRECEDENT_API_PLAIN_HTTP=1 lets the key go over plain http to another machine.
        """
        return cls(
            api_url(environment),
            key=environment.get(KEY_VARIABLE),
            retries=retries,
            plain_http=environment.get(PLAIN_VARIABLE) == "1",
        )

    def with_key(self, key: str | None) -> Self:
        """Return a client that shows another key, or none, over the connections of this one.

        For a program that asks for several people, each with a key of their own. This client keeps
        its key; to close either closes the connections of both.

        Raises:
            UnsafeKeyError: the key would travel in the open.
        """
        theirs = copy.copy(self)
        theirs._connection = self._connection.with_key(key)
        return theirs

    @property
    def url(self) -> str:
        """Return the address of the service."""
        return self._connection.url

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

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.url!r})"
