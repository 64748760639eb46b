"""Two backups that go to one file at the same moment: each is whole, or told to wait."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import ServiceError
from precedent.backup import make_backup, open_backup
from precedent.backup.arriving import arriving
from precedent.backup.make import Wanted

MAKE = """
import sys
from pathlib import Path
from corpus.errors import ServiceError
from precedent.backup import make_backup
from precedent.backup.make import Wanted
print("ready", flush=True)
sys.stdin.readline()
try:
    make_backup(Wanted(Path(sys.argv[1])), Path(sys.argv[2]))
    print("made")
except ServiceError as error:
    print("waits" if "is being written by another backup" in str(error) else error)
"""


def test_a_backup_that_ended_meanwhile_is_not_written_over(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other ends between this one's opening of the file and its locking of it."""
    target = tmp_path / "b.zip"
    real, first = fcntl.flock, [True]

    def write_and_fail() -> None:
        with arriving(target) as stream:
            stream.write(b"half a backup")
            raise ZeroDivisionError

    def flock(stream: object, how: int) -> None:
        if getattr(stream, "name", None) == str(tmp_path / ".b.zip.partial") and first:
            first.clear()
            make_backup(Wanted(made / "index"), target)
        real(stream, how)  # type: ignore[arg-type]

    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    monkeypatch.undo()
    with open_backup(target) as backup:
        backup.verify()
    assert [path.name for path in tmp_path.iterdir()] == ["b.zip"]


def test_one_under_way_is_left_alone(made: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    with arriving(target) as stream:
        with pytest.raises(ServiceError, match="written by another backup; wait until that ends"):
            make_backup(Wanted(made / "index"), target)
        stream.write(b"whole")
    assert target.read_bytes() == b"whole"


def test_processes_that_begin_together_leave_one_whole_backup(made: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    command = [sys.executable, "-c", MAKE, str(made / "index"), str(target)]
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    told = [process.communicate(timeout=60)[0].strip() for process in running]
    assert set(told) <= {"made", "waits"}
    assert "made" in told
    with open_backup(target) as backup:
        backup.verify()
    assert [path.name for path in tmp_path.iterdir()] == ["b.zip"]
    assert list((made / "index").glob(".*")) == []
