"""Progress on stderr: a bar on a terminal, a plain line every few seconds elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn, Protocol, Self, TextIO

if TYPE_CHECKING:
    from tqdm import tqdm

__all__ = ["LINE_EVERY_S", "ProgressDisplay", "Step", "progress_line"]

LINE_EVERY_S = 5.0
"""Between plain lines: rare enough for a log, often enough to see that work goes on."""


class Step(Protocol):
    """What is reported: so many units of a stage done, out of a total where it is known."""

    @property
    def stage(self) -> str:
        """What is being done ("reading")."""

    @property
    def done(self) -> int:
        """Units done in this stage."""

    @property
    def total(self) -> int | None:
        """Units there are, or None while unknown."""

    @property
    def unit(self) -> str:
        """What is counted, in the singular ("document")."""


def progress_line(step: Step, elapsed_s: float) -> str:
    """Say how far a stage is, its rate, and the time left where the total is known."""
    rate = step.done / elapsed_s if elapsed_s > 0 else 0.0
    of_total = "" if step.total is None else f" of {step.total:,}"
    line = f"{step.stage}: {step.done:,}{of_total} {step.unit}s"
    if rate > 0:
        line += f", {rate:,.1f} {step.unit}s/s" if rate < 10 else f", {rate:,.0f} {step.unit}s/s"
        if step.total is not None and step.done < step.total:
            line += f", {(step.total - step.done) / rate:,.0f} s left"
    return line


class ProgressDisplay:
    """Show steps as they come; call it with each, and leave the `with` block to finish.

    Args:
        stream: where to show it; stderr by default.
        clock: seconds, for tests.
    """

    def __init__(
        self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream if stream is not None else sys.stderr
        self._clock = clock
        self._stage: str | None = None
        self._started = self._shown = clock()
        self._last: Step | None = None
        self._bar: tqdm[NoReturn] | None = None

    def __call__(self, step: Step) -> None:
        """Show a step."""
        if step.stage != self._stage:
            self._finish()
            self._stage = step.stage
            self._started = self._shown = self._clock()
        if step.total == 0:
            return
        self._last = step
        if self._stream.isatty():
            self._draw(step)
        elif self._clock() - self._shown >= LINE_EVERY_S:
            self._write(step)
            self._last = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._finish()

    def _draw(self, step: Step) -> None:
        from tqdm import tqdm

        if self._bar is None:
            self._bar = tqdm(
                total=step.total,
                desc=step.stage,
                unit=f" {step.unit}s",
                file=self._stream,
                dynamic_ncols=True,
                mininterval=0.2,
            )
        if step.total != self._bar.total:
            self._bar.total = step.total
        self._bar.update(step.done - self._bar.n)

    def _write(self, step: Step) -> None:
        self._shown = self._clock()
        self._stream.write(progress_line(step, self._shown - self._started) + "\n")
        self._stream.flush()

    def _finish(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
        elif self._last is not None and not self._stream.isatty():
            self._write(self._last)
        self._last = None
