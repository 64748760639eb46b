"""`precedent restricted`: which documents are kept out of the public index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from precedent.cli.console import (
    Command,
    CommandGroup,
    as_json,
    index_option,
    json_option,
    keeping,
    printable,
    say,
)

if TYPE_CHECKING:
    from indexer.restricted.moving import Moved

__all__ = ["restricted"]

_KEPT = "what was moved so far stays where it is; the same command goes on from there"


@click.group(
    cls=CommandGroup,
    examples=[
        "precedent index testimony/ --restricted witness-2024",
        "precedent restricted list",
        "precedent restricted release A/HRC/97/1",
    ],
)
def restricted() -> None:
    """Keep documents out of the index for all but those who may see.

    A restricted document is invisible to everyone else: in hits, counts, suggestions, exports and
    errors. Whoever can read the folder of the index can read it all the same: docs/restricted.md
    says what is promised and what is not.
    """


@restricted.command("list", cls=Command, examples=["precedent restricted list --json"])
@index_option
@json_option
def list_(index_dir: str | None, as_json_: bool) -> None:
    """List collections, their documents, folders and views."""
    from indexer.restricted.telling import told

    about = told(_folder(index_dir))
    if as_json_:
        as_json(about)
        return
    if not about["collections"]:
        click.echo("no restricted collections")
    for each in about["collections"]:
        click.echo(f"{each['name']}: {len(each['documents']):,} documents")
        for folder in each["folders"]:
            click.echo(printable(f"  all of {folder}"))
        for document in each["documents"]:
            name = document["symbol"] or document["title"] or ""
            click.echo(printable(f"  {document['document_id']}  {name}".rstrip()))
    for view in about["views"]:
        generation = view["generation"]
        state = f"generation {generation}" if generation else "not published yet"
        click.echo(f"view {view['name']}: {state}")


@restricted.command(
    "set",
    cls=Command,
    examples=[
        "precedent restricted set witness-2024 A/HRC/97/1",
        "precedent restricted set casework ~/papers/letter.pdf",
    ],
)
@click.argument("name")
@click.argument("what", nargs=-1, required=True)
@index_option
@json_option
def set_(name: str, what: tuple[str, ...], index_dir: str | None, as_json_: bool) -> None:
    """Move documents into the restricted collection NAME.

    WHAT is a symbol (every language), a document id, a file or a folder that was indexed. What was
    public until now may have been seen, exported or copied: that is not undone. Nothing is embedded
    again.
    """
    from indexer.build import move_documents
    from indexer.restricted.place import CATALOGUE
    from precedent.backup.traces import hidden_documents
    from search_api.access.audit import check_writable
    from search_api.intake.forgetting import forget_restricted

    folder = _folder(index_dir)
    check_writable()
    with keeping(_KEPT):
        moved, _ = move_documents(what, folder, name)
        forget_restricted(folder, hidden_documents(folder, folder / CATALOGUE))
    _note("restricted.set", name, what, moved)
    _tell(moved, as_json_)
    if any(each.source is None for each in moved):
        say("these were public until now: who read, exported or copied them has them still")


@restricted.command(
    cls=Command, examples=["precedent restricted release A/HRC/97/1", "precedent restricted "
                           "release testimony/"],
)  # fmt: skip
@click.argument("what", nargs=-1, required=True)
@index_option
@json_option
def release(what: tuple[str, ...], index_dir: str | None, as_json_: bool) -> None:
    """Make restricted documents public.

    WHAT is a symbol, a document id, a file or a folder; of a folder, what comes later is public
    too. Where a sidecar or a record says that it is restricted, take that out first.
    """
    from indexer.build import move_documents
    from search_api.access.audit import check_writable

    check_writable()
    with keeping(_KEPT):
        moved, _ = move_documents(what, _folder(index_dir), None)
    _note("restricted.release", " ".join(what), what, moved)
    _tell(moved, as_json_)


@restricted.group(cls=CommandGroup, examples=["precedent restricted views add casework,witness"])
def views() -> None:
    """Choose which sets of collections are published together.

    Each collection by itself and all of them together always are. Who may see another set needs
    its view.
    """


@views.command(cls=Command, examples=["precedent restricted views add casework,witness"])
@click.argument("names")
@index_option
def add(names: str, index_dir: str | None) -> None:
    """Publish the view of NAMES from now on.

    NAMES are separated by commas.
    """
    from indexer.build import refresh_views
    from indexer.restricted.place import ask_for_view, name_of
    from search_api.access.audit import check_writable, note

    check_writable()
    folder = _folder(index_dir)
    view = ask_for_view(folder, filter(None, names.split(",")))
    refresh_views(folder)
    note("restricted.views.add", name_of(view))
    click.echo(f"view {name_of(view)}: published")


@views.command(cls=Command, examples=["precedent restricted views drop casework,witness"])
@click.argument("names")
@index_option
def drop(names: str, index_dir: str | None) -> None:
    """Publish the view of NAMES no more.

    Unless it is one that always is published.
    """
    from indexer.build import refresh_views
    from indexer.restricted.place import drop_view, name_of, views_of
    from search_api.access.audit import check_writable, note

    check_writable()
    folder = _folder(index_dir)
    view = frozenset(filter(None, names.split(",")))
    if not view or view not in views_of(folder):
        raise click.UsageError("there is no such view; `precedent restricted list` lists them")
    drop_view(folder, view)
    refresh_views(folder)
    note("restricted.views.drop", name_of(view))
    click.echo("dropped" if view not in views_of(folder) else "it is one that always is published")


@views.command(cls=Command, examples=["precedent restricted views refresh"])
@index_option
def refresh(index_dir: str | None) -> None:
    """Publish every view that is not up to date.

    Every run of the indexer does so as well.
    """
    from indexer.build import refresh_views
    from search_api.access.audit import check_writable, note

    check_writable()
    report = refresh_views(_folder(index_dir))
    note("restricted.views.refresh", " ".join(report.views) or "nothing")
    click.echo(f"published: {', '.join(report.views) or 'nothing, all were up to date'}")


def _folder(index_dir: str | None) -> Path:
    from indexer.home import default_index_dir

    return Path(index_dir) if index_dir else default_index_dir()


def _note(act: str, what_to: str, what: tuple[str, ...], moved: list[Moved]) -> None:
    from search_api.access.audit import note

    note(act, what_to, what=list(what), documents=[each.document_id for each in moved])


def _tell(moved: list[Moved], as_json_: bool) -> None:
    if as_json_:
        from dataclasses import asdict

        as_json([asdict(each) for each in moved])
        return
    for each in moved:
        came, goes = each.source or "public", each.target or "public"
        click.echo(printable(f"{each.document_id}: {came} -> {goes}"))
        for path in each.copies:
            click.echo(printable(f"  with it the same bytes in {path}"))
    if not moved:
        click.echo("nothing had to be moved")
