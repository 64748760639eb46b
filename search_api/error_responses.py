"""Error answers as the description of the API tells them, each with an example."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus.errors import ConflictError, IndexUnusableError, LibraryError, UnknownNameError
from search_api.intake.errors import NotAllowedError
from search_api.problems import KINDS, MEDIA_TYPE, TYPE, plain_problem, unexpected_problem
from search_api.schemas import Problem

__all__ = ["error_responses"]

_EXAMPLES: Mapping[int, Problem] = {
    400: plain_problem(400, "The body cannot be read as JSON."),
    403: Problem(
        type=KINDS[NotAllowedError].type,
        title=KINDS[NotAllowedError].title,
        status=403,
        detail="the index: may only be read by this service; give it a folder it may write to",
        instance="/v1/uploads",
    ),
    404: Problem(
        type=KINDS[UnknownNameError].type,
        title=KINDS[UnknownNameError].title,
        status=404,
        detail="A/HRC/99/99: no such document in the index; GET /v1/documents lists them",
        instance="/v1/documents/A/HRC/99/99",
    ),
    409: Problem(
        type=KINDS[ConflictError].type,
        title=KINDS[ConflictError].title,
        status=409,
        detail="Access to a lawyer: a collection has this name; choose another name",
        instance="/v1/collections",
    ),
    413: plain_problem(413, "The body is longer than 4194304 bytes."),
    422: Problem(
        type=f"{TYPE}invalid-request",
        title="The request is not valid",
        status=422,
        detail="body.k: Input should be greater than or equal to 1",
        instance="/v1/search",
        errors=(
            {
                "field": "body.k",
                "message": "Input should be greater than or equal to 1",
                "type": "greater_than_equal",
            },
        ),
    ),
    500: unexpected_problem(),
    503: Problem(
        type=KINDS[IndexUnusableError].type,
        title=KINDS[IndexUnusableError].title,
        status=503,
        detail="index: nothing has been published there; run `precedent index PATH`",
        instance="/v1/search",
    ),
    507: Problem(
        type=KINDS[LibraryError].type,
        title=KINDS[LibraryError].title,
        status=507,
        detail="library.sqlite: cannot be written: attempt to write a readonly database; make its "
        "folder writable, or name another file in PRECEDENT_LIBRARY",
        instance="/v1/collections",
    ),
}

_DESCRIPTIONS = {
    400: "The body is no JSON.",
    403: "This may not be changed here, or the request comes from a foreign web page.",
    404: "Nothing here has that name or id.",
    409: "It has changed meanwhile, the name is taken, or what was indexed is gone.",
    413: "The body is too long.",
    422: "The request is not valid; `errors` names each field.",
    500: "An error inside the service.",
    503: "There is no index yet, it cannot be used, or the service is too busy.",
    507: "The disk is full or refuses, or what is kept cannot be read; searching goes on.",
}


def error_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe error answers for OpenAPI, each with an example; 413 and 400 go together."""
    unreadable = (400,) if 413 in statuses else ()
    return {
        status: {
            "model": Problem,
            "description": _DESCRIPTIONS[status],
            "content": {
                MEDIA_TYPE: {
                    "example": _EXAMPLES[status].model_dump(mode="json", exclude_none=True)
                }
            },
        }
        for status in (*unreadable, *statuses)
    }
