"""The inside of a parsing worker: a process that answers requests on its standard input.

Started by `ParsingPool` as `python -c "…; from corpus.sandbox.process import serve; …"`:
a new interpreter, never a fork of the parent, so no lock, thread, socket or secret comes along.

A request is a pickle, since its sender is trusted, an answer JSON (`corpus.sandbox.answers` tells
why); both have an eight-byte length before them. Standard input is a socket, since the files come
with the requests, as open descriptors: the process may open none itself (see
`corpus.sandbox.confinement`). What the parser prints goes nowhere: the answering pipe is moved away
from standard output first.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import pickle
import queue
import signal
import socket
import struct
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import GeneratorType
from typing import Any, BinaryIO

from corpus.errors import PrecedentError, ReadError
from corpus.limits import Limits
from corpus.sandbox.answers import pack
from corpus.sandbox.confinement import Protection, confine
from corpus.sandbox.deadline import on_extra_time
from corpus.sandbox.handed import handed
from corpus.sandbox.programs import keep_programs_in_group

__all__ = ["HEADER", "MAX_FILES", "Answer", "load_callable", "protection", "serve"]

HEADER = struct.Struct(">Q")
MAX_FILES = 8
"""Descriptors that may come with one request."""

_MEMORY_EXIT = 77
# Time to answer after the parent's own deadline, before the kernel ends the process.
_CPU_GRACE_S = 10

Parse = Callable[[Path, Limits], Any]


class Answer:
    """First member of every answer: what became of the request, or how long a step may take.

    A `PART` comes before the answer proper, which then is a `RESULT` of nothing.
    """

    READY = "ready"
    EXTRA_TIME = "extra-time"
    PART = "part"
    NOT_STARTED = "not-started"
    RESULT = "result"
    READ_ERROR = "read-error"
    MEMORY = "memory"
    RECURSION = "recursion"
    FAILURE = "failure"


_Request = tuple[bytes, list[int]]
_protection = Protection(seccomp=False, landlock=0)


def protection() -> Protection:
    """Return what this process was confined by, as a worker."""
    return _protection


def serve(parse_name: str, bounds: str, folder: str) -> None:
    """Answer requests until standard input ends, then exit at once, whatever is going on.

    Args:
        parse_name: what is called for each, as "package.module:function".
        bounds: `Limits` for each request, as JSON.
        folder: the only one that may be written to.
    """
    global _protection
    limits = Limits(**json.loads(bounds))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_programs_in_group()
    sys.dont_write_bytecode = True
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    requests: queue.SimpleQueue[_Request] = queue.SimpleQueue()
    package = parse_name.partition(":")[0].partition(".")[0]
    with contextlib.suppress(ImportError):  # said below
        importlib.import_module(package)
    _protection = confine(Path(folder), package)
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    try:
        parse = load_callable(parse_name)
    except (ImportError, OSError, TypeError, ValueError) as error:
        _send(answers, (Answer.NOT_STARTED, f"{type(error).__name__}: {error}"))
        return
    _limit(limits)
    _send(answers, (Answer.READY, peak_bytes()))

    def tell(seconds: float) -> None:
        _limit_cpu(limits)
        _send(answers, (Answer.EXTRA_TIME, seconds))

    def hand_on(part: object) -> None:
        _send(answers, (Answer.PART, part))
        _limit_cpu(limits)

    on_extra_time(tell)
    while True:
        message, descriptors = requests.get()
        path, files = pickle.loads(message)  # noqa: S301  (from the parent, which we trust)
        _limit_cpu(limits)
        with handed(dict(zip(files, descriptors, strict=True))):
            answer = _answer(parse, path, limits, hand_on)
        _send(answers, answer)
        if answer[0] == Answer.MEMORY:
            os._exit(_MEMORY_EXIT)


def peak_bytes() -> int:
    """Return the most memory this process has had resident, as the system will report its end.

    A new process inherits the figure of the one it was started from, so that without this one the
    memory of a large parent would be taken for that of a small worker.
    """
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def load_callable(name: str) -> Parse:
    """Return the callable that "package.module:name" names.

    Raises:
        TypeError: it names none.
    """
    module, _, attribute = name.partition(":")
    found = getattr(importlib.import_module(module), attribute, None)
    if not callable(found):
        raise TypeError(f"{name!r} names no callable; write it as 'package.module:function'")
    return found  # type: ignore[no-any-return]


def _listen(requests: queue.SimpleQueue[_Request]) -> None:
    """Hand on requests; when the parent is gone, however it went, end this process.

    Its own thread, so that a worker deep in a parser (which releases the interpreter's lock) still
    notices. Works where `PR_SET_PDEATHSIG` does not exist.
    """
    source = socket.socket(fileno=os.dup(0))
    while True:
        header, descriptors = b"", []
        while len(header) < HEADER.size:
            data, given, _, _ = socket.recv_fds(source, HEADER.size - len(header), MAX_FILES)
            if not data:
                _end_with_children()
            header += data
            descriptors += given
        message = bytearray()
        length: int = HEADER.unpack(header)[0]
        while len(message) < length:
            data = source.recv(min(length - len(message), 1 << 20))
            if not data:
                _end_with_children()
            message += data
        requests.put((bytes(message), descriptors))


def _end_with_children() -> None:
    """Exit at once, and take along what this process started: a program that reads a page."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def _answer(
    parse: Parse, path: Path, limits: Limits, hand_on: Callable[[object], None]
) -> tuple[str, Any]:
    """Return the answer for a file; of one in parts hand these on, and return nothing."""
    try:
        value = parse(path, limits)
        if not isinstance(value, GeneratorType):
            return Answer.RESULT, value
        for part in value:
            hand_on(part)
    except ReadError as error:
        return Answer.READ_ERROR, _portable(error)
    except MemoryError:
        return Answer.MEMORY, None
    except RecursionError:
        return Answer.RECURSION, None
    except Exception as error:  # the process border: nothing a file provokes may end the run
        return Answer.FAILURE, (f"{type(error).__name__}: {error}", traceback.format_exc())
    return Answer.RESULT, None


def _portable(error: PrecedentError) -> PrecedentError:
    """Return the error without its chain: causes of foreign classes may not cross."""
    return type(error)(error.subject, error.cause, error.remedy)


def _send(answers: BinaryIO, answer: tuple[str, Any]) -> None:
    try:
        data = pack(answer)
    except (TypeError, ValueError, RecursionError) as error:  # of a parser that is not ours
        data = pack((Answer.FAILURE, (f"{type(error).__name__}: {error}", traceback.format_exc())))
    answers.write(HEADER.pack(len(data)))
    answers.write(data)
    answers.flush()


def _limit(limits: Limits) -> None:
    """Bound memory and the length of a file, and forbid core files.

    `RLIMIT_AS` works on Linux. macOS accepts and ignores it, or refuses; there only time is bounded
    and a flate bomb takes what memory it finds until the deadline.
    """
    try:
        import resource
    except ImportError:  # not a POSIX system
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):
        size = limits.address_space_bytes
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    with contextlib.suppress(ValueError, OSError):
        size = limits.max_file_bytes  # no reader writes down more than it was given
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _limit_cpu(limits: Limits) -> None:
    """Give the next file its own share of processor time, a second line behind the deadline."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + limits.wall_time_s + _CPU_GRACE_S)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
