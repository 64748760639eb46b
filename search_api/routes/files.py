"""Files as answers: downloads that name themselves, and say what is not in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from search_api.files import MEDIA_TYPES, File

__all__ = ["FILE_RESPONSE", "disposition", "file_response"]

_MAX_NAMED = 20
"""Missing keys named in a header, which has to stay within what clients read."""

FILE_RESPONSE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file. `Precedent-Missing` names, percent-encoded and parted by commas, "
        f"up to {_MAX_NAMED} of what was asked for and is not in it.",
        "content": {
            media_type.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}
            for media_type in MEDIA_TYPES.values()
        },
    }
}


def file_response(file: File) -> Response:
    """Answer with a file, to be saved and never shown in place.

    Its name goes twice: in ASCII for old clients, and as RFC 8187 has it for all others.
    """
    headers = {"Content-Disposition": disposition(file.name)}
    if file.missing:
        headers["Precedent-Missing"] = _named(file.missing)
    return Response(file.content, media_type=file.media_type, headers=headers)


def disposition(name: str) -> str:
    """Return the Content-Disposition of a file that is to be saved, never shown in place."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-")
    if plain.startswith("."):
        plain = f"precedent{plain}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _named(missing: Iterable[str]) -> str:
    held = list(missing)
    more = [f"{len(held) - _MAX_NAMED}-more"] if len(held) > _MAX_NAMED else []
    return ", ".join([*(quote(each, safe=":~()") for each in held[:_MAX_NAMED]), *more])
