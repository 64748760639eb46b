"""`precedent lineage`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from precedent.cli.console import (
    Command,
    as_json,
    index_option,
    json_option,
    printable,
    view_option,
    wrapped,
)
from precedent.cli.differences import print_marked, verb_words
from precedent.cli.searching import opened

if TYPE_CHECKING:
    from search_api.schemas import Lineage, LineageScope, Proposal, Version

__all__ = ["lineage"]

_BY = {
    "mandate": "texts of one mandate",
    "title": "resolutions of one title or with a third of their paragraphs in common",
    "country": "texts of one kind on one country",
    "body-and-kind": "texts of one body and kind",
    "body": "texts of one body",
    "all": "all texts",
}


@click.command(
    cls=Command,
    examples=[
        'precedent lineage "A/HRC/RES/15/16, para. 3"',
        "precedent lineage A_HRC_RES_15_16:en:3 --scope body",
        'precedent lineage "A/HRC/15/16, para. 12" --json',
    ],
)
@click.argument("reference", nargs=-1, required=True)
@click.option(
    "--scope",
    type=click.Choice(["series", "body", "all"]),
    default="series",
    show_default=True,
    help="The yearly texts of the same series, all that the body said, or everything.",
)
@click.option("--language", metavar="CODE", help="Language version of the paragraph to follow.")
@view_option
@index_option
@json_option
def lineage(
    reference: tuple[str, ...],
    scope: LineageScope,
    language: str | None,
    index_dir: str | None,
    as_json_: bool,
) -> None:
    """Follow one paragraph over the years: first use, changes, end.

    REFERENCE is a citation of one paragraph or a passage id. Each version is compared with the one
    before it: [-gone-] and {+new+} words are marked. Drafts and amendments stand beside the text
    they became or were to change; they are never versions.
    """
    with opened(index_dir) as engine:
        found = engine.bench.lineage(" ".join(reference), scope=scope, language=language)
    if as_json_:
        as_json(found.model_dump(mode="json"))
    else:
        _print(found)


def _print(found: Lineage) -> None:
    series = found.series
    click.secho(printable(found.passage.citation), bold=True)
    click.echo(printable(f"in {series.documents} {_BY[series.by]}: {series.name}"))
    for sentence in found.story:
        click.echo(wrapped(printable(sentence), "  "))
    texts = {version.passage.passage_id: version.passage.text for version in found.versions}
    for version in found.versions:
        click.echo()
        _print_version(version, texts.get(version.previous or ""))
        for proposal in version.proposals:
            _print_proposal(proposal, version)
    for proposal in found.proposals:
        click.echo()
        _print_proposal(proposal, None)
    if series.years_without:
        years = ", ".join(map(str, series.years_without))
        click.echo(f"\nno text of the series is held for {years}", err=True)
    if found.twins:
        places = ", ".join(f"{twin.passage_id}" for twin in found.twins)
        click.echo(printable(f"in other languages: {places}"))


def _print_version(version: Version, before: str | None) -> None:
    passage, standing = version.passage, version.passage.standing
    tally = f" {'–'.join(map(str, standing.vote))}" if standing.vote else ""
    facts = [
        "asked for" if version.asked else version.grade.replace("-", " "),
        f"close to {version.through}" if version.through else "",
        standing.label.lower() + tally,
        "first use" if version.first_use else "",
        "came back" if version.came_back else "",
        verb_words(version.verb),
    ]
    click.secho(printable(f"{passage.date or '?':<10}  {passage.citation}"), bold=True, nl=False)
    click.echo(printable("  " + " · ".join(fact for fact in facts if fact)))
    if not standing.counts:
        click.secho(printable(f"     {standing.label.upper()}: {standing.why}"), fg="red")
    if before is None:
        click.echo(wrapped(printable(passage.text), "     "))
    elif version.words:
        print_marked(before, passage.text, version.words)
    else:
        click.echo("     the same words")


def _print_proposal(proposal: Proposal, version: Version | None) -> None:
    passage = proposal.passage
    beside = f", beside {version.passage.citation}" if version else ""
    click.secho(
        printable(f"     {passage.standing.label.upper()}  {passage.citation}{beside}"), fg="red"
    )
    click.echo(wrapped(printable(passage.text), "       "))
    if words := verb_words(proposal.verb):
        click.echo(printable(f"       then {words}"))
