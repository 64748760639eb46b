"""Run the programs that read for a reader, so that none of them outlives it.

All that a worker starts stays in the process group of the worker, which `corpus.sandbox.seccomp`
lets nobody leave: whoever ends the worker ends that group, and so does the worker where its parent
is gone. Nor may a worker signal any process by its number but itself. So it ends a program, at its
time limit, by a signal to the whole group that it alone outlives; what has made itself deaf to that
signal is ended with the worker, at the deadline of the file. Where there is no worker, each program
has a group of its own.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress

__all__ = ["keep_programs_in_group", "run_program"]

_END = signal.SIGUSR2 if hasattr(signal, "SIGUSR2") else signal.SIGTERM
"""Ends what does not handle it: LibreOffice, tesseract, antiword and catdoc do not."""

_in_own_group = False


def keep_programs_in_group() -> None:
    """Let programs stay in the group of this process, which leads it; call it in a worker."""
    global _in_own_group
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        signal.signal(
            _END, lambda *_: None
        )  # a handler, since what is ignored stays so in programs
        _in_own_group = True


def run_program(
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    timeout_s: float,
    given: bytes | None = None,
    told: int = subprocess.PIPE,
    errors: int = subprocess.DEVNULL,
) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end; end all that it started, at its time limit or an interruption too.

    Args:
        command: the program and its arguments.
        environment: of it.
        timeout_s: it is ended then.
        given: to its standard input.
        told: where its standard output goes, as `subprocess.Popen` takes it.
        errors: where its standard error goes.

    Raises:
        OSError: it could not be started.
        subprocess.TimeoutExpired: it took too long.
    """
    with subprocess.Popen(
        list(command),
        env=dict(environment),
        stdin=subprocess.DEVNULL if given is None else subprocess.PIPE,
        stdout=told,
        stderr=errors,
        process_group=None if _in_own_group else 0,
    ) as process:
        try:
            output, said = process.communicate(given, timeout_s)
        finally:
            _end_group(process)
    return subprocess.CompletedProcess(list(command), process.returncode, output, said)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if _in_own_group:
            os.killpg(0, _END)
        else:
            os.killpg(process.pid, signal.SIGKILL)
