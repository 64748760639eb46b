"""Kill who writes, removes and publishes documents, again and again.

A small corpus grows and changes: documents are added, read again, removed, published anew. Each run
is killed with its whole process group, at a random moment of time, at a random call that touches
the disk, or (where strace is there) at a random system call that does. After each kill the
catalogue and the index in service are looked at, row by row; a reader that had the index open goes
on answering, and a new one answers from what is in service. Now and then the run is done again to
its end, and what is served then must be what an index served that was never disturbed.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

from indexer.build import build_from_documents
from indexer.snapshot import Snapshot
from search_api.engine import Engine
from search_api.schemas import SearchRequest
from tests.fakes import FakeEncoder
from tests.robustness.after import committed, content_of, look_at_catalogue, look_at_index
from tests.robustness.killed import Step, do, documents_of
from tests.robustness.killing import run_and_kill

__all__ = ["FoundOfIndex", "kill_index"]

_CALLS = {
    "fsync,fdatasync": 60,
    "rename,renameat2,link,linkat,unlink,unlinkat,mkdir,ftruncate": 16,
    "pwrite64": 300,
}
"""System calls at which a run is killed, and how many of them one makes, about."""

_TRACED = 0.15
"""Share of kills by strace, which takes a new interpreter each: two seconds."""

_FINISHED = 0.3
"""Share of kills after which the same work is done again to its end."""

_FIRST = 8
_MOST = 30
"""Documents of the first run, and of all."""


@dataclass(slots=True)
class FoundOfIndex:
    """What came of the kills.

    Attributes:
        kills: processes killed at work, by what they did and how the moment was chosen.
        stages: how far they had come: of what they had told last.
        done: processes that had ended before the moment came.
        finished: times that the work was done again to its end and compared.
        opened: times that a newly published index was opened beside the one that was open.
        answered: questions that were answered from one or the other.
    """

    kills: Counter[str] = field(default_factory=Counter)
    stages: Counter[str] = field(default_factory=Counter)
    done: int = 0
    finished: int = 0
    opened: int = 0
    answered: int = 0

    def as_dict(self) -> dict[str, object]:
        """Return plain values for JSON."""
        counts = {"kills": dict(self.kills.most_common()), "told": dict(self.stages.most_common())}
        return {
            "killed": self.kills.total(),
            **counts,
            "ended_before_the_moment": self.done,
            "finished_and_compared": self.finished,
            "opened_anew": self.opened,
            "questions_answered": self.answered,
        }


class _Trial:
    """A corpus, its index, and who reads it."""

    def __init__(self, place: Path, seed: int, *, traced: bool) -> None:
        """Begin in an empty folder."""
        self.found = FoundOfIndex()
        self._place = place
        self._index = place / "index"
        self._at = random.Random(seed)
        self._step = Step("write", dict.fromkeys(map(_symbol, range(_FIRST)), 0))
        self._reader: Engine | None = None
        self._generation = self._runs = 0
        self._seconds, self._calls = 0.0, 0
        self._traced_share = _TRACED if traced and shutil.which("strace") else 0.0

    def close(self) -> None:
        """Close what is open."""
        if self._reader is not None:
            self._reader.close()

    def _next_step(self) -> Step:
        """Choose what the next run does, after one that came to its end."""
        held = dict(self._step.editions)
        kind = self._at.choices(("write", "remove", "whole"), (6, 2, 1))[0]
        if kind == "whole":
            return Step("whole", held)
        if kind == "remove" and len(held) > _FIRST // 2:
            gone = tuple(self._at.sample(sorted(held), self._at.randint(1, 2)))
            return Step("remove", {n: e for n, e in held.items() if n not in gone}, gone)
        return self._more()

    def _more(self) -> Step:
        """Return a run that adds documents and changes some."""
        held = dict(self._step.editions)
        new = [_symbol(self._at.randrange(_MOST)) for _ in range(self._at.randint(0, 3))]
        for name in {*new, *self._at.sample(sorted(held), self._at.randint(1, 3))}:
            held[name] = self._at.randrange(1000)
        return Step("write", held)

    # Killing -----------------------------------------------------------------------------------

    def measure(self) -> None:
        """Run undisturbed, to know how long a run takes and how often it touches the disk."""
        timing = self._place / "timing"
        for at in (None, 1 << 60):  # counting makes it slower
            began = time.perf_counter()
            told, _ = self._run("index", timing, self._step, at=at, after_s=600)
            self._seconds = self._seconds or time.perf_counter() - began
            shutil.rmtree(timing)
        self._calls = next(int(line.split()[1]) for line in told if line.startswith("calls"))

    def kill_indexer(self) -> bool:
        """Kill one run of the indexer and look at what it left; tell whether it was at work."""
        before = look_at_catalogue(self._index)
        how, told, killed = self._disturbed()
        committed(told, look_at_catalogue(self._index), before)
        self._look()
        if not killed:
            self.found.done += 1
            self._step = self._next_step()
            return False
        self.found.kills[f"{self._step.kind}, {how}"] += 1
        self.found.stages[told[-1].split()[0] if told else "starting"] += 1
        if self._at.random() < _FINISHED:
            self.finish()
            self._step = self._next_step()
        elif self._step.kind != "remove" and self._at.random() < 0.5:
            self._step = self._more()  # other work, over what was left
        return True

    def _disturbed(self) -> tuple[str, list[str], bool]:
        if self._at.random() < self._traced_share:
            return "system call", *self._traced()
        if self._at.random() < 0.5:
            at = self._at.randint(1, self._calls)
            told, killed = self._run("index", self._index, self._step, at=at, after_s=600)
            made = [int(line.split()[1]) for line in told if line.startswith("calls")]
            # What has less to do touches the disk less often; most moments should fall into it.
            self._calls = made[0] if made else int(1.1 * self._calls) + 1
            return "call", told, killed
        after_s = self._at.uniform(0, self._seconds)
        told, killed = self._run("index", self._index, self._step, after_s=after_s)
        self._seconds *= 1.1 if killed else 0.7
        return "time", told, killed

    def _run(
        self, kind: str, place: Path, asked: object, *, at: int | None = None, after_s: float = 0
    ) -> tuple[list[str], bool]:
        """Run a piece of work that is killed; return what it told, and whether it was killed."""
        self._runs += 1
        told = self._place / f"told-{self._runs}"
        return run_and_kill(told, kind, place, asked, at=at, after_s=after_s)

    def _traced(self) -> tuple[list[str], bool]:
        """Run the indexer under strace, which kills it at a system call."""
        given = {"kind": "index", "place": str(self._index), "step": asdict(self._step)}
        calls = self._at.choice([*_CALLS])
        inject = f"inject={calls}:signal=KILL:when={self._at.randint(1, _CALLS[calls])}"
        command = ["strace", "-f", "-qq", "-o", os.devnull]
        command += ["-e", f"trace={calls}", "-e", inject]
        command += [sys.executable, "-m", "tests.robustness.killed", json.dumps(given)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        killed = done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
        assert killed or done.returncode == 0, f"the run failed: {done.stderr[-2000:]}"
        return done.stdout.splitlines(), killed

    # Looking -----------------------------------------------------------------------------------

    def _look(self) -> None:
        """Look at what is in service, and answer from it and from what was open before."""
        generation = look_at_index(self._index)
        if self._reader is not None:
            self._ask(self._reader)
        if generation is None:
            return
        assert generation >= self._generation, "what is in service went back"
        if generation > self._generation:
            if self._reader is not None:
                self._reader.close()
            self._reader = Engine(Snapshot.open(self._index), FakeEncoder())
            self._generation = generation
            self.found.opened += 1
            self._ask(self._reader)

    def _ask(self, engine: Engine) -> None:
        hits = engine.search(SearchRequest(query="paragraph of the invented report", k=5)).hits
        assert hits, "what is in service does not answer"
        assert all("invented" in hit.text for hit in hits)
        self.found.answered += 1

    def finish(self) -> None:
        """Do the same work again, to its end; compare with an index that was never disturbed."""
        do(self._step, self._index)
        self._look()
        held = look_at_catalogue(self._index)
        wanted = documents_of(self._step.editions)
        assert held == {each.id: each.sha256 for each in wanted}, "the next run did not finish"
        undisturbed = self._place / "undisturbed"
        build_from_documents(wanted, undisturbed, encoder=FakeEncoder())
        ours, theirs = content_of(self._index), content_of(undisturbed)
        shutil.rmtree(undisturbed)
        for name, rows in theirs.items():
            assert ours[name] == rows, f"{name} are others than in an undisturbed index"
        left = [path.name for path in (self._index / "generations").iterdir()]
        # A removal that was already in service when the kill came is not begun again.
        assert len(left) <= 2 + (self._step.kind == "remove"), f"left behind: {left}"
        self.found.finished += 1


def _symbol(number: int) -> str:
    return f"SAMPLE/{number}"


def kill_index(
    place: Path, kills: int, seed: int, *, traced: bool = True, tell: bool = False
) -> FoundOfIndex:
    """Kill the indexer `kills` times.

    Raises:
        AssertionError: something did not hold; says what.
    """
    place.mkdir(exist_ok=True)
    trial = _Trial(place, seed, traced=traced)
    try:
        if kills:
            trial.measure()
        killed = runs = 0
        while killed < kills:
            runs += 1
            assert runs < 10 * kills, f"only {killed} of {runs} runs were caught at work"
            if trial.kill_indexer():
                killed += 1
                if tell and killed % 10 == 0:
                    print(f"{killed} killed at indexing", file=sys.stderr, flush=True)  # noqa: T201
        if kills:
            trial.finish()
    finally:
        trial.close()
    return trial.found
