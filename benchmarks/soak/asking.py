"""Asking over HTTP at a rate."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

__all__ = ["Answer", "Asked", "Asker", "Client"]

_HOST = "127.0.0.1"
_PATIENCE_S = 90.0
_MOST_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """A request.

    Attributes:
        kind: of what, for the figures.
        method, path, body: as sent; a body is JSON, or what `media_type` says.
        media_type: of the body.
    """

    kind: str
    method: str
    path: str
    body: bytes = b""
    media_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a request.

    Attributes:
        kind: of the request.
        due: when it was to be sent, on the monotonic clock.
        latency_s: from then to the last byte.
        status: of HTTP; 0 where no answer came.
        retry_after: whether the answer told when to come back.
        told: name of the fault, where no answer came.
    """

    kind: str
    due: float
    latency_s: float
    status: int
    retry_after: bool = False
    told: str = ""


@dataclass(slots=True)
class Client:
    """Keep-alive connections to a port of this machine, as many as are needed.

    Attributes:
        port: of the service.
        open: requests under way.
    """

    port: int
    open: int = 0
    _idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=list)

    async def ask(self, asked: Asked) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body."""
        held = self._idle.pop() if self._idle else None
        if held is not None:
            try:
                return await self._exchange(asked, *held)
            except (
                ConnectionError,
                asyncio.IncompleteReadError,
            ):  # closed while idle
                held[1].close()
        return await self._exchange(asked, *await asyncio.open_connection(_HOST, self.port))

    async def _exchange(
        self, asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> tuple[int, dict[str, str], bytes]:
        kept = False
        try:
            head = f"{asked.method} {asked.path} HTTP/1.1\r\nHost: {_HOST}\r\n"
            if asked.body:
                head += f"Content-Type: {asked.media_type}\r\n"
            if asked.body or asked.method == "POST":
                head += f"Content-Length: {len(asked.body)}\r\n"
            writer.write(head.encode() + b"\r\n" + asked.body)
            lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            pairs = (line.partition(": ") for line in lines[1:] if line)
            headers = {name.lower(): value for name, _, value in pairs}
            body = await reader.readexactly(int(headers["content-length"]))
            kept = headers.get("connection") != "close"
            return int(lines[0].split()[1]), headers, body
        finally:
            if kept:
                self._idle.append((reader, writer))
            else:
                writer.close()

    def close(self) -> None:
        """Let go of idle connections."""
        for _, writer in self._idle:
            writer.close()
        self._idle.clear()


class Asker:
    """Sends requests when they are due, whatever became of those before.

    Attributes:
        answers: of all requests that have ended, in order of ending.
        late: requests that were not sent, since too many were open here.
    """

    def __init__(self, client: Client, make: Callable[[], Asked], seed: int = 1) -> None:
        self.answers: list[Answer] = []
        self.late = 0
        self._client = client
        self._make = make
        self._random = random.Random(seed)  # noqa: S311
        self._tasks: set[asyncio.Task[bytes]] = set()

    async def ask(self, rate: float, seconds: float, patience_s: float = _PATIENCE_S) -> None:
        """Send at random times, `rate` a second on the whole, and wait for the answers."""
        due = time.perf_counter()
        end = due + seconds
        while (due := due + self._random.expovariate(rate)) < end:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            if len(self._tasks) >= _MOST_AT_ONCE:
                self.late += 1
                continue
            task = asyncio.create_task(self.one(self._make(), due, patience_s))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        await asyncio.gather(*self._tasks)

    async def one(
        self, asked: Asked, due: float | None = None, patience_s: float = _PATIENCE_S
    ) -> bytes:
        """Send a request now, keep what became of it, and return the body of its answer."""
        due = time.perf_counter() if due is None else due
        status, headers, body, told = 0, dict[str, str](), b"", ""
        try:
            async with asyncio.timeout(patience_s):
                status, headers, body = await self._client.ask(asked)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            told = type(error).__name__
        latency = time.perf_counter() - due
        retry = "retry-after" in headers
        self.answers.append(Answer(asked.kind, due, latency, status, retry, told))
        return body
