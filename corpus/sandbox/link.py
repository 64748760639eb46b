"""The parent's end of one parsing worker: its process, its pipes, and what its death means."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import logging
import os
import pickle
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import DamagedFileError, LimitExceededError, ReadError, ServiceError
from corpus.limits import Limits
from corpus.sandbox.answers import unpack
from corpus.sandbox.confinement import worker_environment
from corpus.sandbox.deadline import ExtraTime
from corpus.sandbox.folder import WorkerFolder
from corpus.sandbox.handed import opened
from corpus.sandbox.process import HEADER, Answer
from corpus.sandbox.shapes import check_shape
from corpus.sidecars.files import said_beside
from corpus.sources import printable_path

__all__ = ["Outcome", "Worker"]

# In a second attempt, after pdfium died, PDFs are read by the other reader.
_CAREFUL_ENVIRONMENT = {"PRECEDENT_PDF_READER": "pypdf"}
# Numerical libraries reserve memory for each thread they might use: a worker uses one.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_CODE = "import sys; from corpus.sandbox.process import serve; serve(*sys.argv[1:])"
_START_S = 60.0
_CHUNK = 1 << 20
_MAX_REASON = 200
# A worker that crashed with this share of its address space resident crashed for want of memory.
_MEMORY_SHARE = 0.4
_CRASHES = {
    getattr(signal, name)
    for name in ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGTRAP", "SIGFPE")
    if hasattr(signal, name)
}
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: the parser's result, a part of it, or a `ReadError`."""

    value: Any
    is_part: bool = False


class Worker:
    """One process, its pipes and the file it is at.

    Args:
        parse: what it calls with (path, limits), as "package.module:function".
        limits: bounds for each file.
        careful: it makes a second attempt at one file, with the other PDF reader.
        returns: what it must answer, as an annotation.
        parts: what each part of an answer must be, where the function yields its answer in parts.

    Attributes:
        busy: it has not yet answered for the file that it was given.
        careful: it makes a second attempt at one file, with the other PDF reader.
        alive: it can be given another file.
        served: files it has answered for.
        try_again: its last file deserves another worker.
        path: the file it is at.
        first: the error of the first attempt, in a second one.
        deadline: monotonic time at which it is overdue.
        output: file descriptor to wait on.
    """

    def __init__(
        self, parse: str, limits: Limits, *, careful: bool, returns: Any, parts: Any = None
    ) -> None:
        self.careful = careful
        self.alive = True
        self.busy = False
        self._returns, self._parts = returns, parts
        self.served = 0
        self.try_again = False
        self.path = Path()
        self.first: ReadError | None = None
        self.deadline = time.monotonic() + _START_S
        self._limits = limits
        self._ready = False
        self._peak_at_start = 0
        self._buffer = bytearray()
        self._extra = ExtraTime(limits.ocr_time_s)
        self._folder = WorkerFolder()
        environment = {
            **worker_environment(self._folder.path),
            **_ONE_THREAD,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }
        if careful:
            environment.update(_CAREFUL_ENVIRONMENT)
        bounds = json.dumps(dataclasses.asdict(limits))
        self._requests, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _CODE, parse, bounds, str(self._folder.path)],
                stdin=theirs.fileno(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                close_fds=True,
                bufsize=0,
                process_group=0 if hasattr(os, "killpg") else None,
            )
        assert self._process.stdout is not None  # noqa: S101  (asked for above)
        self.output: int = self._process.stdout.fileno()

    def give(self, path: Path, first: ReadError | None, request: object = None) -> None:
        """Hand the worker a file, or a request about it where more is asked than to parse it."""
        self.path, self.first, self.try_again = path, first, False
        self.busy = True
        self._extra = ExtraTime(self._limits.ocr_time_s)
        self.deadline = time.monotonic() + self._limits.wall_time_s
        if not self._ready:
            self.deadline += _START_S
        with opened(dict.fromkeys((path, *said_beside(path)))) as files:
            data = pickle.dumps((path if request is None else request, list(files)))
            # Dead already: its pipe says so when read.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                header = HEADER.pack(len(data))
                if files:
                    socket.send_fds(self._requests, [header], list(files.values()))
                else:
                    self._requests.sendall(header)
                self._requests.sendall(data)

    def begin_part(self, left_s: float) -> None:
        """Begin to wait for the next part of an answer, which has a file's time for itself.

        Args:
            left_s: what is left for the whole of the file.
        """
        start = 0.0 if self._ready else _START_S
        self.deadline = time.monotonic() + start + min(self._limits.wall_time_s, left_s)

    def receive(self) -> Outcome | None:
        """Read what the worker sent; None while the answer is incomplete."""
        data = os.read(self.output, _CHUNK)
        if not data:
            return Outcome(self._died())
        self._buffer += data
        return self.held()

    def held(self) -> Outcome | None:
        """Return the next answer of what was read from the worker; None while it is incomplete."""
        while len(self._buffer) >= HEADER.size:
            (length,) = HEADER.unpack_from(self._buffer)
            if length > self._limits.max_answer_bytes:
                self._kill()
                return Outcome(self._too_much("its text is larger than any document's"))
            if len(self._buffer) < HEADER.size + length:
                return None
            with memoryview(self._buffer) as held:
                answer = bytes(held[HEADER.size : HEADER.size + length])
            del self._buffer[: HEADER.size + length]
            if (outcome := self._answered(answer)) is not None:
                return outcome
        return None

    def _answered(self, answer: bytes) -> Outcome | None:
        """Take one answer; None where the file is still being read.

        Raises:
            ServiceError: the worker could not start.
        """
        try:
            status, value = unpack(answer)
            if status == Answer.EXTRA_TIME and self._ready:
                self.deadline = self._extra.moved(self.deadline, value, time.monotonic())
                return None
            if status == Answer.PART and self.busy and self._parts is not None:
                check_shape(value, self._parts)
                return Outcome(value, is_part=True)
            if self._ready:
                self.served += 1
                self.busy = False
                return Outcome(self._outcome(status, value))
            if status == Answer.READY:
                self._peak_at_start = int(value)
        except Exception as error:  # the process border: bytes that a hostile file made up
            self._kill()
            return Outcome(self._refused(f"{type(error).__name__}: {error}"[:_MAX_REASON]))
        if status != Answer.READY:
            self._kill()
            raise ServiceError(
                "the parsing worker", f"could not start ({value})", "run `precedent doctor`"
            )
        self._ready = True
        self.deadline = time.monotonic() + self._limits.wall_time_s
        return None

    def overdue(self) -> ReadError:
        """Kill the worker at its deadline and say so."""
        self._kill()
        return self._too_much(f"took longer than {self._limits.wall_time_s:g} s")

    def end(self) -> None:
        """End the process: it exits when its input closes; if busy, it is killed."""
        self._kill()
        self._requests.close()
        if self._process.stdout is not None:
            with contextlib.suppress(OSError):
                self._process.stdout.close()
        self._folder.remove()

    def _kill(self) -> None:
        if self.alive:
            self.alive = False
            self._end_children()
            self._process.kill()
            self._process.wait()

    def _end_children(self) -> None:
        """End what the worker started; they share its process group, which is its own."""
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def _outcome(self, status: str, value: Any) -> Any:
        if status == Answer.RESULT:
            check_shape(value, self._returns)
            return value
        if status == Answer.READ_ERROR and isinstance(value, ReadError):
            return value
        if status == Answer.MEMORY:
            # Fragments of earlier files may be to blame: a new worker decides.
            self.try_again = self.served > 1
            self._kill()
            return self._memory()
        if status == Answer.RECURSION:
            return self._too_much("its objects are nested beyond all measure")
        if status != Answer.FAILURE:
            raise ValueError("it is of no known kind")
        check_shape(value, tuple[str, str])
        message, trace = value
        # Words of the file may stand in it: none of them may forge a line or steer a terminal.
        _log.error("parsing %r failed:\n%s", str(self.path), _CONTROLS.sub("\ufffd", trace))
        return self._damaged(f"the parser failed on it ({message})", "please report it as a bug")

    def _died(self) -> ReadError:
        """Say why the worker died; its memory at its end tells a bomb from a crash."""
        self.alive = False
        self._end_children()
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
        return self._damaged(f"crashed its reader ({name})", "obtain the file again")

    def _refused(self, why: str) -> ReadError:
        return self._damaged(f"its reader's answer was refused ({why})", "do not trust this file")

    def _damaged(self, cause: str, remedy: str) -> ReadError:
        return DamagedFileError(printable_path(self.path), cause, remedy)

    def _memory(self) -> ReadError:
        size = self._limits.address_space_bytes / 2**30
        return self._too_much(f"needs more than {size:.3g} GiB of memory")

    def _too_much(self, cause: str) -> ReadError:
        return LimitExceededError(
            printable_path(self.path), cause, "the file is not an ordinary document"
        )
