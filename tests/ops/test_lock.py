"""The locked requirements: complete, digested, and bound to no place."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tools.lock import without_cuda

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {name: (ROOT / "requirements" / name).read_text() for name in ("base.txt", "dev.txt")}
ENTRY = re.compile(
    r"^([a-z0-9][a-z0-9._-]*)==(\S+)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", re.M
)


def pinned(name: str) -> dict[str, str]:
    return {match[1]: match[2] for match in ENTRY.finditer(LOCKS[name])}


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(params=LOCKS)
def lock(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_line_is_a_digested_pin_or_a_comment(lock: str) -> None:
    rest = ENTRY.sub("", LOCKS[lock])
    assert [line for line in rest.splitlines() if line.strip() and line.strip()[0] != "#"] == []
    assert len(pinned(lock)) > 50


def test_no_host_and_no_path(lock: str) -> None:
    assert re.findall(r"https?:|file:|--index|--extra|--find-links|(?<!\w)/\w+/", LOCKS[lock]) == []


def test_what_pyproject_asks_for_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    runs = {normalised(re.split(r"[<>=!~ \[;]", line)[0]) for line in project["dependencies"]}
    tests = {
        normalised(re.split(r"[<>=!~ \[;]", line)[0])
        for line in project["optional-dependencies"]["dev"]
    }
    assert runs - {"torch"} <= set(pinned("base.txt"))
    assert (runs | tests) - {"torch"} <= set(pinned("dev.txt"))


def test_base_is_part_of_dev_in_the_same_versions() -> None:
    dev = pinned("dev.txt")
    assert {name: dev.get(name) for name in pinned("base.txt")} == pinned("base.txt")


def test_torch_is_apart_but_what_it_needs_is_locked(lock: str) -> None:
    names = set(pinned(lock))
    assert "torch" not in names
    assert not [name for name in names if name.startswith(("nvidia", "cuda", "triton"))]
    assert {"sympy", "networkx", "jinja2", "filelock", "fsspec", "typing-extensions"} <= names
    torch = (ROOT / "requirements" / "torch.txt").read_text()
    assert re.fullmatch(r"torch==\d+\.\d+\.\d+\n", torch)


def test_cuda_packages_and_the_closing_warning_are_dropped() -> None:
    digest = "0" * 64
    given = (
        f"mpmath==1.3.0 \\\n    --hash=sha256:{digest}\n    # via sympy\n"
        f"nvidia-cublas==13.2.0 \\\n    --hash=sha256:{digest}\n    # via torch\n"
        f"triton==3.5.0 \\\n    --hash=sha256:{digest}\n"
        f"wheel==0.48.0 \\\n    --hash=sha256:{digest}\n    # via pip-tools\n\n"
        "# WARNING: The following packages were not pinned, but pip requires them\n# torch\n"
    )
    assert without_cuda(given) == (
        f"mpmath==1.3.0 \\\n    --hash=sha256:{digest}\n    # via sympy\n"
        f"wheel==0.48.0 \\\n    --hash=sha256:{digest}\n    # via pip-tools\n"
    )
