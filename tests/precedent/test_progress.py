"""Progress: a rate and the time left, on a terminal and in a log."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pytest

from precedent.cli.progress import LINE_EVERY_S, ProgressDisplay, progress_line


@dataclass(frozen=True)
class Step:
    stage: str
    done: int
    total: int | None
    unit: str


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.mark.parametrize(
    ("step", "elapsed_s", "line"),
    [
        (Step("reading", 0, 40, "document"), 0.0, "reading: 0 of 40 documents"),
        (
            Step("reading", 10, 40, "document"),
            5.0,
            "reading: 10 of 40 documents, 2.0 documents/s, 15 s left",
        ),
        (
            Step("encoding", 12_000, 15_000, "passage"),
            30.0,
            "encoding: 12,000 of 15,000 passages, 400 passages/s, 8 s left",
        ),
        (
            Step("encoding", 15_000, 15_000, "passage"),
            30.0,
            "encoding: 15,000 of 15,000 passages, 500 passages/s",
        ),
        (Step("reading", 10, None, "file"), 5.0, "reading: 10 files, 2.0 files/s"),
    ],
    ids=["start", "middle", "thousands", "end", "unknown-total"],
)
def test_line(step: Step, elapsed_s: float, line: str) -> None:
    assert progress_line(step, elapsed_s) == line


def test_log_gets_a_line_every_five_seconds_and_the_last_of_each_stage() -> None:
    stream, clock = io.StringIO(), Clock()
    with ProgressDisplay(stream, clock) as show:
        for done in range(1, 13):
            clock.now_s += 1
            show(Step("reading", done, 12, "document"))
        show(Step("encoding", 7, 7, "passage"))

    lines = stream.getvalue().splitlines()
    assert [line.split(",")[0] for line in lines] == [
        "reading: 6 of 12 documents",
        "reading: 11 of 12 documents",
        "reading: 12 of 12 documents",
        "encoding: 7 of 7 passages",
    ]


def test_a_stage_that_just_printed_its_end_does_not_repeat_it() -> None:
    stream, clock = io.StringIO(), Clock()
    with ProgressDisplay(stream, clock) as show:
        clock.now_s += LINE_EVERY_S
        show(Step("reading", 12, 12, "document"))

    assert len(stream.getvalue().splitlines()) == 1


def test_terminal_gets_a_bar_that_reaches_its_end() -> None:
    stream = Terminal()
    with ProgressDisplay(stream) as show:
        show(Step("reading", 3, None, "document"))
        show(Step("reading", 12, 12, "document"))

    last = stream.getvalue().split("\r")[-1]
    assert "reading" in last
    assert "12/12" in last


def test_nothing_is_shown_for_nothing() -> None:
    stream = io.StringIO()
    with ProgressDisplay(stream) as show:
        show(Step("embedding", 0, 0, "passage"))
    assert stream.getvalue() == ""
