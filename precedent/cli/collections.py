"""`precedent collections`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import click

from precedent.cli import exchange
from precedent.cli.console import (
    CommandGroup,
    as_json,
    as_usage,
    index_option,
    json_option,
    printable,
    say,
    view_option,
    wrapped,
)
from precedent.cli.library import collection_named, find_collection, kept, seen
from precedent.cli.searching import opened

if TYPE_CHECKING:
    from search_api.engine import Engine
    from search_api.schemas import Collection, Entry

__all__ = ["collections"]

_STATES = {
    "changed": "the index has other words now",
    "missing": "no longer in the index",
}


@click.group(
    cls=CommandGroup,
    examples=["precedent collections list", "precedent collections show Counsel"],
)
def collections() -> None:
    """Keep passages together under a name, with notes and tags.

    They stay on this machine, in one file (`precedent library where`), beside the index and apart
    from it: indexing anew leaves them alone, and the words of each passage are kept with it.
    """


@collections.command("list", examples=["precedent collections list --json"])
@view_option
@json_option
def list_(as_json_: bool) -> None:
    """List the collections, the last used first."""
    from search_api.keeping.collections import listed

    found = listed(seen())
    if as_json_:
        as_json(found.model_dump(mode="json"))
        return
    for each in found.collections:
        click.secho(printable(each.name), bold=True, nl=False)
        click.echo(printable(f"  {_facts(each)}"))
        if each.note:
            click.echo(wrapped(printable(each.note), "     "))
    if not found.collections:
        say("No collections yet; `precedent collections add NAME PASSAGE` makes the first.")


@collections.command(
    "show",
    examples=["precedent collections show Counsel", "precedent collections show Counsel --json"],
)
@click.argument("name")
@click.option("--tag", metavar="TAG", help="Only what has this tag.")
@view_option
@index_option
@json_option
def show(name: str, tag: str | None, index_dir: str | None, as_json_: bool) -> None:
    """Show a collection with its passages, in their order.

    What the index has no longer, or with other words, says so; the words shown are those that were
    kept. Without an index they are shown all the same. Passages of restricted collections are shown
    with --restricted alone.
    """
    from search_api.keeping.collections import contents

    held = seen()
    at = collection_named(held, name).id
    with _perhaps(index_dir) as engine:
        found = contents(held, engine, at)
    entries = [each for each in found.entries if tag is None or _has(each, tag)]
    if as_json_:
        as_json(found.model_copy(update={"entries": tuple(entries)}).model_dump(mode="json"))
        return
    click.secho(printable(found.collection.name), bold=True, nl=False)
    click.echo(printable(f"  {_facts(found.collection)}"))
    if found.collection.note:
        click.echo(wrapped(printable(found.collection.note), ""))
    for entry in entries:
        click.echo()
        _print(entry)


@collections.command(
    "add",
    examples=[
        'precedent collections add Counsel "A/HRC/15/16, para. 12" --note "Ask for this again."',
        "precedent search counsel --json | precedent collections add Counsel -",
    ],
)
@click.argument("name")
@click.argument("passages", nargs=-1, required=True, metavar="PASSAGE...")
@click.option("--note", default="", help="Note of each of these passages.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Tag of each (repeatable).")
@view_option
@index_option
def add(
    name: str,
    passages: tuple[str, ...],
    note: str,
    tags: tuple[str, ...],
    index_dir: str | None,
) -> None:
    """Add passages to a collection, which is made where there is none.

    PASSAGE is a passage id, a citation ("A/HRC/15/16, para. 12"), or - to take the passages of an
    answer from stdin. What is in the collection already is left as it is.
    """
    from corpus.errors import UnknownNameError
    from precedent.cli.export import references_of
    from search_api.bench.exporting import passages_named
    from search_api.keeping import collections as work
    from search_api.schemas import CollectionRequest, EntryRequest

    references = [each for given in passages for each in references_of(given)]
    held = kept()
    with as_usage():
        asked = CollectionRequest(name=name)
    with opened(index_dir) as engine:
        found, missing = passages_named(engine.snapshot, references)
        for each in missing:
            say(f"left out: {each}")
        if not found:
            raise UnknownNameError("collections", "no passage is left", "check the names above")
        with as_usage():
            requests = [
                EntryRequest(passage_id=one.passage_id, note=note, tags=tags) for one in found
            ]
        at = find_collection(held, asked.name)
        into = work.create(held, asked) if at is None else at
        there = {e.copy_of.passage_id for e in work.contents(held, None, into.id).entries}
        for request in requests:
            if request.passage_id in there:
                say(f"already there: {request.passage_id}")
            else:
                work.add(held, engine, into.id, request)
    added = sum(request.passage_id not in there for request in requests)
    click.echo(printable(f"{into.name}: {added} added, {len(requests) - added} there already"))


@collections.command(
    "remove",
    examples=[
        "precedent collections remove Counsel A_HRC_15_16:en:12",
        "precedent collections remove Counsel --all --yes",
    ],
)
@click.argument("name")
@click.argument("passages", nargs=-1, metavar="[PASSAGE]...")
@click.option("--all", "whole", is_flag=True, help="Remove the collection itself, notes and all.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@view_option
def remove(name: str, passages: tuple[str, ...], whole: bool, yes: bool) -> None:
    """Take passages out of a collection, or remove all of it.

    PASSAGE is a passage id or a citation, as `precedent collections show` writes them. What that
    does not show is not removed: a collection that holds passages of restricted collections stays
    with them, unless --restricted names these.
    """
    from corpus.errors import UnknownNameError
    from search_api.keeping import collections as work

    if whole == bool(passages):
        raise click.UsageError("name passages, or give --all to remove the collection")
    held = seen()
    found = collection_named(held, name)
    if whole:
        if not yes:
            question = f"Remove {found.name} with {_counted(found.entries)}?"
            click.confirm(printable(question), abort=True)
        work.remove(held, found.id)
        if find_collection(held, name) is None:
            click.echo(printable(f"{found.name}: removed"))
        else:
            click.echo(
                printable(
                    f"{found.name}: {_counted(found.entries)} removed; it stays, with passages of "
                    "restricted collections that --restricted did not name"
                )
            )
        return
    entries = work.contents(held, None, found.id).entries
    by_name = {n: e for e in entries for n in (e.copy_of.passage_id, e.copy_of.citation)}
    for each in passages:
        if each not in by_name:
            raise UnknownNameError(each, f"is not in {found.name}", "take names from `show`")
    chosen = {by_name[each].id for each in passages}
    for entry_id in chosen:
        work.remove_entry(held, None, found.id, entry_id)
    click.echo(printable(f"{found.name}: {len(chosen)} removed"))


collections.add_command(exchange.export)
collections.add_command(exchange.import_)


@contextmanager
def _perhaps(index_dir: str | None) -> Iterator[Engine | None]:
    """Yield the engine, or None where there is none, and say why."""
    from corpus.errors import IndexUnusableError, ModelError

    with ExitStack() as stack:
        engine = None
        try:
            engine = stack.enter_context(opened(index_dir))
        except (IndexUnusableError, ModelError) as error:
            say(f"shown as it was kept: {error}")
        yield engine


def _has(entry: Entry, tag: str) -> bool:
    return tag.casefold() in {each.casefold() for each in entry.tags}


def _facts(collection: Collection) -> str:
    return " · ".join([_counted(collection.entries), *collection.tags, collection.changed_at[:10]])


def _counted(passages: int) -> str:
    return f"{passages} passage{'' if passages == 1 else 's'}"


def _print(entry: Entry) -> None:
    copy = entry.copy_of
    facts = [copy.passage_id, copy.date, copy.language, copy.standing, *entry.tags]
    click.secho(printable(copy.citation), bold=True, nl=False)
    click.echo("  " + printable(" · ".join(fact for fact in facts if fact)))
    if entry.state in _STATES:
        click.secho(f"     {_STATES[entry.state]}", fg="red")
    if not copy.counts:
        click.secho(printable(f"     NOT PRECEDENT: {copy.standing}"), fg="red")
    click.echo(wrapped(printable(copy.text), "     "))
    if entry.note:
        click.secho(wrapped(printable(f"Note: {entry.note}"), "     "), italic=True)
