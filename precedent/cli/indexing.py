"""`precedent index`, `precedent remove`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from precedent.cli.console import (
    Command,
    as_json,
    index_option,
    json_option,
    keeping,
    printable,
    say,
)
from precedent.cli.progress import ProgressDisplay

if TYPE_CHECKING:
    from indexer.build import BuildReport

__all__ = ["EXIT_SOME_FAILED", "index", "remove"]

EXIT_SOME_FAILED = 3
"""Some files could not be read; the others are indexed and searchable."""

_KEPT = "documents committed so far are kept; the same command goes on from there"


@click.command(
    cls=Command,
    examples=[
        "precedent index reports/ resolutions.jsonl.gz",
        "precedent index reports/ --index my-index --json",
    ],
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@index_option
@click.option("--model", metavar="NAME", help="Embedding model [default: the default model].")
@json_option
def index(
    paths: tuple[Path, ...], index_dir: str | None, model: str | None, as_json_: bool
) -> None:
    """Index files and folders, and update what changed.

    Folders are searched recursively for PDF, DOCX, HTML, TXT and JSON Lines, gzipped or not. What
    is unchanged since the last time costs nothing; what changed is updated. It can be interrupted
    at any moment and goes on where it was. Exit code 3 means that some files could not be read,
    each named with its reason, and that the others are indexed; 1 that nothing was done.
    """
    from indexer.build import build_index
    from indexer.home import default_index_dir, models_dir
    from indexer.models import DEFAULT_MODEL

    with keeping(_KEPT), ProgressDisplay() as shown:
        report = build_index(
            list(paths),
            Path(index_dir) if index_dir else default_index_dir(),
            model=model or DEFAULT_MODEL,
            models_dir=models_dir(),
            progress=shown,
        )
    _report(report, as_json_)
    if report.failed:
        read = report.added + report.updated + report.unchanged + report.duplicates
        raise click.exceptions.Exit(EXIT_SOME_FAILED if read else 1)


@click.command(cls=Command, examples=["precedent remove A/HRC/15/16 --index my-index"])
@click.argument("symbols", nargs=-1, required=True, metavar="SYMBOL...")
@index_option
@json_option
def remove(symbols: tuple[str, ...], index_dir: str | None, as_json_: bool) -> None:
    """Remove documents from the index.

    All language versions of a SYMBOL are removed; the files they were read from stay.
    """
    from indexer.build import remove_documents
    from indexer.home import default_index_dir

    with keeping("the index in service is as it was; the same command goes on"):
        report = remove_documents(
            list(symbols), Path(index_dir) if index_dir else default_index_dir()
        )
    _report(report, as_json_)


def _report(report: BuildReport, as_json_: bool) -> None:
    for failure in report.failed:
        say(f"not indexed: {failure.source}: {failure.reason}".replace("\n", " "))
    if as_json_:
        as_json(report.as_dict())
        return
    click.echo(
        printable(
            f"{report.documents:,} documents, {report.paragraphs:,} paragraphs, "
            f"{report.passages:,} passages"
            + (f", generation {report.generation}" if report.generation else "")
        )
    )
    click.echo(
        f"added {report.added:,}, updated {report.updated:,}, unchanged {report.unchanged:,}, "
        f"duplicates {report.duplicates:,}, removed {report.removed:,}, "
        f"failed {len(report.failed):,}, "
        f"in {sum(report.seconds.values()):,.1f} s"
    )
