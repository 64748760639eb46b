"""Why a request is turned away at the door."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.errors import InputError, ServiceError

__all__ = ["NoKeyError", "RateError", "ScopeError"]


class NoKeyError(InputError):
    """No key was sent, or none that opens anything."""


class ScopeError(InputError):
    """The key does not allow it."""


class RateError(ServiceError):
    """More is asked than was agreed.

    Attributes:
        retry_after_s: seconds to wait.
        headers: that tell the bounds.
    """

    def __init__(
        self,
        subject: str,
        cause: str,
        remedy: str,
        retry_after_s: int,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.retry_after_s = retry_after_s
        self.headers = headers or {}
        super().__init__(subject, cause, remedy)
