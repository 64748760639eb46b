"""The `Link` header of a page of a list: where the next page is (RFC 8288)."""

from __future__ import annotations

from typing import Annotated, Protocol, TypeVar
from urllib.parse import quote, urlencode

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

__all__ = ["Links", "next_link"]


class _Paged(Protocol):
    @property
    def next_cursor(self) -> str | None: ...


_Page = TypeVar("_Page", bound=_Paged)


class _Links:
    """Says on an answer where its next page is."""

    def __init__(self, request: Request, response: Response) -> None:
        self._request = request
        self._response = response

    def on(self, page: _Page) -> _Page:
        """Return a page as it is, with a link to the next one, if there is one, on its answer."""
        if page.next_cursor is not None:
            self._response.headers["Link"] = next_link(self._request, page.next_cursor)
        return page


async def _links(request: Request, response: Response) -> _Links:
    return _Links(request, response)


Links = Annotated[_Links, Depends(_links)]


def next_link(request: Request, next_cursor: str) -> str:
    """Return the `Link` to the next page: the same request with the cursor of this answer."""
    kept = [
        (name, value)
        for name, value in request.query_params.multi_items()
        if name not in ("cursor", "offset")
    ]
    query = urlencode([*kept, ("cursor", next_cursor)])
    return f'<{quote(request.url.path)}?{query}>; rel="next"'
