"""One writer at a time: the second is told who the first is, and a dead one stands in no way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import IndexBusyError
from indexer.build import build_from_documents, remove_documents
from indexer.guard import only_writer
from tests.fakes import FakeEncoder, document

HOLD = """
import sys
from pathlib import Path
from indexer.guard import only_writer
sys.argv = ["precedent", "index", "somebody's documents"]
with only_writer(Path(sys.stdin.readline().strip())):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(index_dir: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{index_dir}\n")
    process.stdin.flush()
    assert process.stdout.readline() == "held\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_the_second_is_told_who_holds_it_and_how_to_go_on(tmp_path: Path) -> None:
    process = holder(tmp_path)
    try:
        with pytest.raises(IndexBusyError) as told:
            build_from_documents([document("A/1", "One.")], tmp_path, encoder=FakeEncoder())
        assert "somebody" not in (tmp_path / "lock").read_text()
    finally:
        end(process)
    said = str(told.value)
    assert f"precedent index, process {process.pid}, since 2" in said
    assert f"wait until it ends, or stop it (`kill {process.pid}`)" in said
    assert "somebody" not in said, "what is indexed is nobody's business"


def test_a_writer_that_was_killed_stands_in_nobodys_way(tmp_path: Path) -> None:
    process = holder(tmp_path)
    end(process)
    assert str(process.pid) in (tmp_path / "lock").read_text(), "it had no time to clear it"
    build_from_documents([document("A/1", "One.")], tmp_path, encoder=FakeEncoder())
    assert (tmp_path / "lock").read_text() == ""


def test_a_holder_that_says_nothing_is_told_all_the_same(tmp_path: Path) -> None:
    for said in (b"", b"\0\0\0", b'{"pid": "x"}', b"[1]", json.dumps({"pid": 1}).encode()):
        with only_writer(tmp_path):
            (tmp_path / "lock").write_bytes(said)
            with pytest.raises(IndexBusyError, match="another process is writing to it; wait"):
                only_writer(tmp_path).__enter__()


def test_a_child_of_the_writer_does_not_go_on_holding_it(tmp_path: Path) -> None:
    """A reader's process that outlives the indexer would."""
    with only_writer(tmp_path):
        child = subprocess.Popen([sys.executable, "-S", "-c", "input()"], stdin=subprocess.PIPE)
    with only_writer(tmp_path):
        pass
    child.communicate(b"\n")


def test_a_lock_that_cannot_be_written_on_a_full_disk_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    with only_writer(tmp_path), pytest.raises(IndexBusyError):
        only_writer(tmp_path).__enter__()


def test_a_removal_that_was_cut_short_is_finished_by_the_same_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [document(f"A/{n}", f"Number {n}.") for n in range(3)]
    build_from_documents(made, tmp_path, encoder=FakeEncoder())

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as before_publication:
        before_publication.setattr("indexer.run.publish", killed)
        with pytest.raises(KeyboardInterrupt):
            remove_documents(["A/1"], tmp_path, encoder=FakeEncoder())
    report = remove_documents(["A/1"], tmp_path, encoder=FakeEncoder())
    assert (report.documents, report.generation) == (2, 2)
