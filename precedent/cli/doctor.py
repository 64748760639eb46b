"""`precedent doctor`: find out what is missing or broken, and which documents to look at again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from precedent.cli.console import Command, as_json, index_option, json_option, printable, wrapped

if TYPE_CHECKING:
    from search_api.schemas import QualityReport

__all__ = ["doctor"]

_COLOURS = {"ok": "green", "note": "yellow", "failed": "red"}
_SHOWN = 20


@click.command(
    cls=Command,
    examples=["precedent doctor", "precedent doctor --corpus", "precedent doctor --corpus -k 100"],
)
@click.option(
    "--corpus",
    is_flag=True,
    help="Look at the documents of the index instead: which are worth a look, worst first.",
)
@click.option(
    "-k",
    "--limit",
    "k",
    type=click.IntRange(1),
    default=_SHOWN,
    show_default=True,
    help="With --corpus: how many documents, and how many unread files, to list.",
)
@index_option
@json_option
def doctor(corpus: bool, k: int, index_dir: str | None, as_json_: bool) -> None:
    """Find out what is missing or broken.

    Checks Python, packages, disk, ports, what would encode here (a graphics card or the processor,
    and in which precision), the model and the index; exit code 1 if any fails. A note is worth
    knowing but breaks nothing: no index yet, a port in use, no Chromium.

    With --corpus it reads the index and tells how well the documents were read: the share without
    a gap in their numbering, the documents worth a look before they are cited, worst first, each
    with the reasons, and the files that could not be read. Needs no model. Exit code 0 whatever is
    listed, because a reason to look is no fault of the index; 1 if the index cannot be read.
    """
    from indexer.home import default_index_dir

    place = Path(index_dir) if index_dir else default_index_dir()
    if corpus:
        _corpus(place, k, as_json_)
    else:
        _parts(place, as_json_)


def _parts(index_dir: Path, as_json_: bool) -> None:
    from dataclasses import asdict

    from indexer.home import home_dir, models_dir
    from precedent.diagnosis import State, diagnose

    findings = []
    for finding in diagnose(index_dir, models_dir(), home_dir()):
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


def _corpus(index_dir: Path, k: int, as_json_: bool) -> None:
    from indexer.snapshot import Snapshot
    from search_api.quality import quality

    snapshot = Snapshot.open(index_dir)
    try:
        report = quality(snapshot, k=k)
    finally:
        snapshot.close()
    if as_json_:
        as_json(report.model_dump(mode="json"))
        return
    for line in _figures(report):
        click.echo(line)
    _list(report)


def _figures(report: QualityReport) -> list[str]:
    numbers = report.paragraphs + report.missing
    lines = [
        f"{report.documents:,} documents, {report.numbered:,} with numbered paragraphs: "
        f"{_share(report.without_gap, report.numbered)} of these without a gap, "
        f"{_share(report.paragraphs, numbers)} of {numbers:,} numbers found"
    ]
    if report.ocr:
        lines.append(f"{report.ocr:,} with words recognised in images")
    lines.append(f"{report.total:,} worth a look, {report.unread_total:,} files not read")
    return lines


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"


def _list(report: QualityReport) -> None:
    for document in report.worst:
        name = document.symbol or document.document_id
        language = f" ({document.language})" if document.language else ""
        click.echo()
        click.secho(f"{document.score:.2f}  ", fg="yellow", nl=False)
        click.echo(printable(f"{name}{language}  {document.source}"))
        for concern in document.concerns:
            click.echo(wrapped(printable(concern.message), "      "))
    if report.total > len(report.worst):
        click.echo(f"\n… and {report.total - len(report.worst):,} more (-k)")
    if report.unread:
        click.echo("\nNot read when last tried:")
    for file in report.unread:
        click.echo(wrapped(printable(f"{file.source}: {file.reason}"), "      "))
    if report.unread_total > len(report.unread):
        click.echo(f"… and {report.unread_total - len(report.unread):,} more (-k)")
