"""Mounts of their own for a process: a disk of a few MB, a disk that may only be read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest

__all__ = ["READ_ONLY", "on_a_small_disk", "read_only", "run_apart"]

ROOT = Path(__file__).resolve().parents[2]

SMALL = 'mount -t tmpfs -o size="$1" small "$2" && shift 2 && exec "$@"'
"""A disk of `$1` bytes mounted at `$2`; then the command."""

READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"'
"""The folder `$1` as a disk that may only be read; then the command."""


@lru_cache(maxsize=1)
def _unshare() -> list[str] | None:
    """Return the command that gives a process mounts of its own, or None."""
    if shutil.which("unshare"):
        for options in (["--mount"], ["--map-root-user", "--mount"]):
            command = ["unshare", *options]
            done = subprocess.run([*command, "true"], capture_output=True, check=False)
            if done.returncode == 0:
                return command
    return None


def run_apart(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a script of the shell with mounts of its own, or skip where none can be made."""
    unshare = _unshare()
    if unshare is None:
        pytest.skip("no mount can be made here: unshare is missing or not allowed")
    done = subprocess.run(
        [*unshare, "sh", "-c", script, "sh", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if "mount:" in done.stderr:
        pytest.skip(f"no mount can be made here: {done.stderr.strip()}")
    return done


def on_a_small_disk(
    place: Path, size: int, *command: str | Path
) -> subprocess.CompletedProcess[str]:
    """Run Python with a disk of `size` bytes mounted at `place`."""
    return run_apart(SMALL, str(size), place, sys.executable, *command)


def read_only(place: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run Python with `place` as a disk that may only be read."""
    return run_apart(READ_ONLY, place, sys.executable, *command)
