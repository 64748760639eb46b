"""What a request sends and what it takes: 415 and 406, for every path alike.

Both come before anything is done. An answer in a form that was not asked for would be read as
something else, and a body of another type may be what a page of another site made a browser send.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from search_api.problems import MEDIA_TYPE

__all__ = ["JSON", "negotiate", "prefers"]

JSON = "application/json"


async def negotiate(request: Request) -> None:
    """Refuse a body that is not called JSON with 415, and what cannot be given as asked with 406.

    Raises:
        HTTPException: see above. `Accept` names what there is, as RFC 9110 (15.5.16) has it.
    """
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return
    if route.body_field is not None and _brings_another_type(request.headers):
        raise HTTPException(415, headers={"Accept": JSON})
    given = _given(route)
    accept = _accept(request.headers)
    if not any(_weight(accept, each) > 0.0 for each in given):
        raise HTTPException(406, headers={"Accept": ", ".join(sorted(given))})


def _brings_another_type(headers: Headers) -> bool:
    """Tell whether a body comes that is not called JSON; one that is missing is another mistake."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if (
        not kind
        and headers.get("content-length", "0") == "0"
        and "transfer-encoding" not in headers
    ):
        return False
    return kind != JSON and not (kind.startswith("application/") and kind.endswith("+json"))


def _given(route: APIRoute) -> set[str]:
    """Return the media types that a path answers with, problems apart."""
    named = {
        media_type
        for status, response in route.responses.items()
        if str(status) < "400"
        for media_type in response.get("content", ())
    }
    if not named or route.response_model is not None:
        named.add(JSON)
    return named


def prefers(headers: Headers, media_type: str, other: str) -> bool:
    """Tell whether a media type is asked for by its name, and no less than another one."""
    accept = _accept(headers)
    named = any(one.kind == media_type for one in _ranges(accept))
    weight = _weight(accept, media_type)
    return named and 0.0 < weight >= _weight(accept, other)


def _accept(headers: Headers) -> str:
    """Return what is accepted; several lines are one list (RFC 9110, 5.3)."""
    return ", ".join(headers.getlist("accept"))


@dataclass(frozen=True, slots=True)
class _Range:
    """A media range of an Accept header: `kind` in lower case, and how much it is wanted."""

    kind: str
    weight: float


def _weight(accept: str, media_type: str) -> float:
    """Return how much a media type is wanted, 0 to 1, by the range that names it most closely.

    RFC 9110, 12.5.1. All is wanted where nothing is said, or nothing that can be read; who takes
    problems alone takes what there is instead of them.
    """
    ranges = list(_ranges(accept))
    kind = media_type.partition("/")[0]
    for name in (media_type, f"{kind}/*", "*/*", MEDIA_TYPE):
        weights = [one.weight for one in ranges if one.kind == name]
        if weights:
            return max(weights)
    return 0.0 if ranges else 1.0


def _ranges(accept: str) -> Iterator[_Range]:
    for one in _ONE.findall(accept):
        kind, *rest = one.split(";")
        kind = "*/*" if kind.strip() == "*" else kind.strip().lower()
        if not kind:
            continue
        parameters = dict(_parameter(each) for each in rest if each.strip())
        weight = parameters.pop("q", "1")
        if weight != "1" and not _WEIGHT.fullmatch(weight):
            weight = "1"
        if float(weight) > 0.0 or not parameters:  # else one variety is refused, not all of it
            yield _Range(kind, float(weight))


def _parameter(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name.strip().lower(), value.strip()


_ONE = re.compile(r'(?:[^,"]|"(?:\\.?|[^"\\])*+"?)++', re.DOTALL)
"""One of a list; a comma in quotation marks parts nothing. Possessive, so that time is linear."""

_WEIGHT = re.compile(r"0(?:\.\d*)?|1(?:\.0*)?", re.ASCII)
