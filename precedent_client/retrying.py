"""When a request is sent again, and after how long."""

from __future__ import annotations

import datetime
import random
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

__all__ = [
    "FIRST_WAIT_S",
    "LONGEST_WAIT_S",
    "PATIENCE_S",
    "RETRIES",
    "Patience",
    "pause_s",
    "retry_after_s",
]

RETRIES = 3
"""Times a request is sent again, at most."""

FIRST_WAIT_S = 0.25
LONGEST_WAIT_S = 8.0
PATIENCE_S = 30.0
"""Longest that one call waits between its attempts, all waits together."""

_PASSING = frozenset(
    {
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
    }
)
_JITTER = random.SystemRandom()


class Patience:
    """How often, and how long, one call has still to wait before it gives up."""

    def __init__(self, retries: int, *, repeatable: bool) -> None:
        """Begin a call.

        Args:
            retries: Times that it may be sent again.
            repeatable: Whether doing it twice does no more than doing it once. What is not is sent
                again only where it certainly was not done.
        """
        self._left = retries
        self._repeatable = repeatable
        self._backoff_s = FIRST_WAIT_S
        self._waited_s = 0.0

    def after_failure(self, error: Exception) -> float | None:
        """Return the seconds to wait after no answer came, or None to give up.

        A time-out of reading is final: the service is at work on it, and would be twice.
        """
        not_done = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
        broken = isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError)
        if not_done or (broken and self._repeatable):
            return self._next()
        return None

    def after_answer(self, response: httpx.Response) -> float | None:
        """Return the seconds to wait after this answer, or None where it stands.

        Too many requests (429) is said before anything is done; an unavailable service may have
        begun. Where a time ran out, in the service (503 without `Retry-After`) or in a proxy (504),
        it is still at work.
        """
        status = response.status_code
        if status not in _PASSING or _ran_out_of_time(response):
            return None
        if not self._repeatable and status != HTTPStatus.TOO_MANY_REQUESTS:
            return None
        return self._next(retry_after_s(response))

    def _next(self, at_least_s: float | None = None) -> float | None:
        if self._left <= 0:
            return None
        wait_s = _spread(self._backoff_s, at_least_s)
        if self._waited_s + wait_s > PATIENCE_S:
            return None
        self._left -= 1
        self._waited_s += wait_s
        self._backoff_s = min(self._backoff_s * 2, LONGEST_WAIT_S)
        return wait_s


def pause_s(times: int, at_least_s: float | None = None) -> float:
    """Return the seconds to wait before something is begun anew for the n-th time."""
    return _spread(min(FIRST_WAIT_S * 2**times, LONGEST_WAIT_S), at_least_s)


def _spread(wait_s: float, at_least_s: float | None) -> float:
    """Leave half of a wait to chance, lest all that were refused together come back together."""
    by_chance = wait_s * _JITTER.uniform(0.5, 1.0)
    return by_chance if at_least_s is None else at_least_s + min(by_chance, FIRST_WAIT_S)


def _ran_out_of_time(response: httpx.Response) -> bool:
    """Tell whether the service gave up an answer: its other problems say when to ask again."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return (
        response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        and kind == "application/problem+json"
        and "retry-after" not in response.headers
    )


def retry_after_s(response: httpx.Response) -> float | None:
    """Return the seconds that `Retry-After` asks for, as a number or a date (RFC 9110, 10.2.3)."""
    value = response.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=datetime.UTC)
    return max(0.0, (at - datetime.datetime.now(datetime.UTC)).total_seconds())
