"""Serving speed: `python -m benchmarks.serve INDEX` and, for a swap under load, `--swap`.

The real server (`precedent serve`) runs in its own process on a loopback port; eight clients in
another keep it busy with short questions (`benchmarks.questions`), hybrid, k = 10. Reported are the
requests a second of the whole, and the CPU that the server alone took for each, because clients and
server share this machine's cores: requests a server-CPU-second are what two cores could give to
clients elsewhere, halved. Questions asked once and questions asked again are kept apart, for the
server remembers the vectors of recent questions.

A swap is a generation published while the eight ask: its files are links to those in service under
the next number, so that what is timed is the opening and the changing over, not the making, which
is the work of another process. The longest pause is what a client waited beyond the p99 before.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import numpy as np

from benchmarks.load import Answered, Job, Load
from benchmarks.questions import once, repeated
from benchmarks.results import save
from indexer.manifest import Manifest, generation_dir, published_generation, set_current

CLIENTS = 8
READY_TIMEOUT_S = 60.0
SWAP_S = 18.0
"""From one publication to the next: each is noticed, opened, asked what was asked last, served."""
_TICK_S = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server.

    Attributes:
        process: of `precedent serve`.
        port: on 127.0.0.1.
        ready_s: from its start to the first 200 of `/readyz`.
        first_answer_s: from its start to the first answer of a search.
    """

    process: subprocess.Popen[bytes]
    port: int
    ready_s: float
    first_answer_s: float

    def cpu_s(self) -> float:
        """Return CPU seconds of the process and of those it started."""
        return sum(_cpu_of(pid) for pid in (self.process.pid, *children_of(self.process.pid)))

    def memory_mb(self) -> float:
        """Return memory of its processes, what they share counted once, in MB."""
        return sum(_pss_of(pid) for pid in (self.process.pid, *children_of(self.process.pid))) / 1e6

    def get(self, path: str) -> object:
        """Return the answer of a path, or None where it is not 200."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
            return json.loads(body) if answer.status == 200 else None
        finally:
            connection.close()


def _cpu_of(pid: int) -> float:
    """Return CPU seconds of a process and of those it has waited for; none of one that is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) * _TICK_S


def _pss_of(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def children_of(pid: int) -> list[int]:
    """Return the processes that one has started, from whichever of its threads."""
    found: list[int] = []
    with contextlib.suppress(OSError):  # it has ended
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


@contextlib.contextmanager
def serving(index: Path, environment: Mapping[str, str] = MappingProxyType({})) -> Iterator[Server]:
    """Serve an index until the block is left: a process newly started, the file cache warm."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "precedent", "serve", "--port", str(port)]
    start = time.perf_counter()
    process = subprocess.Popen([*command, "--index", str(index)], env={**os.environ, **environment})
    try:
        _await_ready(port, process, start + READY_TIMEOUT_S)
        ready_s = time.perf_counter() - start
        _search_once(port)
        yield Server(process, port, ready_s, time.perf_counter() - start)
    finally:
        process.terminate()
        process.wait(30)


def _await_ready(port: int, process: subprocess.Popen[bytes], deadline: float) -> None:
    while time.perf_counter() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        with contextlib.suppress(ConnectionRefusedError), contextlib.closing(connection):
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.01)
    raise SystemExit("the server did not become ready")


def _search_once(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with contextlib.closing(connection):
        headers = {"Content-Type": "application/json"}
        connection.request("POST", "/v1/search", _bodies(["access to a lawyer"])[0], headers)
        assert connection.getresponse().status == 200


def _bodies(questions: Sequence[str], *, highlights: bool = True) -> list[str]:
    return [json.dumps({"query": each, "k": 10, "highlights": highlights}) for each in questions]


def measure(
    servers: Sequence[Server], bodies: Sequence[str], *, again: bool, seconds: float
) -> dict[str, object]:
    """Load servers, the clients and what they ask shared out among them, and say what they did."""
    cpu = sum(server.cpu_s() for server in servers)
    count = len(servers)
    loads = [
        Load(Job(server.port, bodies[i::count], CLIENTS // count, again, seconds))
        for i, server in enumerate(servers)
    ]
    done = [load.result() for load in loads]
    cpu = sum(server.cpu_s() for server in servers) - cpu
    statuses: dict[str, int] = {}
    for each in done:
        for status, number in each.statuses.items():
            statuses[status] = statuses.get(status, 0) + number
    together = Answered(
        ended=[at for each in done for at in each.ended],
        latency_s=[latency for each in done for latency in each.latency_s],
        statuses=statuses,
        bytes=sum(each.bytes for each in done),
        cpu_s=sum(each.cpu_s for each in done),
    )
    return _figures(together, cpu)


def _figures(answered: Answered, server_cpu_s: float) -> dict[str, object]:
    count = len(answered.ended)
    began = min(np.array(answered.ended) - np.array(answered.latency_s))
    wall = max(answered.ended) - began
    latencies = np.array(answered.latency_s) * 1000
    return {
        "requests": count,
        "statuses": answered.statuses,
        "requests_per_s": round(count / wall, 1),
        "p50_ms": round(float(np.percentile(latencies, 50)), 2),
        "p99_ms": round(float(np.percentile(latencies, 99)), 2),
        "server_cpu_ms_per_request": round(1000 * server_cpu_s / count, 3),
        "requests_per_server_cpu_s": round(count / server_cpu_s, 1),
        "cores_busy_with_server": round(server_cpu_s / wall, 2),
        "cores_busy_with_clients": round(answered.cpu_s / wall, 2),
        "kilobytes_per_answer": round(answered.bytes / count / 1000, 1),
    }


def measure_swaps(index: Path, swaps: int) -> dict[str, object]:
    """Change generations under load, on a copy of the index made of links, and time the pauses."""
    with tempfile.TemporaryDirectory(dir=index.parent) as scratch:
        copy = Path(scratch)
        held = published_generation(index)
        assert held is not None
        link_generation(index, held, copy, held)
        set_current(copy, held)
        with serving(copy) as server:
            measure([server], _bodies(repeated()), again=False, seconds=60)
            seconds = 6.0 + (SWAP_S + 1.0) * swaps
            load = Load(Job(server.port, _bodies(repeated()), CLIENTS, again=True, seconds=seconds))
            time.sleep(4.5)
            swapped = []
            for number in range(held + 1, held + 1 + swaps):
                link_generation(index, held, copy, number)
                swapped.append(time.perf_counter())
                set_current(copy, number)
                time.sleep(SWAP_S)
            info = server.get("/v1/info")
            answered = load.result()
        assert isinstance(info, dict)
        assert info["generation"] == held + swaps, "the server did not change over in time"
    return _pauses(answered, swapped)


def link_generation(source: Path, held: int, target: Path, number: int) -> None:
    """Make a generation of the files of another, under another number."""
    folder = generation_dir(target, number)
    shutil.copytree(generation_dir(source, held), folder, copy_function=os.link)
    manifest = replace(Manifest.read(folder), generation=number)
    (folder / "manifest.json").unlink()  # else it is the other's that is written
    manifest.write(folder)


def _pauses(answered: Answered, swapped: Sequence[float]) -> dict[str, object]:
    ended, latency = np.array(answered.ended), np.array(answered.latency_s) * 1000
    before = ended < swapped[0]
    gaps = np.diff(ended) * 1000
    p99 = float(np.percentile(latency[before], 99))
    during = [(ended[1:] >= at) & (ended[1:] < at + SWAP_S) for at in swapped]
    longest = [float(gaps[each].max()) for each in during]
    slowest = [float(latency[1:][each].max()) for each in during]
    return {
        "swaps": len(swapped),
        "statuses": answered.statuses,
        "before_requests_per_s": round(int(before.sum()) / (swapped[0] - ended[0]), 1),
        "before_p99_ms": round(p99, 2),
        "before_longest_latency_ms": round(float(latency[before].max()), 2),
        "before_longest_gap_ms": round(float(gaps[before[1:]].max()), 2),
        "longest_gap_ms": [round(each, 2) for each in longest],
        "longest_latency_ms": [round(each, 2) for each in slowest],
        "longest_pause_ms": round(max(slowest) - p99, 2),
    }


def _all(index: Path, seconds: float, starts: int, count: int) -> dict[str, object]:
    ready, first = [], []
    for _ in range(starts):
        with serving(index) as server:
            ready.append(server.ready_s)
            first.append(server.first_answer_s)
    loads: dict[str, object] = {}
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(serving(index)) for _ in range(count)]
        info = servers[0].get("/v1/info")
        unseen = once()
        for highlights, kind in ((True, "with highlights"), (False, "without highlights")):
            half, unseen = unseen[:1000], unseen[1000:]
            bodies = _bodies(half, highlights=highlights)
            loads[f"asked once, {kind}"] = measure(servers, bodies, again=False, seconds=seconds)
            bodies = _bodies(repeated(), highlights=highlights)
            measure(servers, bodies, again=False, seconds=60)
            loads[f"asked again, {kind}"] = measure(servers, bodies, again=True, seconds=seconds)
        memory = sum(server.memory_mb() for server in servers)
    assert isinstance(info, dict)
    return {
        "passages": info["passages"],
        "model": info["model"]["name"],
        "clients": CLIENTS,
        "servers": count,
        "ready_s": round(statistics.median(ready), 2),
        "first_answer_s": round(statistics.median(first), 2),
        "server_memory_mb": round(memory),
        "loads": loads,
    }


def main() -> None:
    """Measure and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--seconds", type=float, default=8.0, help="of each load (8)")
    parser.add_argument("--starts", type=int, default=3, help="starts timed (3)")
    parser.add_argument("--servers", type=int, default=1, choices=(1, 2, 4), help="processes (1)")
    parser.add_argument("--swap", type=int, default=0, metavar="N", help="only change over N times")
    parser.add_argument("--no-save", action="store_true", help="print only")
    given = parser.parse_args()
    command = "python -m benchmarks.serve INDEX"
    if given.swap:
        name, measured = "serve-swap", measure_swaps(given.index, given.swap)
        command += f" --swap {given.swap}"
    else:
        name = "serve" if given.servers == 1 else f"serve-{given.servers}"
        measured = _all(given.index, given.seconds, given.starts, given.servers)
        command += "" if given.servers == 1 else f" --servers {given.servers}"
    print(json.dumps(measured, indent=1))
    if not given.no_save:
        print("kept in", save(name, command, measured).name)


if __name__ == "__main__":
    main()
