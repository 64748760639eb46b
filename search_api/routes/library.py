"""Everything the user keeps: as a file, from a file, and deleted."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Query, Request
from fastapi.openapi.models import Example

from search_api.error_responses import error_responses
from search_api.keeping import exchange
from search_api.routes.kept import LibraryFileOf, without_folder
from search_api.routes.search import Engines
from search_api.schemas import LibraryFile, LibraryImport, LibraryImported, Wiped

__all__ = ["router"]

router = APIRouter(prefix="/v1/library", tags=["library"])

_FILES: dict[str, Example] = {
    "small": {
        "summary": "A collection of one passage, under another name where its own is taken",
        "value": {
            "file": {
                "format": "precedent-library",
                "version": 1,
                "collections": [
                    {
                        "name": "Counsel, from a colleague",
                        "entries": [
                            {
                                "copy_of": {
                                    "passage_id": "A_HRC_15_16:en:12",
                                    "document_id": "A_HRC_15_16:en",
                                    "citation": "A/HRC/15/16, para. 12",
                                    "text": "Nobody was told.",
                                },
                                "note": "Ask for this again.",
                            }
                        ],
                    }
                ],
            },
            "on_conflict": "rename",
        },
    },
}


@router.get(
    "",
    summary="Everything that is kept",
    operation_id="library",
    responses=error_responses(500, 503, 507),
)
async def read_library(library: LibraryFileOf, engines: Engines) -> LibraryFile:
    """Return all collections and saved searches, as `POST /v1/library` takes them in."""
    return await engines.call_anyway(lambda _: exchange.export(library))


@router.post(
    "",
    summary="Take in a file",
    operation_id="import_library",
    responses=error_responses(403, 409, 413, 422, 500, 503, 507),
)
async def take_in(
    asked: Annotated[LibraryImport, Body(openapi_examples=_FILES)],
    library: LibraryFileOf,
    engines: Engines,
) -> LibraryImported:
    """Add collections and saved searches from a file; where something is wrong, nothing of it.

    Nothing that is there is overwritten: `on_conflict` says what to do where a name is taken.
    """
    return await engines.call_anyway(lambda _: exchange.take_in(library, asked))


@router.delete(
    "",
    summary="Delete everything that is kept",
    operation_id="wipe_library",
    responses=error_responses(403, 422, 500, 503, 507),
)
async def wipe(
    confirm: Annotated[  # noqa: ARG001 - FastAPI reads it
        Literal["everything"],
        Query(description="So that it is not done by mistake.", examples=["everything"]),
    ],
    library: LibraryFileOf,
    engines: Engines,
    request: Request,
) -> Wiped:
    """Delete collections, notes, saved searches, and the file that holds them."""
    return without_folder(request, await engines.call_anyway(lambda _: exchange.wipe(library)))
