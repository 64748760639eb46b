"""The Makefile and .ci/run: what they promise, as far as it can be seen without running them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TARGETS = [
    *("demo", "test", "setup", "setup-dev", "model", "format", "check-format", "lint", "types"),
    *("layers", "unit", "lock", "openapi", "docs"),
]


@pytest.fixture
def make() -> str:
    found = shutil.which("make")
    if found is None:
        pytest.skip("no make here; `apt-get install make` has it")
    return found


@pytest.mark.parametrize("target", TARGETS)
def test_target_is_there_and_described(make: str, target: str) -> None:
    done = subprocess.run([make, "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    described = {line.split()[0]: line.split(maxsplit=1)[1] for line in done.stdout.splitlines()}
    assert described[target]


def test_test_runs_every_check_and_pytest_last(make: str) -> None:
    done = subprocess.run(
        [make, "--dry-run", "--always-make", "test"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    steps = [
        "ruff format --check",
        "ruff check",
        "/mypy",
        "lint-imports",
        "models pull",
        "-m pytest",
    ]
    places = [done.stdout.find(step) for step in steps]
    assert -1 not in places, dict(zip(steps, places, strict=True))
    assert places == sorted(places)


def test_nothing_is_installed_twice(make: str, tmp_path: Path) -> None:
    """A stamp newer than the locks means that there is nothing to do."""
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    stamps = [tmp_path / ".venv" / name for name in ("bin/python", ".base", ".dev")]
    for age, stamp in enumerate(stamps):
        stamp.touch()
        os.utime(stamp, (2_000_000_000 + age, 2_000_000_000 + age))

    def plan() -> str:
        command = [make, "--dry-run", "setup-dev"]
        return subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, check=True
        ).stdout

    assert "pip" not in plan()
    lock = tmp_path / "requirements" / "dev.txt"
    os.utime(lock, (2_000_000_100, 2_000_000_100))
    assert "--require-hashes --no-deps -r requirements/dev.txt" in plan()


def test_ci_ends_with_make_test() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    lines = script.read_text().splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in lines
    assert lines[-1] == "make test"
    subprocess.run(["bash", "-n", str(script)], check=True)


def test_hooks_are_local_and_fetch_nothing() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    assert {hook["language"] for hook in hooks} == {"system"}
    assert all(re.match(r"\.venv/bin/", hook["entry"]) for hook in hooks)
