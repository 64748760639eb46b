"""Tags of answers (`ETag`), and 304 for whoever holds the answer already (RFC 9110, 8.8 and 13).

Answers that follow from the index alone have a tag before they are made: of the index, of what its
software and settings make of it, of what the caller may see, and of the request. Held by the
caller, it saves all the work. All others are tagged by what they say, and held, save the sending.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.access.caller import caller_of

__all__ = ["Validators", "index_tag", "keep", "matches"]

PRIVATE: Final = "private, no-cache"
"""For one reader, who asks each time whether it still holds."""

UNKEPT: Final = "private, no-store"
"""For answers that tell what somebody looked for, or keeps: no cache writes them to disk."""

_TAG = "etag"
_OPAQUE = re.compile(r'"[\x21\x23-\x7e]*"')
_DIGEST_BYTES = 16


def index_tag(request: Request, *index: object) -> str:
    """Return the tag of an answer that follows from an index and a request: a weak one.

    Weak, because an answer says too how long it took.
    """
    seen = sorted(caller_of(request).restricted)
    told = repr((index, seen, request.url.path, request.url.query))
    return f'W/"{_digest(told.encode())}"'


def keep(request: Request, tag: str) -> None:
    """Give the answer that is being made a tag, if there is no need to make it.

    Raises:
        HTTPException: 304, where the caller holds it already.
    """
    if matches(_held(request.headers), tag):
        raise HTTPException(304, headers={"ETag": tag, "Cache-Control": _kept(request.scope)})
    request.scope.setdefault("state", {})[_TAG] = tag


def matches(if_none_match: str, tag: str) -> bool:
    """Tell whether a tag is among those held; whether they are weak makes no difference here.

    RFC 9110, 8.8.3.2 and 13.1.2. `*` is none of them: it stands for whatever there turns out to be.
    """
    return tag.removeprefix("W/") in _OPAQUE.findall(if_none_match)


def _held(headers: Headers) -> str:
    """Return the tags that the caller holds; several lines are one list (RFC 9110, 5.3)."""
    return ", ".join(headers.getlist("if-none-match"))


class Validators:
    """Tags what GET is answered with, and says 304 in place of what the caller holds already."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and tag its answer."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _is_tagged(scope["path"]):
            await self._app(scope, receive, send)
            return
        answer = _Answer(scope, send)
        await self._app(scope, receive, answer.send)


class _Answer:
    """An answer on its way, of which the beginning is held back until its tag is known."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._start: Message | None = None
        self._is_held = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        if self._start is not None:
            start, self._start = self._start, None
            await self._begin(start, message)
        if not self._is_held:
            await self._send(message)
        elif not message.get("more_body", False):
            await self._send({"type": "http.response.body", "body": b""})

    async def _begin(self, start: Message, first: Message) -> None:
        headers = MutableHeaders(scope=start)
        if start["status"] != 200 or "text/event-stream" in headers.get("content-type", ""):
            await self._send(start)
            return
        tag = self._scope.get("state", {}).get(_TAG)
        if tag is None and not first.get("more_body", False):
            tag = f'"{_digest(first.get("body", b""))}"'
        if tag is not None:
            headers["ETag"] = tag
            headers["Cache-Control"] = _kept(self._scope)
            held = _held(Headers(scope=self._scope))
            self._is_held = held.strip() == "*" or matches(held, tag)
        if self._is_held:
            start["status"] = 304
            for name in ("content-type", "content-length"):
                del headers[name]
        await self._send(start)


def _is_tagged(path: str) -> bool:
    return path.startswith("/v1/") or path == "/openapi.json"


_TELLING = ("/v1/search", "/v1/similar", "/v1/trends")
_OWN = ("/v1/alerts", "/v1/collections", "/v1/jobs", "/v1/library", "/v1/searches")
_WORDS = re.compile(rb"(^|&)(q|query)=")


def _kept(scope: Scope) -> str:
    """Say whether a cache may write an answer down."""
    tells = scope["path"].startswith((*_TELLING, *_OWN)) or _WORDS.search(scope["query_string"])
    return UNKEPT if tells else PRIVATE


def _digest(told: bytes) -> str:
    return hashlib.blake2b(told, digest_size=_DIGEST_BYTES).hexdigest()
