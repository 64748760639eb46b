"""`precedent draft`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from precedent.cli.console import (
    Command,
    as_json,
    as_usage,
    index_option,
    json_option,
    printable,
    view_option,
    wrapped,
)
from precedent.cli.differences import marked
from precedent.cli.drafts import read_file
from precedent.cli.searching import opened

if TYPE_CHECKING:
    from search_api.engine import Engine
    from search_api.schemas import DraftUnit, PrecedentMatch, Precedents, PrecedentsRequest

__all__ = ["draft"]

_COLOURS = {"verbatim": "green", "near-verbatim": "green", "same-meaning": "yellow", "none": "red"}


@click.command(
    cls=Command,
    examples=[
        "precedent draft statement.docx",
        'precedent draft draft-resolution.txt --before "Human Rights Council" -k 3',
        "precedent draft statement.txt --json",
    ],
)
@click.argument("file")
@click.option("--before", metavar="BODY", help="Body that is to adopt it; its own texts go first.")
@click.option(
    "-k", "k", type=click.IntRange(1, 20), default=5, show_default=True, help="Per sentence."
)
@click.option("--exclude", multiple=True, metavar="SYMBOL", help="Not a precedent (repeatable).")
@click.option("--kind", multiple=True, metavar="KIND", help="Document kind (repeatable).")
@click.option("--body", multiple=True, metavar="BODY", help="Who speaks (repeatable).")
@click.option("--language", multiple=True, metavar="CODE", help="Language of precedents.")
@view_option
@index_option
@json_option
def draft(
    file: str,
    before: str | None,
    k: int,
    exclude: tuple[str, ...],
    kind: tuple[str, ...],
    body: tuple[str, ...],
    language: tuple[str, ...],
    index_dir: str | None,
    as_json_: bool,
) -> None:
    """Find who said each sentence of a draft before, and how closely.

    FILE is DOCX, TXT, HTML or PDF; - is text on standard input. Each sentence or clause is graded
    by its closest precedent that counts: verbatim, near-verbatim (differing words are marked),
    same-meaning, or none. Precedents come strongest authority first, then the closest, then the
    latest. Drafts, rejected amendments and superseded texts are named apart and never count.

    Ctrl-C prints what was checked until then.
    """
    from search_api.schemas import Filters, PrecedentsRequest

    held = read_file(file)
    with as_usage():
        request = PrecedentsRequest(
            text=held.text,
            before=before,
            k=k,
            exclude=exclude,
            filters=Filters(kind=kind, body=body, language=language),
            limit=1,
        )
    for warning in held.warnings:
        click.echo(printable(warning), err=True)
    with opened(index_dir) as engine:
        found, stopped = _checked(engine, request)
    if as_json_:
        as_json(found.model_dump(mode="json"))
    else:
        _print(found)
    if stopped:
        raise click.Abort


def _checked(engine: Engine, request: PrecedentsRequest) -> tuple[Precedents, bool]:
    """Check all of a draft, with progress; return also whether it was stopped before the end."""
    import time

    from indexer.report import Progress
    from precedent.cli.progress import ProgressDisplay
    from search_api.bench.units import draft_units, summary

    began = time.perf_counter()
    units = draft_units(request.text)
    unknown = engine.bench.unknown_exclusions(request)
    found: list[DraftUnit] = []
    with ProgressDisplay() as show:
        try:
            for unit in engine.bench.each_precedents(request, units, range(len(units))):
                found.append(unit)
                show(Progress("checking", len(found), len(units), "sentence"))
        except KeyboardInterrupt:
            return summary(found, len(units), 0, began, unknown), True
    return summary(found, len(units), 0, began, unknown), False


def _print(found: Precedents) -> None:
    for warning in found.warnings:
        click.echo(printable(warning), err=True)
    for unit in found.units:
        _print_unit(unit)
    counts = found.counts
    click.echo(
        f"{found.total} sentences: {counts.verbatim} verbatim, {counts.near_verbatim} "
        f"near-verbatim, {counts.same_meaning} same meaning, {counts.none} none"
    )
    if found.next_offset is not None:
        click.echo(f"{found.total - found.next_offset} were not checked.", err=True)


def _print_unit(unit: DraftUnit) -> None:
    place = f"{unit.number}. " if unit.number else ""
    click.secho(unit.grade.upper(), fg=_COLOURS[unit.grade], bold=True, nl=False)
    click.echo(printable(f"  ({unit.note})") if unit.note else "")
    click.echo(wrapped(printable(place + unit.text), "  "))
    for match in unit.precedents:
        _print_match(match, unit.text)
    for match in unit.not_precedent:
        why = match.passage.standing.why
        click.secho(printable(f"    not precedent: {match.passage.citation} ({why})"), fg="red")
    click.echo()


def _print_match(match: PrecedentMatch, text: str) -> None:
    passage = match.passage
    facts = [match.grade, passage.standing.label]
    if passage.standing.vote:
        facts.append("–".join(map(str, passage.standing.vote)))
    facts += [passage.body or "", passage.date or ""]
    click.secho(printable(f"    {passage.citation}"), bold=True, nl=False)
    click.echo(printable("  " + " · ".join(fact for fact in facts if fact)))
    if match.changes:
        shown = marked(text, passage.text, match.changes, match.part)
        click.echo(wrapped(printable(shown), "      "))
    elif match.part is not None:
        words = passage.text[match.part.start : match.part.end]
        click.echo(wrapped(printable(f"“{words}”"), "      "))
