"""Errors of changing the corpus, beyond those of `corpus.errors`."""

from __future__ import annotations

from corpus.errors import InputError, ServiceError

__all__ = ["NotAllowedError", "QueueFullError", "TooLargeError"]


class NotAllowedError(InputError):
    """This service may not change the corpus."""


class TooLargeError(InputError):
    """More is sent than the service takes."""


class QueueFullError(ServiceError):
    """Too many jobs wait already."""
