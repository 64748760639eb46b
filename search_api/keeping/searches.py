"""Saved searches, and what changed in them since the last visit: alerts on meaning.

The index of the last visit is gone by the time anyone asks, so what is told apart is told from what
was kept then: the best hits with the digest of their words, and a census of the whole index.
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError

from corpus.errors import ConflictError, LibraryError, UnknownNameError
from library import records, searches
from library.collections import now
from library.file import Library
from library.records import Seen, SeenHit, digest_of
from search_api.engine_like import EngineLike
from search_api.keeping.census import Census
from search_api.paging import Page, encode_cursor, page_by_key
from search_api.schemas import (
    DeletedSearch,
    Gone,
    Hit,
    SavedSearch,
    SavedSearchChange,
    SavedSearchList,
    SavedSearchRequest,
    SearchChanges,
    SearchRequest,
)

__all__ = [
    "change",
    "changes",
    "cursor_after",
    "find",
    "identify",
    "listed",
    "newest_first",
    "remove",
    "request_of",
    "save",
    "see",
]

_LIST = "searches"
"""Name of the list in cursors."""


def listed(
    library: Library,
    engine: EngineLike | None,
    *,
    k: int | None = None,
    cursor: str | None = None,
) -> SavedSearchList:
    """Return saved searches, the newest first; nothing is searched.

    Raises:
        QueryError: the cursor is not one of this list.
    """
    page = newest_first(library, k=k, cursor=cursor)
    shown: list[SavedSearch] = []
    unreadable: list[str] = []
    for each in page.rows:
        try:
            shown.append(_shown(each, engine))
        except LibraryError:
            unreadable.append(each.name)
    return SavedSearchList(
        searches=tuple(shown), unreadable=tuple(unreadable), next_cursor=page.next_cursor
    )


def newest_first(
    library: Library, *, k: int | None, cursor: str | None
) -> Page[records.SavedSearch]:
    """Return a page of the saved searches, as they are kept.

    Raises:
        QueryError: the cursor is not one of this list.
    """
    with library.reading() as connection:
        held = searches.all_searches(connection)
    return page_by_key(held, _newest, of=_LIST, types=(int,), k=k, cursor=cursor)


def cursor_after(held: records.SavedSearch) -> str:
    """Return where the list of saved searches goes on behind one."""
    return encode_cursor(_LIST, *_newest(held))


def _newest(held: records.SavedSearch) -> tuple[int]:
    return (-held.search_id,)


def find(library: Library, engine: EngineLike | None, search_id: int) -> SavedSearch:
    """Return a saved search.

    Raises:
        UnknownNameError: there is none of this id.
        LibraryError: another version kept it, and this one cannot read it.
    """
    with library.reading() as connection:
        return _shown(searches.find(connection, search_id), engine)


def identify(library: Library, names: Sequence[str]) -> list[int]:
    """Return the ids of saved searches by name, in the order given; without names, of all.

    Raises:
        UnknownNameError: there is none of one of the names.
    """
    with library.reading() as connection:
        if not names:
            return [each.search_id for each in searches.all_searches(connection)]
        ids: list[int] = []
        for name in names:
            held = searches.named(connection, name)
            if held is None:
                raise UnknownNameError(
                    name, "no such saved search", "see `precedent searches list`"
                )
            ids.append(held.search_id)
    return list(dict.fromkeys(ids))


def save(library: Library, engine: EngineLike | None, asked: SavedSearchRequest) -> SavedSearch:
    """Keep a search; what it gives now counts as seen, where there is an index to ask.

    Raises:
        ConflictError: the name is taken.
        QueryError: the search cannot be answered.
    """
    request = asked.request.model_copy(update={"cursor": None, "offset": 0})
    seen = None if engine is None else _seen(engine, _hits(engine, request, asked.depth))
    with library.writing() as connection:
        made = searches.create(
            connection, asked.name, request.model_dump_json(), depth=asked.depth, note=asked.note
        )
        if seen is not None:
            made = searches.mark_seen(connection, made.search_id, seen)
    return _shown(made, engine)


def change(
    library: Library, engine: EngineLike | None, search_id: int, asked: SavedSearchChange
) -> SavedSearch:
    """Change name or note of a saved search.

    Raises:
        UnknownNameError: there is none of this id.
        ConflictError: it has changed since it was read, or the name is taken.
    """
    with library.writing() as connection:
        changed = searches.change(
            connection, search_id, name=asked.name, note=asked.note, revision=asked.revision
        )
    return _shown(changed, engine)


def remove(library: Library, search_id: int) -> DeletedSearch:
    """Remove a saved search and return its name; one that cannot be read can be removed too.

    Raises:
        UnknownNameError: there is none of this id.
    """
    with library.writing() as connection:
        return DeletedSearch(name=searches.remove(connection, search_id).name)


def changes(library: Library, engine: EngineLike, search_id: int) -> SearchChanges:
    """Say what changed in a saved search since the last visit.

    Where the index is still the one of that visit, nothing is searched. Looking is no visit: what
    is new stays new until `see`.

    Raises:
        UnknownNameError: there is none of this id.
        QueryError: the search cannot be answered.
    """
    with library.reading() as connection:
        held = searches.find(connection, search_id)
        seen = searches.seen_of(connection, search_id)
    shown = _shown(held, engine)
    if shown.unchanged:
        return SearchChanges(search=shown, generation=engine.generation)
    return _compared(engine, shown, seen, _hits(engine, shown.request, held.depth))


def see(library: Library, engine: EngineLike, search_id: int, generation: int) -> SavedSearch:
    """Count what a saved search gives now as seen.

    Args:
        library: where it is kept.
        engine: to ask.
        search_id: the saved search.
        generation: of the index whose changes were looked at.

    Raises:
        UnknownNameError: there is none of this id.
        ConflictError: the index has changed since: what is new in it was not looked at.
    """
    held = find(library, engine, search_id)
    if generation != engine.generation:
        raise ConflictError(
            held.name,
            f"was looked at in generation {generation} of the index, and {engine.generation} is "
            "in service now",
            "look again, then mark it as seen",
        )
    seen = _seen(engine, _hits(engine, held.request, held.depth))
    with library.writing() as connection:
        return _shown(searches.mark_seen(connection, search_id, seen), engine)


def _hits(engine: EngineLike, request: SearchRequest, depth: int) -> tuple[Hit, ...]:
    """Return the best hits of a search, each by itself."""
    asked = request.model_copy(
        update={
            "k": depth,
            "offset": 0,
            "cursor": None,
            "group_by_document": False,
            "explain": False,
        }
    )
    return engine.search(asked).hits


def _seen(engine: EngineLike, hits: tuple[Hit, ...]) -> Seen:
    return Seen(
        index=engine.identity,
        generation=engine.generation,
        at=now(),
        hits=tuple(SeenHit(hit.passage_id, digest_of(hit.text), hit.citation) for hit in hits),
        census=engine.census(),
    )


def _compared(
    engine: EngineLike, search: SavedSearch, seen: Seen | None, hits: tuple[Hit, ...]
) -> SearchChanges:
    before = {} if seen is None else {hit.passage_id: hit for hit in seen.hits}
    had = Census(b"" if seen is None else seen.census)
    kinds: dict[str, list[Hit]] = {"new": [], "changed": [], "risen": [], "same": []}
    for hit in hits:
        kinds[_kind(hit, before.get(hit.passage_id), had)].append(hit)
    now_there = {hit.passage_id for hit in hits}
    went = [each for each in before.values() if each.passage_id not in now_there]
    still = {passage.passage_id for passage in engine.passages([w.passage_id for w in went])}
    return SearchChanges(
        search=search,
        generation=engine.generation,
        gone=tuple(
            Gone(passage_id=w.passage_id, citation=w.citation, held=w.passage_id in still)
            for w in went
        ),
        **{kind: tuple(found) for kind, found in kinds.items()},
    )


def _kind(hit: Hit, before: SeenHit | None, had: Census) -> str:
    digest = digest_of(hit.text)
    if before is not None:
        return "same" if before.digest == digest else "changed"
    if had.had_words(hit.passage_id, bytes.fromhex(digest)):
        return "risen"
    return "changed" if had.had(hit.passage_id) else "new"


def request_of(held: records.SavedSearch) -> SearchRequest:
    """Return the search that was saved.

    Raises:
        LibraryError: another version saved it, and this one cannot read it.
    """
    try:
        return SearchRequest.model_validate_json(held.request)
    except ValidationError as error:
        raise LibraryError(
            held.name,
            "was saved by another version, and this one cannot read it",
            "install that version, or remove it and save the search anew",
        ) from error


def _shown(held: records.SavedSearch, engine: EngineLike | None) -> SavedSearch:
    return SavedSearch(
        id=held.search_id,
        name=held.name,
        request=request_of(held),
        note=held.note,
        depth=held.depth,
        created_at=held.created_at,
        revision=held.revision,
        seen_at=held.seen_at,
        unchanged=engine is not None
        and (held.seen_index, held.seen_generation) == (engine.identity, engine.generation),
    )
