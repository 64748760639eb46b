"""Passages as files."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Response
from fastapi.openapi.models import Example

from search_api.error_responses import error_responses
from search_api.routes.files import FILE_RESPONSE, file_response
from search_api.routes.search import Engines
from search_api.schemas import ExportRequest

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["workbench"])

_BODIES: dict[str, Example] = {
    "word": {
        "summary": "Two paragraphs as Word, with OSCOLA footnotes",
        "value": {
            "passage_ids": ["A_HRC_15_16:en:12", "A_HRC_15_16:en:14"],
            "format": "docx",
            "title": "Access to a lawyer",
            "citation_form": "oscola",
        },
    },
    "bibliography": {
        "summary": "For a reference manager",
        "value": {"passage_ids": ["A_HRC_15_16:en:12"], "format": "ris"},
    },
}


@router.post(
    "/export",
    summary="Passages as a file",
    operation_id="export",
    response_class=Response,
    responses=FILE_RESPONSE | error_responses(404, 413, 422, 500, 503),
)
async def export(
    asked: Annotated[ExportRequest, Body(openapi_examples=_BODIES)], engines: Engines
) -> Response:
    """Answer with footnotes, a bibliography, a spreadsheet, JSON or a Word document.

    What is no precedent (a draft, a rejected amendment, a superseded text) says so in every format.
    """
    return file_response(await engines.call(lambda engine: engine.bench.export(asked)))
