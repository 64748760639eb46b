"""HEAD: what GET would be answered with, without its content (RFC 9110, 9.3.2)."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Heads"]


class _AnsweredError(Exception):
    """The headers are sent, and nothing else is asked for; ends the work for the rest."""


class Heads:
    """Answers HEAD wherever GET is answered, as what watches over services asks them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, HEAD as GET, and let its answer end with the headers."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        answered = False

        async def send_head(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                await send(message)
                return
            if not answered:
                answered = True
                await send({"type": "http.response.body", "body": b""})
            if message.get("more_body", False):  # a stream has no end of its own
                raise _AnsweredError

        scope["method"] = "GET"  # in place: who counts requests reads from it what was asked
        try:
            await self._app(scope, receive, send_head)
        except _AnsweredError:
            return
