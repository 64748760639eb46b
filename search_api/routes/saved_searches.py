"""Saved searches, and what is new in them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Query
from fastapi.openapi.models import Example

from search_api.error_responses import error_responses
from search_api.keeping import searches
from search_api.routes.kept import CHANGING, READING, LibraryFileOf, SearchId
from search_api.routes.links import Links
from search_api.routes.parameters import ListParameters
from search_api.routes.search import Engines
from search_api.schemas import (
    DeletedSearch,
    SavedSearch,
    SavedSearchChange,
    SavedSearchList,
    SavedSearchRequest,
    SearchChanges,
    SeenRequest,
)

__all__ = ["router"]

router = APIRouter(prefix="/v1/searches", tags=["library"])

_NEW: dict[str, Example] = {
    "filtered": {
        "summary": "A search with a filter",
        "value": {
            "name": "Lawyers in Belarus",
            "request": {"query": "access to a lawyer", "filters": {"country": ["BLR"]}},
        },
    },
}
_CHANGES: dict[str, Example] = {
    "name": {"summary": "Another name", "value": {"name": "Lawyers", "revision": 1}},
}
_SEEN: dict[str, Example] = {
    "seen": {"summary": "What generation 1 gives", "value": {"generation": 1}},
}


@router.get(
    "",
    summary="All saved searches",
    operation_id="saved_searches",
    responses=error_responses(422, 500, 503, 507),
)
async def list_searches(
    parameters: Annotated[ListParameters, Query()],
    library: LibraryFileOf,
    engines: Engines,
    links: Links,
) -> SavedSearchList:
    """Return saved searches, the newest first; `unchanged` where nothing can be new."""
    asked = dict(parameters)
    found = await engines.call_anyway(lambda engine: searches.listed(library, engine, **asked))
    return links.on(found)


@router.post("", summary="Save a search", operation_id="save_search", responses=CHANGING)
async def save_search(
    asked: Annotated[SavedSearchRequest, Body(openapi_examples=_NEW)],
    library: LibraryFileOf,
    engines: Engines,
) -> SavedSearch:
    """Keep a search under a name. What it gives now counts as seen."""
    return await engines.call_anyway(lambda engine: searches.save(library, engine, asked))


@router.get(
    "/{search_id}", summary="A saved search", operation_id="saved_search", responses=READING
)
async def read_search(search_id: SearchId, library: LibraryFileOf, engines: Engines) -> SavedSearch:
    """Return a saved search; nothing is searched."""
    return await engines.call_anyway(lambda engine: searches.find(library, engine, search_id))


@router.patch(
    "/{search_id}",
    summary="Change a saved search",
    operation_id="change_search",
    responses=CHANGING,
)
async def change_search(
    search_id: SearchId,
    asked: Annotated[SavedSearchChange, Body(openapi_examples=_CHANGES)],
    library: LibraryFileOf,
    engines: Engines,
) -> SavedSearch:
    """Change name or note; to watch other words, save another search."""
    return await engines.call_anyway(
        lambda engine: searches.change(library, engine, search_id, asked)
    )


@router.delete(
    "/{search_id}",
    summary="Remove a saved search",
    operation_id="remove_search",
    responses=CHANGING,
)
async def remove_search(
    search_id: SearchId, library: LibraryFileOf, engines: Engines
) -> DeletedSearch:
    """Forget a saved search and what was seen of it."""
    return await engines.call_anyway(lambda _: searches.remove(library, search_id))


@router.get(
    "/{search_id}/changes",
    summary="What is new in a saved search",
    operation_id="search_changes",
    responses=READING,
)
async def search_changes(
    search_id: SearchId, library: LibraryFileOf, engines: Engines
) -> SearchChanges:
    """Tell what changed among the best hits since the last visit.

    New are hits that the index did not have then, changed those with other words; what merely rose
    stands apart. Nothing is searched while the index is the one of the last visit, and looking is
    no visit: asked twice, it says the same twice.
    """
    return await engines.call(lambda engine: searches.changes(library, engine, search_id))


@router.post(
    "/{search_id}/seen",
    summary="Mark a saved search as seen",
    operation_id="mark_search_seen",
    responses=CHANGING,
)
async def search_seen(
    search_id: SearchId,
    asked: Annotated[SeenRequest, Body(openapi_examples=_SEEN)],
    library: LibraryFileOf,
    engines: Engines,
) -> SavedSearch:
    """Count this as a visit: what the search gives now is new no more."""
    return await engines.call(
        lambda engine: searches.see(library, engine, search_id, asked.generation)
    )
