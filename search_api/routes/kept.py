"""What the routes of the library share: where it is, what its ids are, and what can go wrong."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated, TypeVar

from fastapi import Depends, Path, Request

from library.file import Library
from library.place import library_of
from search_api.access.caller import caller_of
from search_api.error_responses import error_responses
from search_api.schemas import CollectionList, Wiped
from search_api.viewing import view_of

__all__ = [
    "CHANGING", "READING", "CollectionId", "EntryId", "LibraryFileOf", "SearchId", "without_folder",
]  # fmt: skip

_Told = TypeVar("_Told", CollectionList, Wiped)

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


def without_folder(request: Request, told: _Told) -> _Told:
    """Leave out of an answer the folder of what is kept, for whoever has a key.

    It lies on the machine of the service, of which a key tells nothing.
    """
    if not caller_of(request).key_id:
        return told
    return told.model_copy(update={"kept_in": PurePath(told.kept_in).name})


LibraryFileOf = Annotated[Library, Depends(_library)]
