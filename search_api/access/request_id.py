"""The id of the request that is being answered: on its answer, in its problem, in the log."""

from __future__ import annotations

import re
import secrets
from contextvars import ContextVar

__all__ = ["HEADER", "current_request_id", "request_id_of"]

HEADER = "X-Request-ID"

_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
"""What may be taken over into logs and answers: no space, no quote, no end of line."""

current_request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
"""Of the request whose task this is; None outside of requests."""


def request_id_of(given: str | None) -> str:
    """Return the id a request came with, if it is sane, and else a new one of 64 random bits."""
    return given if given and _SANE.fullmatch(given) else secrets.token_hex(8)
