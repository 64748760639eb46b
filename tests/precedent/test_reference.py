"""Every command has help with an example, and docs/cli.md says what the help says."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
import pytest

from precedent.cli import cli
from precedent.cli.reference import commands, reference

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = list(commands())
CONTRACT = {
    "precedent index": {"--index", "--model", "--json"},
    "precedent remove": {"--index"},
    "precedent parse": {"--json"},
    "precedent search": {
        *("-k", "--kind", "--body", "--country", "--year", "--language"),
        *("--signals", "--rerank", "--group", "--json"),
    },
    "precedent show": {"--json"},
    "precedent serve": {"--host", "--port", "--index"},
    "precedent ui": {"--port", "--api-url"},
    "precedent demo": {"--api-port", "--ui-port", "--no-browser"},
    "precedent models list": {"--json"},
    "precedent models pull": {"--json"},
    "precedent models verify": {"--json"},
    "precedent evaluate": {"--split", "--signals", "--rerank", "--json", "--run"},
    "precedent doctor": {"--json"},
}
"""Names and flags that people's scripts rely on; what is here may be added to, never taken away."""

REPEATABLE = {"restricted", "kind", "body", "country", "language", "status"}


def test_the_page_is_what_the_help_says() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert page == reference(), "docs/cli.md is out of date: run `make docs`"


@pytest.mark.parametrize(("name", "options"), CONTRACT.items(), ids=CONTRACT)
def test_names_and_flags_are_kept(name: str, options: set[str]) -> None:
    known = {found: command for found, command, _ in COMMANDS}
    assert name in known
    have = {flag for parameter in known[name].params for flag in parameter.opts}
    assert options <= have


def test_filters_can_be_repeated() -> None:
    parameters = {one.name: one for one in cli.commands["search"].params}
    repeatable = {
        name for name, one in parameters.items() if isinstance(one, click.Option) and one.multiple
    }
    assert repeatable == REPEATABLE


@pytest.mark.parametrize(
    ("name", "command", "text"), COMMANDS, ids=[name for name, _, _ in COMMANDS]
)
def test_every_command_has_help_with_an_example(
    name: str, command: click.Command, text: str
) -> None:
    assert command.help
    assert "Example" in text
    assert f"\n  {name}" in text.partition("Example")[2]
    undescribed = [
        option.name
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert undescribed == []


@pytest.mark.parametrize(
    "example",
    sorted(
        {
            line.strip()
            for _, _, text in COMMANDS
            for line in text.partition("Example")[2].splitlines()[1:]
        }
    ),
)
def test_every_example_is_a_command_line_that_parses(example: str) -> None:
    words = shlex.split(example)
    assert words[0] == "precedent"
    command: click.Command = cli
    rest = words[1:]
    while isinstance(command, click.Group):
        command = command.commands[rest[0]]
        rest = rest[1:]
    try:
        command.make_context("precedent", rest)
    except click.BadParameter as error:
        # A folder in an example need not exist here; all else of it has to be right.
        if "does not exist" not in error.format_message():
            raise


def test_every_command_is_listed_with_its_whole_first_line() -> None:
    """Click cuts a description that does not fit; one that is cut says too little."""
    for name, command, _ in COMMANDS:
        first = (command.help or "").partition("\n")[0]
        if name != "precedent":
            assert command.get_short_help_str(limit=66) == first, name
