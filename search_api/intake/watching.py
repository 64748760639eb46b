"""What has changed in a job since somebody looked, numbered, so that whoever watches goes on.

Changes are numbered when they are looked for and not when they come about: what lies between two
looks is one change, and a job that nobody watches costs nothing. Kept is the last state alone: who
has missed a hundred steps is told where the job is now, and once of each file what became of it.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field

from search_api.intake.records import summary_of
from search_api.schemas import Job, JobFileEvent, JobSummary

__all__ = ["Change", "Watched"]

MOST_JOBS = 100
"""Jobs whose numbers are kept: more than are told of."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a job or of one of its files.

    Attributes:
        number: greater than that of every change before it.
        what: the file, or the job without its files.
    """

    number: int
    what: JobFileEvent | JobSummary


@dataclass(slots=True)
class _Numbered:
    """A job as it was seen last, and when each part of it was first seen so."""

    first: int
    last: int
    job: JobSummary | None = None
    job_number: int = 0
    files: list[Change] = field(default_factory=list)

    def see(self, job: Job) -> None:
        """Number what is other than at the last look: files, then the job, which counts them."""
        del self.files[len(job.files) :]  # what is restricted since is told no more
        for place, file in enumerate(job.files):
            event = JobFileEvent(place=place, file=file)
            if place == len(self.files):  # one that waits is no news
                number = 0 if file.outcome == "waiting" else self._next()
                self.files.append(Change(number, event))
            elif self.files[place].what != event:
                self.files[place] = Change(self._next(), event)
        summary = summary_of(job)
        if summary != self.job:
            self.job, self.job_number = summary, self._next()

    def _next(self) -> int:
        self.last += 1
        return self.last

    def after(self, number: int) -> Iterator[Change]:
        """Return what has changed since, in order; all, since a number that was never given."""
        if not self.first <= number <= self.last:
            number = 0
        settled = (each for each in self.files if each.number > number)
        yield from sorted(settled, key=lambda each: each.number)
        if self.job is not None and self.job_number > number:
            yield Change(self.job_number, self.job)


class Watched:
    """Numbers changes of jobs; safe to use from several threads.

    Numbers begin at the clock's milliseconds, so that those of a service that has been started
    again are greater than before, and who comes back with an old one is told everything.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, _Numbered] = OrderedDict()

    def after(self, job: Job, number: int) -> list[Change]:
        """Return what has changed in a job since the change of a number; 0 for all there is."""
        with self._lock:
            held = self._jobs.get(job.job_id)
            if held is None:
                now = time.time_ns() // 1_000_000
                held = self._jobs[job.job_id] = _Numbered(now, now)
                while len(self._jobs) > MOST_JOBS:
                    self._jobs.popitem(last=False)
            held.see(job)
            return list(held.after(number))
