"""Programs that a reader starts: none of them outlives the reader, however that ends."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.errors import LimitExceededError
from corpus.limits import Limits
from corpus.readers.doc import read_doc
from corpus.sandbox.handed import open_file
from corpus.sandbox.pool import ParsingPool
from tests.corpus.test_doc import TEXT, WORD, printing

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(
    not Path("/proc/self/cmdline").exists(), reason="no /proc on this system to find programs in"
)


@pytest.fixture
def word_file(tmp_path: Path) -> Path:
    path = tmp_path / "a.doc"
    path.write_bytes(WORD)
    return path


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """Put programs on PATH that start another and wait for it; return what that one is found by."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "sleep", "cat", "env"):
        (folder / name).symlink_to(shutil.which(name) or f"/bin/{name}")
    monkeypatch.setenv("PATH", str(folder))
    number = f"{secrets.randbelow(10**6) + 4 * 10**6}.5"

    def put(*names: str, **scripts: str) -> str:
        scripts |= dict.fromkeys(names, f"sleep {number} & wait")
        for name, script in scripts.items():
            program = folder / name
            program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return number

    yield put
    for pid in _running(number):
        os.kill(pid, signal.SIGKILL)


def _running(number: str) -> list[int]:
    """Return the processes that have a number as their last argument."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (place / "cmdline").read_bytes().rstrip(b"\0").split(b"\0")
        except OSError:
            continue
        if arguments[-1] == number.encode():
            found.append(int(place.name))
    return found


def _wait_until(holds: Callable[[], object], within_s: float = 30) -> bool:
    deadline = time.monotonic() + within_s
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _parent_of(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return int(fields[1])


def read(path: Path, limits: Limits) -> str:
    """Read an old Word file; this runs inside the worker."""
    with open_file(path) as stream:
        return read_doc(stream.read(), path.name, limits).warnings[0]


def fork_away(path: Path, limits: Limits) -> list[str]:
    """Start a process that would leave its group, as a reader that was taken over may."""
    inside, outside = os.pipe()
    if (child := os.fork()) == 0:
        for leave in (os.setsid, os.setpgrp):
            try:
                leave()
            except PermissionError:
                os.write(outside, b"refused ")
        os._exit(0)
    os.waitpid(child, 0)
    return os.read(inside, 100).decode().split()


PARENT = """
import sys
from pathlib import Path
from corpus.sandbox.pool import ParsingPool
with ParsingPool("tests.corpus.test_programs:read", workers=1) as pool:
    pool.run_one(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("end", ["parent killed", "parent stopped", "worker killed"])
@pytest.mark.parametrize("program", ["soffice", "antiword"])
def test_a_program_ends_with_who_asked_for_it(
    slow: Callable[..., str], word_file: Path, program: str, end: str
) -> None:
    number = slow(program)
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(word_file)], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    assert _wait_until(lambda: _running(number)), "the program was never started"
    worker = _parent_of(_parent_of(_running(number)[0]))
    assert _parent_of(worker) == parent.pid
    if end == "worker killed":
        os.kill(worker, signal.SIGKILL)
    else:
        parent.send_signal(signal.SIGKILL if end == "parent killed" else signal.SIGTERM)
    parent.wait()
    assert _wait_until(lambda: not _running(number), 10), "the program outlives its reader"


def test_a_program_ends_with_a_pool_that_is_closed(
    slow: Callable[..., str], word_file: Path
) -> None:
    """As in the indexer, where a run is interrupted."""
    number = slow("soffice")
    with ParsingPool(read, workers=1) as pool:

        def end_the_worker() -> None:
            assert _wait_until(lambda: _running(number))
            (key,) = pool._selector.get_map().values()
            key.data._kill()

        ending = threading.Thread(target=end_the_worker)
        ending.start()
        with pytest.raises(LimitExceededError):
            pool.run_one(word_file)
        ending.join()
    assert _wait_until(lambda: not _running(number), 10)


def test_a_program_that_hangs_ends_at_its_time_limit_and_the_next_one_reads(
    slow: Callable[..., str], word_file: Path
) -> None:
    number = slow("soffice", antiword=printing(TEXT))
    with ParsingPool(read, workers=1, limits=Limits(conversion_s=1)) as pool:
        assert "read with antiword" in pool.run_one(word_file)
        assert not _running(number)
        assert "read with antiword" in pool.run_one(word_file), "its worker goes on"


def test_a_program_that_cannot_be_ended_costs_its_file_at_the_deadline(
    slow: Callable[..., str], word_file: Path
) -> None:
    number = slow()
    slow(antiword=f"trap '' USR2 TERM\nsleep {number} & wait")
    with (
        ParsingPool(read, workers=1, limits=Limits(wall_time_s=2, conversion_s=1)) as pool,
        pytest.raises(LimitExceededError),
    ):
        pool.run_one(word_file)
    assert _wait_until(lambda: not _running(number), 10)


@pytest.mark.skipif(sys.platform != "linux", reason="system calls are filtered on Linux only")
def test_nothing_that_a_reader_starts_can_leave_its_group(
    slow: Callable[..., str], word_file: Path
) -> None:
    slow("antiword")
    with ParsingPool(fork_away, workers=1) as pool:
        assert pool.run_one(word_file) == ["refused", "refused"]
