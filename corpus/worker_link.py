"""The parent's end of one parsing worker: its process, its pipes, and what its death means."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import pickle
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import DamagedFileError, LimitExceededError, ReadError, ServiceError
from corpus.limits import Limits
from corpus.worker_process import HEADER, Answer

__all__ = ["Outcome", "Worker"]

# In a second attempt, after pdfium died, PDFs are read by the other reader.
_CAREFUL_ENVIRONMENT = {"PRECEDENT_PDF_READER": "pypdf"}
# Numerical libraries reserve memory for each thread they might use: a worker uses one.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_START_S = 60.0
_CHUNK = 1 << 20
_MAX_ANSWER = 1 << 30
# A worker that crashed with this share of its address space resident crashed for want of memory.
_MEMORY_SHARE = 0.4
_CRASHES = {
    getattr(signal, name)
    for name in ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGTRAP", "SIGFPE")
    if hasattr(signal, name)
}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: the parser's result, or a `ReadError`."""

    value: Any


class Worker:
    """One process, its pipes and the file it is at.

    Attributes:
        careful: it makes a second attempt at one file, with the other PDF reader.
        alive: it can be given another file.
        served: files it has answered for.
        try_again: its last file deserves another worker.
        path: the file it is at.
        first: the error of the first attempt, in a second one.
        deadline: monotonic time at which it is overdue.
        output: file descriptor to wait on.
    """

    def __init__(self, parse: str, limits: Limits, *, careful: bool) -> None:
        self.careful = careful
        self.alive = True
        self.served = 0
        self.try_again = False
        self.path = Path()
        self.first: ReadError | None = None
        self.deadline = time.monotonic() + _START_S
        self._limits = limits
        self._ready = False
        self._peak_at_start = 0
        self._buffer = bytearray()
        environment = {
            **os.environ,
            **_ONE_THREAD,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }
        if careful:
            environment.update(_CAREFUL_ENVIRONMENT)
        code = (
            "from corpus.limits import Limits; from corpus.worker_process import serve; "
            f"serve({parse!r}, {limits!r})"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            close_fds=True,
            bufsize=0,
        )
        assert self._process.stdout is not None  # noqa: S101  (asked for above)
        self.output: int = self._process.stdout.fileno()

    def give(self, path: Path, first: ReadError | None) -> None:
        """Hand the worker a file."""
        self.path, self.first, self.try_again = path, first, False
        self.deadline = time.monotonic() + self._limits.wall_time_s
        if not self._ready:
            self.deadline += _START_S
        data = pickle.dumps(path)
        with contextlib.suppress(BrokenPipeError):  # dead already: its pipe says so when read
            assert self._process.stdin is not None  # noqa: S101
            self._process.stdin.write(HEADER.pack(len(data)) + data)

    def receive(self) -> Outcome | None:
        """Read what the worker sent; None while the answer is incomplete."""
        data = os.read(self.output, _CHUNK)
        if not data:
            return Outcome(self._died())
        self._buffer += data
        while len(self._buffer) >= HEADER.size:
            (length,) = HEADER.unpack_from(self._buffer)
            if length > _MAX_ANSWER:
                self.end()
                return Outcome(self._too_much("its text is larger than any document's"))
            if len(self._buffer) < HEADER.size + length:
                return None
            answer = bytes(self._buffer[HEADER.size : HEADER.size + length])
            del self._buffer[: HEADER.size + length]
            try:
                status, value = _AnswerReader(io.BytesIO(answer)).load()
            except (pickle.UnpicklingError, AttributeError, ImportError) as error:
                self._kill()
                return Outcome(self._refused(str(error)))
            if status == Answer.NOT_STARTED:
                self._kill()
                raise ServiceError(
                    "the parsing worker", f"could not start ({value})", "run `precedent doctor`"
                )
            if status == Answer.READY:
                self._ready = True
                self._peak_at_start = value
                self.deadline = time.monotonic() + self._limits.wall_time_s
                continue
            self.served += 1
            return Outcome(self._outcome(status, value))
        return None

    def overdue(self) -> ReadError:
        """Kill the worker at its deadline and say so."""
        self._kill()
        return self._too_much(f"took longer than {self._limits.wall_time_s:g} s")

    def end(self) -> None:
        """End the process: it exits when its input closes; if busy, it is killed."""
        self._kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _kill(self) -> None:
        if self.alive:
            self.alive = False
            self._process.kill()
            self._process.wait()

    def _outcome(self, status: str, value: Any) -> Any:
        if status in (Answer.RESULT, Answer.READ_ERROR):
            return value
        if status == Answer.MEMORY:
            # Fragments of earlier files may be to blame: a new worker decides.
            self.try_again = self.served > 1
            self._kill()
            return self._memory()
        if status == Answer.RECURSION:
            return self._too_much("its objects are nested beyond all measure")
        message, trace = value
        _log.error("parsing %s failed:\n%s", self.path, trace)
        return DamagedFileError(
            str(self.path), f"the parser failed on it ({message})", "please report it as a bug"
        )

    def _died(self) -> ReadError:
        """Say why the worker died; its memory at its end tells a bomb from a crash."""
        self.alive = False
        peak = 0
        try:
            _, status, usage = os.wait4(self._process.pid, 0)
            code = os.waitstatus_to_exitcode(status)
            self._process.returncode = code
            peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        except ChildProcessError:
            code = self._process.wait()
        if not self._ready:
            raise ServiceError(
                "the parsing worker", f"could not start (exit {code})", "run `precedent doctor`"
            )
        number = -code if code < 0 else 0
        if number == getattr(signal, "SIGXCPU", None):
            return self._too_much("took too much processor time")
        if number == signal.SIGKILL:
            return self._too_much("the system ended its reader, probably for want of memory")
        self.try_again = number in _CRASHES
        grown = peak > self._peak_at_start
        if grown and peak > _MEMORY_SHARE * self._limits.address_space_bytes:
            return self._memory()
        name = signal.Signals(number).name if number else f"exit {code}"
        return DamagedFileError(
            str(self.path), f"crashed its reader ({name})", "obtain the file again"
        )

    def _refused(self, why: str) -> ReadError:
        return DamagedFileError(
            str(self.path), f"its reader's answer was refused ({why})", "do not trust this file"
        )

    def _memory(self) -> ReadError:
        size = self._limits.address_space_bytes / 2**30
        return self._too_much(f"needs more than {size:.3g} GiB of memory")

    def _too_much(self, cause: str) -> ReadError:
        return LimitExceededError(str(self.path), cause, "the file is not an ordinary document")


class _AnswerReader(pickle.Unpickler):
    """Reads answers, building nothing but the project's own classes and plain values.

    A worker that a hostile file has taken over could send any pickle; a free unpickler would run
    what it names.
    """

    _PLAIN = frozenset({"frozenset", "set", "complex", "bytearray", "range", "slice"})

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if "." not in name else None
        own = module.split(".")[0] == "corpus" and getattr(found, "__module__", "") == module
        if isinstance(found, type) and (own or module in ("pathlib", "datetime")):
            return found
        if module == "builtins" and name in self._PLAIN:
            return found
        raise pickle.UnpicklingError(f"an answer may not contain {module}.{name}")
