"""Errors as they are answered: those of the domain, of a request, of HTTP itself, and faults."""

from __future__ import annotations

from typing import cast

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from corpus.errors import PrecedentError
from search_api.problems import (
    headers_of,
    invalid_request,
    kind_of,
    plain_problem,
    problem_of,
    problem_response,
    unexpected_problem,
)

__all__ = ["allowed_methods", "install"]

_METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")

_DETAIL = {
    400: "The body cannot be read as JSON.",
    404: "There is nothing at this path; GET /openapi.json lists what there is.",
    405: "This path does not answer that method; the Allow header names those it does.",
    406: "This cannot be answered in the form asked for; the Accept header names those it can.",
    415: "The body is not called JSON; send it with Content-Type: application/json.",
}


def install(app: FastAPI) -> None:
    """Answer every error of an application with a problem."""
    app.add_exception_handler(PrecedentError, _answer_domain_error)
    app.add_exception_handler(RequestValidationError, _answer_invalid)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(Exception, _answer_unexpected)


async def _answer_domain_error(request: Request, error: Exception) -> Response:
    kind = kind_of(error) if isinstance(error, PrecedentError) else None
    if kind is None:
        raise error
    problem = problem_of(cast("PrecedentError", error))
    return problem_response(problem, request.url.path, headers_of(error))


async def _answer_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    return problem_response(invalid_request(error.errors()), request.url.path)


async def _answer_unexpected(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """Answer 500 and nothing of the cause, which may quote the query or a file."""
    return problem_response(unexpected_problem(), request.url.path)


async def _answer_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    status, headers = error.status_code, dict(error.headers or {})
    if status == 304:
        return Response(status_code=status, headers=headers)
    if status == 405:
        headers["Allow"] = allowed_methods(request)
    detail = _DETAIL.get(status, str(error.detail))
    return problem_response(plain_problem(status, detail), request.url.path, headers)


def allowed_methods(request: Request) -> str:
    """Return the methods that a path answers, as `Allow` names them.

    Starlette names only those of the first route of a path, and here each method is one.
    """
    routes = request.app.router.routes
    asked = {key: request.scope[key] for key in ("type", "path", "root_path", "headers", "app")}
    found = [
        method
        for method in _METHODS
        if any(route.matches({**asked, "method": method})[0].name == "FULL" for route in routes)
    ]
    if "GET" in found:
        found.append("HEAD")
    return ", ".join(sorted(found))
