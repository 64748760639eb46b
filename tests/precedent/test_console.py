"""One line an error, and the exit code that tells a program what kind it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from corpus.errors import NoIndexError
from precedent.cli import cli, console, run
from precedent.cli.console import Command, keeping, printable, wrapped

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def failing() -> Iterator[dict[str, BaseException]]:
    """Add a command that raises what the test puts under "error"."""
    raises: dict[str, BaseException] = {}

    @click.command("fails", cls=Command)
    def command() -> None:
        with keeping("half of it is kept"):
            raise raises["error"]

    cli.add_command(command)
    yield raises
    del cli.commands["fails"]


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (
            NoIndexError("my-index", "nothing has been published there", "run `precedent index`"),
            1,
            "precedent: my-index: nothing has been published there; run `precedent index`\n",
        ),
        (
            NoIndexError("two\nlines", "and a\x1b[31m colour"),
            1,
            "precedent: two lines: and a\N{REPLACEMENT CHARACTER}[31m colour\n",
        ),
        (
            PermissionError(13, "Permission denied", "/root/index"),
            1,
            "precedent: /root/index: cannot be written to: Permission denied; make it writable for "
            "this user and run the same command again: what was committed is kept\n",
        ),
        (KeyboardInterrupt(), 130, "\nstopped; half of it is kept\n"),
        (
            click.BadParameter("no such colour.", param_hint="--colour"),
            2,
            "precedent fails: Invalid value for --colour: no such colour; "
            "see `precedent fails --help`\n",
        ),
    ],
    ids=["domain", "hostile-message", "system", "interrupt", "usage"],
)
def test_an_error_is_one_line_and_a_code(
    failing: dict[str, BaseException],
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    line: str,
) -> None:
    failing["error"] = error

    assert run(["fails"]) == code

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == line


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-command"],
        ["search"],
        ["search", "words", "--no-such-option"],
        ["search", "words", "-k", "0"],
        ["search", "words", "-k", "many"],
        ["search", "words", "--year", "2024..2019"],
        ["search", "words", "--year", "19"],
        ["search", "words", "--signals", "magic"],
        ["serve", "--port", "70000"],
        ["ui", "--api-url", "not-an-address"],
        ["evaluate", "no/such/folder"],
        ["index"],
        ["remove"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_line_and_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert run(arguments) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "--help" in printed.err


def test_a_command_that_ends_by_itself_passes_its_code_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("precedent ")


def test_help_imports_nothing_heavy() -> None:
    heavy = ["torch", "numpy", "openvino", "faiss", "fastapi", "pydantic", "streamlit", "tantivy"]
    code = (
        "import sys, json; from precedent.cli import run; code = run(['--help']); "
        "print(json.dumps([code, sorted(set(sys.modules))]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    exit_code, modules = json.loads(done.stdout.splitlines()[-1])
    assert exit_code == 0
    assert [name for name in heavy if name in modules] == []


def test_control_characters_of_a_document_do_not_reach_the_terminal() -> None:
    text = "a\x1b]0;owned\x07b\x9b31mc\td\ne — дом بيت 家"

    shown = printable(text)

    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "\x9b" not in shown
    assert shown.endswith("c\td\ne — дом بيت 家")


def test_json_steers_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    held = {"text": "\x1b[2J \x9b2J \x7f \x85 Комитет \ud800"}
    console.as_json(held)
    printed = capsys.readouterr().out
    assert not [c for c in printed if c != "\n" and unicodedata.category(c) in {"Cc", "Cs"}]
    assert "Комитет" in printed
    assert json.loads(printed) == held


def test_wrapping_keeps_words_and_line_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    text = "Calls upon the State:\n(a) To allow visits by independent experts;\n(b) To report."

    folded = wrapped(text, "  ")

    assert max(map(len, folded.splitlines())) <= 30
    assert folded.split() == text.split()
    assert "\n  (b) To report." in folded


def test_a_reader_that_closes_early_gets_no_traceback() -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m precedent --help | head -1"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
