"""What the API says of itself: its OpenAPI document.

FastAPI writes most of it. What it cannot know is put right here: errors are
`application/problem+json`, and its own schemas for invalid requests are not used.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from search_api.problems import MEDIA_TYPE

__all__ = ["API_VERSION", "describe"]

API_VERSION = "1.0"
"""Of the contract under `/v1`, not of the software; a field taken away makes it `/v2`."""

_SUMMARY = "Search over human rights documents, answered with numbered paragraphs and citations."

_DESCRIPTION = """\
Every hit is a numbered paragraph with its document, page and citation, ranked by meaning and by
wording. The service runs on one machine and asks nothing of the network.

Errors are problems of RFC 9457 (`application/problem+json`). Programs should look at `type`:
people at `detail`, which names what is wrong with what, and the remedy.
"""

_TAGS = [
    {"name": "search", "description": "Find passages by words, by meaning, or by likeness."},
    {"name": "documents", "description": "Read passages and documents; see what there is."},
    {"name": "service", "description": "Whether the service lives, is ready, and what it serves."},
]

_UNUSED = ("HTTPValidationError", "ValidationError")


def describe(app: FastAPI) -> None:
    """Give an application its OpenAPI document, made when it is first asked for."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _build(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _build(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title="Precedent",
        version=API_VERSION,
        summary=_SUMMARY,
        description=_DESCRIPTION,
        tags=_TAGS,
        routes=app.routes,
        license_info={"name": "MIT", "identifier": "MIT"},
    )
    for operations in document["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if status >= "400":
                    _make_problem(response)
    for name in _UNUSED:
        document["components"]["schemas"].pop(name, None)
    return document


def _make_problem(response: dict[str, Any]) -> None:
    content = response["content"]
    problem = {**content.get(MEDIA_TYPE, {}), **content.pop("application/json", {})}
    response["content"] = {MEDIA_TYPE: problem}
