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

from starlette.responses import Response

from corpus.errors import (
    ConflictError,
    IndexUnusableError,
    InputError,
    LibraryError,
    ModelError,
    OriginalError,
    PrecedentError,
    QueryError,
    ServiceError,
    StorageError,
    SymbolError,
    UnknownNameError,
)
from search_api.access.errors import NoKeyError, RateError, ScopeError
from search_api.access.request_id import HEADER, current_request_id
from search_api.asking_again import retry_after
from search_api.intake.errors import NotAllowedError, QueueFullError, TooLargeError
from search_api.paging import StaleCursorError
from search_api.schemas import Problem

__all__ = [
    "KINDS",
    "MEDIA_TYPE",
    "SECURITY_HEADERS",
    "TYPE",
    "BusyError",
    "Kind",
    "LateError",
    "headers_of",
    "invalid_request",
    "kind_of",
    "plain_problem",
    "problem_of",
    "problem_response",
    "unexpected_problem",
]

MEDIA_TYPE = "application/problem+json"

TYPE = "urn:precedent:problem:"
"""Begins the `type` of every problem; a kind follows, and never changes its meaning."""

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
    """More is asked of the service than it can answer in time.

    Attributes:
        retry_after_s: seconds after which there is likely to be room, where that is known.
    """

    retry_after_s: float | None = None


class LateError(BusyError):
    """An answer took too long: asked for again at once, it would take as long a second time."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem.

    Attributes:
        name: ends the problem's `type`, `urn:precedent:problem:<name>`.
        status: HTTP status.
        title: the same for every problem of the kind.
        retry_after_s: least that is sent as `Retry-After`, where the error knows nothing better;
            None where asking again does not help.
    """

    name: str
    status: int
    title: str
    retry_after_s: int | None = None

    @property
    def type(self) -> str:
        """Return the URI by which programs tell kinds apart."""
        return f"{TYPE}{self.name}"


KINDS: Mapping[type[PrecedentError], Kind] = {
    UnknownNameError: Kind("unknown-name", 404, "Nothing here has that name"),
    ConflictError: Kind("conflict", 409, "It has changed meanwhile, or the name is taken"),
    StaleCursorError: Kind("stale-cursor", 409, "The list has changed since the page before"),
    QueryError: Kind("query", 422, "The request cannot be answered"),
    SymbolError: Kind("symbol", 422, "Not a document symbol"),
    OriginalError: Kind("original", 409, "The original is not there as it was indexed"),
    NoKeyError: Kind("key", 401, "A key is needed"),
    ScopeError: Kind("scope", 403, "The key does not allow it"),
    RateError: Kind("rate", 429, "Too much is asked"),
    NotAllowedError: Kind("not-allowed", 403, "Not allowed here"),
    TooLargeError: Kind("too-large", 413, "More than is taken"),
    InputError: Kind("input", 422, "The request cannot be used"),
    BusyError: Kind("busy", 503, "Too busy", retry_after_s=1),
    QueueFullError: Kind("queue-full", 503, "Too many jobs wait", retry_after_s=30),
    IndexUnusableError: Kind("index", 503, "No index can be searched", retry_after_s=10),
    ModelError: Kind("model", 503, "A model cannot be used", retry_after_s=60),
    LibraryError: Kind("library", 507, "What is kept cannot be read or written"),
    StorageError: Kind("storage", 507, "The disk is full or cannot be written"),
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
    """Render a problem, with the path (never the query string) it is about and the request's id."""
    request_id = current_request_id.get()
    told = {"instance": path, "request_id": request_id}
    named = {HEADER: request_id} if request_id else {}
    return Response(
        problem.model_copy(update=told).model_dump_json(exclude_none=True),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={**SECURITY_HEADERS, **named, **(headers or {})},
    )


_RENAMED = {413: "Content Too Large", 422: "Unprocessable Content"}
"""Phrases of RFC 9110 that Python took up in 3.13 only."""


def plain_problem(status: int, detail: str) -> Problem:
    """Return a problem that is no more than its HTTP status, which names its kind too."""
    title = _RENAMED.get(status) or HTTPStatus(status).phrase
    kind = title.lower().replace(" ", "-")
    return Problem(type=f"{TYPE}{kind}", title=title, status=status, detail=detail)


def problem_of(error: PrecedentError) -> Problem:
    """Return a deliberate error as a problem."""
    kind = kind_of(error)
    if kind is None:
        return unexpected_problem()
    return Problem(type=kind.type, title=kind.title, status=kind.status, detail=str(error))


def headers_of(error: Exception) -> Mapping[str, str]:
    """Return what the headers of a problem say of its error: when to ask again, and the bounds."""
    if isinstance(error, RateError):
        return {**error.headers, "Retry-After": retry_after(error.retry_after_s)}
    kind = kind_of(error) if isinstance(error, PrecedentError) else None
    if kind is None or isinstance(error, LateError):  # whose work goes on, and would be done twice
        return {}
    wait_s = error.retry_after_s if isinstance(error, BusyError) else None
    wait_s = kind.retry_after_s if wait_s is None else wait_s
    return {} if wait_s is None else {"Retry-After": retry_after(wait_s)}


def _field(location: Sequence[object]) -> str:
    return ".".join(str(part) for part in location)


def _place(found: Mapping[str, Any]) -> Sequence[object]:
    """Return where a mistake is; in what is no JSON there are characters and no fields."""
    location: Sequence[object] = found["loc"]
    return location[:1] if found["type"] == "json_invalid" else location


def _message(found: Mapping[str, Any]) -> str:
    """Return what is wrong, without how pydantic calls an error of our own."""
    if found["type"] == "json_invalid":
        return f"is no JSON at character {found['loc'][-1]}: {found['ctx']['error']}"
    return str(found["msg"]).removeprefix("Value error, ")


_REMEDIES: Mapping[str, str] = {
    "string_too_long": "shorten it, or send its most telling part",
    "too_long": "give fewer",
    "string_unicode": "send text in UTF-8, without halves of surrogate pairs",
    "extra_forbidden": "mend its name or leave it out; GET /openapi.json lists what there is",
    "given_twice": "leave all but one out",
    "missing": "give it",
}
"""What to do, by pydantic's type of error, where its message does not already say it."""


def invalid_request(found: Sequence[Any], *within: object) -> Problem:
    """Return what pydantic found wrong with a request, or with what stands `within` it."""
    fields: tuple[dict[str, object], ...] = tuple(
        {
            "field": _field((*within, *_place(one))),
            "message": _message(one),
            "type": str(one["type"]),
        }
        for one in found[:_MAX_FIELDS]
    )
    first = fields[0]
    remedy = _REMEDIES.get(str(first["type"]))
    more = f"; {remedy}" if remedy else ""
    more += f" (and {len(found) - 1} more, see errors)" if len(found) > 1 else ""
    return Problem(
        type=f"{TYPE}invalid-request",
        title="The request is not valid",
        status=422,
        detail=f"{first['field']}: {first['message']}{more}",
        errors=fields,
    )


_UNEXPECTED = "An error inside the service; its log names the place. The index is unharmed."


def unexpected_problem() -> Problem:
    """Return the problem that a fault is."""
    return plain_problem(500, _UNEXPECTED)
