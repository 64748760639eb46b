"""`precedent audit`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from precedent.cli.console import CommandGroup, as_json, json_option, printable, say

if TYPE_CHECKING:
    from search_api.access.audit import AuditLog, Entry

__all__ = ["audit"]


@click.group(cls=CommandGroup, examples=["precedent audit list", "precedent audit check"])
def audit() -> None:
    """Show and check the log of uploads and administrative acts.

    What people search is not in it. PRECEDENT_AUDIT names another file, or is off.
    """


@audit.command("list", examples=["precedent audit list --last 20", "precedent audit list --json"])
@click.option(
    "--last", type=click.IntRange(1), metavar="N", help="Only the last so many [default: all]."
)
@json_option
def list_(last: int | None, as_json_: bool) -> None:
    """List what was done, by whom and when, oldest first."""
    from collections import deque

    log = _log()
    entries: list[Entry] = list(deque(log.entries(), maxlen=last))
    if as_json_:
        as_json({"entries": [each.as_json() for each in entries]})
        return
    for each in entries:
        click.secho(f"{each.n:>5}  {printable(each.at)}  ", nl=False, dim=True)
        line = " · ".join([each.actor, each.act, each.object, each.outcome])
        click.echo(printable(line))
    if not entries:
        say(f"Nothing is noted in {log.path}.")


@audit.command(
    "check",
    examples=["precedent audit check", "precedent audit check --expect 5f3a…"],
)
@click.option(
    "--expect", metavar="HASH", help="A hash this command printed earlier; it must be there still."
)
@json_option
def check(expect: str | None, as_json_: bool) -> None:
    """Say whether an entry was altered, taken out, or put in.

    Whoever can write the file can write it anew with a chain that agrees. Note the hash that this
    prints somewhere else, and give it with --expect the next time. Exit code 1: it does not agree.
    """
    log = _log()
    found = log.check(expect)
    if as_json_:
        told = {"entries": found.entries, "last_hash": found.last_hash, "wrong": list(found.wrong)}
        as_json({"file": str(log.path), "agrees": not found.wrong, **told})
    elif not found.wrong:
        click.echo(f"{found.entries} entries, each follows the one before it")
        if found.last_hash:
            click.echo(f"hash of the last: {found.last_hash}")
    else:
        for each in found.wrong:
            click.echo(printable(each))
    if found.wrong:
        say(f"{log.path}: does not agree; compare it with a backup")
        raise click.exceptions.Exit(1)


def _log() -> AuditLog:
    from corpus.errors import InputError
    from search_api.access.audit import AuditLog
    from search_api.access.place import audit_path

    path = audit_path()
    if path is None:
        raise InputError("PRECEDENT_AUDIT", "is off", "name the file to look at")
    return AuditLog(path)
