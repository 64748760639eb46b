"""`precedent library`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from precedent.cli.console import CommandGroup

if TYPE_CHECKING:
    from library.file import Library

__all__ = ["kept", "library"]


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
