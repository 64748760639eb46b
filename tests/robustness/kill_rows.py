"""Kill who writes the library, the file of keys and the audit log, again and again.

After each kill the file is whole, and holds what an undisturbed one holds after every act that was
told, or after one more. The next writer goes on from there, and nobody helps it.
"""

from __future__ import annotations

import random
import shutil
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.robustness.killing import run_and_kill
from tests.robustness.rows import ROWS, Rows

__all__ = ["FoundOfRows", "kill_rows"]

_LONGEST_S = 0.08
_MOST_CALLS = 150
"""Times that some acts touch the disk."""

_MOST_ACTS = 1500
"""Acts after which a file is begun anew: the log only grows."""


@dataclass(slots=True)
class FoundOfRows:
    """What came of the kills.

    Attributes:
        kills: processes killed at work, by the file and how the moment was chosen.
        acts: that were done, and compared with those on an undisturbed file.
    """

    kills: Counter[str] = field(default_factory=Counter)
    acts: int = 0

    def as_dict(self) -> dict[str, object]:
        """Return plain values for JSON."""
        kills = dict(self.kills.most_common())
        return {"killed": self.kills.total(), "kills": kills, "acts_compared": self.acts}


class _Trial:
    """A file, and the same one undisturbed."""

    def __init__(self, place: Path, kind: str, at: random.Random) -> None:
        self._place = place
        self._kind = kind
        self._at = at
        self._runs = self.acts = 0
        self._begin()

    def _begin(self) -> None:
        shutil.rmtree(self._place, ignore_errors=True)
        for name in ("killed", "undisturbed"):
            (self._place / name).mkdir(parents=True)
        self._ours: Rows = ROWS[self._kind](self._place / "killed")
        self._theirs: Rows = ROWS[self._kind](self._place / "undisturbed")
        self._done = 0

    def kill(self) -> str:
        """Kill one writer and look at what it left; return how the moment was chosen."""
        if self._done > _MOST_ACTS:
            self._begin()
        self._runs += 1
        how = self._at.choice(("time", "call"))
        moment = (
            {"at": self._at.randint(1, _MOST_CALLS), "after_s": 600.0}
            if how == "call"
            else {"after_s": self._at.uniform(0, _LONGEST_S)}
        )
        told_file = self._place / f"told-{self._runs}"
        asked = (self._kind, self._done)
        told, killed = run_and_kill(told_file, "rows", self._ours.folder, asked, **moment)
        assert killed, "it writes without end"
        self._look([line.split(" ") for line in told if line.startswith("acted")])
        return how

    def _look(self, told: list[list[str]]) -> None:
        said = int(told[-1][1]) + 1 if told else self._done
        self._ours.check()
        held = self._ours.content()
        while self._done < said:
            self._act()
        if held == self._theirs.content():
            if told:
                self._ours.check_told(told[-1][2])
            return
        self._act()  # the last may have come before its line, and no other
        assert held == self._theirs.content(), f"of {self._kind} something is lost, or half there"

    def _act(self) -> None:
        self._theirs.act(self._done)
        self._done += 1
        self.acts += 1


def kill_rows(place: Path, kills: int, seed: int, *, tell: bool = False) -> FoundOfRows:
    """Kill writers `kills` times, of one file after another.

    Raises:
        AssertionError: something did not hold; says what.
    """
    at = random.Random(seed)
    trials = {kind: _Trial(place / kind, kind, at) for kind in ROWS}
    found = FoundOfRows()
    for number in range(1, kills + 1):
        kind = [*trials][number % len(trials)]
        found.kills[f"{kind}, {trials[kind].kill()}"] += 1
        if tell and number % 50 == 0:
            print(f"{number} killed at rows", file=sys.stderr, flush=True)  # noqa: T201
    found.acts = sum(trial.acts for trial in trials.values())
    return found
