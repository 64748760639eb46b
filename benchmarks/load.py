"""A load of searches over HTTP, in a process of its own: `python -m benchmarks.load`, job on stdin.

Clients are keep-alive connections that each wait for an answer before they ask again (a closed
loop). Requests are written before the clock starts and answers are read no further than their
status and length, so that the client takes little of the processor the server is measured on.
What it takes is told. It asks only servers on this machine, and is bounded in count and in time.
"""

from __future__ import annotations

import json
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from typing import Any

__all__ = ["Answered", "Job", "Load"]

_HOST = "127.0.0.1"
_MAX_REQUESTS = 200_000
_MAX_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Job:
    """What to ask.

    Attributes:
        port: of a server on this machine.
        bodies: JSON bodies of `POST /v1/search`, asked in order.
        clients: connections.
        again: begin anew at the end of `bodies`; else each is asked once.
        seconds: bound on time.
    """

    port: int
    bodies: Sequence[str]
    clients: int
    again: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back, one entry a request, in order of completion.

    Attributes:
        ended: when, on this machine's monotonic clock, in seconds.
        latency_s: from sending to the last byte.
        statuses: how many of each HTTP status.
        bytes: of the bodies of answers.
        cpu_s: of the client process.
    """

    ended: list[float]
    latency_s: list[float]
    statuses: dict[str, int]
    bytes: int
    cpu_s: float


class Load:
    """A load under way in another process."""

    def __init__(self, job: Job) -> None:
        """Start it."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.load"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asdict(job)))
        self._process.stdin.close()

    def result(self) -> Answered:
        """Wait for its end."""
        assert self._process.stdout is not None
        printed = self._process.stdout.read()
        if self._process.wait():
            raise SystemExit("the load failed; see above")
        return Answered(**json.loads(printed))


class _Client:
    """One connection and the answer it waits for."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((_HOST, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._received = bytearray()
        self._length = -1
        self.sent_at = 0.0

    def ask(self, request: bytes) -> None:
        self._received.clear()
        self._length = -1
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> tuple[str, int] | None:
        """Take in what there is; return (status, bytes of the body) when it is whole."""
        chunk = self.socket.recv(1 << 18)
        if not chunk:
            raise SystemExit("the server closed a connection")
        self._received += chunk
        if self._length < 0:
            head = self._received.find(b"\r\n\r\n")
            if head < 0:
                return None
            lines = bytes(self._received[:head]).lower()
            at = lines.index(b"content-length:") + 15
            self._body = int(lines[at:].split(b"\r\n", 1)[0])
            self._length = head + 4 + self._body
        if len(self._received) < self._length:
            return None
        return bytes(self._received[9:12]).decode(), self._body


def _run(job: Job) -> Answered:
    requests: Iterator[bytes] = iter([_request(body) for body in job.bodies])
    if job.again:
        requests = islice(cycle([_request(body) for body in job.bodies]), _MAX_REQUESTS)
    ended: list[float] = []
    latency: list[float] = []
    statuses: dict[str, int] = {}
    size = 0
    cpu = time.process_time()
    deadline = time.perf_counter() + min(job.seconds, _MAX_SECONDS)
    with selectors.DefaultSelector() as ready:
        clients = [_Client(job.port) for _ in range(job.clients)]
        waiting = 0
        for client in clients:
            ready.register(client.socket, selectors.EVENT_READ, client)
            if (request := next(requests, None)) is not None:
                client.ask(request)
                waiting += 1
        while waiting:
            for key, _ in ready.select(timeout=30):
                client = key.data
                answer = client.receive()
                if answer is None:
                    continue
                now = time.perf_counter()
                ended.append(now)
                latency.append(now - client.sent_at)
                statuses[answer[0]] = statuses.get(answer[0], 0) + 1
                size += answer[1]
                request = next(requests, None) if now < deadline else None
                if request is None:
                    waiting -= 1
                else:
                    client.ask(request)
        for client in clients:
            client.socket.close()
    return Answered(ended, latency, statuses, size, time.process_time() - cpu)


def _request(body: str) -> bytes:
    payload = body.encode()
    head = (
        f"POST /v1/search HTTP/1.1\r\nHost: {_HOST}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload


def main() -> None:
    """Run the job on stdin and print what came back."""
    given: dict[str, Any] = json.load(sys.stdin)
    json.dump(asdict(_run(Job(**given))), sys.stdout)


if __name__ == "__main__":
    main()
