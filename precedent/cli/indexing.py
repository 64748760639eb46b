"""`precedent index`, `precedent remove`."""

from __future__ import annotations

import os
from collections import Counter
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
    from indexer.encoder import Precision
    from indexer.vectors import Kind

__all__ = ["EXIT_SOME_FAILED", "index", "remove"]

EXIT_SOME_FAILED = 3
"""Some files could not be read; the others are indexed and searchable."""

_NAMED_FAILURES = 20

_KEPT = "documents committed so far are kept; the same command goes on from there"


@click.command(
    cls=Command,
    examples=[
        "precedent index reports/ resolutions.jsonl.gz",
        "precedent index reports/ --index my-index --report not-indexed.jsonl",
        "precedent index testimony/ --restricted witness-2024",
    ],
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@index_option
@click.option("--model", metavar="NAME", help="Embedding model [default: the default model].")
@click.option(
    "--precision",
    type=click.Choice(["float", "int8"]),
    help="Arithmetic of the model: the best of this machine (float), or 8 bits, somewhat faster at "
    "a loss of quality. Of the whole index [default: what it was made with; float at first].",
)
@click.option(
    "--vector-index",
    type=click.Choice(["auto", "flat", "rabitq"]),
    help="Kind of vector index: exact (flat), coded (rabitq), or by size (auto). Kept with the "
    "index [default: the kind it has; auto at first].",
)
@click.option(
    "--whole",
    is_flag=True,
    help="Publish everything anew, not only what changed: for an index that may be damaged.",
)
@click.option(
    "--restricted",
    metavar="NAME",
    help="Restricted collection that all of it goes into, now and whenever it is indexed again; "
    "out of the public index (docs/restricted.md).",
)
@click.option(
    "--report",
    "report_file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write what was not indexed, and why: JSON Lines, or one object where FILE ends in .json.",
)
@json_option
def index(
    paths: tuple[Path, ...],
    index_dir: str | None,
    model: str | None,
    precision: Precision | None,
    vector_index: Kind | None,
    whole: bool,
    restricted: str | None,
    report_file: Path | None,
    as_json_: bool,
) -> None:
    """Index files and folders, and update what changed.

    Folders are searched recursively for PDF, DOCX, HTML, TXT and JSON Lines, gzipped or not, and
    for scans and old Word files where a program for them is installed (docs/ocr.md). What is
    unchanged since the last time costs nothing; what changed is updated. It can be interrupted at
    any moment and goes on where it was. Exit code 3 means that some files could not be read, each
    named with its reason, and that the others are indexed; 1 that nothing was done. The first
    failures are printed and the others counted; --report lists all of them, and what a folder holds
    besides documents. Its form and the reasons: docs/ingestion.md.
    """
    from indexer.build import build_index
    from indexer.home import default_index_dir, models_dir
    from indexer.models import DEFAULT_MODEL
    from search_api.access.audit import check_writable, note

    if report_file:
        _check_report_file(report_file, paths)
    if restricted is not None:
        check_writable()
    with keeping(_KEPT), ProgressDisplay() as shown:
        report = build_index(
            list(paths),
            Path(index_dir) if index_dir else default_index_dir(),
            model=model or DEFAULT_MODEL,
            models_dir=models_dir(),
            progress=shown,
            precision=precision,
            vector_index=vector_index,
            whole=whole,
            restricted=restricted,
        )
    if restricted is not None:
        note("restricted.index", restricted, paths=[str(path) for path in paths],
             added=report.added, updated=report.updated, failed=len(report.failed))  # fmt: skip
    if report_file:
        report.write(report_file)
    _report(report, as_json_, report_file)
    if report.failed:
        read = report.added + report.updated + report.unchanged + report.duplicates
        raise click.exceptions.Exit(EXIT_SOME_FAILED if read else 1)


@click.command(cls=Command, examples=["precedent remove A/HRC/15/16 --index my-index"])
@click.argument("symbols", nargs=-1, required=True, metavar="SYMBOL...")
@click.option("--restricted", metavar="NAME", help="Out of this restricted collection.")
@index_option
@json_option
def remove(
    symbols: tuple[str, ...], restricted: str | None, index_dir: str | None, as_json_: bool
) -> None:
    """Remove documents from the index.

    All language versions of a SYMBOL are removed; the files they were read from stay.
    """
    from indexer.build import remove_documents
    from indexer.home import default_index_dir
    from search_api.access.audit import check_writable, note

    check_writable()
    with keeping("the index in service is as it was; the same command goes on"):
        report = remove_documents(
            list(symbols),
            Path(index_dir) if index_dir else default_index_dir(),
            restricted=restricted,
        )
    note("remove", " ".join(symbols), removed=report.removed)
    _report(report, as_json_, None)


def _check_report_file(file: Path, paths: tuple[Path, ...]) -> None:
    """Refuse, before any work, a report that could not be written or would be indexed itself."""
    from corpus.sniff import looks_like_document

    folder = file.resolve().parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise click.BadParameter(f"{folder} is no folder to write in.", param_hint="--report")
    for path in paths:
        inside = path.is_dir() and path.resolve() in file.resolve().parents
        read = inside and looks_like_document(b"", file.name)
        if read or path.resolve() == file.resolve():
            cause = f"{file} would be indexed itself; let it end in .json, or put it elsewhere."
            raise click.BadParameter(cause, param_hint="--report")


def _say_failures(report: BuildReport, report_file: Path | None) -> None:
    """Name the first failures on stderr, and count those that are too many to read."""
    for failure in report.failed[:_NAMED_FAILURES]:
        say(f"not indexed: {failure.source}: {failure.reason}".replace("\n", " "))
    more = len(report.failed) - _NAMED_FAILURES
    if more > 0:
        kinds = Counter(failure.kind for failure in report.failed)
        counts = ", ".join(f"{kind} {count:,}" for kind, count in kinds.most_common())
        where = f"all are in {report_file}" if report_file else "--report FILE lists all"
        say(f"not indexed: {more:,} more; in all {counts}; {where}")


def _report(report: BuildReport, as_json_: bool, report_file: Path | None) -> None:
    _say_failures(report, report_file)
    for remark in report.remarks:
        say(f"note: {remark}".replace("\n", " "))
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
        f"failed {len(report.failed):,}, ignored {len(report.ignored):,}, "
        f"in {sum(report.seconds.values()):,.1f} s"
    )
    if report.views:
        click.echo(f"restricted views published: {', '.join(report.views)}")
