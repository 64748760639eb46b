"""One worker process for requests that come one by one, from several threads.

`corpus.sandbox.pool` is for many files at once and a single thread. Here a request is more than a
path (a page of a file, at a width), and the process stays from one to the next: starting one takes
a third of a second, drawing a page a tenth of that.
"""

from __future__ import annotations

import selectors
import threading
import time
from typing import Any, Generic, Protocol, TypeVar, cast

from corpus.errors import ReadError
from corpus.limits import Limits
from corpus.sandbox.link import Worker

__all__ = ["Request", "SingleWorker"]

_REQUESTS_PER_WORKER = 200
"""A long-lived worker's memory is fragmented by what it did before."""


class Request(Protocol):
    """What a worker can be asked: anything that is pickled, about a file."""

    @property
    def path(self) -> Any:
        """Return the file, for messages."""


R = TypeVar("R")


class SingleWorker(Generic[R]):
    """A worker process, started when it is first asked, and anew after it died.

    Args:
        work: what it calls with (request, limits), as "package.module:function".
        limits: bounds for each request.
        returns: what it returns, as an annotation: an answer of anything else is refused.
    """

    def __init__(self, work: str, limits: Limits, returns: Any) -> None:
        self._work = work
        self._returns = returns
        self._limits = limits
        self._worker: Worker | None = None
        self._lock = threading.Lock()

    def ask(self, request: Request) -> R:
        """Return what came of one request; others wait.

        Raises:
            ReadError: it could not be met, or cost the worker its life.
            ServiceError: no worker could be started.
        """
        with self._lock:
            worker = self._worker or Worker(
                self._work, self._limits, careful=False, returns=self._returns
            )
            self._worker = None
            try:
                worker.give(request.path, None, request)
                outcome = _answer(worker)
            except BaseException:
                worker.end()
                raise
            if worker.alive and worker.served < _REQUESTS_PER_WORKER:
                self._worker = worker
            else:
                worker.end()
        if isinstance(outcome, ReadError):
            raise outcome
        return cast("R", outcome)

    def close(self) -> None:
        """End the process."""
        with self._lock:
            if self._worker is not None:
                self._worker.end()
                self._worker = None


def _answer(worker: Worker) -> Any:
    """Wait for the worker's answer, its death or its deadline."""
    with selectors.DefaultSelector() as selector:
        selector.register(worker.output, selectors.EVENT_READ)
        while True:
            left = worker.deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                return worker.overdue()
            if (outcome := worker.receive()) is not None:
                return outcome.value
