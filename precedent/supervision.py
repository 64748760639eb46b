"""Run programs side by side and stop them together: what `precedent demo` stands on.

Each program gets a session of its own, so that the terminal's Ctrl-C reaches only the supervisor,
which then asks each to stop (SIGTERM to its whole group), waits, and in the end kills. On Linux the
kernel also ends a program whose supervisor was killed outright, so nothing is left behind.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn
from urllib.parse import urlsplit

from corpus.errors import ServiceError

__all__ = [
    "Program",
    "Running",
    "Terminated",
    "answers",
    "interruptible",
    "require_free_port",
    "supervise",
    "watch",
]

STOP_TIMEOUT_S = 8.0
"""Before a program that was asked to stop is killed; the API gives requests in flight 5 s."""

_POLL_S = 0.1
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Terminated(KeyboardInterrupt):
    """SIGTERM or SIGHUP arrived; treated as Ctrl-C is."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program to run beside others.

    Attributes:
        name: for people ("the API").
        command: program and arguments.
        ready_url: answers 200 once it can be used; on this machine, plain HTTP.
        log: file that takes what it prints; None: it prints to the terminal.
        environment: variables, complete; None for those of this process.
    """

    name: str
    command: Sequence[str]
    ready_url: str
    log: Path | None = None
    environment: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """A program that was started."""

    program: Program
    process: subprocess.Popen[bytes]

    def require_alive(self) -> None:
        """Raise ServiceError if the program has ended."""
        code = self.process.poll()
        if code is not None:
            self.fail(
                f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
            )

    def fail(self, cause: str) -> NoReturn:
        """Raise ServiceError with the cause and the last line the program printed."""
        log = self.program.log
        last = _last_line(log) if log else ""
        raise ServiceError(
            self.program.name,
            f"{cause}, saying: {last}" if last else cause,
            f"all it printed is in {log}" if log else "what it printed stands above",
        )


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Raise KeyboardInterrupt on SIGINT, and Terminated on SIGTERM and SIGHUP, inside the block.

    SIGINT is set too, because a shell starts background jobs with it ignored.
    """

    def stop(number: int, _frame: FrameType | None) -> None:
        raise Terminated(signal.Signals(number).name)

    with _handlers(
        {
            signal.SIGINT: signal.default_int_handler,
            signal.SIGTERM: stop,
            signal.SIGHUP: stop,
        }
    ):
        yield


def require_free_port(port: int, remedy: str, host: str = "127.0.0.1") -> None:
    """Raise ServiceError if the port cannot be listened on."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            reason = (
                "is in use"
                if error.errno == errno.EADDRINUSE
                else f"cannot be used: {error.strerror}"
            )
            raise ServiceError(f"port {port}", reason, remedy) from error


def answers(url: str, timeout_s: float = 2.0) -> bool:
    """Whether the address answers 200; proxies are not asked, since it is on this machine."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout_s)
    try:
        connection.request("GET", parts.path or "/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextlib.contextmanager
def supervise(programs: Sequence[Program], ready_timeout_s: float) -> Iterator[list[Running]]:
    """Start programs, wait until each answers, and stop all when the block is left, however it is.

    Raises:
        ServiceError: one ended, or did not answer in time; the others are stopped.
    """
    running: list[Running] = []
    try:
        for program in programs:
            running.append(_start(program))  # noqa: PERF401 - those started must be stopped
        _await_ready(running, ready_timeout_s)
        yield running
    finally:
        with _signals_held():
            _stop(running)


def watch(running: Sequence[Running]) -> None:
    """Wait for ever; raises ServiceError as soon as one program ends."""
    while True:
        for one in running:
            one.require_alive()
        time.sleep(_POLL_S)


def _start(program: Program) -> Running:
    with contextlib.ExitStack() as stack:
        output = None
        if program.log:
            program.log.parent.mkdir(parents=True, exist_ok=True)
            output = stack.enter_context(program.log.open("wb"))
        process = subprocess.Popen(
            list(program.command),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            env=None if program.environment is None else dict(program.environment),
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
    return Running(program, process)


def _die_with_parent() -> None:
    """Ask Linux to end this process when the supervisor dies without having stopped it."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _await_ready(running: Sequence[Running], timeout_s: float) -> None:
    deadline = time.monotonic() + timeout_s
    for one in running:
        while not answers(one.program.ready_url):
            for other in running:
                other.require_alive()
            if time.monotonic() > deadline:
                one.fail(f"did not answer within {timeout_s:.0f} s")
            time.sleep(_POLL_S)


def _stop(running: Sequence[Running]) -> None:
    for one in running:
        _signal_group(one.process, signal.SIGTERM)
    deadline = time.monotonic() + STOP_TIMEOUT_S
    for one in running:
        with contextlib.suppress(subprocess.TimeoutExpired):
            one.process.wait(max(0.0, deadline - time.monotonic()))
        # Also what the program started itself, and left in its group.
        _signal_group(one.process, signal.SIGKILL)
        one.process.wait()


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _last_line(log: Path) -> str:
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


@contextlib.contextmanager
def _signals_held() -> Iterator[None]:
    """Let nothing interrupt the stopping, whose time is bounded: a second Ctrl-C orphans none."""
    ignored = dict.fromkeys((signal.SIGINT, signal.SIGTERM, signal.SIGHUP), signal.SIG_IGN)
    with _handlers(ignored):
        yield


@contextlib.contextmanager
def _handlers(handlers: Mapping[signal.Signals, signal._HANDLER]) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
