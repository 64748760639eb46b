"""Restricted collections on their way back: taken out, compared with what is there, put in place.

Nothing that a restoration does makes a restricted document public: neither one that the backup has
twice, as it was being moved, nor one that was restricted after the backup was made.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from corpus.disk import sync_folder
from corpus.errors import IndexBusyError, InputError
from corpus.restricted import collection_of, id_in
from indexer.catalogue import Catalogue
from indexer.check.originals import UPLOADS as UPLOADED
from indexer.check.originals import uploaded_files
from indexer.databases import fold_log, put_in_place, read_database, read_rows
from indexer.manifest import generation_dir, published_generation, set_current
from indexer.publish import tidy
from indexer.republish import generations_of
from indexer.restricted.compartment import Compartment
from indexer.restricted.listed import list_name, listed, require_all
from indexer.restricted.mirroring import transfer
from indexer.restricted.place import (
    CATALOGUE,
    PUBLIC,
    collection_dir,
    collections_of,
    drop_view,
    make_view,
    view_dir,
    views_asked,
    views_of,
    views_wanted,
)
from precedent.backup.collections import copy_catalogue
from precedent.backup.contents import JOBS, RESTRICTED, UPLOADS
from precedent.backup.jobs_back import named_by_jobs, put_jobs
from precedent.backup.reading import Backup
from precedent.backup.relocation import relocate

__all__ = [
    "drop_uploads",
    "put_collections",
    "put_uploads",
    "raise_generations",
    "refuse_restricted",
    "take_out",
]

Check = Callable[[str, Path], None]


def refuse_restricted(path: Path, backup: Backup, name: str | None = None) -> None:
    """Refuse a catalogue that holds documents of another collection than its own.

    Raises:
        InputError: it does; None as its name is that of the public one.
    """
    with read_database(path) as connection:
        for (document_id,) in connection.execute("SELECT document_id FROM documents"):
            if collection_of(document_id) != name:
                cause = "a catalogue in it holds documents of another restricted collection"
                raise InputError(str(backup.path), cause, "use another backup")


def take_out(
    backup: Backup, scratch: Path, index_dir: Path, public: Catalogue, check: Check
) -> list[str]:
    """Make every collection ready in `scratch`: those of the backup, and those only there.

    Args:
        backup: verified.
        scratch: folder that stands for the index.
        index_dir: folder of the index, whose only writer this is.
        public: the public catalogue of the backup.
        check: refuses a database, by name of the member, that has more in it than ours.

    Returns:
        what the user has to know.

    Raises:
        IndexDamagedError: a collection that the backup has not is not there any more.
    """
    given = sorted(backup.contents.restricted)
    require_all(index_dir, frozenset(given))
    for name in backup.names(RESTRICTED):
        if f"/{JOBS}" not in name:
            backup.extract(name, scratch / name)
    for name in given:
        path = collection_dir(scratch, name) / CATALOGUE
        check(f"{RESTRICTED}{name}/{CATALOGUE}", path)
        refuse_restricted(path, backup, name)
        with closing(Compartment(scratch, name)) as held:
            relocate(held.catalogue.connection, index_dir)
    remarks = []
    kept = [name for name in collections_of(index_dir) if name not in given]
    for name in kept:
        target = collection_dir(scratch, name) / CATALOGUE
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy_catalogue(collection_dir(index_dir, name) / CATALOGUE, target)
    if kept:
        remarks.append(f"not in the backup, and left as they are: {', '.join(kept)} (restricted)")
    if backup.contents.without_restricted:
        remarks.append("the backup was made --without-restricted: it has no restricted collections")
    unread = [name for name in given if not _carry_claims(name, index_dir, scratch, public)]
    if unread:
        remarks.append(
            f"what {', '.join(unread)} claimed could not be read whole: what was restricted after "
            "the backup was made may be public again; look before you serve it"
        )
    asked = {frozenset(view) for view in backup.contents.views} | set(views_asked(index_dir))
    for view in asked:
        if view <= set(collections_of(scratch)):
            make_view(scratch, view, asked=True)
    return remarks


def _carry_claims(name: str, index_dir: Path, scratch: Path, public: Catalogue) -> bool:
    """Restrict what was restricted since the backup was made; tell whether all could be read."""
    path = collection_dir(index_dir, name) / CATALOGUE
    if not path.exists():
        return name not in listed(index_dir)
    try:
        with read_database(path) as connection:
            claims, known = read_rows(connection, "SELECT source, document_id FROM claims")
            folders, all_known = read_rows(connection, "SELECT folder FROM folders")
    except sqlite3.DatabaseError:
        return False
    claimed: set[tuple[str, str]] = set()
    for each in collections_of(scratch):
        with closing(Compartment(scratch, each)) as held:
            claimed.update(held.claims())
    with closing(Compartment(scratch, name)) as held:
        held.claim_folder(str(folder) for (folder,) in folders)
        for source, document_id in claims:
            if (source, document_id) not in claimed:
                held.claim([source], document_id)
                _move(held, source, document_id, public)
    return known and all_known


def _move(held: Compartment, source: str, document_id: str, public: Catalogue) -> None:
    """Copy what a claim covers from the public catalogue, from which it is taken afterwards."""
    rows = public.connection.execute(
        "SELECT document_id FROM origins WHERE source = ?", (source,)
    ).fetchall()
    with held.catalogue.lent(public.path), held.catalogue.transaction():
        for (found,) in rows:
            if document_id in ("", found):
                transfer(held.catalogue, found, id_in(found, held.name), source, source)


def raise_generations(index_dir: Path, scratch: Path) -> None:
    """Have the views in `scratch` published as later generations than any that is there."""
    for view in views_wanted(scratch):
        there = view_dir(index_dir, view)
        held = [int(folder.name) for folder in generations_of(there)]
        floor = max([published_generation(there) or 0, *held])
        if floor:
            folder = make_view(scratch, view)
            Catalogue(folder / CATALOGUE).close()  # or it would count as lost
            set_current(folder, floor)


def put_collections(backup: Backup, scratch: Path, index_dir: Path) -> list[Path]:
    """Put collections, then their views, in place; return damaged catalogues that were kept."""
    aside: list[Path | None] = []
    for name in sorted(backup.contents.restricted):
        staged, place = collection_dir(scratch, name), collection_dir(index_dir, name)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.mkdir(mode=0o700, exist_ok=True)
        list_name(index_dir, name)
        put_uploads(staged, place)
        aside.append(_put(staged / CATALOGUE, place / CATALOGUE))
        prefix = f"{RESTRICTED}{name}/"
        put_jobs(backup, place / "uploads" / "jobs", f"{prefix}{JOBS}", index_dir, name)
        if not backup.contents.without_originals:
            drop_uploads(place, backup.names(f"{prefix}{UPLOADS}"))
    staged_views = views_of(scratch)
    for view in views_of(index_dir).keys() - staged_views.keys():
        drop_view(index_dir, view)
    asked = views_asked(scratch)
    for view, staged in staged_views.items():
        generation = published_generation(staged)
        if view == PUBLIC:
            continue
        if generation is None or not generation_dir(staged, generation).exists():
            drop_view(index_dir, view)  # nothing is in it any more
            continue
        folder = make_view(index_dir, view, asked=view in asked)
        _put(staged / CATALOGUE, folder / CATALOGUE)
        place = generation_dir(folder, generation)
        place.parent.mkdir(parents=True, exist_ok=True)
        generation_dir(staged, generation).rename(place)
        sync_folder(place.parent)
        set_current(folder, generation)
        tidy(folder)
    return [each for each in aside if each is not None]


def _put(new: Path, target: Path) -> Path | None:
    fold_log(new)
    busy = IndexBusyError(str(target), "is being read without end", "try again")
    return put_in_place(new, target, busy)


def put_uploads(staged: Path, place: Path) -> None:
    """Put uploaded files in place, before the catalogue that names them."""
    arriving = uploaded_files(staged)
    given = {(path.parent.name, path.name) for path in arriving}
    for path in arriving:
        folder = place / UPLOADED / path.parent.name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for held in folder.iterdir():
            if (folder.name, held.name) not in given:
                held.unlink()
        path.replace(folder / path.name)
        sync_folder(folder)
        sync_folder(folder.parent)


def drop_uploads(place: Path, names: Iterable[str]) -> None:
    """Remove uploaded files that no member is: of documents that are no more.

    Kept is also what the catalogue that was put in place names, or a job that can go on.
    """
    named = named_by_jobs(place / "uploads" / "jobs")
    with read_database(place / CATALOGUE) as connection:
        rows = connection.execute("SELECT source FROM origins UNION SELECT source FROM copies")
        named.update(str(source) for (source,) in rows)
    kept = {name.split("/")[-2] for name in names} | {Path(path).parent.name for path in named}
    for path in uploaded_files(place):
        if path.parent.name not in kept:
            path.unlink()
            with contextlib.suppress(OSError):
                path.parent.rmdir()
