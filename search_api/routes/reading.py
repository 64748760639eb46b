"""Reading a document from its beginning to its end, beside the pages it was printed on."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from corpus.page_images import MAX_WIDTH, MIN_WIDTH
from search_api.error_responses import error_responses
from search_api.reading.originals import ORIGINAL_TYPES, Originals, page_tag
from search_api.routes.files import disposition
from search_api.routes.parameters import SymbolOrId
from search_api.routes.search import Engines
from search_api.schemas import MAX_QUERY_CHARACTERS, MAX_READ_PARAGRAPHS, Reading
from search_api.validators import keep

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["documents"])


async def originals_of(request: Request) -> Originals:
    """Return what holds the files of the application that a request came to."""
    held: Originals = request.app.state.originals
    return held


Held = Annotated[Originals, Depends(originals_of)]


class ReadingParameters(BaseModel):
    """Which paragraph of a document, and how much around it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    paragraph: str | None = Field(
        None,
        min_length=1,
        max_length=80,
        description="Number as printed, or label, of the paragraph asked for; else a passage's.",
        examples=["12"],
    )
    offset: int | None = Field(
        None,
        ge=0,
        le=1_000_000,
        description="Paragraphs before the window; without it, it lies around what is asked for.",
        examples=[0],
    )
    k: int = Field(
        200,
        ge=1,
        le=MAX_READ_PARAGRAPHS,
        description="Most paragraphs to return; very long ones make them fewer.",
        examples=[200],
    )
    q: str = Field(
        "", max_length=MAX_QUERY_CHARACTERS, description="Words to mark.", examples=["lawyer"]
    )


class PageParameters(BaseModel):
    """How large a picture."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    width: int = Field(
        1200, ge=MIN_WIDTH, le=MAX_WIDTH, description="In dots; of very long pages less."
    )


Named = Annotated[
    str,
    Path(
        min_length=1,
        max_length=300,
        description=(
            "Key of a passage, whose paragraph is the one asked for; or a document, by symbol or "
            "id."
        ),
        examples=["A_HRC_15_16:en:12", "A_HRC_15_16:en", "A/HRC/15/16"],
    ),
]


@router.get(
    "/reading/{named:path}",
    summary="A document as it is read",
    operation_id="reading",
    responses=error_responses(404, 422, 500, 503),
)
async def reading(
    named: Named, parameters: Annotated[ReadingParameters, Query()], engines: Engines
) -> Reading:
    """Return whole paragraphs in order, with headings, notes, and where they stand on the pages.

    At most `k` at a time, around the paragraph that is asked for.
    """
    from search_api.reading.reader import Asked

    asked = Asked(named, **dict(parameters))
    return await engines.call(lambda engine: engine.reader.read(asked))


_IMAGE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The page. `Precedent-Page-Width` and `-Height` give its size in points, "
        "which boxes are measured in. Where `If-None-Match` names its `ETag`, 304 and no picture.",
        "content": {"image/png": {"schema": {"type": "string", "format": "binary"}}},
    },
}


@router.get(
    "/pages/{document:path}/{page}",
    summary="A page as a picture",
    operation_id="page_image",
    responses=_IMAGE | error_responses(404, 409, 422, 500, 503),
    response_class=Response,
)
async def page(
    document: SymbolOrId,
    page: Annotated[
        int, Path(ge=1, le=100_000, description="Physical page, from 1.", examples=[3])
    ],
    parameters: Annotated[PageParameters, Query()],
    engines: Engines,
    originals: Held,
    request: Request,
) -> Response:
    """Draw a page of a PDF, as long as the file is the one that was indexed.

    It is drawn on this machine, in a process of its own with bounds on time and memory.
    """
    original = await engines.call(lambda engine: engine.reader.original(document))
    keep(request, f'"{page_tag(original, page, parameters.width)}"')
    drawn = await originals.page(original, page, parameters.width)
    headers = {
        "Precedent-Page-Width": f"{drawn.page_width:.2f}",
        "Precedent-Page-Height": f"{drawn.page_height:.2f}",
    }
    return Response(drawn.png, media_type="image/png", headers=headers)


_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file, to be saved and never shown in place.",
        "content": {
            each: {"schema": {"type": "string", "format": "binary"}} for each in ORIGINAL_TYPES
        },
    }
}


@router.get(
    "/originals/{document:path}",
    summary="The file a document was read from",
    operation_id="original",
    responses=_FILE | error_responses(404, 409, 422, 500, 503),
    response_class=Response,
)
async def original(
    document: SymbolOrId, engines: Engines, originals: Held, request: Request
) -> Response:
    """Return the original, as long as it is the file that was indexed."""
    held = await engines.call(lambda engine: engine.reader.original(document))
    keep(request, f'"{held.sha256}"')
    file = await originals.file(held)
    headers = {"Content-Disposition": disposition(file.name)}
    return Response(file.content, media_type=file.media_type, headers=headers)
