"""`tools.containers`: its judgement, and what it says where there is nothing to look with.

The looking itself needs an engine, which is not taken for granted: `make containers` is apart.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tools.containers.__main__ import UNABLE, main
from tools.containers.confined import _promises, listening
from tools.containers.report import Report, Unproven, table

ROOT = Path(__file__).resolve().parents[2]
RESULT = ROOT / "benchmarks" / "results" / "containers.json"
TMP = "/tmp"  # noqa: S108 - a place in the container
CONFINED = {
    "uid": 10001,
    "gid": 10001,
    "groups": [10001],
    "capabilities": {"CapPrm": 0, "CapEff": 0, "CapBnd": 0},
    "no_new_privileges": 1,
    "seccomp": 2,
    "writable": {"/dev/mqueue": "mqueue", "/library": "ext4", TMP: "tmpfs"},
    "refusal": "Read-only file system",
    "first": "/sbin/docker-init",
    "pids": "512",
}


def held(told: dict[str, Any]) -> list[str]:
    """Return the promises that do not hold of what a container tells of itself."""
    return [promise for promise, look in _promises(told, {"/library"}) if not look()[0]]


def test_a_confined_container_keeps_every_promise() -> None:
    assert held(CONFINED) == []


@pytest.mark.parametrize(
    ("found", "broken"),
    [
        ({"uid": 0}, "runs as a user"),
        ({"capabilities": {"CapEff": 0, "CapBnd": 1 << 10}}, "has no capability"),
        ({"no_new_privileges": 0}, "has no capability"),
        ({"seccomp": 0}, "has its system calls filtered"),
        ({"writable": {"/data": "ext4", "/library": "ext4"}}, "cannot write"),
        ({"writable": {"/library": "ext4", TMP: "ext4"}}, "cannot write"),
        ({"writable": {"/library": "ext4", "/opt": "tmpfs"}}, "cannot write"),
        ({"writable": {TMP: "tmpfs"}}, "cannot write"),
        ({"refusal": "none"}, "cannot write"),
        ({"pids": "max"}, "is bounded"),
        ({"first": "/opt/venv/bin/python"}, "is bounded"),
    ],
    ids=lambda value: json.dumps(value) if isinstance(value, dict) else value,
)
def test_each_promise_can_be_broken(found: dict[str, Any], broken: str) -> None:
    (promise,) = held({**CONFINED, **found})
    assert promise.startswith(broken)


def test_what_is_listened_on_is_read_from_the_kernels_tables(tmp_path: Path) -> None:
    head = "  sl  local_address rem_address   st tx_queue\n"
    four, six = tmp_path / "tcp", tmp_path / "tcp6"
    four.write_text(
        f"{head}   0: 0100007F:1F40 00000000:0000 0A 0\n   1: 00000000:2135 00000000:0000 0A 0\n"
        "   2: 0100007F:1F40 0100007F:9999 01 0\n"
    )
    six.write_text(f"{head}   0: {'0' * 24}01000000:0050 {'0' * 32}:0000 0A 0\n")

    assert listening([str(four), str(six), str(tmp_path / "none")]) == [
        ("127.0.0.1", 8000),
        ("0.0.0.0", 8501),  # noqa: S104
        ("::1", 80),
    ]


def test_what_cannot_be_looked_at_is_neither_held_nor_failed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def unseen() -> tuple[bool, str]:
        raise Unproven("needs root")

    def broken() -> tuple[bool, str]:
        raise RuntimeError("the engine says no")

    report = Report()
    assert report.look("kept", lambda: (True, "seen"))
    assert not report.look("unseen", unseen)
    assert not report.look("broken", broken)

    assert report.failed == 1
    assert report.closing() == "1 promises held, 1 did not, 1 could not be looked at"
    assert capsys.readouterr().out.splitlines() == [
        "ok       kept: seen",
        "not seen unseen: needs root",
        "FAILED   broken: RuntimeError: the engine says no",
    ]


def test_a_result_is_kept_beside_those_of_other_engines(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    for engine in ("docker 28", "docker 20", "docker 28"):
        report = Report()
        report.look("kept", lambda: (True, "seen"))
        report.save(file, "command", engine=engine, base="b")

    kept = json.loads(file.read_text())
    assert [run["engine"] for run in kept["runs"]] == ["docker 20", "docker 28"]


@pytest.mark.parametrize("arguments", [[], ["--engine", "docker"], ["--engine", "podman"]])
def test_without_an_engine_it_says_so(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tools.containers.engine.shutil.which", lambda _name: None)

    assert main(arguments) == UNABLE

    printed = capsys.readouterr()
    assert printed.err.startswith("not looked at: ")
    assert printed.out == ""


def test_the_table_is_the_committed_result() -> None:
    runs = json.loads(RESULT.read_text(encoding="utf-8"))["runs"]
    assert table(runs) in (ROOT / "docs" / "containers.md").read_text(encoding="utf-8")
