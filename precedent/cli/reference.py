"""Write docs/cli.md from the help of every command: `python -m precedent.cli.reference`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from precedent.cli import cli

__all__ = ["commands", "reference"]

TARGET = Path(__file__).resolve().parents[2] / "docs" / "cli.md"
WIDTH_COLUMNS = 96

OPENING = """\
# The command line

Made from `precedent … --help` by `make docs`; do not edit. An error is one line on stderr: what it
is about, what is wrong, what to do. Exit codes: 0 done, 1 an error, 2 wrong usage, 3 `index` could
not read some files and indexed the others, 4 `alerts` has something new, 130 interrupted (a line on
stderr says what was kept).

"""


def commands(
    command: click.Command = cli, parent: click.Context | None = None, name: str = "precedent"
) -> Iterator[tuple[str, click.Command, str]]:
    """Yield every command, groups included: its full name, itself, and its help."""
    with click.Context(
        command,
        info_name=name,
        parent=parent,
        terminal_width=WIDTH_COLUMNS,
        max_content_width=WIDTH_COLUMNS,
        help_option_names=["-h", "--help"],
    ) as ctx:
        yield ctx.command_path, command, command.get_help(ctx)
        if isinstance(command, click.Group):
            for child in command.list_commands(ctx):
                found = command.get_command(ctx, child)
                if found is not None:
                    yield from commands(found, ctx, child)


def reference() -> str:
    """Return the page."""
    sections = []
    contents = []
    for name, _, text in commands():
        contents.append(f"- [`{name}`](#{name.replace(' ', '-')})")
        lines = "\n".join(line.rstrip() for line in text.splitlines())
        sections.append(f"## {name}\n\n```text\n{lines}\n```\n")
    return OPENING + "\n".join(contents) + "\n\n" + "\n".join(sections)


def main() -> int:
    """Write the page."""
    TARGET.write_text(reference(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
