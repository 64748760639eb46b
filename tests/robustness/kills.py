"""Kill everything that writes, again and again: `python -m tests.robustness.kills`.

- `kill_index`: documents are written, removed and published, looked at row by row.
- `kill_uploads`: a service takes uploads and removals, and does their jobs.
- `kill_acts`: the commands on a whole installation, from `precedent index` to `precedent restore`.
- `kill_rows`: collections and saved searches, API keys, and the audit log.

What was committed has to be there after each kill, nothing half made may be in service, and the
same work, or the next, needs no help.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.results import save
from tests.robustness.kill_acts import FoundOfActs, kill_acts
from tests.robustness.kill_index import FoundOfIndex, kill_index
from tests.robustness.kill_rows import FoundOfRows, kill_rows
from tests.robustness.kill_uploads import FoundOfUploads, kill_uploads

__all__ = ["main"]

_KILLS: dict[str, Callable[..., FoundOfIndex | FoundOfUploads | FoundOfActs | FoundOfRows]] = {
    "indexing": kill_index,
    "uploads": kill_uploads,
    "acts": kill_acts,
    "rows": kill_rows,
}
_USUALLY = {"indexing": 200, "uploads": 40, "acts": 100, "rows": 150}
_OF = {
    "indexing": "who indexes and publishes",
    "uploads": "who takes uploads and removals, and their jobs",
    "acts": "commands: index, remove, restrict, release, backup, restore, repair, models pull",
    "rows": "who writes the library, the keys, the audit log",
}


def main() -> int:
    """Run as a command; exit with 1 where something did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, kills in _USUALLY.items():
        parser.add_argument(f"--{name}", type=int, default=kills, help=f"kills of {_OF[name]}")
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--save", action="store_true", help="as benchmarks/results/kills.json")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="precedent-kills-") as place:
        try:
            measured = _killed(Path(place), given)
        except AssertionError as error:
            print(f"seed {given.seed}: {error}")  # noqa: T201
            raise
    print(json.dumps(measured, indent=1))  # noqa: T201
    if given.save:
        counts = " ".join(f"--{name} {getattr(given, name)}" for name in _USUALLY)
        save("kills", f"python -m benchmarks.kills {counts} --seed {given.seed} --save", measured)
    return 0


def _killed(place: Path, given: argparse.Namespace) -> dict[str, object]:
    """Kill in all ways at once, each in a process of its own: they disturb each other, too."""
    began = time.perf_counter()
    with ProcessPoolExecutor(len(_KILLS), get_context("spawn")) as pool:
        running = {
            name: pool.submit(kill, place / name, getattr(given, name), given.seed, tell=True)
            for name, kill in _KILLS.items()
        }
        found = {name: each.result() for name, each in running.items()}
    return {
        "seed": given.seed,
        "seconds": round(time.perf_counter() - began, 1),
        "faults": 0,
        "killed": sum(each.kills.total() for each in found.values()),
        **{name: each.as_dict() for name, each in found.items()},
    }


if __name__ == "__main__":
    sys.exit(main())
