"""A browser that leaves while it is answered: nothing went wrong, and nothing is logged.

Streamlit closes the connection of a page that is closed already, which Starlette calls an error; a
traceback of forty lines would stand in the terminal of whoever serves the page.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected

__all__ = ["Departures"]

_ENDS = frozenset({"websocket.close", "websocket.disconnect"})


class Departures:
    """Middleware that lets a connection that has ended end."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, but for what it says to nobody."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        has_ended = False

        def look(message: Message) -> None:
            nonlocal has_ended
            has_ended = has_ended or message["type"] in _ENDS

        async def received() -> Message:
            message = await receive()
            look(message)
            return message

        async def sent(message: Message) -> None:
            nonlocal has_ended
            look(message)
            try:
                await send(message)
            except OSError:  # as the server says that nobody is there, before it tells so itself
                has_ended = True
                raise

        try:
            await self._app(scope, received, sent)
        except WebSocketDisconnected:
            if not has_ended:
                raise
