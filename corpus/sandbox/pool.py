"""Parse files in sandboxed worker processes: a hostile file can cost only itself.

Each worker is a new interpreter with bounded memory and time. It is reused from file to file and
replaced when it dies, is killed at a deadline, or has served many files. What happens to it becomes
a `ReadError` for that one file; the run goes on.
"""

from __future__ import annotations

import selectors
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, TypeVar, cast, get_type_hints

from corpus.errors import DamagedFileError, LimitExceededError, ReadError
from corpus.limits import Limits
from corpus.sandbox.link import Worker
from corpus.types import Document

__all__ = ["DEFAULT_PARSE", "ParsingPool"]

DEFAULT_PARSE = "corpus.parse:parse_file"
# A long-lived worker's memory is fragmented by what it read before.
_FILES_PER_WORKER = 200

R = TypeVar("R")


class ParsingPool(Generic[R]):
    """Worker processes that parse files, one file at a time each.

    Use as a context manager; leaving it ends the workers. Not safe for use by several threads.

    Args:
        parse: what each worker calls with (path, limits): a top-level function, or its name as
            "package.module:function".
        workers: processes.
        limits: bounds for each file.
        returns: what it returns, as an annotation, where `parse` is a name: an answer of anything
            else is refused. A function's own is known.
    """

    def __init__(
        self,
        parse: str | Callable[[Path, Limits], R] = DEFAULT_PARSE,
        workers: int = 2,
        limits: Limits | None = None,
        *,
        returns: Any = list[Document],
    ) -> None:
        if workers < 1:
            raise ValueError(f"workers is {workers}; it must be 1 or more")
        self._parse = (
            parse if isinstance(parse, str) else f"{parse.__module__}:{parse.__qualname__}"
        )
        self._returns = returns if isinstance(parse, str) else get_type_hints(parse)["return"]
        self._limits = limits or Limits()
        self._workers = workers
        self._idle: list[Worker] = []
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> ParsingPool[R]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the workers."""
        for key in list(self._selector.get_map().values()):
            self._selector.unregister(key.fileobj)
            cast("Worker", key.data).end()
        for worker in self._idle:
            worker.end()
        self._idle.clear()
        self._selector.close()

    def run_one(self, path: Path) -> R:
        """Parse one file.

        Raises:
            ReadError: it could not be read, or cost the worker its life.
        """
        for _, outcome in self.run([path]):
            if isinstance(outcome, ReadError):
                raise outcome
            return outcome
        raise AssertionError("a run of one path yields one outcome")  # pragma: no cover

    def run(self, paths: Iterable[Path]) -> Iterator[tuple[Path, R | ReadError]]:
        """Parse files; yield each with its result, or the reason there is none, as they finish.

        Paths are taken as workers become free, so an endless or slow iterable is fine.
        """
        waiting = iter(paths)
        retries: list[tuple[Path, ReadError]] = []
        try:
            while True:
                while len(self._selector.get_map()) < self._workers:
                    if retries:
                        path, first = retries.pop()
                        self._assign(path, careful=True, first=first)
                    elif (given := next(waiting, None)) is not None:
                        self._assign(Path(given))
                    else:
                        break
                if not self._selector.get_map():
                    return
                for worker, outcome in self._finished():
                    path = worker.path
                    again = self._put_back(worker, outcome)
                    if again is not None:
                        retries.append((path, again))
                    elif isinstance(outcome, ReadError) and worker.first is not None:
                        # The careful attempt failed too: the first reason is the plainer one.
                        yield path, _fuller(worker.first, outcome)
                    else:
                        yield path, cast("R | ReadError", outcome)
        finally:
            for key in list(self._selector.get_map().values()):
                self._selector.unregister(key.fileobj)
                cast("Worker", key.data).end()

    def _assign(self, path: Path, *, careful: bool = False, first: ReadError | None = None) -> None:
        worker = None if careful else (self._idle.pop() if self._idle else None)
        if worker is None:
            worker = Worker(self._parse, self._limits, careful=careful, returns=self._returns)
        worker.give(path, first)
        self._selector.register(worker.output, selectors.EVENT_READ, worker)

    def _finished(self) -> Iterator[tuple[Worker, Any]]:
        """Wait for answers, deaths and deadlines; yield the workers that are done."""
        workers = [cast("Worker", key.data) for key in self._selector.get_map().values()]
        nearest = min(worker.deadline for worker in workers)
        ready = self._selector.select(max(0.0, nearest - time.monotonic()))
        done: list[tuple[Worker, Any]] = []
        for key, _ in ready:
            worker = cast("Worker", key.data)
            if (outcome := worker.receive()) is not None:
                done.append((worker, outcome.value))
        finished = {id(worker) for worker, _ in done}
        now = time.monotonic()
        done.extend(
            (worker, worker.overdue())
            for worker in workers
            if id(worker) not in finished and now >= worker.deadline
        )
        # One by one: whoever is not handed out yet is still known, should the caller stop here.
        for worker, outcome in done:
            self._selector.unregister(worker.output)
            yield worker, outcome

    def _put_back(self, worker: Worker, outcome: Any) -> ReadError | None:
        """Keep or replace a worker; return the reason where the file deserves another attempt."""
        usable = worker.alive and not worker.careful and worker.served < _FILES_PER_WORKER
        if usable:
            self._idle.append(worker)
        else:
            worker.end()
        if isinstance(outcome, ReadError) and worker.first is None and worker.try_again:
            return outcome
        return None


def _fuller(first: ReadError, second: ReadError) -> ReadError:
    """Return the better of two reasons: what the second reader found, unless it only broke too."""
    plain = isinstance(second, DamagedFileError) and isinstance(first, LimitExceededError)
    return first if plain else second
