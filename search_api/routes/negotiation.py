"""What a request sends and what it takes: 415 and 406, for every path alike.

Both come before anything is done. An answer in a form that was not asked for would be read as
something else, and a body of another type may be what a page of another site made a browser send.
"""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from search_api.problems import MEDIA_TYPE

__all__ = ["negotiate"]

_JSON = "application/json"


async def negotiate(request: Request) -> None:
    """Refuse a body that is not called JSON with 415, and what cannot be given as asked with 406.

    Raises:
        HTTPException: see above. `Accept` names what there is, as RFC 9110 (15.5.16) has it.
    """
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return
    if route.body_field is not None and _brings_another_type(request.headers):
        raise HTTPException(415, headers={"Accept": _JSON})
    given = _given(route)
    accept = request.headers.get("accept", "")
    if accept and not any(_takes(accept, each) for each in given):
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
    return kind != _JSON and not (kind.startswith("application/") and kind.endswith("+json"))


def _given(route: APIRoute) -> set[str]:
    """Return the media types that a path answers with, problems apart."""
    named = {
        media_type
        for status, response in route.responses.items()
        if str(status) < "400"
        for media_type in response.get("content", ())
    }
    if not named or route.response_model is not None:
        named.add(_JSON)
    return named


def _takes(accept: str, media_type: str) -> bool:
    """Tell whether an Accept header takes a media type; one that cannot be read takes it."""
    kind = media_type.partition("/")[0]
    return any(
        _kind(one) in (media_type, f"{kind}/*", "*/*", "*", MEDIA_TYPE, "")
        for one in _wanted(accept)
    )


def _wanted(accept: str) -> Iterable[str]:
    for one in accept.split(","):
        refused = any(part.strip().lower() in _REFUSED for part in one.split(";")[1:])
        if not refused:
            yield one


_REFUSED = frozenset({"q=0", "q=0.0", "q=0.00", "q=0.000"})


def _kind(one: str) -> str:
    return one.partition(";")[0].strip().lower()
