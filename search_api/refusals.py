"""What HTTP itself refuses, as problems: no such path, no such method, no such form."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from search_api.problems import plain_problem, problem_response

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
    """Answer what HTTP refuses with a problem."""
    app.add_exception_handler(HTTPException, _answer)


async def _answer(request: Request, error: Exception) -> Response:
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
    return ", ".join(found)
