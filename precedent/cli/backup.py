"""`precedent backup`, `precedent restore`."""

from __future__ import annotations

import os
import sys
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
    from precedent.backup.contents import Contents

__all__ = ["backup", "restore"]


@click.command(
    cls=Command,
    examples=[
        "precedent backup precedent.zip",
        "precedent backup precedent.zip --with-model --without-originals",
        "precedent backup --check precedent.zip",
    ],
)
@click.argument("file", metavar="FILE")
@click.option("--check", is_flag=True, help="Write nothing: say whether FILE is whole.")
@click.option(
    "--with-model",
    is_flag=True,
    help="Put the embedding model in too, some 0.5 GB: for a machine that cannot fetch it.",
)
@click.option(
    "--with-originals/--without-originals",
    "originals",
    default=True,
    show_default=True,
    help="Put in the files that were uploaded. Files of your own folders never go in.",
)
@click.option(
    "--with-keys", is_flag=True, help="Put in the digests of API keys, their names and scopes."
)
@click.option(
    "--with-restricted/--without-restricted",
    "restricted",
    default=True,
    show_default=True,
    help="Put in restricted collections, and what was kept of them in libraries.",
)
@click.option(
    "--library",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File of collections and saved searches; by default PRECEDENT_LIBRARY, or your own.",
)
@index_option
@json_option
def backup(
    file: str,
    check: bool,
    with_model: bool,
    originals: bool,
    with_keys: bool,
    restricted: bool,
    library: Path | None,
    index_dir: str | None,
    as_json_: bool,
) -> None:
    """Write everything that cannot be made again into one file.

    It holds the catalogue with its vectors, restricted collections, what you and the holders of
    keys have kept, and uploaded files;
    what is derived from them is left out, and made anew by `precedent restore`. Searching and
    indexing go on meanwhile. Under its name there is a whole backup or the one before it, readable
    by you alone; it is not encrypted. FILE may be "-" for a pipe: docs/backup.md shows how to
    encrypt it on its way.
    """
    if check:
        _check(Path(file), as_json_)
        return
    from indexer.home import default_index_dir, models_dir
    from library.place import library_path
    from precedent.backup import make_backup
    from precedent.backup.contents import KEYS
    from precedent.backup.make import Wanted
    from search_api.access.audit import check_writable, note
    from workbench.standing import standing_file, standing_table

    check_writable()
    standing_table()  # what is wrong with it is said with the name of the variable
    kept = library or library_path()
    wanted = Wanted(
        index_dir=Path(index_dir) if index_dir else default_index_dir(),
        library=kept,
        originals=originals,
        model=models_dir() if with_model else None,
        keys=_keys(kept) if with_keys else None,
        standing=standing_file(),
        restricted=restricted,
    )
    target = sys.stdout.buffer if file == "-" else Path(file)
    with keeping("no backup was written"), ProgressDisplay() as shown:
        made = make_backup(wanted, target, shown)
    if made.left_out:
        say(f"NOT in it: the restricted collections {', '.join(made.left_out)}")
    for path in made.passed_over:
        say(f"NOT in it, as no upload has made it: {path!r}")
    note(
        "backup",
        made.file,
        sha256=made.sha256,
        restricted=sorted(made.contents.restricted),
        keys=KEYS in made.contents.members,
    )
    told = _told(made.contents)
    if file == "-":
        say(f"written to the pipe: {told}")
    elif as_json_:
        as_json({"file": made.file, "bytes": made.size, "sha256": made.sha256,
                 **_described(made.contents)})  # fmt: skip
    else:
        click.echo(printable(f"{made.file}: {made.size / 1e6:,.1f} MB, {told}"))
        click.echo(f"sha256 of its contents {made.sha256}")


def _check(file: Path, as_json_: bool) -> None:
    from indexer.report import Progress
    from precedent.backup import open_backup

    with ProgressDisplay() as shown, open_backup(file) as opened:
        digest = opened.verify(lambda done, total: shown(Progress("verify", done, total, "byte")))
        contents = opened.contents
    if as_json_:
        as_json({"file": str(file), "whole": True, "sha256": digest, **_described(contents)})
        return
    click.echo(printable(f"{file}: whole, made {contents.made_at} by {contents.software}"))
    click.echo(_told(contents))


def _described(contents: Contents) -> dict[str, object]:
    from dataclasses import asdict

    found = asdict(contents)
    found["members"] = len(contents.members)
    return found


def _told(contents: Contents) -> str:
    from precedent.backup.contents import KEYED, KEYS, LIBRARY, MODEL, UPLOADS

    uploads = sum(f"/{UPLOADS}" in f"/{name}" for name in contents.members)
    of_keys = sum(name.startswith(KEYED) for name in contents.members)
    parts = [f"{contents.documents:,} documents, {contents.passages:,} passages"]
    parts.append(f"{uploads:,} uploaded files")
    parts.append("library" if LIBRARY in contents.members else "no library")
    if of_keys:
        parts.append(f"{of_keys:,} {'library' if of_keys == 1 else 'libraries'} of keys")
    if contents.restricted:
        parts.append(f"with restricted collections: {', '.join(sorted(contents.restricted))}")
    if contents.without_restricted:
        parts.append("made --without-restricted")
    parts += ["keys"] * (KEYS in contents.members)
    parts += ["model"] * any(name.startswith(MODEL) for name in contents.members)
    if contents.encoder is not None and "model" not in parts:
        named = contents.encoder
        parts.append(f"for {named.get('model')} ({str(named.get('digest'))[:12]})")
    return ", ".join(parts)


@click.command(
    cls=Command,
    examples=["precedent restore precedent.zip", "precedent restore precedent.zip --replace"],
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--replace", "replace_all", is_flag=True, help="Replace the index and library there.")
@click.option(
    "--with-keys",
    is_flag=True,
    help="Restore API keys too, where FILE has them: they open the service again.",
)
@click.option(
    "--with-model",
    is_flag=True,
    help="Take the embedding model too, where FILE has it: only from a backup of your own.",
)
@click.option(
    "--library",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where collections go; by default PRECEDENT_LIBRARY, or your own.",
)
@index_option
@json_option
def restore(
    file: Path,
    replace_all: bool,
    with_keys: bool,
    with_model: bool,
    library: Path | None,
    index_dir: str | None,
    as_json_: bool,
) -> None:
    """Restore a backup and put it in service.

    All of FILE is compared with its digests before anything is touched, and what is there is left
    as it is until the new is whole. Without --replace, an index or library that is there is
    refused. Nothing is embedded: the model is needed to search, not to restore. A service that
    runs on the index takes the restored one into service by itself.
    """
    from dataclasses import asdict

    from indexer.home import default_index_dir, models_dir
    from library.place import library_path
    from precedent.backup import restore_backup
    from precedent.backup.restore import Places
    from search_api.access.audit import check_writable, note

    check_writable()
    kept = library or library_path()
    places = Places(
        index_dir=Path(index_dir) if index_dir else default_index_dir(),
        library=kept,
        models=models_dir(),
        keys=_keys(kept) if with_keys else None,
        takes_model=with_model,
    )
    with keeping("the same command begins anew"), ProgressDisplay() as shown:
        done = restore_backup(file, places, replace_all=replace_all, progress=shown)
    note("restore", str(places.index_dir), file=str(file), restricted=list(done.restricted),
         keys=done.keys, generation=done.generation)  # fmt: skip
    if as_json_:
        as_json(asdict(done))
        return
    click.echo(
        printable(
            f"{places.index_dir}: {done.documents:,} documents, {done.passages:,} passages"
            + (f", generation {done.generation}" if done.generation else "")
            + f", {done.uploads:,} uploaded files"
            + (f", restricted collections {', '.join(done.restricted)}" if done.restricted else "")
            + (f"; collections and saved searches in {places.library}" if done.library else "")
        )
    )
    if done.waiting:
        say(f"{len(done.waiting):,} documents have no vectors yet: run `precedent index PATH`")
    for remark in done.remarks:
        say(remark)
    if done.model is not None and not done.model_is_installed:
        name, digest = done.model.split(" ")
        say(
            f"the model {name} ({digest[:12]}) is not installed; to search: precedent models pull "
            f"{name}"
        )


def _keys(library: Path) -> Path:
    """Return the file of API keys: beside the library, unless PRECEDENT_KEYS names another."""
    given = os.environ.get("PRECEDENT_KEYS")
    return Path(given).expanduser() if given else library.with_name("keys.sqlite")
