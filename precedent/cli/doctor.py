"""`precedent doctor`: find out what is missing or broken."""

from __future__ import annotations

from pathlib import Path

import click

from precedent.cli.console import Command, as_json, index_option, json_option, printable

__all__ = ["doctor"]

_COLOURS = {"ok": "green", "note": "yellow", "failed": "red"}


@click.command(cls=Command, examples=["precedent doctor"])
@index_option
@json_option
def doctor(index_dir: str | None, as_json_: bool) -> None:
    """Find out what is missing or broken.

    Checks Python, packages, disk, ports, the model and the index; exit code 1 if any fails. A note
    is worth knowing but breaks nothing: no index yet, a port in use, no Chromium.
    """
    from dataclasses import asdict

    from indexer.home import default_index_dir, home_dir, models_dir
    from precedent.diagnosis import State, diagnose

    findings = []
    for finding in diagnose(
        Path(index_dir) if index_dir else default_index_dir(), models_dir(), home_dir()
    ):
        findings.append(finding)
        if not as_json_:
            remedy = f"; {finding.remedy}" if finding.remedy else ""
            click.secho(f"{finding.state:<7}", fg=_COLOURS[finding.state], nl=False)
            click.echo(printable(f"{finding.part}: {finding.detail}{remedy}"))
    failed = any(finding.state is State.FAILED for finding in findings)
    if as_json_:
        as_json({"healthy": not failed, "findings": [asdict(finding) for finding in findings]})
    if failed:
        raise click.exceptions.Exit(1)
