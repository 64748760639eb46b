"""Read the records of JSON Lines files in a worker process, which answers them a few at a time.

Such a file may be larger than memory and hold a collection's whole work: it is neither unpacked nor
parsed in the process that keeps its documents. While that process keeps some, the worker reads the
next, as far as a pipe holds them; so reading takes hardly longer than it did in one process.
"""

from __future__ import annotations

import selectors
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from corpus.errors import LimitExceededError, ReadError
from corpus.limits import Limits
from corpus.parse import iter_records
from corpus.readers.jsonl.known import Known, KnownRecord
from corpus.sandbox.link import Outcome, Worker
from corpus.sources import printable_path
from corpus.types import Document

__all__ = ["Record", "RecordReader", "answer_records"]

Record = Document | KnownRecord | ReadError

_ANSWER = "corpus.sandbox.records:answer_records"
_FILES_PER_WORKER = 200
"""A long-lived worker's memory is fragmented by what it read before."""

_RECORDS_TOGETHER = 100
_CHARS_TOGETHER = 200_000
"""Of all paragraphs in an answer, or those of one record: a real one has 26,000."""


@dataclass(frozen=True, slots=True)
class _Asked:
    path: Path
    known: Known = field(default_factory=Known)


def answer_records(asked: _Asked, limits: Limits) -> Iterator[list[Record]]:
    """Yield the records of a file, in a worker: as many together as are worth a message."""
    together: list[Record] = []
    chars = 0
    for found in iter_records(asked.path, limits, asked.known):
        together.append(found)
        if isinstance(found, Document):
            chars += sum(len(paragraph.text) for paragraph in found.paragraphs)
        if len(together) >= _RECORDS_TOGETHER or chars >= _CHARS_TOGETHER:
            yield together
            together, chars = [], 0
    yield together


class RecordReader:
    """Reads JSON Lines files one after the other, in a process that is started for the first.

    Use as a context manager; leaving it ends the process. Not safe for use by several threads.

    Args:
        limits: bounds; `wall_time_s` holds for each answer, `records_time_s` for a whole file. Only
            what is waited for the worker counts, not what is done with its answers.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._worker: Worker | None = None

    def __enter__(self) -> RecordReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process, whatever it is at."""
        if self._worker is not None:
            self._worker.end()
            self._worker = None

    def read(self, path: Path, known: Known | None = None) -> Iterator[Record]:
        """Yield the documents of a file in order, as `corpus.parse.iter_records` does.

        Where the worker breaks over the file, or takes too long, the reason is yielded after what
        came before. A file that is not read to its end costs the worker.
        """
        worker = self._worker or Worker(
            _ANSWER, self._limits, careful=False, returns=None, parts=list[Record]
        )
        self._worker = worker
        try:
            worker.give(path, None, _Asked(path, known or Known()))
            yield from self._answers(worker, printable_path(path))
        finally:
            if worker.busy or not worker.alive or worker.served >= _FILES_PER_WORKER:
                worker.end()
                if self._worker is worker:
                    self._worker = None

    def _answers(self, worker: Worker, name: str) -> Iterator[Record]:
        left = self._limits.records_time_s
        records = 0
        while True:
            began = time.monotonic()
            outcome = _waited_for(worker, left)
            left -= time.monotonic() - began
            if isinstance(outcome.value, ReadError):
                yield outcome.value
                return
            if not outcome.is_part:
                return
            records += len(outcome.value)
            if records > self._limits.max_records + _RECORDS_TOGETHER:
                cause = f"more than {self._limits.max_records:,} records"
                yield LimitExceededError(name, cause, "split the file")
                return
            yield from outcome.value


def _waited_for(worker: Worker, left_s: float) -> Outcome:
    """Wait for the worker's next answer, its death or its deadline."""
    worker.begin_part(left_s)
    with selectors.DefaultSelector() as selector:
        selector.register(worker.output, selectors.EVENT_READ)
        outcome = worker.held()
        while outcome is None:
            left = worker.deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                return Outcome(worker.overdue())
            outcome = worker.receive()
    return outcome
