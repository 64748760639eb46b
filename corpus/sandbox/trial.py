"""Try, from inside a worker, what a file that has taken it over would try.

`precedent doctor` runs it, since what a kernel knows and what a container forbids shows only there.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.limits import Limits
from corpus.sandbox.handed import open_file
from corpus.sandbox.process import protection

__all__ = ["Trial", "attempt"]

_OF_THE_SYSTEM = Path("/etc/passwd")
_PROGRAM = "/usr/bin/id"


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it.

    Attributes:
        refused: attempts that failed, as they should.
        succeeded: attempts that nothing stopped.
        seccomp: system calls are filtered.
        landlock: version of the bounds on files, 0 where there are none.
    """

    refused: tuple[str, ...]
    succeeded: tuple[str, ...]
    seccomp: bool
    landlock: int


def attempt(path: Path, _limits: Limits) -> Trial:
    """Try everything once; nothing is sent, changed or ended where it succeeds.

    Args:
        path: a file in a folder that the worker has no business in; it may hold the number of a
            process of the same user, neither parent nor child of this one.
    """
    attempts: dict[str, Callable[[], object]] = {
        "use the network": _connect,
        "read other files": lambda: _OF_THE_SYSTEM.read_bytes(),
        "write files": lambda: _write(path.with_name("written-by-a-reader")),
        "start programs": lambda: subprocess.run([_PROGRAM], capture_output=True, check=False),
        "signal other processes": lambda: _signal(path),
    }
    refused, succeeded = [], []
    for name, act in attempts.items():
        try:
            act()
        except OSError:
            refused.append(name)
        else:
            succeeded.append(name)
    held = protection()
    return Trial(tuple(refused), tuple(succeeded), held.seccomp, held.landlock)


def _connect() -> None:
    """Take the first step of every connection; an unconnected datagram socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way_out:
        way_out.connect(("127.0.0.1", 9))


def _signal(path: Path) -> None:
    """Ask the system whether a signal could be sent; none is."""
    with contextlib.suppress(PermissionError):
        os.kill(os.getppid(), 0)
        return
    with open_file(path) as stream:
        os.kill(int(stream.read()), 0)


def _write(path: Path) -> None:
    path.write_bytes(b"")
    path.unlink()
