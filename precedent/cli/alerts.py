"""`precedent searches`, `precedent alerts`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from precedent.cli.answers import print_passage
from precedent.cli.console import (
    Command,
    CommandGroup,
    as_json,
    as_usage,
    index_option,
    json_option,
    printable,
    say,
    view_option,
)
from precedent.cli.filters import filter_options, filters_of
from precedent.cli.library import kept
from precedent.cli.searching import opened

if TYPE_CHECKING:
    from search_api.schemas import SavedSearch, SearchChanges, Signals

__all__ = ["EXIT_SOMETHING_NEW", "alerts", "searches"]

EXIT_SOMETHING_NEW = 4
"""1 is an error, 2 wrong usage and 3 an index of some files only."""


@click.group(
    cls=CommandGroup,
    examples=['precedent searches save Lawyers "access to a lawyer"', "precedent searches list"],
)
def searches() -> None:
    """Keep searches under a name, and be told what is new in them.

    `precedent alerts` tells. They stay on this machine, in one file (`precedent library where`).
    """


@searches.command("list", examples=["precedent searches list --json"])
@json_option
def list_(as_json_: bool) -> None:
    """List the saved searches, the newest first."""
    from search_api.keeping.searches import listed

    found = listed(kept(), None)
    if as_json_:
        as_json(found.model_dump(mode="json"))
    else:
        for each in found.searches:
            click.secho(printable(each.name), bold=True, nl=False)
            click.echo(printable(f"  {' '.join(each.request.query.split())[:200]}"))
            seen = f"seen {each.seen_at}" if each.seen_at else "never looked at"
            click.echo(
                printable(" · ".join(["    best " + str(each.depth), seen, *_filters(each)]))
            )
            if each.note:
                click.echo(printable(f"     {each.note}"))
    for name in found.unreadable:
        say(f"{name}: was saved by another version, and this one cannot read it")
    if not found.searches and not found.unreadable:
        say("No saved searches yet; `precedent searches save NAME WORDS` keeps the first.")


@searches.command(
    "save",
    examples=[
        'precedent searches save Lawyers "access of detainees to a lawyer" --country BLR',
        'precedent searches save "New resolutions" detention --kind resolution --best 20',
    ],
)
@click.argument("name")
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--best",
    "depth",
    type=click.IntRange(1, 200),
    default=50,
    show_default=True,
    help="How many of the best hits to watch.",
)
@click.option("--note", default="", help="Yours.")
@filter_options
@view_option
@index_option
def save(
    name: str,
    words: tuple[str, ...],
    depth: int,
    note: str,
    signals: Signals,
    index_dir: str | None,
    **filters: Any,
) -> None:
    """Save a search; what it gives now counts as seen.

    WORDS and the filters are those of `precedent search`.
    """
    from search_api.keeping.searches import save as save_search
    from search_api.schemas import SavedSearchRequest, SearchRequest

    with as_usage():
        request = SearchRequest(
            query=" ".join(words), filters=filters_of(**filters), signals=signals
        )
        asked = SavedSearchRequest(name=name, request=request, note=note, depth=depth)
    with opened(index_dir) as engine:
        made = save_search(kept(), engine, asked)
    click.echo(printable(f"{made.name}: saved"))


@searches.command("remove", examples=["precedent searches remove Lawyers"])
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
def remove(names: tuple[str, ...]) -> None:
    """Forget saved searches."""
    from search_api.keeping.searches import identify
    from search_api.keeping.searches import remove as remove_search

    held = kept()
    for search_id in identify(held, names):
        click.echo(printable(f"{remove_search(held, search_id).name}: removed"))


@click.command(
    cls=Command,
    examples=[
        "precedent alerts",
        "precedent alerts Lawyers --json --seen",
    ],
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--seen", is_flag=True, help="Count this as a visit: told once, not again.")
@view_option
@index_option
@json_option
def alerts(names: tuple[str, ...], seen: bool, index_dir: str | None, as_json_: bool) -> None:
    """Tell what is new in saved searches since the last visit.

    New is a passage among the best hits that the index did not have at the last visit, or had with
    other words; one that merely rose is none. Where the index is still the one of that visit,
    nothing is searched. No service needs to run.

    Exit codes: 0 nothing is new, 4 something is, 1 an error (the other searches are told all the
    same). stdout is empty where nothing is new, so that cron mails nothing.
    """
    from corpus.errors import PrecedentError
    from search_api.keeping.searches import changes, identify, see

    held = kept()
    wanted = identify(held, names)
    found: list[SearchChanges] = []
    failed = 0
    if wanted:
        with opened(index_dir) as engine:
            for search_id in wanted:
                try:
                    found.append(changes(held, engine, search_id))
                    if seen and not found[-1].search.unchanged:
                        see(held, engine, search_id, engine.generation)
                except PrecedentError as error:
                    failed += 1
                    say(f"precedent: {error}".replace("\n", " "))
    else:
        say("No saved searches yet; `precedent searches save NAME WORDS` keeps the first.")
    if as_json_:
        as_json([each.model_dump(mode="json") for each in found])
    else:
        for each in found:
            _print(each)
    if failed:
        raise click.exceptions.Exit(1)
    if any(each.new or each.changed for each in found):
        raise click.exceptions.Exit(EXIT_SOMETHING_NEW)


def _print(found: SearchChanges) -> None:
    if not found.new and not found.changed:
        return
    since = found.search.seen_at or "the search was saved"
    head = f"{found.search.name}: {len(found.new)} new, {len(found.changed)} changed since {since}"
    click.secho(printable(head), bold=True)
    for mark, hits in (("new", found.new), ("changed", found.changed)):
        for hit in hits:
            click.echo(f"{hit.rank:>3}. ", nl=False)
            print_passage(hit, mark)
    for gone in found.gone:
        if not gone.held:
            click.echo(printable(f"     gone from the index: {gone.citation}"))


def _filters(search: SavedSearch) -> Sequence[str]:
    given = search.request.filters.model_dump(exclude_defaults=True)
    return [
        f"{name}: {', '.join(value) if isinstance(value, tuple) else value}"
        for name, value in given.items()
    ]
