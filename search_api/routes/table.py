"""The negotiation table: filled from passages, read back, and put into a file."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Response
from fastapi.openapi.models import Example

from search_api.error_responses import error_responses
from search_api.routes.files import FILE_RESPONSE, file_response
from search_api.routes.search import Engines
from search_api.schemas import TableFile, TableRequest, TableRows, TableRowsRequest

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["workbench"])

_TABLES: dict[str, Example] = {
    "one": {
        "summary": "A table of one proposal, as Word",
        "value": {
            "rows": [
                {
                    "issue": "Access to a lawyer",
                    "suggested_language": "Urges the authorities to grant access to a lawyer;",
                    "where_inserted": "New OP 7 bis",
                    "un_reference": "A/HRC/15/16, para. 12",
                    "justification": "Lawyers are turned away.",
                }
            ],
            "title": "Draft 58/…",
        },
    },
}
_REFERENCES: dict[str, Example] = {
    "two": {
        "summary": "By passage key and by citation",
        "value": {"references": ["A_HRC_15_16:en:12", "A/HRC/15/16, para. 14"]},
    },
}
_FILES: dict[str, Example] = {
    "small": {
        "summary": "A file of one row: Issue, then Water",
        "value": {"name": "table.csv", "content": "SXNzdWUKV2F0ZXIK"},
    },
}


@router.post(
    "/table",
    summary="A negotiation table as a file",
    operation_id="table",
    response_class=Response,
    responses=FILE_RESPONSE | error_responses(413, 422, 500, 503),
)
async def table(
    asked: Annotated[TableRequest, Body(openapi_examples=_TABLES)], engines: Engines
) -> Response:
    """Answer with the table as a Word document or as CSV."""
    return file_response(await engines.call(lambda engine: engine.bench.table_file(asked)))


@router.post(
    "/table/rows",
    summary="Rows of a negotiation table, from passages",
    operation_id="table_rows",
    responses=error_responses(413, 422, 500, 503),
)
async def table_rows(
    asked: Annotated[TableRowsRequest, Body(openapi_examples=_REFERENCES)], engines: Engines
) -> TableRows:
    """Fill a row from each passage: issue, words, reference with standing, and any warning.

    What is not in the index is named in `missing`; the other rows come all the same.
    """
    return await engines.call(lambda engine: engine.bench.table_rows(asked.references))


@router.post(
    "/table/read",
    summary="A negotiation table from CSV",
    operation_id="read_table",
    responses=error_responses(413, 422, 500, 503),
)
async def table_read(
    asked: Annotated[TableFile, Body(openapi_examples=_FILES)], engines: Engines
) -> TableRows:
    """Read rows back from a CSV file, as this service or a spreadsheet saved it."""
    return await engines.call(lambda engine: engine.bench.read_table(asked))
