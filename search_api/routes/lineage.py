"""Lineage: one paragraph followed through the texts of its series."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from search_api.error_responses import error_responses
from search_api.routes.search import OF_INDEX, Engines
from search_api.schemas import Lineage, LineageScope

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["workbench"])

Paragraph = Annotated[
    str,
    Path(
        min_length=1,
        max_length=500,
        description="Key of a passage, as hits carry it, or a citation.",
        examples=["A_HRC_15_16:en:12", "A/HRC/15/16, para. 12"],
    ),
]


class LineageParameters(BaseModel):
    """How far to look."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scope: LineageScope = Field(
        "series",
        description="series: the yearly texts of the same mandate, or of the same resolution; "
        "body: all that the body said; all: every text.",
    )
    language: str | None = Field(
        None,
        max_length=16,
        description="ISO 639-1: which version of the paragraph to follow.",
        examples=["en"],
    )


@router.get(
    "/lineage/{passage_id:path}",
    summary="A paragraph over the years",
    operation_id="lineage",
    dependencies=OF_INDEX,
    responses=error_responses(404, 422, 500, 503),
)
async def lineage(
    passage_id: Paragraph, parameters: Annotated[LineageParameters, Query()], engines: Engines
) -> Lineage:
    """Follow one paragraph: first use, later versions with what changed, where it was dropped."""
    return await engines.call(
        lambda engine: engine.bench.lineage(
            passage_id, scope=parameters.scope, language=parameters.language
        )
    )
