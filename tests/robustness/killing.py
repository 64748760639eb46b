"""Run a piece of work in a process of its own and kill it, with its whole group, at some moment."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from tests.robustness.killed import work

__all__ = ["run_and_kill"]

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.robustness.killed", "tests.robustness.after"])


def run_and_kill(
    told: Path, kind: str, place: Path, asked: object, *, at: int | None = None, after_s: float = 0
) -> tuple[list[str], bool]:
    """Run a piece of work that dies at call `at`, or is killed after a while from its start.

    Args:
        told: file for what it tells, which is removed.
        kind: of the work; see `tests.robustness.killed.work`, as for the next two.
        place: it works in.
        asked: of it.
        at: number of the call at which it dies.
        after_s: it is killed then.

    Returns:
        what it told, and whether it was killed.
    """
    process = _CONTEXT.Process(target=work, args=(kind, place, asked, at, told))
    process.start()
    while process.is_alive() and not (told.exists() and told.stat().st_size):
        time.sleep(0.0005)
    process.join(after_s)
    with suppress(ProcessLookupError):
        os.killpg(process.pid or 0, signal.SIGKILL)
    process.join()
    killed = process.exitcode == -signal.SIGKILL
    assert killed or process.exitcode == 0, f"the run failed: exit code {process.exitcode}"
    process.close()
    lines = told.read_text().splitlines()
    told.unlink()
    return lines, killed
