"""What is in the images."""

from __future__ import annotations

import json
import subprocess
from functools import partial
from typing import Any

from tools.containers.engine import ROOT, Engine
from tools.containers.inside import CONTENTS
from tools.containers.report import Report, Unproven

__all__ = ["look_at_images"]

_CONFINED = ("--rm", "--read-only", "--network", "none", "--cap-drop", "ALL")


def look_at_images(report: Report, engine: Engine, serve: str, index: str, base: str) -> None:
    """Look at what both images hold, who runs in them, and how large they are."""
    held: dict[str, dict[str, Any]] = {}

    def start() -> tuple[bool, str]:
        held.update({name: _contents(engine, name) for name in (serve, index)})
        return True, "each tells what it holds, without a network and on a root it cannot write"

    if not report.look("both images start", start):
        return
    report.look("what serves has no torch", lambda: _no_torch(held[serve]))
    report.look("what indexes has torch", lambda: _torch(held[index]))
    for name in (serve, index):
        report.look(f"{name} holds nothing but what is committed", partial(_tracked, held[name]))
        report.look(f"{name} is nobody's by default", partial(_user, engine, name))
        report.look(f"size of {name}", partial(_size, engine, name, base))


def _contents(engine: Engine, image: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        engine.run("run", *_CONFINED, image, "python", "-c", CONTENTS)
    )
    return found


def _no_torch(contents: dict[str, Any]) -> tuple[bool, str]:
    distributions = contents["distributions"]
    heavy = [name for name in distributions if name == "torch" or name.startswith("nvidia")]
    return not heavy, f"{len(distributions)} distributions, of these {heavy or 'none'}"


def _torch(contents: dict[str, Any]) -> tuple[bool, str]:
    distributions = contents["distributions"]
    cuda = sum(name.startswith("nvidia") for name in distributions)
    build = f"with {cuda} packages of CUDA" if cuda else "for processors only"
    return "torch" in distributions, f"torch {distributions.get('torch')}, {build}"


def _tracked(contents: dict[str, Any]) -> tuple[bool, str]:
    done = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Unproven("this is no git working tree, so what is committed cannot be told")
    tracked = set(done.stdout.splitlines())
    strange = sorted(set(contents["files"]) - tracked)
    folders = {line.split("/", 1)[0] for line in tracked}
    left_out = folders - {file.split("/", 1)[0] for file in contents["files"]}
    got_in = sorted(left_out & set(contents["packages"]) | {".git"} & set(contents["packages"]))
    proof = f"{len(contents['files'])} files; not committed: {strange[:5] or 'none'}; "
    return not strange and not got_in, f"{proof}left out: {', '.join(sorted(left_out))}" + (
        f"; installed all the same: {', '.join(got_in)}" if got_in else ""
    )


def _user(engine: Engine, image: str) -> tuple[bool, str]:
    user = str(engine.inspect("image", image)["Config"].get("User", ""))
    return user not in ("", "0", "root"), f"user {user or 'root'}"


def _size(engine: Engine, image: str, base: str) -> tuple[bool, str]:
    size, below = (int(engine.inspect("image", name)["Size"]) for name in (image, base))
    return True, f"{size / 1e9:.2f} GB, {(size - below) / 1e9:.2f} GB of it over the base"
