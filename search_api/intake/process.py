"""The service's end of a job: the process of the indexer, its lines, and what its death means."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.errors import ServiceError
from indexer.asked import Asked

__all__ = ["COMMAND", "JobProcess"]

COMMAND = (sys.executable, "-m", "indexer.job")

_PATIENCE_S = 5.0
"""Given to a process to end when told to; a kill loses no more, it only is less polite."""

_log = logging.getLogger(__name__)


class JobProcess:
    """A process that does one job."""

    def __init__(self, asked: Asked, command: Sequence[str] = COMMAND) -> None:
        """Start it.

        Raises:
            ServiceError: it cannot be started.
        """
        self._stopped = threading.Event()
        try:
            self._process = subprocess.Popen(
                list(command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                text=True,
                encoding="utf-8",
                process_group=0 if hasattr(os, "killpg") else None,
            )
        except OSError as error:
            cause = f"cannot be started: {error.strerror}"
            raise ServiceError("the indexer", cause, "try again") from error
        assert self._process.stdin is not None  # noqa: S101  (asked for above)
        with contextlib.suppress(BrokenPipeError):  # dead already: its lines end, and say so
            self._process.stdin.write(asked.line())
            self._process.stdin.flush()

    def lines(self) -> Iterator[tuple[str, Any]]:
        """Yield what the process tells, as (what, value), until it ends.

        The last is always "done" or "error", whether or not it lived to say so, unless `stop` was
        called.
        """
        assert self._process.stdout is not None  # noqa: S101
        ended = False
        for line in self._process.stdout:
            try:
                ((what, value),) = json.loads(line).items()
            except ValueError:  # cut off in the middle: what follows says why
                continue
            if what == "fault":
                _log.error("the indexer failed: %s\n%s", value["kind"], value["places"])
                cause = f"failed by a fault of its own ({value['kind']})"
                what, value = "error", _error(cause, "the service's log names the place")
            if what == "hidden":  # of an error that follows, and that the asker may not know
                _log.error("%s: %s; %s", value["subject"], value["cause"], value["remedy"])
                continue
            ended = ended or what in ("done", "error")
            yield what, value
        code = self._process.wait()
        self._close()
        if not ended and not self._stopped.is_set():
            cause = f"ended without a word (exit code {code})"
            yield "error", _error(cause, "it may have lacked memory; what it finished is kept")

    def stop(self) -> None:
        """End the process; what it has committed stays."""
        self._stopped.set()
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def _error(cause: str, remedy: str) -> dict[str, str]:
    return {"subject": "the indexer", "cause": cause, "remedy": remedy}
