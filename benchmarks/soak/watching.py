"""What the service takes of the machine, looked at every so many seconds."""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.serve import Server, children_of

__all__ = ["Sample", "watch"]


@dataclass(frozen=True, slots=True)
class Sample:
    """One look.

    Attributes:
        at_s: since the first.
        rss_mb, pss_mb: of the service; what it shares counts whole in the first, in part in the
            second.
        own_mb: of it, what is no part of any file: heap and stacks.
        children_mb: PSS of the processes it has started: jobs.
        files: open ones of the service, connections among them.
        threads: of the service.
        disk_mb: of the index folder.
        generations: kept there.
        cpu_s: of the service and its children so far.
    """

    at_s: float
    rss_mb: float
    pss_mb: float
    own_mb: float
    children_mb: float
    files: int
    threads: int
    disk_mb: float
    generations: int
    cpu_s: float

    def told(self) -> dict[str, float]:
        """Return it as plain figures."""
        return {name: round(value, 1) for name, value in asdict(self).items()}


def _memory(pid: int) -> dict[str, float]:
    """Return megabytes by name; none of a process that has ended."""
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
        return {name: int(rest.split()[0]) / 1000 for name, _, rest in map(_parted, lines)}
    return {}


def _parted(line: str) -> tuple[str, str, str]:
    return line.partition(":")


def _descendants(pid: int) -> list[int]:
    below = children_of(pid)
    return [*below, *(each for child in below for each in _descendants(child))]


def sample(server: Server, index: Path, began: float) -> Sample:
    """Look once."""
    pid = server.process.pid
    own = _memory(pid)
    sizes = []
    for path in index.rglob("*"):
        with contextlib.suppress(OSError):  # retired meanwhile
            sizes.append(path.stat().st_blocks * 512 if path.is_file() else 0)
    return Sample(
        at_s=time.perf_counter() - began,
        rss_mb=own["Rss"],
        pss_mb=own["Pss"],
        own_mb=own["Anonymous"],
        children_mb=sum(_memory(each).get("Pss", 0.0) for each in _descendants(pid)),
        files=len(list(Path(f"/proc/{pid}/fd").iterdir())),
        threads=len(list(Path(f"/proc/{pid}/task").iterdir())),
        disk_mb=sum(sizes) / 1e6,
        generations=len(list((index / "generations").iterdir())),
        cpu_s=server.cpu_s(),
    )


async def watch(server: Server, index: Path, every_s: float, samples: list[Sample]) -> None:
    """Look until cancelled."""
    began = time.perf_counter()
    while True:
        samples.append(await asyncio.to_thread(sample, server, index, began))
        await asyncio.sleep(every_s)
