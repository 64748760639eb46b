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
from pathlib import Path

from benchmarks.results import save
from tests.robustness.kill_acts import kill_acts
from tests.robustness.kill_index import kill_index
from tests.robustness.kill_rows import kill_rows
from tests.robustness.kill_uploads import kill_uploads

__all__ = ["main"]

_USUALLY = {"kills": 200, "uploads": 40, "acts": 100, "rows": 150}
_OF = {
    "kills": "who indexes and publishes",
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
    began = time.perf_counter()
    seed = given.seed
    indexing = kill_index(place / "index", given.kills, seed, tell=True)
    uploads = kill_uploads(place / "uploads", given.uploads, seed, tell=True)
    acts = kill_acts(place / "acts", given.acts, seed, tell=True)
    rows = kill_rows(place / "rows", given.rows, seed, tell=True)
    total = sum(each.kills.total() for each in (indexing, uploads, acts, rows))
    return {
        "seed": seed,
        "seconds": round(time.perf_counter() - began, 1),
        "faults": 0,
        "killed": total,
        "indexing": indexing.as_dict(),
        "uploads": uploads.as_dict(),
        "acts": acts.as_dict(),
        "rows": rows.as_dict(),
    }


if __name__ == "__main__":
    sys.exit(main())
