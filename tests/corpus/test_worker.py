"""Worker processes: what happens to them happens to one file only."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import (
    DamagedFileError,
    EncryptedFileError,
    LimitExceededError,
    ReadError,
    ServiceError,
)
from corpus.limits import Limits
from corpus.sandbox.pool import ParsingPool

ROOT = Path(__file__).resolve().parents[2]
LIMITS = Limits(wall_time_s=1.5, address_space_bytes=2**30)


def act(path: Path, limits: Limits) -> object:
    """Do what the file's name says; this runs inside the worker."""
    name = path.name
    if name == "abort":
        os.abort()
    if name == "exit":
        os._exit(3)
    if name == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "hang":
        while True:
            time.sleep(0.01)
    if name == "memory":
        return len(bytearray(4 * 2**30))
    if name == "recursion":
        return act(path, limits)
    if name == "bug":
        raise KeyError("no such layout")
    if name.startswith("forge"):
        raise KeyError("\x1b[2J of the file")
    if name == "encrypted":
        cause = OSError("a cause that must not cross")
        raise EncryptedFileError("a file", "needs a password", "ask for it") from cause
    if name == "intruder":
        return Intruder()
    if name == "print":
        sys.stdout.write("noise on standard output")
        os.write(1, b"\xff" * 100)
    if name == "fds":
        return sorted(int(entry.name) for entry in Path("/proc/self/fd").iterdir())
    if name == "core":
        import resource

        return resource.getrlimit(resource.RLIMIT_CORE)
    if name == "reader":
        return os.environ.get("PRECEDENT_PDF_READER")
    return (name, os.getpid())


class Intruder:
    """Of a class that no answer may contain; it would call a function when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (os.system, ("true",))


@pytest.fixture
def pool() -> Iterator[ParsingPool[object]]:
    with ParsingPool(act, workers=1, limits=LIMITS) as given:
        yield given


def test_each_file_comes_back_once_with_its_result(pool: ParsingPool[object]) -> None:
    paths = [Path(f"file-{number}") for number in range(20)]
    outcomes = dict(pool.run(paths))
    assert set(outcomes) == set(paths)
    assert {outcome[0] for outcome in outcomes.values()} == {path.name for path in paths}  # type: ignore[index]


def test_a_large_parent_does_not_make_a_crash_look_like_want_of_memory() -> None:
    """The peak a system reports for a process begins at that of the process it was started from."""
    script = (
        "from pathlib import Path\n"
        "from corpus.sandbox.pool import ParsingPool\n"
        "from tests.corpus.test_worker import LIMITS, act\n"
        "ballast = bytearray(LIMITS.address_space_bytes // 2)\n"
        "with ParsingPool(act, workers=1, limits=LIMITS) as pool:\n"
        "    print(pool.run_one(Path('exit')))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert "DamagedFileError: exit: crashed its reader (exit 3)" in done.stderr.splitlines()[-1]


def test_a_worker_is_reused(pool: ParsingPool[object]) -> None:
    pids = {outcome[1] for _, outcome in pool.run(Path(f"f{n}") for n in range(5))}  # type: ignore[index]
    assert len(pids) == 1
    assert os.getpid() not in pids


@pytest.mark.parametrize(
    ("name", "expected", "cause"),
    [
        ("abort", DamagedFileError, "crashed its reader (SIGABRT)"),
        ("exit", DamagedFileError, "crashed its reader (exit 3)"),
        ("kill", LimitExceededError, "memory"),
        ("hang", LimitExceededError, "took longer than 1.5 s"),
        ("memory", LimitExceededError, "needs more than 1 GiB of memory"),
        ("recursion", LimitExceededError, "nested"),
        ("bug", DamagedFileError, "KeyError"),
        ("intruder", DamagedFileError, "may not contain"),
    ],
)
def test_what_befalls_a_worker_befalls_one_file(
    pool: ParsingPool[object], name: str, expected: type[ReadError], cause: str
) -> None:
    outcomes = {path.name: outcome for path, outcome in pool.run(map(Path, ["a", name, "b"]))}
    outcome = outcomes[name]
    assert type(outcome) is expected
    assert isinstance(outcome, ReadError)
    assert cause in outcome.cause
    assert outcome.subject == name
    assert outcomes["a"][0] == "a"  # type: ignore[index]
    assert outcomes["b"][0] == "b"  # type: ignore[index]


def test_a_file_forges_no_line_of_the_log(
    pool: ParsingPool[object], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(DamagedFileError):
        pool.run_one(Path("forge\nERROR the index is gone"))
    assert "KeyError" in caplog.text
    assert "\x1b" not in caplog.text
    assert not [line for line in caplog.text.splitlines() if line.startswith("ERROR the index")]


def test_a_read_error_crosses_intact(pool: ParsingPool[object]) -> None:
    with pytest.raises(EncryptedFileError) as caught:
        pool.run_one(Path("encrypted"))
    error = caught.value
    assert (error.subject, error.cause, error.remedy) == (
        "a file",
        "needs a password",
        "ask for it",
    )
    assert str(error) == "a file: needs a password; ask for it"


def test_what_a_parser_prints_harms_nothing(pool: ParsingPool[object]) -> None:
    assert pool.run_one(Path("print"))[0] == "print"  # type: ignore[index]


def test_after_a_crash_the_file_is_tried_with_the_other_reader(tmp_path: Path) -> None:
    with ParsingPool(crash_unless_careful, workers=1, limits=LIMITS) as pool:
        assert pool.run_one(tmp_path) == "pypdf"


def crash_unless_careful(path: Path, limits: Limits) -> str:
    reader = os.environ.get("PRECEDENT_PDF_READER")
    if reader is None:
        os.abort()
    return reader


def test_ordinary_workers_use_the_ordinary_reader(pool: ParsingPool[object]) -> None:
    assert pool.run_one(Path("reader")) is None


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="no /proc on this system")
def test_workers_inherit_no_descriptors(pool: ParsingPool[object]) -> None:
    read_end, write_end = os.pipe()
    try:
        os.set_inheritable(read_end, True)
        os.set_inheritable(write_end, True)
        descriptors = pool.run_one(Path("fds"))
        assert isinstance(descriptors, list)
        # Standard three, the answering pipe, the null device, and the listing itself.
        assert len(descriptors) <= 7
    finally:
        os.close(read_end)
        os.close(write_end)


def test_workers_leave_no_core_files(pool: ParsingPool[object]) -> None:
    assert pool.run_one(Path("core")) == (0, 0)


def test_paths_are_taken_as_workers_become_free(pool: ParsingPool[object]) -> None:
    taken = 0

    def endless() -> Iterator[Path]:
        nonlocal taken
        for number in itertools.count():
            taken += 1
            yield Path(f"file-{number}")

    run = pool.run(endless())
    assert len(list(itertools.islice(run, 3))) == 3
    assert taken <= 5
    assert pool.run_one(Path("still-working"))[0] == "still-working"  # type: ignore[index]


def test_two_workers_work_at_the_same_time() -> None:
    pool: ParsingPool[object]
    with ParsingPool(act, workers=2, limits=LIMITS) as pool:
        order = [path.name for path, _ in pool.run(map(Path, ["hang", "a", "b", "c"]))]
    assert order[-1] == "hang"


def test_a_run_left_between_two_answers_leaves_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both workers answer at once and the caller stops at the first: the second is ended too."""
    pool: ParsingPool[object]
    with ParsingPool(act, workers=2, limits=LIMITS) as pool:
        select = pool._selector.select
        workers = []

        def until_both_have_answered(timeout: float) -> object:
            workers[:] = [key.data for key in pool._selector.get_map().values()]
            while len(ready := select(timeout)) < 2:
                time.sleep(0.01)
            return ready

        monkeypatch.setattr(pool._selector, "select", until_both_have_answered)
        run = pool.run(map(Path, ["a", "b"]))
        next(run)
        run.close()  # type: ignore[attr-defined]

    assert len(workers) == 2
    assert not any(worker.alive for worker in workers)


def test_a_parser_that_does_not_exist_is_said_plainly() -> None:
    with (
        ParsingPool[object]("corpus.nothing:parse", workers=1) as pool,
        pytest.raises(ServiceError, match="could not start"),
    ):
        pool.run_one(Path("a"))


def test_workers_must_be_one_or_more() -> None:
    with pytest.raises(ValueError, match="1 or more"):
        ParsingPool(act, workers=0)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no /proc on this system")
def test_workers_die_with_a_killed_parent() -> None:
    program = textwrap.dedent(
        """
        from pathlib import Path
        from corpus.limits import Limits
        from corpus.sandbox.pool import ParsingPool
        from tests.corpus.test_worker import act
        with ParsingPool(act, workers=1, limits=Limits(wall_time_s=600)) as pool:
            print(pool.run_one(Path("pid"))[1], flush=True)
            pool.run_one(Path("hang"))
        """
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=ROOT, text=True
    )
    assert parent.stdout is not None
    with parent, parent.stdout:
        worker = int(parent.stdout.readline())
        assert Path(f"/proc/{worker}").exists()
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    deadline = time.monotonic() + 60
    while _is_running(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_running(worker)


def _is_running(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rsplit(")", 1)[1].split()[0] not in "ZX"
