"""What a container may do, asked from inside, and who reaches it, asked from outside."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tools.containers.engine import Project
from tools.containers.inside import PROBE
from tools.containers.neighbour import neighbour, reaches
from tools.containers.report import Report

__all__ = ["listening", "look_at_confinement", "look_at_reach"]

_USER = 10001
_PIDS = 512
_SECCOMP_FILTER = 2
_MEMORY = {"tmpfs", "mqueue"}
# The first is of the compose file; the others are the engines' own, the last podman's.
_IN_MEMORY = {"/tmp", "/dev/shm", "/dev/mqueue", "/var/tmp"}  # noqa: S108
_VOLUMES = {"api": {"/library"}, "page": set(), "indexer": {"/data"}}
_LISTEN = "0A"


def look_at_confinement(report: Report, project: Project) -> None:
    """Ask in each of the three services what it may do."""
    for service, volumes in _VOLUMES.items():
        if service == "indexer":
            command = ("run", "--rm", "--no-deps", "-T", service, "python", "-c", PROBE)
            told = json.loads(project.compose(*command))
        else:
            told = json.loads(project.inside(service, "python", "-c", PROBE))
        for promise, look in _promises(told, volumes):
            report.look(f"{service}: {promise}", look)
    report.look("readers of files are confined inside, too", lambda: _readers(project))


def _promises(
    told: dict[str, Any], volumes: set[str]
) -> Sequence[tuple[str, Callable[[], tuple[bool, str]]]]:
    capabilities = told["capabilities"]
    writable: dict[str, str] = told["writable"]
    kept = {folder for folder, kind in writable.items() if kind not in _MEMORY}
    return (
        ("runs as a user of its own", lambda: (told["uid"] == _USER, _who(told))),
        (
            "has no capability and can get none",
            lambda: (
                not any(capabilities.values()) and told["no_new_privileges"] == 1,
                ", ".join(f"{name} {value:x}" for name, value in capabilities.items())
                + f", NoNewPrivs {told['no_new_privileges']}",
            ),
        ),
        (
            "has its system calls filtered by the engine",
            lambda: (told["seccomp"] == _SECCOMP_FILTER, f"Seccomp {told['seccomp']}"),
        ),
        (
            "cannot write but to its volumes and to memory",
            lambda: (
                kept == volumes
                and writable.keys() - kept <= _IN_MEMORY
                and told["refusal"] != "none",
                ", ".join(f"{folder} ({kind})" for folder, kind in sorted(writable.items()))
                + f"; /written: {told['refusal']}",
            ),
        ),
        (
            "is bounded in processes, and has an init that reaps them",
            lambda: (
                told["pids"] == str(_PIDS) and "init" in told["first"],
                f"pids.max {told['pids']}, process 1 is {told['first']}",
            ),
        ),
    )


def _who(told: dict[str, Any]) -> str:
    return f"uid {told['uid']}, gid {told['gid']}, groups {told['groups']}"


def _readers(project: Project) -> tuple[bool, str]:
    """Ask `precedent doctor`, which lets a reader try what a hostile file would."""
    findings = json.loads(project.inside("api", "precedent", "doctor", "--json"))["findings"]
    wanted = ("confinement of readers", "tesseract", "old Word files")
    found = {one["part"]: one for one in findings if one["part"] in wanted}
    fine = len(found) == len(wanted) and all(one["state"] == "ok" for one in found.values())
    return fine, "; ".join(f"{part}: {one['detail']}" for part, one in found.items())


def look_at_reach(report: Report, project: Project, ports: Sequence[int]) -> None:
    """Look at who on this machine and beside it reaches the services."""
    report.look("published to this machine only", lambda: _published(ports))
    report.look("a neighbour on the same network reaches nothing", lambda: _neighbour(project))


def _published(ports: Sequence[int]) -> tuple[bool, str]:
    held = [where for where in listening() if where[1] in ports]
    seen = ", ".join(sorted(f"{address}:{port}" for address, port in held))
    fine = {port for _, port in held} == set(ports) and all(a == "127.0.0.1" for a, _ in held)
    return fine, f"listening on {seen or 'none of the ports'}"


def listening(tables: Sequence[str] = ("/proc/net/tcp", "/proc/net/tcp6")) -> list[tuple[str, int]]:
    """Return addresses and ports that are listened on here, from the kernel's own tables."""
    found = []
    for table in map(Path, tables):
        for line in table.read_text().splitlines()[1:] if table.exists() else ():
            local, state = (line.split()[at] for at in (1, 3))
            if state == _LISTEN:
                address, port = local.split(":")
                found.append((_address(address), int(port, 16)))
    return found


def _address(hexadecimal: str) -> str:
    """Read an address as the kernel prints it: words of 32 bits in the order of the machine."""
    words = [int(hexadecimal[at : at + 8], 16) for at in range(0, len(hexadecimal), 8)]
    packed = b"".join(struct.pack("=I", word) for word in words)
    return socket.inet_ntop(socket.AF_INET if len(words) == 1 else socket.AF_INET6, packed)


def _neighbour(project: Project) -> tuple[bool, str]:
    inner = {"api": (8000, "/readyz"), "page": (8501, "/_stcore/health")}
    reached, tried = [], []
    subnet = project.address("api").rsplit(".", 1)[0] + ".0/24"
    with neighbour(subnet) as ours:
        for service, (port, path) in inner.items():
            for host in (project.address(service), ours):
                tried.append(f"{host}:{port}")
                if reaches(f"http://{host}:{port}{path}"):
                    reached.append(f"{service} at {host}:{port}")
    if not reached:
        return True, f"nothing answers it at {', '.join(tried)}"
    return False, f"it is answered by {', '.join(reached)}; docs/containers.md has the remedy"
