"""Errors over HTTP: one table from exception class to status, and RFC 9457 problems.

Domain code raises the classes of `corpus.errors` and knows no HTTP; nothing else in the project
decides a status for them. A problem never repeats what was sent beyond the names of its fields:
answers end in logs and bug reports, and a query may put somebody at risk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from corpus.errors import (
    IndexUnusableError,
    InputError,
    ModelError,
    PrecedentError,
    QueryError,
    ServiceError,
    SymbolError,
    UnknownNameError,
)
from search_api.schemas import Problem

__all__ = [
    "KINDS",
    "MEDIA_TYPE",
    "SECURITY_HEADERS",
    "BusyError",
    "Kind",
    "error_responses",
    "install",
    "kind_of",
    "plain_problem",
    "problem_response",
]

MEDIA_TYPE = "application/problem+json"

SECURITY_HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""On every answer: kept by no cache, run as nothing, framed by no one, and never a referrer."""


_MAX_FIELDS = 50
"""Invalid fields that a problem lists; a body of nothing else must not come back doubled."""


class BusyError(ServiceError):
    """More is asked of the service than it can answer in time."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem.

    Attributes:
        name: ends the problem's `type`, `urn:precedent:problem:<name>`.
        status: HTTP status.
        title: the same for every problem of the kind.
        retry_after_s: sent as `Retry-After`; None where asking again does not help.
    """

    name: str
    status: int
    title: str
    retry_after_s: int | None = None

    @property
    def type(self) -> str:
        """Return the URI by which programs tell kinds apart."""
        return f"urn:precedent:problem:{self.name}"


KINDS: Mapping[type[PrecedentError], Kind] = {
    UnknownNameError: Kind("unknown-name", 404, "No such document or passage"),
    QueryError: Kind("query", 422, "The request cannot be answered"),
    SymbolError: Kind("symbol", 422, "Not a document symbol"),
    InputError: Kind("input", 422, "The request cannot be used"),
    BusyError: Kind("busy", 503, "Too busy", retry_after_s=1),
    IndexUnusableError: Kind("index", 503, "No index can be searched", retry_after_s=10),
    ModelError: Kind("model", 503, "The embedding model cannot be used", retry_after_s=60),
    ServiceError: Kind("service", 503, "Not available", retry_after_s=10),
}
"""The table. A class that is not in it has the kind of its nearest base class that is."""


def kind_of(error: PrecedentError) -> Kind | None:
    """Return the kind of a deliberate error, or None where only `PrecedentError` itself fits."""
    for base in type(error).__mro__:
        if base in KINDS:
            return KINDS[base]
    return None


def problem_response(
    problem: Problem, path: str | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """Render a problem, with the path (never the query string) it is about."""
    return Response(
        problem.model_copy(update={"instance": path}).model_dump_json(exclude_none=True),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={**SECURITY_HEADERS, **(headers or {})},
    )


_RENAMED = {413: "Content Too Large", 422: "Unprocessable Content"}
"""Phrases of RFC 9110 that Python took up in 3.13 only."""


def plain_problem(status: int, detail: str) -> Problem:
    """Return a problem that is no more than its HTTP status."""
    title = _RENAMED.get(status) or HTTPStatus(status).phrase
    return Problem(title=title, status=status, detail=detail)


async def _answer_domain_error(request: Request, error: Exception) -> Response:
    kind = kind_of(error) if isinstance(error, PrecedentError) else None
    if kind is None:
        raise error
    problem = Problem(type=kind.type, title=kind.title, status=kind.status, detail=str(error))
    headers = {} if kind.retry_after_s is None else {"Retry-After": str(kind.retry_after_s)}
    return problem_response(problem, request.url.path, headers)


def _field(location: Sequence[object]) -> str:
    return ".".join(str(part) for part in location)


async def _answer_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    found = error.errors()
    fields: tuple[dict[str, object], ...] = tuple(
        {"field": _field(one["loc"]), "message": str(one["msg"]), "type": str(one["type"])}
        for one in found[:_MAX_FIELDS]
    )
    first = fields[0]
    more = f" (and {len(found) - 1} more, see errors)" if len(found) > 1 else ""
    problem = Problem(
        type="urn:precedent:problem:invalid-request",
        title="The request is not valid",
        status=422,
        detail=f"{first['field']}: {first['message']}{more}",
        errors=fields,
    )
    return problem_response(problem, request.url.path)


_HTTP_DETAIL = {
    400: "The body cannot be read as JSON.",
    404: "There is nothing at this path; GET /openapi.json lists what there is.",
    405: "This path does not answer that method; the Allow header names those it does.",
}


async def _answer_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    detail = _HTTP_DETAIL.get(error.status_code, str(error.detail))
    return problem_response(
        plain_problem(error.status_code, detail), request.url.path, error.headers
    )


_UNEXPECTED = "An error inside the service; its log names the place. The index is unharmed."


async def _answer_unexpected(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """Answer 500 and nothing of the cause, which may quote the query or a file."""
    return problem_response(plain_problem(500, _UNEXPECTED), request.url.path)


def install(app: FastAPI) -> None:
    """Answer every error of an application with a problem."""
    app.add_exception_handler(PrecedentError, _answer_domain_error)
    app.add_exception_handler(RequestValidationError, _answer_invalid)
    app.add_exception_handler(HTTPException, _answer_http_error)
    app.add_exception_handler(Exception, _answer_unexpected)


_EXAMPLES: Mapping[int, Problem] = {
    404: Problem(
        type=KINDS[UnknownNameError].type,
        title=KINDS[UnknownNameError].title,
        status=404,
        detail="A/HRC/99/99: no such document in the index; GET /v1/documents lists them",
        instance="/v1/documents/A/HRC/99/99",
    ),
    413: plain_problem(413, "The body is longer than 262144 bytes."),
    422: Problem(
        type="urn:precedent:problem:invalid-request",
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
    500: plain_problem(500, _UNEXPECTED),
    503: Problem(
        type=KINDS[IndexUnusableError].type,
        title=KINDS[IndexUnusableError].title,
        status=503,
        detail="index: nothing has been published there; run `precedent index PATH`",
        instance="/v1/search",
    ),
}

_DESCRIPTIONS = {
    404: "No such document or passage.",
    413: "The body is too long.",
    422: "The request is not valid; `errors` names each field.",
    500: "An error inside the service.",
    503: "There is no index yet, it cannot be used, or the service is too busy.",
}


def error_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe error answers for OpenAPI, each with an example."""
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
        for status in statuses
    }
