"""Cursors: where the next page of a list starts, in a form callers do not read.

A cursor names the list it is of, so that one of another search or under other filters is refused
and not followed to a wrong place. It holds a check sum and no secret: whoever makes one up gets no
more than any other request does.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from bisect import bisect_right
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from corpus.errors import QueryError

__all__ = [
    "MAX_CURSOR_CHARACTERS",
    "Page",
    "StaleCursorError",
    "decode_cursor",
    "digest_of",
    "encode_cursor",
    "page_after",
    "page_by_key",
]

MAX_CURSOR_CHARACTERS = 2000
"""The longest symbol and key of a document, escaped and in base64, stay within it."""

_CHECK_BYTES = 6
_Row = TypeVar("_Row")
_Key = tuple[Any, ...]


class StaleCursorError(QueryError):
    """What a cursor goes on with is not there any more."""


@dataclass(frozen=True, slots=True)
class Page(Generic[_Row]):
    """A part of a list.

    Attributes:
        rows: of the list, in its order.
        offset: how many stand before them.
        next_cursor: of what follows; None at the end.
    """

    rows: Sequence[_Row]
    offset: int
    next_cursor: str | None


def digest_of(*asked: object) -> str:
    """Return what tells one request from others, for the name of a list."""
    return hashlib.blake2b(repr(asked).encode(), digest_size=8).hexdigest()


def encode_cursor(of: str, *key: object) -> str:
    """Return the cursor of a place in the list that `of` names."""
    written = json.dumps([of, *key], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_check(written) + written).decode().rstrip("=")


def decode_cursor(cursor: str, of: str, *types: type | tuple[type, ...]) -> _Key:
    """Return the place that a cursor of a list names: values of the types given.

    Raises:
        QueryError: it is none that `encode_cursor` made, or it is of another list.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        held = base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True)
        check, written = held[:_CHECK_BYTES], held[_CHECK_BYTES:]
        read = json.loads(written) if check == _check(written) else None
    except (ValueError, binascii.Error, RecursionError):
        read = None
    if not isinstance(read, list) or not read:
        raise QueryError(
            "cursor", "is not one that an answer gave", "use `next_cursor`, or leave it out"
        )
    name, key = read[0], tuple(read[1:])
    fits = len(key) == len(types) and all(map(isinstance, key, types))
    if name != of or not fits:
        raise QueryError(
            "cursor",
            "belongs to another list, or to one that was asked for otherwise",
            "change nothing but `k` between pages, or leave it out",
        )
    return key


def page_by_key(
    rows: Sequence[_Row],
    key: Callable[[_Row], _Key],
    *,
    of: str,
    types: tuple[type | tuple[type, ...], ...],
    k: int | None,
    cursor: str | None,
    offset: int = 0,
) -> Page[_Row]:
    """Return a page of rows that ascend by their keys, from a cursor or else from an offset.

    The next page starts at the first key after the last one shown. So nothing is shown twice or
    left out that was there all the time, whatever came or went meanwhile.

    Raises:
        QueryError: the cursor is not of this list.
    """
    start = offset
    if cursor is not None:
        start = bisect_right(rows, decode_cursor(cursor, of, *types), key=key)
    return _cut(rows, start, k, lambda row, _: encode_cursor(of, *key(row)))


def page_after(
    rows: Sequence[_Row],
    identity: Callable[[_Row], Hashable],
    *,
    of: str,
    kind: type,
    k: int | None,
    cursor: str | None,
) -> Page[_Row]:
    """Return a page of rows in an order that is not of their own: the user's, or that of arrival.

    The next page starts behind the last row shown, wherever that stands now; where it is gone,
    in its place.

    Raises:
        QueryError: the cursor is not of this list.
    """
    start = 0
    if cursor is not None:
        wanted, passed = decode_cursor(cursor, of, kind, int)
        places = (at for at, row in enumerate(rows) if identity(row) == wanted)
        start = next(places, max(passed, 1) - 2) + 1
    return _cut(rows, start, k, lambda row, passed: encode_cursor(of, identity(row), passed))


def _cut(
    rows: Sequence[_Row], start: int, k: int | None, after: Callable[[_Row, int], str]
) -> Page[_Row]:
    end = len(rows) if k is None else start + k
    shown = rows[start:end]
    more = bool(shown) and end < len(rows)
    return Page(shown, start, after(shown[-1], end) if more else None)


def _check(written: bytes) -> bytes:
    return hashlib.blake2b(written, digest_size=_CHECK_BYTES, person=b"precedent cursor").digest()
