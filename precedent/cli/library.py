"""`precedent library`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from precedent.cli.console import CommandGroup, chosen_view

if TYPE_CHECKING:
    from library.file import Library
    from search_api.schemas import Collection

__all__ = ["collection_named", "find_collection", "kept", "library", "seen"]


@click.group(cls=CommandGroup, examples=["precedent library where", "precedent library wipe"])
def library() -> None:
    """Say where collections and saved searches are kept, or delete them."""


@library.command("where", examples=["precedent library where"])
def where() -> None:
    """Print the file that holds collections and saved searches.

    There is none until something is kept. PRECEDENT_LIBRARY names another.
    """
    click.echo(str(kept().path))


@library.command("wipe", examples=["precedent library wipe --yes"])
@click.option("--yes", is_flag=True, help="Do not ask first.")
def wipe(yes: bool) -> None:
    """Delete all collections, notes and saved searches, and their file.

    What is deleted is overwritten first. Copies in backups, and those that flash storage keeps by
    itself, are out of reach.
    """
    from search_api.access.audit import note_done
    from search_api.keeping.exchange import wipe as wipe_library

    held = kept()
    if not yes:
        click.confirm(f"Delete everything in {held.path}, for good?", abort=True)
    done = wipe_library(held)
    note_done("library.wipe", str(done.kept_in), was_there=done.was_there)
    click.echo(f"{done.kept_in}: {'deleted' if done.was_there else 'was not there'}")


def kept() -> Library:
    """Return the user's library."""
    from library.file import Library
    from library.place import library_path

    return Library(library_path())


def seen() -> Library:
    """Return the library as those see it who see the collections of `--restricted`."""
    return kept().seen_by(chosen_view())


def find_collection(held: Library, name: str) -> Collection | None:
    """Return the collection of a name, or None; case does not matter."""
    from library.records import name_key
    from search_api.keeping.collections import listed

    wanted = name_key(name)
    return next((c for c in listed(held).collections if name_key(c.name) == wanted), None)


def collection_named(held: Library, name: str) -> Collection:
    """Return the collection of a name.

    Raises:
        UnknownNameError: there is none.
    """
    from corpus.errors import UnknownNameError

    found = find_collection(held, name)
    if found is None:
        raise UnknownNameError(name, "no such collection", "see `precedent collections list`")
    return found
