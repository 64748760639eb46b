"""`precedent check`, `precedent repair`."""

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
    from indexer.check import Report
    from indexer.repair import Repaired
    from library.checking import LibraryRepaired

__all__ = ["check", "repair"]

_NAMED = 20
"""Disagreements of one kind that are printed; --json has all of them."""

_library_option = click.option(
    "--library",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File of collections and saved searches; by default PRECEDENT_LIBRARY, or your own.",
)


@click.command(
    cls=Command, examples=["precedent check", "precedent check --quick --json --index my-index"]
)
@click.option("--quick", is_flag=True, help="Look at 25 documents, drawn anew each time.")
@_library_option
@index_option
@json_option
def check(quick: bool, library: Path | None, index_dir: str | None, as_json_: bool) -> None:
    """Say whether catalogue, vectors, words and library agree.

    Row by row: the digest of every file and text, every row of the snapshot against the catalogue,
    every vector, every word's list of passages, every link derived anew; the model's files, the
    uploaded files and the library. Nothing is changed, and searching and indexing go on. Exit code
    0 where all agree, 1 where something does not; each is named with the command that mends it.
    Whether citations are right is what `precedent verify` tells.
    """
    from indexer.check import check_index
    from indexer.home import default_index_dir, models_dir
    from library.checking import check_library
    from library.place import libraries, library_path

    place = Path(index_dir) if index_dir else default_index_dir()
    with keeping("nothing was changed"), ProgressDisplay() as shown:
        report = check_index(place, models_dir=models_dir(), quick=quick, progress=shown)
    for each in libraries(library or library_path()):
        check_library(each, report)
    if as_json_:
        as_json(report.as_dict())
    else:
        _print(report)
    if not report.agrees:
        raise click.exceptions.Exit(1)


def _print(report: Report) -> None:
    for kind, count in report.counts().items():
        of_kind = [each for each in report.disagreements if each.kind == kind]
        for each in of_kind[:_NAMED]:
            click.echo(printable(str(each)).replace("\n", " "))
        if count > _NAMED:
            click.echo(f"{kind}: {count - _NAMED:,} more (--json lists all)")
    checked = report.checked
    for remark in report.remarks:
        say(remark)
    verdict = "agrees" if report.agrees else f"{len(report.disagreements):,} disagreements"
    click.echo(
        printable(
            f"{report.index_dir}: {verdict}; {checked.documents:,} documents, "
            f"{checked.passages:,} passages, {checked.vectors:,} vectors, {checked.terms:,} terms, "
            f"{checked.files:,} files, {checked.originals:,} uploads in {report.seconds:,.1f} s"
            + (" (a sample)" if report.quick else "")
        )
    )


@click.command(cls=Command, examples=["precedent repair --dry-run", "precedent repair"])
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@_library_option
@index_option
@json_option
def repair(dry_run: bool, library: Path | None, index_dir: str | None, as_json_: bool) -> None:
    """Make anew what is derived, and salvage what is damaged.

    Begins and ends with `precedent check`. What is derived is made anew from the catalogue, and
    nothing is embedded: the model is not needed. A damaged catalogue, or library, is salvaged
    document by document, from itself and from what was published of it; it is kept under another
    name beside the new one, and what was lost is named. Exit code 0 where all agrees in the end,
    else 1.
    """
    from dataclasses import asdict

    from indexer.check import Report
    from indexer.home import default_index_dir
    from indexer.repair import repair_index
    from library.checking import check_library, repair_library
    from library.place import libraries, library_path
    from search_api.access.audit import check_writable, note

    if not dry_run:
        check_writable()
    place = Path(index_dir) if index_dir else default_index_dir()
    kept = library or library_path()
    with keeping("the same command begins anew"), ProgressDisplay() as shown:
        done = repair_index(place, dry_run=dry_run, progress=shown)
    found = Report(str(kept))
    saved: list[LibraryRepaired] = []
    for each in libraries(kept):
        one = Report(str(each))
        check_library(each, one)
        if not dry_run and any("precedent repair" in each.remedy for each in one.disagreements):
            saved.append(repair_library(each))
            one.disagreements.clear()
            check_library(each, one)
        found.disagreements += one.disagreements
    if not dry_run and (done.steps or saved):
        outcome = "done" if done.is_sound and found.agrees else "failed: see precedent check"
        note(
            "repair", str(place), outcome, steps=done.steps, libraries=[each.path for each in saved]
        )
    if as_json_:
        told = [asdict(each) for each in saved]
        as_json({**done.as_dict(), "library": {"sound": found.agrees, "repaired": told}})
    else:
        _print_repair(done, dry_run)
        _print_library(found, saved)
    if not (done.is_sound and found.agrees):
        raise click.exceptions.Exit(1)


def _print_repair(done: Repaired, dry_run: bool) -> None:
    _print(done.before)
    for step in done.steps:
        click.echo(f"{'would ' if dry_run else 'done: '}{step}")
    for salvaged in filter(None, (done.salvaged, *done.collections.values())):
        click.echo(f"salvaged {salvaged.documents:,} documents, {salvaged.vectors:,} vectors")
        for each in salvaged.lost:
            what = (
                "lost"
                if each.edition is None
                else f"taken from generation {each.edition}, as it was published there"
            )
            source = f" ({each.source}; index it again)" if each.source else ""
            click.echo(printable(f"{each.document_id}: {what}{source}"))
        if salvaged.missing:
            click.echo(f"{salvaged.missing:,} texts have no vector any more")
        if salvaged.unread:
            click.echo(f"not all could be read of {', '.join(salvaged.unread)}")
        if "folders" in salvaged.unread:
            click.echo(
                "which folders are restricted as a whole was lost; those that hold its files and "
                "no public one are again: look at `precedent restricted list`, and name others "
                "with `precedent index FOLDER --restricted NAME` before the next run"
            )
    for kept in done.kept:
        click.echo(printable(f"the damaged catalogue is kept as {kept}"))
    if done.recovered:
        click.echo(f"{done.recovered:,} vectors were worked out from a snapshot")
    if done.waiting:
        click.echo(
            f"{len(done.waiting):,} documents have no vectors: run `precedent index PATH` with any "
            "path, which embeds them"
        )
    if done.after is not None:
        _print(done.after)


def _print_library(found: Report, saved: list[LibraryRepaired]) -> None:
    for each in saved:
        held = ", ".join(f"{count:,} {table}" for table, count in each.held.items() if count)
        click.echo(printable(f"{each.path}: saved {held or 'nothing'}"))
        if each.unread:
            click.echo(f"not all could be read of {', '.join(each.unread)}")
        if each.adopted:
            click.echo(f"{each.adopted:,} entries stand in collections made for them")
        if each.untagged:
            click.echo(f"{each.untagged:,} collections and entries have lost their tags")
        for name in each.dropped:
            click.echo(printable(f"the saved search {name} cannot be read, and is not kept"))
        click.echo(printable(f"the damaged library is kept as {each.kept}"))
    for disagreement in found.disagreements:
        click.echo(printable(str(disagreement)))
