"""Where collections and views lie, and which views there are to be."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from corpus.errors import IndexDamagedError, NoIndexError, UnknownNameError
from corpus.restricted import check_name, is_name
from indexer.manifest import published_generation

__all__ = [
    "CATALOGUE",
    "FOLDERS",
    "LIST",
    "PUBLIC",
    "View",
    "ask_for_view",
    "collection_dir",
    "collections_of",
    "drop_view",
    "is_derived",
    "make_view",
    "name_of",
    "published_view_dir",
    "view_dir",
    "views_asked",
    "views_of",
    "views_wanted",
]

View = frozenset[str]
"""Names of restricted collections that somebody may see beside what is public."""

PUBLIC: View = frozenset()

CATALOGUE = "catalogue.sqlite"

_COLLECTIONS = "restricted"
_VIEWS = "views"
_LISTED = "collections"
LIST = f"{_LISTED}/names.json"
"""File that names the collections; in a folder, whose size a service does not tell."""

FOLDERS = (_COLLECTIONS, _VIEWS, _LISTED)
"""Folders of an index that hold nothing of the public one."""

_ABOUT = "view.json"
_LONGEST_NAME = 120
"""Letters of a view's folder; the names of more collections than fit become a digest."""


def collections_of(index_dir: Path) -> tuple[str, ...]:
    """Return the names of the restricted collections of an index, sorted; one look at a folder."""
    try:
        return tuple(
            sorted(
                entry.name
                for entry in (index_dir / _COLLECTIONS).iterdir()
                if is_name(entry.name) and (entry / CATALOGUE).exists()
            )
        )
    except FileNotFoundError:
        return ()


def collection_dir(index_dir: Path, name: str) -> Path:
    """Return the folder of a restricted collection.

    Raises:
        InputError: it cannot be a name.
    """
    return index_dir / _COLLECTIONS / check_name(name)


def name_of(view: View) -> str:
    """Return what a view is called: the names of its collections, in order."""
    return "+".join(sorted(view))


def view_dir(index_dir: Path, view: View) -> Path:
    """Return the index folder of a view; that of the public one is the index itself."""
    if not view:
        return index_dir
    name = name_of(frozenset(map(check_name, view)))
    if len(name) > _LONGEST_NAME:
        name = "+" + hashlib.sha256(name.encode()).hexdigest()[:32]
    return index_dir / _VIEWS / name


def views_of(index_dir: Path) -> dict[View, Path]:
    """Return the index folders of an index by view: its own first, then one for each view made."""
    found = {PUBLIC: index_dir}
    for about in sorted((index_dir / _VIEWS).glob(f"*/{_ABOUT}")):
        found[_about(about)[0]] = about.parent
    return found


def views_asked(index_dir: Path) -> list[View]:
    """Return the views that were asked for beside those that there are anyway."""
    abouts = sorted((index_dir / _VIEWS).glob(f"*/{_ABOUT}"))
    return [view for view, asked in map(_about, abouts) if asked]


def views_wanted(index_dir: Path) -> list[View]:
    """Return the views to publish beside the public one: each collection alone, all, those asked.

    A view that was asked for and of which a collection is gone is none any more.
    """
    names = collections_of(index_dir)
    every = [frozenset([name]) for name in names]
    if len(names) > 1:
        every.append(frozenset(names))
    asked = [view for view in views_asked(index_dir) if view <= set(names)]
    return list(dict.fromkeys([*every, *asked]))


def ask_for_view(index_dir: Path, names: Iterable[str]) -> View:
    """Have a view published from the next run on, until it is dropped.

    Raises:
        UnknownNameError: there is no collection of one of the names.
    """
    view = frozenset(names)
    there = collections_of(index_dir)
    for name in sorted(view):
        if check_name(name) not in there:
            raise UnknownNameError(
                name, "no such restricted collection", "see `precedent restricted list`"
            )
    make_view(index_dir, view, asked=True)
    return view


def make_view(index_dir: Path, view: View, *, asked: bool = False) -> Path:
    """Make the folder of a view, which says whose it is; return it."""
    folder = view_dir(index_dir, view)
    about = folder / _ABOUT
    if about.exists() and not asked:
        return folder
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    scratch = folder / f".{_ABOUT}"
    scratch.write_text(json.dumps({"collections": sorted(view), "asked": asked}) + "\n")
    scratch.replace(about)
    return folder


def drop_view(index_dir: Path, view: View) -> None:
    """Remove a view; whoever reads it keeps what is open.

    What says whose it is goes last, so that a removal that is cut short is done again.
    """
    folder = view_dir(index_dir, view)
    if not view or not folder.is_dir():
        return
    for entry in folder.iterdir():
        if entry.name == _ABOUT:
            continue
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    shutil.rmtree(folder)


def published_view_dir(index_dir: Path, view: View) -> Path:
    """Return the index folder of a view that is published; that of the public one as it is.

    Raises:
        NoIndexError: it is not; no other view stands in for it.
    """
    folder = view_dir(index_dir, view)
    if view and published_generation(folder) is None:
        raise NoIndexError(
            str(index_dir),
            f"has no published view of {name_of(view)}",
            f"run `precedent restricted views add {','.join(sorted(view))}`",
        )
    return folder


def is_derived(index_dir: Path) -> bool:
    """Tell whether a folder is a compartment or a view of an index, and none to index into."""
    folder = index_dir.absolute()
    about = (folder / _ABOUT).exists()
    return about or (
        folder.parent.name == _COLLECTIONS
        and (folder.parent.parent / CATALOGUE).exists()
        and is_name(folder.name)
    )


def _about(path: Path) -> tuple[View, bool]:
    try:
        said = json.loads(path.read_text())
        names = frozenset(map(str, said["collections"]))
        if names and all(map(is_name, names)):
            return names, bool(said["asked"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise IndexDamagedError(
        str(path), "does not say which view it is of", "remove its folder; the next run makes it"
    )
