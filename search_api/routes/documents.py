"""Reading: passages with their neighbours, documents, and what there is to filter by."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from search_api.error_responses import error_responses
from search_api.routes.links import Links
from search_api.routes.parameters import (
    DocumentParameters,
    DocumentsParameters,
    FilterParameters,
    NeighbourParameters,
    PageParameters,
    PassageId,
    SymbolOrId,
)
from search_api.routes.search import OF_INDEX, Engines
from search_api.schemas import Document, DocumentList, Facets, Neighbours, QualityReport, Twins

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["documents"])


@router.get(
    "/passages/{passage_id:path}",
    summary="A passage and its neighbours",
    operation_id="passage",
    dependencies=OF_INDEX,
    responses=error_responses(404, 422, 500, 503),
)
async def passage(
    passage_id: PassageId, parameters: Annotated[NeighbourParameters, Query()], engines: Engines
) -> Neighbours:
    """Return a passage with those before and after it in its document."""
    return await engines.call(
        lambda engine: engine.passage(passage_id, before=parameters.before, after=parameters.after)
    )


@router.get(
    "/twins/{passage_id:path}",
    summary="A passage in other languages",
    operation_id="twins",
    dependencies=OF_INDEX,
    responses=error_responses(404, 422, 500, 503),
)
async def twins(passage_id: PassageId, engines: Engines) -> Twins:
    """Return the same paragraph, by its number, in the other languages of its document."""
    return await engines.call(lambda engine: engine.twins(passage_id))


@router.get(
    "/documents",
    summary="The documents",
    operation_id="documents",
    dependencies=OF_INDEX,
    responses=error_responses(422, 500, 503),
)
async def documents(
    parameters: Annotated[DocumentsParameters, Query()], engines: Engines, links: Links
) -> DocumentList:
    """List documents by symbol, without their text."""
    filters = parameters.filters()
    found = await engines.call(
        lambda engine: engine.documents(
            filters=filters,
            text=parameters.q,
            offset=parameters.offset,
            k=parameters.k,
            cursor=parameters.cursor,
        )
    )
    return links.on(found)


@router.get(
    "/documents/{symbol:path}",
    summary="A document",
    operation_id="document",
    dependencies=OF_INDEX,
    responses=error_responses(404, 422, 500, 503),
)
async def document(
    symbol: SymbolOrId, parameters: Annotated[DocumentParameters, Query()], engines: Engines
) -> Document:
    """Return a document with its passages in reading order."""
    return await engines.call(lambda engine: engine.document(symbol, language=parameters.language))


@router.get(
    "/facets",
    summary="What there is to filter by",
    operation_id="facets",
    dependencies=OF_INDEX,
    responses=error_responses(422, 500, 503),
)
async def facets(parameters: Annotated[FilterParameters, Query()], engines: Engines) -> Facets:
    """Count passages and documents by the values of every facet, among those the filters allow."""
    filters = parameters.filters()
    return await engines.call(lambda engine: engine.facets(filters))


@router.get(
    "/quality",
    summary="What to look at again",
    operation_id="quality",
    dependencies=OF_INDEX,
    responses=error_responses(422, 500, 503),
)
async def quality(
    parameters: Annotated[PageParameters, Query()], engines: Engines, links: Links
) -> QualityReport:
    """Say how well reading went, which documents are worth a look, and which files failed."""
    found = await engines.call(
        lambda engine: engine.quality(
            offset=parameters.offset, k=parameters.k, cursor=parameters.cursor
        )
    )
    return links.on(found)
