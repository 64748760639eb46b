"""What the routes of the library share: where it is, what its ids are, and what can go wrong."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Request

from library.file import Library
from library.place import library_of
from search_api.access.caller import caller_of
from search_api.error_responses import error_responses
from search_api.viewing import view_of

__all__ = ["CHANGING", "READING", "CollectionId", "EntryId", "LibraryFileOf", "SearchId"]

CHANGING = error_responses(403, 404, 409, 413, 422, 500, 503, 507)
READING = error_responses(404, 422, 500, 503, 507)

_MOST = 2**53
"""Past it, numbers of JSON are not exact, and not much later SQLite takes none."""

CollectionId = Annotated[int, Path(ge=1, le=_MOST, description="Its id.", examples=[1])]
EntryId = Annotated[int, Path(ge=1, le=_MOST, description="Id of the entry.", examples=[1])]
SearchId = Annotated[int, Path(ge=1, le=_MOST, description="Its id.", examples=[1])]


async def _library(request: Request) -> Library:
    """Return the library of the caller: of whoever has a key, its own."""
    held: Library = request.app.state.library
    key_id = caller_of(request).key_id
    own = Library(library_of(key_id, held.path)) if key_id else held
    return own.seen_by(view_of(request, request.app.state.settings))


LibraryFileOf = Annotated[Library, Depends(_library)]
