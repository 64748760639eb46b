"""What every command shares: commands with examples, JSON, lines for people, interruption."""

from __future__ import annotations

import json
import re
import shutil
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

__all__ = [
    "Command",
    "CommandGroup",
    "Stopped",
    "as_json",
    "as_usage",
    "chosen_view",
    "index_option",
    "json_option",
    "keeping",
    "printable",
    "say",
    "view_option",
    "wrapped",
]

_UNESCAPED = re.compile(r"[\x7f-\x9f\ud800-\udfff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_WIDEST_COLUMNS = 100
_VIEW = "precedent.view"


class Stopped(KeyboardInterrupt):
    """The user pressed Ctrl-C; the message says what was kept."""


class _WithExamples:
    """Help that ends with the examples given to the command's decorator."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:
        self.examples = tuple(examples)
        super().__init__(*args, **kwargs)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_epilog(ctx, formatter)  # type: ignore[misc]
        if self.examples:
            with formatter.section("Example" if len(self.examples) == 1 else "Examples"):
                for example in self.examples:
                    formatter.write(f"{'':>{formatter.current_indent}}{example}\n")


class Command(_WithExamples, click.Command):
    """A command whose help shows `examples`, one a line."""


class CommandGroup(_WithExamples, click.Group):
    """A group of commands whose help shows `examples`; commands are listed in the order added."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        """Return the names in the order a newcomer needs them, not the alphabet's."""
        return list(self.commands)


def index_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--index DIR`."""
    return click.option(
        "--index",
        "index_dir",
        metavar="DIR",
        type=click.Path(file_okay=False),
        help="Folder of the index; by default PRECEDENT_INDEX, or your own data folder.",
    )(command)


def view_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--restricted NAME`, which `searching.opened` heeds; without it the public is read."""

    def keep(ctx: click.Context, _: click.Parameter, names: tuple[str, ...]) -> None:
        ctx.meta[_VIEW] = frozenset(names)

    return click.option(
        "--restricted",
        metavar="NAME",
        multiple=True,
        expose_value=False,
        callback=keep,
        help="Read what is public and this restricted collection; may be repeated.",
    )(command)


def chosen_view() -> frozenset[str]:
    """Return the restricted collections that `--restricted` names in the command that runs."""
    context = click.get_current_context(silent=True)
    names: frozenset[str] = frozenset() if context is None else context.meta.get(_VIEW, frozenset())
    return names


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--json`."""
    return click.option("--json", "as_json_", is_flag=True, help="Print JSON, for programs.")(
        command
    )


def say(line: str) -> None:
    """Print a line for people to stderr, so that stdout holds only what was asked for."""
    click.echo(printable(line), err=True)


def as_json(value: object, *, indent: int | None = 1) -> None:
    """Print a value as JSON to stdout, letters of every script as themselves.

    Control characters beyond ASCII, which JSON lets stand and a terminal may obey, are escaped.
    """
    written = json.dumps(value, ensure_ascii=False, indent=indent)
    click.echo(_UNESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", written))


def printable(text: str) -> str:
    """Replace control characters: a document must not be able to steer the reader's terminal."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def wrapped(text: str, indent: str) -> str:
    """Fold text to the terminal's width, keeping its own line breaks."""
    columns = min(shutil.get_terminal_size((_WIDEST_COLUMNS, 24)).columns, _WIDEST_COLUMNS)
    lines = (
        textwrap.fill(
            line,
            columns,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in text.splitlines()
    )
    return "\n".join(lines)


@contextmanager
def as_usage() -> Iterator[None]:
    """Make arguments that the contract refuses wrong usage, named by their field."""
    from pydantic import ValidationError

    try:
        yield
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        raise click.UsageError(f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']}") from error


@contextmanager
def keeping(kept: str) -> Iterator[None]:
    """Say `kept` if the user interrupts what runs inside."""
    try:
        yield
    except Stopped:
        raise
    except KeyboardInterrupt as interrupt:
        raise Stopped(kept) from interrupt
