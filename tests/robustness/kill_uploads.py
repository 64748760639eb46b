"""Kill who takes uploads and does their jobs, and the jobs, again and again.

Each run begins as a service does: it takes up what the last one left, is given uploads, and is
killed at a random moment of time or at a random call that touches the disk; or the process of its
job is. After each kill every upload that was accepted is there, each job is in one state that goes
with what is said of it and was never taken back, and the index agrees with its catalogue. Now and
then the jobs are done to their end, and what is held then is every file that was accepted.
"""

from __future__ import annotations

import hashlib
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest.mock import patch

import indexer.reading
from corpus.errors import IndexBusyError
from indexer.build import build_index
from indexer.check.index import check_index
from indexer.guard import only_writer
from search_api.intake.folder import UploadFolder
from search_api.intake.records import ACTIVE, Record
from tests.fakes import FakeEncoder
from tests.robustness.after import look_at_catalogue
from tests.robustness.killing import run_and_kill
from tests.robustness.taking import Uploads
from tests.search_api.fake_job import OwnPool
from tests.search_api.intake import a_text

__all__ = ["FoundOfUploads", "kill_uploads"]

_FINISHED = 0.2
"""Share of kills after which all jobs are done to their end."""

_HOWS = ("time", "call", "job")
_LONGEST_S = 600.0
_UNDER_WAY = frozenset({"unembedded", "unpublished"})


@dataclass(slots=True)
class FoundOfUploads:
    """What came of the kills.

    Attributes:
        kills: processes killed, by how the moment was chosen; "job" is of the job's own process.
        states: of the jobs on disk after each kill.
        done: processes that had ended before the moment came.
        finished: times that all jobs were done to their end and compared.
        accepted: uploads that a service had said it took.
        removals: the same of documents to be removed.
        resumed: jobs that a later service went on with.
    """

    kills: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    done: int = 0
    finished: int = 0
    accepted: int = 0
    removals: int = 0
    resumed: int = 0

    def as_dict(self) -> dict[str, object]:
        """Return plain values for JSON."""
        return {
            "killed": self.kills.total(),
            "kills": dict(self.kills.most_common()),
            "states": dict(self.states.most_common()),
            "ended_before_the_moment": self.done,
            "finished_and_compared": self.finished,
            "uploads_accepted": self.accepted,
            "removals_accepted": self.removals,
            "jobs_resumed": self.resumed,
        }


class _Trial:
    """An index, what is uploaded into it, and what was said of that."""

    def __init__(self, place: Path, seed: int) -> None:
        self.found = FoundOfUploads()
        self._place = place
        self._index = place / "index"
        self._at = random.Random(seed)
        self._accepted: dict[str, list[str]] = {}  # digests, by job
        self._removed: dict[str, str] = {}  # digests, by the id of the document; or asked to be
        self._ended: set[str] = set()
        self._offered: dict[str, bytes] = {}  # content, by name
        self._digests: Counter[str] = Counter()  # how often each was offered
        self._runs = 0
        self._seconds, self._job_seconds, self._calls = 4.0, 2.0, 400

    def kill(self) -> bool:
        """Kill one run and look at what it left; tell whether anything was at work."""
        how = self._at.choice(_HOWS)
        uploads = tuple(self._upload() for _ in range(self._at.randint(1, 2)))
        asked = Uploads(uploads, removals=self._removals())
        killed = True
        if how == "job":
            after_s = self._at.uniform(0, self._job_seconds)
            told, _ = self._run(replace(asked, end_job_after_s=after_s))
            killed = any(line.startswith("ended") and line.endswith("failed") for line in told)
            self._job_seconds *= 1.1 if killed else 0.7
        elif how == "call":
            told, killed = self._run(asked, at=self._at.randint(1, self._calls))
            made = [int(line.split()[1]) for line in told if line.startswith("calls")]
            self._calls = made[0] if made else int(1.1 * self._calls) + 1
        else:
            told, killed = self._run(asked, after_s=self._at.uniform(0, self._seconds))
            self._seconds *= 1.1 if killed else 0.7
        self._look(told)
        if not killed:
            self.found.done += 1
            return False
        self.found.kills[how] += 1
        if self._at.random() < _FINISHED:
            self.finish()
        return True

    def _upload(self) -> tuple[tuple[str, bytes], ...]:
        """Return some files; now and then one that was uploaded before."""
        files = []
        for _ in range(self._at.randint(1, 3)):
            again = [n for n in self._offered if _sha256(self._offered[n]) not in self._gone]
            if again and self._at.random() < 0.2:
                name = self._at.choice(again)
            else:
                number = len(self._offered)
                name = f"report-{number}.en.txt"
                words = [f"Unique{number} paragraph{n} of the report." for n in range(3)]
                self._offered[name] = a_text(f"A/HRC/97/{number}", *words)
            files.append((name, self._offered[name]))
            self._digests[_sha256(self._offered[name])] += 1
        return tuple(files)

    @property
    def _gone(self) -> set[str]:
        """Digests of what was to be removed."""
        return set(self._removed.values())

    def _removals(self) -> tuple[str, ...]:
        """Return a document to be removed, or none; its file came once, and never comes again."""
        held = {
            document_id: digest
            for document_id, digest in look_at_catalogue(self._index).items()
            if document_id not in self._removed and self._digests[digest] == 1
        }
        if len(held) < 3 or self._at.random() < 0.5:
            return ()
        chosen = self._at.choice(sorted(held))
        self._removed[chosen] = held[chosen]
        return (chosen,)

    def _run(
        self, asked: Uploads, *, at: int | None = None, after_s: float = _LONGEST_S
    ) -> tuple[list[str], bool]:
        self._runs += 1
        told = self._place / f"told-{self._runs}"
        return run_and_kill(told, "take", self._index, asked, at=at, after_s=after_s)

    # Looking -----------------------------------------------------------------------------------

    def _look(self, told: list[str]) -> None:
        said: dict[str, str] = {}
        for line in told:
            match line.split():
                case ["accepted", job_id, *digests]:
                    self._accepted[job_id] = digests
                    self.found.accepted += 1
                case ["removing", *_]:
                    self.found.removals += 1
                case ["resumed", _]:
                    self.found.resumed += 1
                case ["ended", job_id, state]:
                    said[job_id] = state
        self._wait_for_the_indexer()
        held = self._records()
        for job_id, state in said.items():
            assert held[job_id].job.state == state, f"{job_id} was {state}"
        for job_id in self._accepted.keys() - self._ended:
            assert job_id in held, f"the upload {job_id} was accepted, and is lost"
        catalogue = set(look_at_catalogue(self._index).values())
        for job_id, record in held.items():
            self.found.states[record.job.state] += 1
            self._look_at(record, self._accepted.get(job_id, []), catalogue)
            if record.job.state == "done":
                self._ended.add(job_id)
            else:
                assert job_id not in self._ended, f"{job_id} was done, and is {record.job.state}"
        if (self._index / "CURRENT").exists():
            found = check_index(self._index).disagreements
            if any(record.job.state != "done" for record in held.values()):
                # Committed by a job that is still to embed and to publish it.
                found = [each for each in found if each.kind not in _UNDER_WAY]
            assert not found, "\n".join(map(str, found))

    def _look_at(self, record: Record, digests: list[str], catalogue: set[str]) -> None:
        """Look whether all that is said of a job goes together, and its files are there."""
        job = record.job
        assert (job.ended_at is None) is (job.state in ACTIVE), job
        assert job.state != "done" or not job.counts.waiting, job
        assert job.state in ("failed", "cancelled") or job.reason is None, job
        if job.state == "done":
            assert {file.outcome for file in job.files} <= {"indexed", "unchanged", "duplicate"}
            missing = set(digests) - catalogue - self._gone
            assert not missing, f"{job.job_id} is done, and its files not indexed"
            if job.kind == "remove":
                digest = self._removed[job.subject or ""]
                kept = {path.parent.name for path in UploadFolder(self._index).files()}
                assert digest not in catalogue, f"{job.subject} was removed, and is held"
                assert digest not in kept, f"{job.subject} was removed, and its file is kept"
        else:
            for path in filter(None, record.paths):
                assert Path(path).is_file(), f"a file of {job.job_id} is gone, which is {job.state}"

    def _records(self) -> dict[str, Record]:
        """Read every job that is on disk; none may be half there."""
        held = {}
        for path in UploadFolder(self._index).jobs.glob("*.json"):
            record = Record.model_validate_json(path.read_bytes())
            assert record.job.job_id == path.stem
            held[path.stem] = record
        return held

    def _wait_for_the_indexer(self) -> None:
        """Wait until the process of a job has ended, which it does when its service is gone."""
        deadline = time.monotonic() + 60
        while True:
            try:
                with only_writer(self._index):
                    return
            except IndexBusyError:
                assert time.monotonic() < deadline, "a job goes on without its service"
                time.sleep(0.01)

    def finish(self) -> None:
        """Let a service do all jobs to their end; compare with what was accepted."""
        told, _ = self._run(Uploads(()))
        self._look(told)
        held = self._records()
        assert {record.job.state for record in held.values()} <= {"done"}
        wanted = {digest for digests in self._accepted.values() for digest in digests}
        catalogue = look_at_catalogue(self._index)
        missing = wanted - set(catalogue.values()) - self._gone
        assert not missing, "of what was accepted not all is held"
        folder = UploadFolder(self._index)
        kept = {path.parent.name for path in folder.files()}
        assert set(catalogue.values()) <= kept, "a file that is held from is gone"
        assert list(folder.root.glob("arriving/*")) == []
        undisturbed = self._undisturbed(folder.files(), set(catalogue.values()))
        assert undisturbed == catalogue, "another corpus than an undisturbed one"
        self.found.finished += 1

    def _undisturbed(self, files: list[Path], digests: set[str]) -> dict[str, str]:
        """Index the same files in another folder; return the digest of each document."""
        other = self._place / f"undisturbed-{self._runs}"
        given = [path for path in files if path.parent.name in digests]
        with patch.object(indexer.reading, "ParsingPool", OwnPool):
            build_index(given, other, encoder=FakeEncoder())
        return look_at_catalogue(other)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def kill_uploads(place: Path, kills: int, seed: int, *, tell: bool = False) -> FoundOfUploads:
    """Kill who takes uploads, or does a job of theirs, `kills` times.

    Raises:
        AssertionError: something did not hold; says what.
    """
    place.mkdir(exist_ok=True)
    trial = _Trial(place, seed)
    killed = runs = 0
    while killed < kills:
        runs += 1
        assert runs < 10 * kills, f"only {killed} of {runs} runs were caught at work"
        if not trial.kill():
            continue
        killed += 1
        if tell and killed % 10 == 0:
            print(f"{killed} killed at uploads", file=sys.stderr, flush=True)  # noqa: T201
    if kills:
        trial.finish()
    return trial.found
