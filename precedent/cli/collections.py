"""`precedent collections`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from precedent.cli.console import (
    CommandGroup,
    as_json,
    as_usage,
    chosen_view,
    index_option,
    json_option,
    printable,
    say,
    view_option,
    wrapped,
)
from precedent.cli.library import kept
from precedent.cli.searching import opened

if TYPE_CHECKING:
    from library.file import Library
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

    found = listed(_seen())
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

    held = _seen()
    at = _found(held, name).id
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
        at = _named(held, asked.name)
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
def remove(name: str, passages: tuple[str, ...], whole: bool, yes: bool) -> None:
    """Take passages out of a collection, or remove all of it.

    PASSAGE is a passage id or a citation, as `precedent collections show` writes them.
    """
    from corpus.errors import UnknownNameError
    from search_api.keeping import collections as work

    if whole == bool(passages):
        raise click.UsageError("name passages, or give --all to remove the collection")
    held = kept()
    found = _found(held, name)
    if whole:
        if not yes:
            click.confirm(f"Remove {found.name} with {found.entries} passages?", abort=True)
        work.remove(held, found.id)
        click.echo(printable(f"{found.name}: removed"))
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


@collections.command(
    "export",
    examples=[
        "precedent collections export -o library.json",
        "precedent collections export Counsel -o counsel.json",
    ],
)
@click.argument("name", required=False)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="File to write; without it, to stdout.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@view_option
def export(name: str | None, output: Path | None, force: bool) -> None:
    """Write a collection, or everything that is kept, as JSON.

    The file can be taken in on another machine (`precedent collections import`). For Word, BibTeX
    and the like: `precedent collections show NAME --json | precedent export -`. Passages of
    restricted collections are left out, unless --restricted names them.
    """
    from corpus.disk import write_whole
    from corpus.errors import InputError
    from search_api.keeping.exchange import export_file

    held = _seen()
    file = export_file(held, None if name is None else _found(held, name).id)
    if output is None:
        click.echo(file.content, nl=True)
        return
    if output.exists() and not force:
        raise InputError(str(output), "is there already", "give --force, or another name")
    write_whole(output, file.content)
    say(f"{output}: written")


@collections.command("import", examples=["precedent collections import counsel.json --merge"])
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--merge", "how", flag_value="merge", help="Add what same-named ones lack.")
@click.option("--rename", "how", flag_value="rename", help="Give names that are taken a number.")
@json_option
def import_(file: Path, how: str | None, as_json_: bool) -> None:
    """Take in a file of collections and saved searches.

    Nothing is overwritten: where a name is taken, the file is refused whole, unless --merge or
    --rename says what to do.
    """
    from corpus.errors import InputError
    from search_api.keeping.exchange import read_file, take_in
    from search_api.schemas import LibraryImport

    if file.stat().st_size > _MOST_BYTES:
        raise InputError(str(file), f"is larger than {_MOST_BYTES:,} bytes", "import it in parts")
    given = read_file(file.read_bytes(), str(file))
    asked = LibraryImport.model_validate({"file": given, "on_conflict": how or "refuse"})
    done = take_in(kept(), asked)
    if as_json_:
        as_json(done.model_dump(mode="json"))
        return
    for made in done.collections:
        click.echo(printable(f"made: {made}"))
    for merged in done.merged:
        click.echo(printable(f"added to: {merged}"))
    for saved in done.searches:
        click.echo(printable(f"saved search: {saved}"))
    click.echo(f"passages added: {done.entries}, there already: {done.left_out}")


_MOST_BYTES = 256 << 20


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


def _seen() -> Library:
    """Return the library as those see it who see the collections of `--restricted`."""
    return kept().seen_by(chosen_view())


def _named(held: Library, name: str) -> Collection | None:
    from library.records import name_key
    from search_api.keeping.collections import listed

    wanted = name_key(name)
    return next((c for c in listed(held).collections if name_key(c.name) == wanted), None)


def _found(held: Library, name: str) -> Collection:
    from corpus.errors import UnknownNameError

    found = _named(held, name)
    if found is None:
        raise UnknownNameError(name, "no such collection", "see `precedent collections list`")
    return found


def _has(entry: Entry, tag: str) -> bool:
    return tag.casefold() in {each.casefold() for each in entry.tags}


def _facts(collection: Collection) -> str:
    count = f"{collection.entries} passage{'' if collection.entries == 1 else 's'}"
    return " · ".join([count, *collection.tags, collection.changed_at[:10]])


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
