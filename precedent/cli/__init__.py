"""`precedent`, one subcommand for every job.

Modules of this package import nothing heavier than click when they load: `precedent --help` has to
answer at once. What a command needs it imports in its body.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import metadata
from typing import NoReturn

import click

from corpus.disk import refusal
from corpus.errors import PrecedentError
from precedent.cli import (
    alerts,
    audit,
    backup,
    checking,
    collections,
    comparing,
    doctor,
    drafting,
    evaluation,
    export,
    indexing,
    keys,
    library,
    lineage,
    mcp,
    models,
    parsing,
    restricted,
    searching,
    serving,
    statement,
    trends,
    verify,
)
from precedent.cli.console import CommandGroup, Stopped, say

__all__ = ["cli", "main", "run"]

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130


def _version() -> str:
    """Return the version that is installed; a source folder by itself has none."""
    try:
        return metadata.version("precedent")
    except metadata.PackageNotFoundError:
        return "(not installed)"


@click.group(
    cls=CommandGroup,
    examples=["precedent demo", 'precedent search "access to a lawyer" --country BLR'],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(_version(), message="precedent %(version)s")
def cli() -> None:
    """Search human rights documents by meaning and wording; every hit has its citation.

    Everything stays on this machine: only `models pull` contacts another, and says so. Exit codes:
    0 done, 1 an error (one line on stderr says which), 2 wrong usage, 3 `index` could not read some
    files, 4 `alerts` has something new, 130 interrupted.
    """


for _command in (
    indexing.index,
    indexing.remove,
    parsing.parse,
    drafting.draft,
    searching.search,
    searching.show,
    export.export,
    export.table,
    comparing.compare,
    lineage.lineage,
    trends.trend,
    verify.verify,
    statement.statement,
    collections.collections,
    alerts.searches,
    alerts.alerts,
    library.library,
    backup.backup,
    backup.restore,
    checking.check,
    checking.repair,
    keys.keys,
    audit.audit,
    restricted.restricted,
    serving.serve,
    serving.ui,
    serving.demo,
    mcp.mcp,
    models.models,
    evaluation.evaluate,
    doctor.doctor,
):
    cli.add_command(_command)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; an error becomes one line on stderr."""
    try:
        outcome = cli.main(arguments, prog_name="precedent", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.format_message())
        return EXIT_USAGE
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "precedent"
        message = error.format_message().replace("\n", " ").rstrip(".")
        say(f"{path}: {message}; see `{path} --help`")
        return EXIT_USAGE
    except click.ClickException as error:
        say(f"precedent: {error.format_message()}")
        return EXIT_FAILED
    except click.Abort as abort:
        stopped = abort.__cause__
        say(f"stopped; {stopped if isinstance(stopped, Stopped) else 'nothing was changed'}")
        return EXIT_INTERRUPTED
    except PrecedentError as error:
        say(f"precedent: {error}".replace("\n", " "))
        return EXIT_FAILED
    except OSError as error:
        told = refusal(error, None)
        said = f"{error.filename or 'this machine'}: {error.strerror or error}"
        say(f"precedent: {said if told is None else told}".replace("\n", " "))
        return EXIT_FAILED
    return outcome if isinstance(outcome, int) else 0


def main() -> NoReturn:
    """Run the command line; entry point of the `precedent` script."""
    sys.exit(run())
