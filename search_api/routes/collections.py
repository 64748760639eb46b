"""Collections of passages, with notes and tags."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Query, Request
from fastapi.openapi.models import Example
from pydantic import Field

from search_api.error_responses import error_responses
from search_api.keeping import collections, exchange
from search_api.routes.kept import (
    CHANGING,
    READING,
    CollectionId,
    EntryId,
    LibraryFileOf,
    without_folder,
)
from search_api.routes.links import Links
from search_api.routes.parameters import ListParameters
from search_api.routes.search import Engines
from search_api.schemas import (
    Collection,
    CollectionChange,
    CollectionContents,
    CollectionList,
    CollectionRequest,
    Entry,
    EntryChange,
    EntryList,
    EntryRequest,
    LibraryFile,
)

__all__ = ["router"]

router = APIRouter(prefix="/v1/collections", tags=["library"])

_NEW: dict[str, Example] = {
    "named": {
        "summary": "A collection with a note and a tag",
        "value": {"name": "Counsel", "note": "For the informals.", "tags": ["item 4"]},
    },
}
_CHANGES: dict[str, Example] = {
    "note": {
        "summary": "Another note, unless somebody else changed it",
        "value": {"note": "For item 4.", "revision": 1},
    },
}
_ENTRIES: dict[str, Example] = {
    "first": {
        "summary": "A passage, at the top",
        "value": {"passage_id": "A_HRC_15_16:en:14", "note": "Ask for this again.", "position": 0},
    },
}
_ENTRY_CHANGES: dict[str, Example] = {
    "note": {"summary": "Note and tags", "value": {"note": "Stronger.", "tags": ["strong"]}},
    "move": {"summary": "To the top", "value": {"position": 0}},
    "renew": {"summary": "The words of today's index", "value": {"renew": True}},
}


class CollectionsParameters(ListParameters):
    """A page of the collections, beside a passage."""

    passage_id: str | None = Field(
        None,
        max_length=300,
        description="Say of each whether it holds this passage.",
        examples=["A_HRC_15_16:en:12"],
    )


@router.get(
    "", summary="All collections", operation_id="collections", responses=error_responses(
        422, 500, 503, 507
    ),
)  # fmt: skip
async def list_collections(
    parameters: Annotated[CollectionsParameters, Query()],
    library: LibraryFileOf,
    engines: Engines,
    links: Links,
    request: Request,
) -> CollectionList:
    """Return collections without their entries, the last used first, and where they are kept."""
    asked = dict(parameters)
    found = await engines.call_anyway(lambda _: collections.listed(library, **asked))
    return links.on(without_folder(request, found))


@router.post("", summary="Make a collection", operation_id="create_collection", responses=CHANGING)
async def create_collection(
    asked: Annotated[CollectionRequest, Body(openapi_examples=_NEW)],
    library: LibraryFileOf,
    engines: Engines,
) -> Collection:
    """Make an empty collection. Names differ by more than case; one that is taken is refused."""
    return await engines.call_anyway(lambda _: collections.create(library, asked))


@router.get(
    "/{collection_id}", summary="A collection", operation_id="collection", responses=READING
)
async def read_collection(
    collection_id: CollectionId, library: LibraryFileOf, engines: Engines
) -> CollectionContents:
    """Return a collection with its entries, each as it was kept and as the index has it now."""
    return await engines.call_anyway(
        lambda engine: collections.contents(library, engine, collection_id)
    )


@router.patch(
    "/{collection_id}",
    summary="Change a collection",
    operation_id="change_collection",
    responses=CHANGING,
)
async def change_collection(
    collection_id: CollectionId,
    asked: Annotated[CollectionChange, Body(openapi_examples=_CHANGES)],
    library: LibraryFileOf,
    engines: Engines,
) -> Collection:
    """Change name, note or tags."""
    return await engines.call_anyway(lambda _: collections.change(library, collection_id, asked))


@router.delete(
    "/{collection_id}",
    summary="Remove a collection",
    operation_id="remove_collection",
    responses=CHANGING,
)
async def remove_collection(
    collection_id: CollectionId, library: LibraryFileOf, engines: Engines
) -> Collection:
    """Remove a collection with the entries that the caller sees, and return what it was.

    Where it has entries of restricted documents that the caller may not see, it stays with those.
    """
    return await engines.call_anyway(lambda _: collections.remove(library, collection_id))


@router.get(
    "/{collection_id}/file",
    summary="A collection as a file",
    operation_id="collection_file",
    responses=READING,
)
async def collection_file(
    collection_id: CollectionId, library: LibraryFileOf, engines: Engines
) -> LibraryFile:
    """Return a collection as `POST /v1/library` takes it in; for Word and others: /v1/export."""
    return await engines.call_anyway(lambda _: exchange.export(library, collection_id))


@router.get(
    "/{collection_id}/entries",
    summary="Passages of a collection",
    operation_id="entries",
    responses=READING,
)
async def list_entries(
    collection_id: CollectionId,
    parameters: Annotated[ListParameters, Query()],
    library: LibraryFileOf,
    engines: Engines,
    links: Links,
) -> EntryList:
    """Return entries in their order, page by page where `k` says how many."""
    asked = dict(parameters)
    found = await engines.call_anyway(
        lambda engine: collections.entries_page(library, engine, collection_id, **asked)
    )
    return links.on(found)


@router.post(
    "/{collection_id}/entries",
    summary="Add a passage",
    operation_id="add_entry",
    responses=CHANGING,
)
async def add_entry(
    collection_id: CollectionId,
    asked: Annotated[EntryRequest, Body(openapi_examples=_ENTRIES)],
    library: LibraryFileOf,
    engines: Engines,
) -> Entry:
    """Put a passage into a collection: a copy of its words, so that they stay, with a note."""
    return await engines.call_anyway(
        lambda engine: collections.add(library, engine, collection_id, asked)
    )


@router.patch(
    "/{collection_id}/entries/{entry_id}",
    summary="Change an entry",
    operation_id="change_entry",
    responses=CHANGING,
)
async def change_entry(
    collection_id: CollectionId,
    entry_id: EntryId,
    asked: Annotated[EntryChange, Body(openapi_examples=_ENTRY_CHANGES)],
    library: LibraryFileOf,
    engines: Engines,
) -> Entry:
    """Change note, tags or place, or take over the words that the index has now."""
    return await engines.call_anyway(
        lambda engine: collections.change_entry(library, engine, collection_id, entry_id, asked)
    )


@router.delete(
    "/{collection_id}/entries/{entry_id}",
    summary="Remove an entry",
    operation_id="remove_entry",
    responses=CHANGING,
)
async def remove_entry(
    collection_id: CollectionId, entry_id: EntryId, library: LibraryFileOf, engines: Engines
) -> Entry:
    """Take a passage out and return the entry: with its `copy_of` it can be put back."""
    return await engines.call_anyway(
        lambda engine: collections.remove_entry(library, engine, collection_id, entry_id)
    )
