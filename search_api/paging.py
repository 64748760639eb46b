"""Cursors: where the next page of an answer starts, in a form callers do not read."""

from __future__ import annotations

import base64
import binascii

from corpus.errors import QueryError

__all__ = ["decode_cursor", "encode_cursor"]

_PREFIX = "o:"
_MAX_OFFSET = 1200


def encode_cursor(offset: int) -> str:
    """Return the cursor of an offset."""
    return base64.urlsafe_b64encode(f"{_PREFIX}{offset}".encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> int:
    """Return the offset of a cursor.

    Raises:
        QueryError: it is none that `encode_cursor` made.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        text = base64.urlsafe_b64decode(padded.encode("ascii")).decode("ascii")
        offset = int(text.removeprefix(_PREFIX)) if text.startswith(_PREFIX) else -1
    except (ValueError, binascii.Error):
        offset = -1
    if not 0 <= offset <= _MAX_OFFSET:
        raise QueryError(
            "cursor", "is not one that an answer gave", "use `next_cursor`, or leave it out"
        )
    return offset
