"""What the API says of itself: its OpenAPI document.

FastAPI writes most of it. What it cannot know is put right here: errors are
`application/problem+json`, and its own schemas for invalid requests are not used.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from search_api.access.describing import describe_access
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

Where the service requires keys, each operation needs one with the scope it names under `security`.
"""

_TAGS = [
    {"name": "search", "description": "Find passages by words, by meaning, or by likeness."},
    {"name": "documents", "description": "Read passages and documents; see what there is."},
    {"name": "trends", "description": "Count what is said, by year and by body."},
    {"name": "workbench", "description": "Draft, compare, follow, verify, export."},
    {"name": "library", "description": "Keep passages and searches; see what is new in them."},
    {"name": "corpus", "description": "Upload, remove and rebuild, each as a job."},
    {"name": "service", "description": "Whether the service lives, is ready, and what it serves."},
]

_OTHER = {
    "description": "Any other error: its status and `type` say which.",
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_ETAG = {
    "description": "Stands for the answer: sent back in `If-None-Match`, it is answered with 304 "
    "and nothing else as long as the answer would be the same.",
    "schema": {"type": "string"},
}
_LINK = {
    "description": 'Where the next page is (`rel="next"`), if there is one.',
    "schema": {"type": "string"},
}
_HELD = {"description": "What `If-None-Match` names is still the answer."}

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
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            for status, response in operation["responses"].items():
                if status >= "400":
                    _make_problem(response)
            if method == "get" and path.startswith("/v1/"):
                _describe_validators(operation["responses"])
            operation["responses"]["default"] = _OTHER
    describe_access(document, MEDIA_TYPE)
    for name in _UNUSED:
        document["components"]["schemas"].pop(name, None)
    return _joined(document)


def _joined(document: dict[str, Any]) -> dict[str, Any]:
    """Describe once what goes in and comes out: FastAPI writes it twice, under two other names.

    The two differ in which fields are always there, and a name that changes with what else uses
    the class would change the contract.
    """
    schemas = document["components"]["schemas"]
    kept = {
        name.removesuffix("-Input"): schema
        for name, schema in schemas.items()
        if not name.endswith("-Output")
    }
    document["components"]["schemas"] = dict(sorted(kept.items()))
    _rename(document)
    return document


def _rename(value: Any) -> None:
    """Let references name the one description."""
    if isinstance(value, list):
        for each in value:
            _rename(each)
    elif isinstance(value, dict):
        reference = value.get("$ref")
        if isinstance(reference, str):
            value["$ref"] = reference.removesuffix("-Input").removesuffix("-Output")
        for each in value.values():
            _rename(each)


def _describe_validators(responses: dict[str, Any]) -> None:
    """Say of what GET is answered with that it has a tag, and perhaps a next page."""
    content = responses["200"]["content"]
    if "text/event-stream" in content:
        return
    name = content.get("application/json", {}).get("schema", {}).get("$ref", "")
    paged = name.endswith(_PAGED)
    responses["200"]["headers"] = {"ETag": _ETAG} | ({"Link": _LINK} if paged else {})
    responses["304"] = _HELD


_PAGED = ("List", "/QualityReport", "/SearchResponse")
"""Ends of names of answers that have a `next_cursor`."""


def _make_problem(response: dict[str, Any]) -> None:
    problem: dict[str, Any] = {}
    for described in response["content"].values():  # the schema stands under the path's own type
        problem |= described
    response["content"] = {MEDIA_TYPE: problem}
