"""Kill the commands that change a whole installation, again and again: `tests.robustness.acts`.

After each kill every document is held where it was before the act or where it is after it, with its
digest; what is in service opens, is whole and answers; a backup, a library, a file of keys and a
model are as before or as after. Then the same act is done again, and nobody helps it: everything
agrees, and nothing that was begun is left.
"""

from __future__ import annotations

import random
import shutil
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from corpus.restricted import id_in, id_outside
from tests.robustness.acts import (
    Act,
    Held,
    Installation,
    State,
    digest_of,
    do_act,
    id_of,
    number_of,
    symbol_of,
)
from tests.robustness.after_acts import look_after_kill, look_at_end
from tests.robustness.hurting import hurt_index, hurt_library, hurt_model
from tests.robustness.killing import run_and_kill

__all__ = ["FoundOfActs", "kill_acts"]

_KINDS = {
    "index": 3, "whole": 1, "restrict": 3, "release": 3, "remove": 3, "backup": 3, "restore": 4,
    "repair": 4, "repair library": 2, "pull": 1,
}  # fmt: skip
"""How often each is done, one beside the other."""

_FIRST = 8
_MOST = 20
_NAMES = ("casework", "witness")

_AGAIN = 0.3
"""Share of kills after which the same act is killed once more before it is done to its end."""


@dataclass(slots=True)
class FoundOfActs:
    """What came of the kills.

    Attributes:
        kills: processes killed at work, by what they did and how the moment was chosen.
        done: acts that had ended before the moment came.
        finished: acts that were done to their end and compared.
        answered: questions that what was in service answered after a kill.
    """

    kills: Counter[str] = field(default_factory=Counter)
    done: int = 0
    finished: int = 0
    answered: int = 0

    def as_dict(self) -> dict[str, object]:
        """Return plain values for JSON."""
        return {
            "killed": self.kills.total(),
            "kills": dict(self.kills.most_common()),
            "ended_before_the_moment": self.done,
            "finished_and_compared": self.finished,
            "questions_answered": self.answered,
        }


class _Trial:
    """An installation, and what it should hold."""

    def __init__(self, place: Path, seed: int) -> None:
        self.found = FoundOfActs()
        self._place = place
        self._at = random.Random(seed)
        self._ours = Installation(place / "installation")
        self._runs = self._edition = 0
        self._seconds: dict[str, float] = {}
        self._calls: dict[str, int] = {}
        self._begin()

    def _begin(self) -> None:
        """Make an installation with a restricted collection, and the first backup of it."""
        ours = self._ours
        ours.places.models.mkdir(parents=True)
        for number in range(_FIRST):
            ours.write(number, 0)
        for act in (Act("index"), Act("restrict", ("A/HRC/97/1",), _NAMES[0]), Act("pull")):
            do_act(ours.folder, act)
        ours.keep("the first")
        do_act(ours.folder, Act("backup"))
        shutil.copy2(ours.backup, ours.first_backup)

    def kill(self) -> int:
        """Kill an act, look at what it left, and finish it; return how often it was at work."""
        before = State(self._ours.held(), self._ours.kept())
        act = self._chosen(before.held)
        self._prepare(act, before.held)
        if act.kind == "restore":
            before = State(before.held, self._ours.kept())
        after = self._after(act, before)
        killed = 0
        while (how := self._disturbed(act)) is not None:
            killed += 1
            self.found.kills[f"{act.kind}, {how}"] += 1
            self.found.answered += look_after_kill(self._ours, act, before, after)
            if self._at.random() > _AGAIN:
                break
        self.found.done += how is None
        do_act(self._ours.folder, act)
        look_at_end(self._ours, act, after)
        self.found.finished += 1
        return killed

    # Choosing ----------------------------------------------------------------------------------

    def _chosen(self, held: Held) -> Act:
        (kind,) = self._at.choices([*_KINDS], [*_KINDS.values()])
        public = [each for each, where in held.items() if None in where]
        apart = [each for each, where in held.items() if None not in where]
        if kind == "restrict" and len(public) > 3:
            what = self._at.sample(public, self._at.randint(1, 2))
            return Act(
                kind, tuple(symbol_of(number_of(each)) for each in what), self._at.choice(_NAMES)
            )
        if kind == "release" and apart:
            what = self._at.sample(apart, self._at.randint(1, min(2, len(apart))))
            return Act(kind, tuple(symbol_of(number_of(each)) for each in what))
        if kind == "remove" and len(public) > 3:
            chosen = self._at.choice([*public, *apart])
            (name,) = held[chosen]
            return Act(kind, (chosen if name is None else id_in(chosen, name),), name)
        return Act("index" if kind in ("restrict", "release", "remove") else kind)

    def _prepare(self, act: Act, held: Held) -> None:
        """Give an act something to do."""
        ours = self._ours
        self._edition += 1
        if act.kind == "index":
            for number in self._at.sample(range(_MOST), 3):
                ours.write(number, self._edition)
        elif act.kind == "remove":
            ours.file(number_of(act.what[0])).unlink(missing_ok=True)
        elif act.kind == "restore":
            ours.keep(f"later {self._edition}")
        elif act.kind == "repair":
            hurt_index(ours, self._at)
        elif act.kind == "repair library":
            hurt_library(ours)
        elif act.kind == "pull":
            hurt_model(ours, self._at)

    def _after(self, act: Act, before: State) -> State:
        """Return what is to be held once an act is done."""
        held = {each: dict(where) for each, where in before.held.items()}
        if act.kind == "restore":  # what was restricted since stays so: docs/backup.md
            return self._undisturbed(act)
        if act.kind == "index":
            claimed = self._ours.claimed()  # of a document that is gone, too: docs/restricted.md
            for number in range(_MOST):
                if (file := self._ours.file(number)).exists():
                    (name,) = held.get(id_of(number), {claimed.get(str(file)): ""})
                    held[id_of(number)] = {name: digest_of(file)}
        elif act.kind == "remove":
            del held[id_outside(act.what[0])]
        else:
            for each in map(number_of, act.what):
                (digest,) = held[id_of(each)].values()
                held[id_of(each)] = {act.name: digest}
        return State(held, before.kept)

    def _undisturbed(self, act: Act) -> State:
        """Do an act on a copy, and return what that holds then."""
        copy = Installation(self._place / "undisturbed")
        shutil.copytree(self._ours.folder, copy.folder)
        do_act(copy.folder, act)
        after = State(copy.held(), copy.kept())
        shutil.rmtree(copy.folder)
        return after

    # Killing -----------------------------------------------------------------------------------

    def _disturbed(self, act: Act) -> str | None:
        """Run an act that is killed; return how the moment was chosen, None where it had ended."""
        self._runs += 1
        told = self._place / f"told-{self._runs}"
        calls = self._calls.setdefault(act.kind, 400)
        seconds = self._seconds.setdefault(act.kind, 0.5)
        if self._at.random() < 0.5:
            at = self._at.randint(1, calls)
            lines, killed = run_and_kill(told, "act", self._ours.folder, act, at=at, after_s=600)
            made = [int(line.split()[1]) for line in lines if line.startswith("calls")]
            self._calls[act.kind] = made[0] if made else int(1.1 * calls) + 1
            return "call" if killed else None
        after_s = self._at.uniform(0, seconds)
        _, killed = run_and_kill(told, "act", self._ours.folder, act, after_s=after_s)
        self._seconds[act.kind] = seconds * (1.1 if killed else 0.7)
        return "time" if killed else None


def kill_acts(place: Path, kills: int, seed: int, *, tell: bool = False) -> FoundOfActs:
    """Kill commands that change a whole installation `kills` times.

    Raises:
        AssertionError: something did not hold; says what.
    """
    place.mkdir(parents=True, exist_ok=True)
    trial = _Trial(place, seed)
    killed = runs = 0
    while killed < kills:
        runs += 1
        assert runs < 10 * kills, f"only {killed} of {runs} runs were caught at work"
        killed += trial.kill()
        if tell and runs % 10 == 0:
            print(f"{killed} killed at other acts", file=sys.stderr, flush=True)  # noqa: T201
    return trial.found
