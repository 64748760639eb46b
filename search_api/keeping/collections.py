"""Collections: what the library has of them, beside what the index has of their passages."""

from __future__ import annotations

from dataclasses import asdict

from corpus.errors import LibraryError, NoIndexError, UnknownNameError
from library import collections, entries, records
from library.file import Library
from search_api.engine_like import EngineLike
from search_api.paging import page_after, page_by_key
from search_api.schemas import (
    MAX_COPY_CHARACTERS,
    MAX_FACT_CHARACTERS,
    Collection,
    CollectionChange,
    CollectionContents,
    CollectionList,
    CollectionRequest,
    Entry,
    EntryChange,
    EntryList,
    EntryRequest,
    EntryState,
    Passage,
    PassageCopy,
)

__all__ = [
    "add",
    "change",
    "change_entry",
    "contents",
    "copy_of",
    "create",
    "entries_page",
    "kept_copy",
    "listed",
    "remove",
    "remove_entry",
]


def listed(
    library: Library,
    passage_id: str | None = None,
    *,
    k: int | None = None,
    cursor: str | None = None,
) -> CollectionList:
    """Return collections, the last used first, and which of them hold a passage.

    Raises:
        QueryError: the cursor is not one of this list.
    """
    with library.reading() as connection:
        held = collections.all_collections(connection)
        holding = entries.holding(connection, passage_id) if passage_id else {}
    try:
        library.check_writable()
        locked = None
    except LibraryError as error:
        locked = str(error)
    page = page_by_key(
        held, lambda each: (-each.used,), of="collections", types=(int,), k=k, cursor=cursor
    )
    return CollectionList(
        collections=tuple(_shown(each, holding.get(each.collection_id)) for each in page.rows),
        next_cursor=page.next_cursor,
        kept_in=str(library.path),
        locked=locked,
    )


def contents(library: Library, engine: EngineLike | None, collection_id: int) -> CollectionContents:
    """Return a collection with its entries, each beside what the index has of it now.

    Raises:
        UnknownNameError: there is no such collection.
    """
    with library.reading() as connection:
        collection = collections.find(connection, collection_id)
        held = entries.entries_of(connection, collection_id)
    return CollectionContents(collection=_shown(collection), entries=tuple(_with(engine, held)))


def entries_page(
    library: Library,
    engine: EngineLike | None,
    collection_id: int,
    *,
    k: int | None = None,
    cursor: str | None = None,
) -> EntryList:
    """Return a page of the entries of a collection, each beside what the index has of it now.

    Raises:
        UnknownNameError: there is no such collection.
        QueryError: the cursor is not one of this collection.
    """
    with library.reading() as connection:
        collections.find(connection, collection_id)
        held = entries.entries_of(connection, collection_id)
    page = page_after(
        held,
        lambda each: each.entry_id,
        of=f"entries {collection_id}",
        kind=int,
        k=k,
        cursor=cursor,
    )
    shown = tuple(_with(engine, list(page.rows)))
    return EntryList(total=len(held), entries=shown, next_cursor=page.next_cursor)


def create(library: Library, asked: CollectionRequest) -> Collection:
    """Make a collection.

    Raises:
        ConflictError: the name is taken.
    """
    with library.writing() as connection:
        return _shown(collections.create(connection, asked.name, asked.note, asked.tags))


def change(library: Library, collection_id: int, asked: CollectionChange) -> Collection:
    """Change what is given of a collection.

    Raises:
        UnknownNameError: there is no such collection.
        ConflictError: it has changed since it was read, or the name is taken.
    """
    with library.writing() as connection:
        return _shown(
            collections.change(
                connection,
                collection_id,
                name=asked.name,
                note=asked.note,
                tags=asked.tags,
                revision=asked.revision,
            )
        )


def remove(library: Library, collection_id: int) -> Collection:
    """Remove a collection with the entries that are shown, and return what it was.

    Where it has others, it stays with those.

    Raises:
        UnknownNameError: there is no such collection.
    """
    with library.writing() as connection:
        return _shown(collections.remove(connection, collection_id))


def add(
    library: Library, engine: EngineLike | None, collection_id: int, asked: EntryRequest
) -> Entry:
    """Put a passage into a collection, with a copy of it.

    Raises:
        UnknownNameError: there is no such collection, or the index has no such passage and no
            copy is given.
        NoIndexError: no index is in service, and no copy is given.
        ConflictError: the collection holds it already.
    """
    copy = _to_keep(engine, asked)
    with library.writing() as connection:
        made = entries.add_entry(
            connection,
            collection_id,
            copy,
            note=asked.note,
            tags=asked.tags,
            at=asked.position,
        )
    return _with(engine, [made])[0]


def change_entry(
    library: Library,
    engine: EngineLike | None,
    collection_id: int,
    entry_id: int,
    asked: EntryChange,
) -> Entry:
    """Change what is given of an entry: note, tags, place, and whether its copy is renewed.

    Raises:
        UnknownNameError: the collection has no such entry, or the index nothing to renew it from.
        NoIndexError: it is to be renewed, and no index is in service.
        ConflictError: it has changed since it was read.
    """
    copy = None
    if asked.renew:
        with library.reading() as connection:
            held = entries.entry(connection, collection_id, entry_id)
        copy = _to_keep(engine, EntryRequest(passage_id=held.copy.passage_id))
    with library.writing() as connection:
        if asked.position is not None:
            entries.move_entry(connection, collection_id, entry_id, asked.position)
        changed = entries.entry(connection, collection_id, entry_id)
        if asked.note is not None or asked.tags is not None or copy is not None:
            changed = entries.change_entry(
                connection,
                collection_id,
                entry_id,
                note=asked.note,
                tags=asked.tags,
                copy=copy,
                revision=asked.revision,
            )
    return _with(engine, [changed])[0]


def remove_entry(
    library: Library, engine: EngineLike | None, collection_id: int, entry_id: int
) -> Entry:
    """Take an entry out and return what it was, from which it can be put back.

    Raises:
        UnknownNameError: the collection has no such entry.
    """
    with library.writing() as connection:
        removed = entries.remove_entry(connection, collection_id, entry_id)
    return _with(engine, [removed])[0]


def copy_of(passage: Passage) -> records.PassageCopy:
    """Return what is kept of a passage; what is longer than a copy may be is cut."""
    title, url = passage.title, passage.url
    return records.PassageCopy(
        passage_id=passage.passage_id,
        document_id=passage.document_id,
        citation=passage.citation[:MAX_FACT_CHARACTERS],
        text=passage.text[:MAX_COPY_CHARACTERS],
        symbol=passage.symbol,
        title=title and title[:MAX_FACT_CHARACTERS],
        url=url if url is None or len(url) <= MAX_FACT_CHARACTERS else None,
        date=passage.date or (str(passage.year) if passage.year else None),
        language=passage.language,
        standing=passage.standing.label,
        counts=passage.standing.counts,
    )


def kept_copy(copy: PassageCopy) -> records.PassageCopy:
    """Return a copy of the contract as the library keeps it."""
    return records.PassageCopy(**copy.model_dump())


def _to_keep(engine: EngineLike | None, asked: EntryRequest) -> records.PassageCopy:
    found = engine.passages([asked.passage_id]) if engine else []
    if found:
        return copy_of(found[0])
    if asked.copy_of is not None and asked.copy_of.passage_id == asked.passage_id:
        return kept_copy(asked.copy_of)
    if engine is None:
        raise NoIndexError("index", "none is in service, so no words can be copied", "try again")
    raise UnknownNameError(
        asked.passage_id, "no passage of that id", "take ids from search answers"
    )


def _shown(collection: records.Collection, entry: int | None = None) -> Collection:
    fields = asdict(collection)
    del fields["used"]
    return Collection(id=fields.pop("collection_id"), entry=entry, **fields)


def _with(engine: EngineLike | None, held: list[records.Entry]) -> list[Entry]:
    """Return entries beside what the index has of their passages."""
    found = engine.passages([each.copy.passage_id for each in held]) if engine else []
    by_id = {passage.passage_id: passage for passage in found}
    return [_entry(each, by_id.get(each.copy.passage_id), engine is not None) for each in held]


def _entry(held: records.Entry, passage: Passage | None, known: bool) -> Entry:
    state: EntryState = "unknown"
    if passage is not None:
        state = "same" if passage.text[:MAX_COPY_CHARACTERS] == held.copy.text else "changed"
    elif known:
        state = "missing"
    return Entry(
        id=held.entry_id,
        copy_of=PassageCopy(**asdict(held.copy)),
        note=held.note,
        tags=held.tags,
        added_at=held.added_at,
        revision=held.revision,
        state=state,
        passage=passage,
    )
