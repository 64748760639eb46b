"""What is kept as a file, and such a file taken in: all of it or nothing."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import asdict

from pydantic import ValidationError

from corpus.errors import InputError
from library import collections, entries, searches
from library.file import Library
from library.records import Collection
from search_api.files import File, file_name
from search_api.keeping.collections import kept_copy
from search_api.keeping.searches import request_of
from search_api.schemas import (
    LibraryFile,
    LibraryImport,
    LibraryImported,
    PassageCopy,
    SavedCollection,
    SavedEntry,
    SavedQuery,
    Wiped,
)

__all__ = ["export", "export_file", "read_file", "take_in", "wipe"]

_NAMED_CHARACTERS = 180
"""Of a name that gets a number behind it, so that it stays within its bound."""


def export(library: Library, collection_id: int | None = None) -> LibraryFile:
    """Return everything that is kept, or one collection.

    Raises:
        UnknownNameError: there is no such collection.
        LibraryError: another version saved one of the searches.
    """
    with library.reading() as connection:
        if collection_id is not None:
            chosen = [collections.find(connection, collection_id)]
        else:
            chosen = collections.all_collections(connection)
        queries = [] if collection_id is not None else searches.all_searches(connection)
        return LibraryFile(
            format="precedent-library",
            version=1,
            collections=tuple(_saved(connection, each) for each in chosen),
            searches=tuple(
                SavedQuery(
                    name=each.name,
                    request=request_of(each),
                    note=each.note,
                    depth=each.depth,
                    created_at=each.created_at,
                )
                for each in queries
            ),
        )


def export_file(library: Library, collection_id: int | None = None) -> File:
    """Return what `export` does as a file of JSON."""
    held = export(library, collection_id)
    title = held.collections[0].name if collection_id is not None else "precedent-library"
    return File(f"{file_name(title)}.json", held.model_dump_json(indent=1).encode())


def read_file(content: bytes, name: str) -> LibraryFile:
    """Read a file that `export` made.

    Raises:
        InputError: it is none, or of another version.
    """
    how = "give a file that `precedent collections export` or the page saved"
    try:
        return LibraryFile.model_validate_json(content)
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        place = ".".join(map(str, wrong["loc"]))
        why = f"{place}: {wrong['msg']}" if place else wrong["msg"]
        raise InputError(name, f"is no file of collections: {why}", how) from error


def take_in(library: Library, asked: LibraryImport) -> LibraryImported:
    """Take in what a file holds, in one piece: where something is wrong, nothing of it.

    Raises:
        ConflictError: a name is taken, and nothing is said of what then to do.
        InputError: no more fits.
    """
    done: Counter[str] = Counter()
    made: list[str] = []
    merged: list[str] = []
    saved: list[str] = []
    with library.writing() as connection:
        # The last one first, so that the order of use comes out as it is in the file.
        for each in reversed(asked.file.collections):
            held = collections.named(connection, each.name)
            if held is None or asked.on_conflict != "merge":
                held = _made(connection, each, rename=asked.on_conflict == "rename")
                made.append(held.name)
            else:
                merged.append(held.name)
            done += _fill(connection, held.collection_id, each)
        for query in reversed(asked.file.searches):
            if asked.on_conflict == "merge" and searches.named(connection, query.name):
                done["left out"] += 1
                continue
            saved.append(_saved_search(connection, query, rename=asked.on_conflict == "rename"))
    return LibraryImported(
        collections=tuple(reversed(made)),
        merged=tuple(reversed(merged)),
        searches=tuple(reversed(saved)),
        entries=done["added"],
        left_out=done["left out"],
    )


def wipe(library: Library) -> Wiped:
    """Delete everything that is kept, and its file."""
    return Wiped(was_there=library.wipe(), kept_in=str(library.path))


def _saved(connection: sqlite3.Connection, held: Collection) -> SavedCollection:
    return SavedCollection(
        name=held.name,
        note=held.note,
        tags=held.tags,
        created_at=held.created_at,
        entries=tuple(
            SavedEntry(
                copy_of=PassageCopy(**asdict(each.copy)),
                note=each.note,
                tags=each.tags,
                added_at=each.added_at,
            )
            for each in entries.entries_of(connection, held.collection_id)
        ),
    )


def _made(connection: sqlite3.Connection, given: SavedCollection, *, rename: bool) -> Collection:
    name = given.name
    if rename and collections.named(connection, name):
        name = collections.free_name(connection, name[:_NAMED_CHARACTERS])
    return collections.create(connection, name, given.note, given.tags, given.created_at or None)


def _fill(
    connection: sqlite3.Connection, collection_id: int, given: SavedCollection
) -> Counter[str]:
    done: Counter[str] = Counter()
    there = {each.copy.passage_id for each in entries.entries_of(connection, collection_id)}
    for each in given.entries:
        if each.copy_of.passage_id in there:
            done["left out"] += 1
            continue
        there.add(each.copy_of.passage_id)
        entries.add_entry(
            connection,
            collection_id,
            kept_copy(each.copy_of),
            note=each.note,
            tags=each.tags,
            added_at=each.added_at or None,
        )
        done["added"] += 1
    return done


def _saved_search(connection: sqlite3.Connection, given: SavedQuery, *, rename: bool) -> str:
    name = given.name
    if rename and searches.named(connection, name):
        name = collections.free_name(connection, name[:_NAMED_CHARACTERS], "searches")
    return searches.create(
        connection,
        name,
        given.request.model_dump_json(),
        depth=given.depth,
        note=given.note,
        created_at=given.created_at or None,
    ).name
