"""What the groups of calls have in common: the connection they go over."""

from __future__ import annotations

from precedent_client.connection import Connection

__all__ = ["Calls"]


class Calls:
    """Calls over one connection."""

    _connection: Connection
