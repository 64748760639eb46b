"""Connections that take no more than their share: of places, of time, and of memory.

uvicorn bounds none of what a client may do before a request is whole and after its answer is
written. A client that sends a header line a minute, or reads a byte a second, keeps its place,
and what lies there, for ever; some hundreds of those, and nobody else gets in. The bounds are on a
connection and not on its address: behind an address there may be a whole office, and every
neighbour on a shared computer has the same.
"""

from __future__ import annotations

import asyncio
import resource
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar

import h11
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from search_api.access.request_id import HEADER, request_id_of
from search_api.asking_again import retry_after
from search_api.counting_transport import Counting
from search_api.problems import MEDIA_TYPE, SECURITY_HEADERS, plain_problem
from search_api.routes.acts import goes_on
from search_api.routes.jobs import UPLOADS
from search_api.settings import Settings

__all__ = ["MAX_HEAD_BYTES", "SLOWEST_BYTES_S", "BoundedProtocol", "bounded"]

MAX_HEAD_BYTES = 65_536
"""Of a request line and its headers: the longest query that may stand in an address, escaped."""

SLOWEST_BYTES_S = 1024
"""Least that a client reads of a long answer, a second; a telephone line of 1992 carried more."""

_LINGER_S = 1.0
"""What is refused is told so, and its connection closed thereafter: closed at once, with bytes of
the request still unread, it would be reset, and the client never read why."""

_WHOLE = frozenset({UPLOADS})
"""Paths whose work goes on when the client has gone: they tidy up after themselves."""

_FILES_ELSEWHERE = 128
"""Of the files that a process may have open, those that are no connections: index, uploads."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What connections may take.

    Attributes:
        connections: open at the same time; as many again are told to come back later.
        head_s: from the first byte of a request, or from connecting, to the end of its headers.
        stall_s: after which an answer that waits must have gone on, by `SLOWEST_BYTES_S`.
        unsent_bytes: of all answers together that are written and not taken.
    """

    connections: int
    head_s: float
    stall_s: float
    unsent_bytes: int


class BoundedProtocol(H11Protocol):
    """HTTP/1.1 of one client, within `bounds`.

    Where all places are taken, the connection gives way that has waited longest without a request:
    so those who hold places and ask nothing keep nobody out.
    """

    bounds: ClassVar[Bounds]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.app = _Cancelled(self, self.app)
        self.task: asyncio.Task[Any] | None = None
        self.state: Mapping[str, Any] = {}
        self._idle_since = self.loop.time()
        self._refused = False
        self._taken = False
        self._head_timer: asyncio.TimerHandle | None = None
        self._stall_timer: asyncio.TimerHandle | None = None
        self._stalled_since = 0.0
        self._before = (0, 0)  # taken and unsent when the watch began

    # Places ------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a place, or another's who only waits; or else say that there is none."""
        self._out = Counting(transport)
        super().connection_made(self._out)  # type: ignore[arg-type]
        if len(self.connections) > self.bounds.connections and not self._make_room():
            if len(self.connections) > 2 * self.bounds.connections:
                self._give_up()
            else:
                self._refuse(503, "All connections are in use; ask again shortly.", retry_s=1)
            return
        self._await_head()

    def _make_room(self) -> bool:
        waiting = [each for each in self._others() if each.is_idle]
        if not waiting:
            return False
        min(waiting, key=lambda each: each._idle_since)._give_up()
        return True

    def _others(self) -> list[BoundedProtocol]:
        everyone: Any = self.connections
        return [each for each in everyone if each is not self]

    @property
    def is_idle(self) -> bool:
        """Whether no request is under way; what is left of an answer may be."""
        return self.cycle is None or self.cycle.response_complete

    def _give_up(self) -> None:
        """Close without another word, and count no longer."""
        self.connections.discard(self)
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of timers, and of the work of a request whose client has gone."""
        super().connection_lost(exc)
        for timer in (self._head_timer, self._stall_timer):
            if timer is not None:
                timer.cancel()
        self._head_timer = self._stall_timer = None
        if self.task is not None and not self.is_idle and not goes_on(self.state):
            self.task.cancel()

    # Asking ------------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        """Take in a piece of a request, which must be whole in time."""
        if self._refused:
            return
        self._taken = True
        super().data_received(data)
        self._await_head()

    def _await_head(self) -> None:
        """Start the clock where a request is expected, and stop it where one has come."""
        if not self.is_idle or self._refused:
            if self._head_timer is not None:
                self._head_timer.cancel()
                self._head_timer = None
        elif self._head_timer is None:
            self._head_timer = self.loop.call_later(self.bounds.head_s, self._end_waiting)

    def _end_waiting(self) -> None:
        self._head_timer = None
        if self._refused or not self.is_idle:
            return
        if not self._taken or self.conn.our_state is not h11.IDLE:
            self._give_up()
            return
        self._refuse(408, f"No whole request came within {self.bounds.head_s:g} s.")

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - its words are not ours
        """Refuse what is no HTTP, or has too long a head, with a problem as all refusals are."""
        error = sys.exc_info()[1]
        if getattr(error, "error_status_hint", 400) == 431:
            self._refuse(431, f"The headers are longer than {MAX_HEAD_BYTES:,} bytes.")
        else:
            self._refuse(400, "This is no HTTP request.")

    def _refuse(self, status: int, detail: str, retry_s: int | None = None) -> None:
        """Answer before any request is whole, and close a little later."""
        self._refused = True
        self._await_head()
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):  # amid another answer
            self._give_up()
            return
        request_id = request_id_of(None)
        problem = plain_problem(status, detail).model_copy(update={"request_id": request_id})
        body = problem.model_dump_json(exclude_none=True).encode()
        headers = {"Content-Type": MEDIA_TYPE, "Content-Length": str(len(body)), **SECURITY_HEADERS}
        headers[HEADER] = request_id
        if retry_s is not None:
            headers["Retry-After"] = retry_after(retry_s)
        written = [(name.encode(), value.encode()) for name, value in headers.items()]
        response = h11.Response(
            status_code=status,
            headers=[*written, (b"connection", b"close")],
            reason=HTTPStatus(status).phrase.encode(),
        )
        for event in (response, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.loop.call_later(_LINGER_S, self.transport.abort)

    # Answering ---------------------------------------------------------------------------------

    def on_response_complete(self) -> None:
        """Wait for the next request, and see to it that the answer is taken."""
        self._idle_since = self.loop.time()
        self._taken = False
        self._watch_taking()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Hold back, and see to it that the client takes what is written."""
        super().pause_writing()
        self._watch_taking()
        self._bound_unsent()

    def _watch_taking(self) -> None:
        if self._stall_timer is None and self._out.unsent:
            self._before = (self._out.taken, self._out.unsent)
            self._stalled_since = self.loop.time()
            self._stall_timer = self.loop.call_later(self.bounds.stall_s, self._check_taking)

    def _check_taking(self) -> None:
        """Give the client up that took too little of what was there for it; else go on watching."""
        self._stall_timer = None
        taken, unsent = self._before
        if self._out.taken - taken < min(unsent, SLOWEST_BYTES_S * self.bounds.stall_s):
            self._give_up()
        else:
            self._watch_taking()

    def _bound_unsent(self) -> None:
        """Give up whoever has stalled longest, until what lies here is within bounds."""
        everyone: Any = self.connections
        stalled: list[BoundedProtocol] = [each for each in everyone if each._stall_timer]
        unsent = sum(each._out.unsent for each in stalled)
        for each in sorted(stalled, key=lambda one: one._stalled_since):
            if unsent <= self.bounds.unsent_bytes:
                return
            unsent -= each._out.unsent
            each._give_up()


class _Cancelled:
    """Runs the application so that its work ends with the connection.

    uvicorn only tells who asks, and nobody asks while a search waits for its turn. A client that
    gives up after a second, and tries again, would fill the queue with what nobody will read. An
    act that is noted in the audit log is not given up.
    """

    def __init__(self, connection: BoundedProtocol, app: ASGIApp) -> None:
        self._connection = connection
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run one request; return quietly where its client has gone."""
        if scope["path"] in _WHOLE:
            await self._app(scope, receive, send)
            return
        task = self._connection.task = asyncio.current_task()
        self._connection.state = scope.setdefault("state", {})
        try:
            await self._app(scope, receive, send)
        except asyncio.CancelledError:
            if not self._connection.cycle.disconnected:  # the service stops
                raise
        finally:
            if self._connection.task is task:
                self._connection.task = None


def bounded(settings: Settings) -> type[BoundedProtocol]:
    """Return the protocol within the bounds of the settings, and of what the system allows.

    A process without a file left to open can accept nobody, and says so in no answer: some systems
    allow 256.
    """
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    places = settings.max_connections
    if files != resource.RLIM_INFINITY:
        places = max(1, min(places, (files - _FILES_ELSEWHERE) // 2))

    class Bounded(BoundedProtocol):
        bounds = Bounds(
            connections=places,
            head_s=settings.head_timeout_s,
            stall_s=settings.taking_timeout_s,
            unsent_bytes=settings.max_unsent_bytes,
        )

    return Bounded
