"""Checking a draft: its citations, its length, and reading it from a file."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Request
from fastapi.openapi.models import Example

from search_api.error_responses import error_responses
from search_api.routes.acts import charge
from search_api.routes.search import Engines
from search_api.schemas import (
    DraftFile,
    DraftText,
    StatementReport,
    StatementRequest,
    VerifyRequest,
    VerifyResponse,
)

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["workbench"])

_BODIES: dict[str, Example] = {
    "one": {
        "summary": "One citation and what it is said to say",
        "value": {
            "text": "A/HRC/15/16, para. 12",
            "claim": "detainees had access to a lawyer of their choice",
        },
    },
    "draft": {
        "summary": "A draft, of which every citation is checked",
        "value": {
            "text": "The Group noted that “detainees had no access to a lawyer” "
            "(A/HRC/15/16, para. 12).",
        },
    },
}

_STATEMENTS: dict[str, Example] = {
    "oral": {
        "summary": "An oral statement at the speaker's own pace",
        "value": {"text": "Agenda item 4\n\nMr President, …", "words_a_minute": 110},
    },
}

_FILES: dict[str, Example] = {
    "text": {
        "summary": "A file of plain text",
        "value": {"name": "draft.txt", "content": "QS9IUkMvMTUvMTYsIHBhcmEuIDEy"},
    },
}


@router.post(
    "/verify",
    summary="Check citations",
    operation_id="verify",
    responses=error_responses(413, 422, 500, 503),
)
async def verify(
    asked: Annotated[VerifyRequest, Body(openapi_examples=_BODIES)],
    engines: Engines,
    request: Request,
) -> VerifyResponse:
    """Hold every citation of a text against what its source says, in the order of the text.

    `k` citations are checked in one answer, from `offset`; `total` says how many there are.
    """
    if request.app.state.door is not None:  # else there is nobody to count for
        from workbench.claims import cited_in  # with the engine, which is loaded when it is asked

        cited = await engines.call(lambda _: len(cited_in(asked.text)))
        charge(request, min(asked.k, cited - asked.offset))
    return await engines.call(lambda engine: engine.bench.verify(asked))


@router.post(
    "/statement",
    summary="Length and formalities of a statement",
    operation_id="statement",
    responses=error_responses(413, 422, 500),
)
async def statement(
    asked: Annotated[StatementRequest, Body(openapi_examples=_STATEMENTS)],
) -> StatementReport:
    """Count a statement and hold it against the limits of written and oral ones."""
    from search_api.bench.stating import report  # with the engine, which is loaded when it is asked

    return report(asked)


@router.post(
    "/draft-text",
    summary="The words of a file",
    operation_id="draft_text",
    responses=error_responses(413, 422, 500, 503),
)
async def draft_text(
    file: Annotated[DraftFile, Body(openapi_examples=_FILES)], engines: Engines
) -> DraftText:
    """Read a draft (DOCX, TXT, PDF, HTML) into the text that the other checks take.

    The file is read in a process of its own, within limits on time and memory, and not kept.
    """
    from search_api.bench.reading import read

    return await engines.call(lambda _engine: read(file))
