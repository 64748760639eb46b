"""Who asks, as far as the service is concerned: a name and scopes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.requests import HTTPConnection

__all__ = ["ADMIN", "LOCAL", "READ", "RESTRICTED", "WRITE", "Caller", "caller_of"]

READ: Final = "read"
WRITE: Final = "write"
ADMIN: Final = "admin"
RESTRICTED: Final = "restricted:"
"""Begins a scope that shows a restricted collection, whose name follows."""

_CALLER = "caller"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request.

    Attributes:
        name: of the key, or "local" where none is required.
        scopes: "read", "write", "admin" and "restricted:NAME", none of which implies another.
        key_id: of the key; "" where none is required.
    """

    name: str
    scopes: frozenset[str]
    key_id: str = ""

    @property
    def actor(self) -> str:
        """Who this is in the audit log."""
        return f"{self.key_id} ({self.name})" if self.key_id else self.name

    def may(self, scope: str) -> bool:
        """Tell whether a scope is among the caller's."""
        return scope in self.scopes

    @property
    def restricted(self) -> frozenset[str]:
        """Names of the restricted collections that the caller may see."""
        return frozenset(
            scope.removeprefix(RESTRICTED) for scope in self.scopes if scope.startswith(RESTRICTED)
        )

    def kept_by(self, connection: HTTPConnection) -> None:
        """Say that a request is this caller's; for what looks at keys, before any path is run."""
        setattr(connection.state, _CALLER, self)


LOCAL: Final = Caller("local", frozenset({READ, WRITE, ADMIN}))
"""Whoever reaches a service that requires no key: the owner of this computer."""


def caller_of(connection: HTTPConnection) -> Caller:
    """Return who sent a request."""
    caller: Caller = getattr(connection.state, _CALLER, LOCAL)
    return caller
