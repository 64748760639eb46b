"""Let a step with a time limit of its own run outside the deadline of its file.

A worker has two minutes for a file, which is strict and enough for every reader but one: text
recognition takes a second or two a page, half an hour for a long scan. Around each such step the
reader stops the clock, for at most so many seconds, and the worker tells its parent so. Where there
is no worker, nothing happens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["ExtraTime", "extra_time", "on_extra_time"]

_listeners: list[Callable[[float], None]] = []


def on_extra_time(tell: Callable[[float], None]) -> None:
    """Call `tell(seconds)` when a step of at most so many seconds begins, `tell(0.0)` at its end.

    It takes the place of what was set before: a process has one parent.
    """
    _listeners[:] = [tell]


@contextmanager
def extra_time(seconds: float) -> Iterator[None]:
    """Stop the clock of the file while a step runs that ends itself after so many seconds."""
    for tell in _listeners:
        tell(seconds)
    try:
        yield
    finally:
        for tell in _listeners:
            tell(0.0)


class ExtraTime:
    """The parent's account of the extra time that a worker takes for one file.

    The worker may be in the hands of a hostile file, so it is given no more than the whole it could
    have had, however often and for however long it asks.

    Args:
        allowed_s: all extra time of the file.
    """

    def __init__(self, allowed_s: float) -> None:
        self._left = allowed_s
        self._began: float | None = None
        self._strict = 0.0

    def moved(self, deadline: float, seconds: object, now: float) -> float:
        """Return the deadline after a step began, or ended where `seconds` is 0.

        Args:
            deadline: as it stands, monotonic.
            seconds: what the worker sent.
            now: monotonic.
        """
        if self._began is not None:
            self._left -= now - self._began
            self._began = None
            deadline = now + self._strict
        if isinstance(seconds, float) and seconds > 0 and self._left > 0:
            self._began, self._strict = now, max(0.0, deadline - now)
            deadline += min(seconds, self._left)
        return deadline
