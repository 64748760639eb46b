"""Comparing: two documents or two paragraphs held against each other."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body
from fastapi.openapi.models import Example

from search_api.error_responses import error_responses
from search_api.routes.search import Engines
from search_api.schemas import CompareRequest, Comparison

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["workbench"])

_BODIES: dict[str, Example] = {
    "documents": {
        "summary": "A draft and what was adopted of it",
        "value": {"first": "A/HRC/15/L.16", "second": "A/HRC/RES/15/16"},
    },
    "paragraphs": {
        "summary": "Two paragraphs",
        "value": {"first": "A/HRC/RES/15/16, para. 3", "second": "A/HRC/RES/18/2, para. 4"},
    },
    "languages": {
        "summary": "Two language versions, side by side",
        "value": {"first": "A_HRC_15_16:en", "second": "A_HRC_15_16:fr"},
    },
}


@router.post(
    "/compare",
    summary="Compare two texts",
    operation_id="compare",
    responses=error_responses(404, 413, 422, 500, 503),
)
async def compare(
    asked: Annotated[CompareRequest, Body(openapi_examples=_BODIES)], engines: Engines
) -> Comparison:
    """Say which paragraph of one text became which of another, what was lost, added or moved.

    Two documents, or two paragraphs; the first is taken for the earlier. Versions of one text in
    two languages are aligned by number, and their words are not compared.
    """
    return await engines.call(lambda engine: engine.bench.compare(asked))
