"""How much of what is written to a client has gone to it."""

from __future__ import annotations

import asyncio
from typing import Any

__all__ = ["Counting"]


class Counting:
    """A transport that counts what is written to it; asyncio tells only what is left of it."""

    def __init__(self, transport: asyncio.Transport) -> None:
        """Stand before a transport; what is not counted it does itself."""
        self._transport = transport
        self._written = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send, or keep until it can be sent."""
        self._written += len(data)
        self._transport.write(data)

    @property
    def unsent(self) -> int:
        """Bytes that wait here."""
        return self._transport.get_write_buffer_size()

    @property
    def taken(self) -> int:
        """Bytes that have gone to the client, or to the kernel for it."""
        return self._written - self.unsent
