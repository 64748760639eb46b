"""What the OpenAPI document says of keys: how they are sent, and which scope each path needs."""

from __future__ import annotations

from typing import Any

from search_api.access.request_id import HEADER
from search_api.access.scopes import OPEN_PATHS, needed

__all__ = ["describe_access"]

_SCHEMES = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key of `precedent keys add`, where the service requires one: beyond "
        "this machine always, on it only when it is told to.",
    },
    "key_header": {
        "type": "apiKey",
        "in": "header",
        "name": "X-API-Key",
        "description": "The same key, for programs that cannot send the other header.",
    },
}

_REFUSALS = {
    "401": (
        "The service requires a key, and none was sent, or none that it knows.",
        {
            "type": "urn:precedent:problem:key",
            "title": "A key is needed",
            "detail": "the request: carries no key; send it in the header "
            "`Authorization: Bearer prk_…`; `precedent keys add NAME` makes one",
        },
    ),
    "403": (
        "The key lacks the scope.",
        {
            "type": "urn:precedent:problem:scope",
            "title": "The key does not allow it",
            "detail": "the key: lacks the scope write, which this needs; ask for a key that has it",
        },
    ),
    "429": (
        "More was asked than the key allows in a minute or a day; `Retry-After` says when again.",
        {
            "type": "urn:precedent:problem:rate",
            "title": "Too much is asked",
            "detail": "the key: has had its 60 requests a minute; ask again in 3 s",
        },
    ),
}


def describe_access(document: dict[str, Any], media_type: str) -> None:
    """Add to an OpenAPI document the schemes, and to each operation its scope and refusals.

    Args:
        document: is changed.
        media_type: of problems.
    """
    document["components"]["securitySchemes"] = _SCHEMES
    for path, operations in document["paths"].items():
        if path in OPEN_PATHS:
            continue
        for method, operation in operations.items():
            scope = needed(operation["operationId"], method.upper())
            operation["security"] = [{name: [scope]} for name in _SCHEMES]
            responses = operation["responses"]
            for status, (description, example) in _REFUSALS.items():
                if status not in responses:
                    responses[status] = _response(
                        int(status), path, description, example, media_type
                    )
            operation["responses"] = dict(sorted(responses.items()))


def _response(
    status: int, path: str, description: str, example: dict[str, str], media_type: str
) -> dict[str, Any]:
    told = {"status": status, "instance": path, "request_id": "7d0e43c1b2a95f68"}
    schema = {"$ref": "#/components/schemas/Problem"}
    content = {media_type: {"schema": schema, "example": {**example, **told}}}
    headers = {HEADER: {"description": "Id of the request.", "schema": {"type": "string"}}}
    if status == 429:
        wait = {"description": "Seconds to wait.", "schema": {"type": "integer"}}
        headers["Retry-After"] = wait
    return {"description": description, "content": content, "headers": headers}
