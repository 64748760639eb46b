"""Every operation of the API, however its calls are sent; and whom a client asks, and as whom."""

from __future__ import annotations

import copy
import os
from collections.abc import Mapping
from typing import Any, Self

from precedent_client.addressing import KEY_VARIABLE, PLAIN_VARIABLE, api_url
from precedent_client.corpus import Corpus
from precedent_client.documents import Documents
from precedent_client.library import Kept
from precedent_client.requesting import Requesting
from precedent_client.retrying import RETRIES
from precedent_client.searching import Searching
from precedent_client.workbench import Workbench

__all__ = ["TIMEOUT_S", "Operations"]

TIMEOUT_S = 35.0
"""A little more than the service gives itself (30 s), so that its own words for it arrive."""


class Operations(Searching, Documents, Workbench, Kept, Corpus):
    """What clients have in common."""

    _connection: Any

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] = os.environ, *, retries: int = RETRIES
    ) -> Self:
        """Return a client of PRECEDENT_API_URL with the key in PRECEDENT_API_KEY.

        PRECEDENT_API_PLAIN_HTTP=1 lets the key go over plain http to another machine.
        """
        given: dict[str, Any] = {
            "key": environment.get(KEY_VARIABLE),
            "retries": retries,
            "plain_http": environment.get(PLAIN_VARIABLE) == "1",
        }
        return cls(api_url(environment), **given)  # type: ignore[call-arg]

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
        connection: Requesting = self._connection
        return connection.url

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.url!r})"
