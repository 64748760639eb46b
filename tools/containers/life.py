"""What the services do, and what becomes of them when they hang, die, stop and come back."""

from __future__ import annotations

import contextlib
import io
import time
from functools import partial
from pathlib import Path

from benchmarks.scanning import as_scan
from precedent_client import Client
from search_api.schemas import CollectionRequest
from tools.containers.engine import ROOT, Project, becomes
from tools.containers.inside import KILL, STOP
from tools.containers.report import Report

__all__ = ["look_at_failing", "look_at_indexing_again", "look_at_uploads", "look_at_work"]

QUESTION = "access of detainees to a lawyer"
_NOTED_S = 90.0
"""Three checks in a row, ten seconds apart, that may take five seconds each, and a margin."""

_RESTARTED_S = 90.0
_JOB_S = 120.0
_QUICK_S = 8.0
"""An engine kills after ten seconds what has not ended by itself."""

_KILLED = 137
_KEPT = "Kept over a restart"
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4088)
_MEMORY = "1g"


def look_at_work(report: Report, project: Project, client: Client) -> None:
    """Search, and keep a collection over the end of every container."""

    def search() -> tuple[bool, str]:
        hits = client.search(QUESTION, k=3).hits
        return bool(hits), f"{QUESTION!r}: " + ", ".join(hit.symbol or "?" for hit in hits)

    def keep() -> tuple[bool, str]:
        made = client.create_collection(CollectionRequest(name=_KEPT))
        project.compose("down", "--timeout", "10")
        project.compose("up", "-d")
        names = [one.name for one in client.collections().collections]
        return names == [_KEPT], f"collection {made.id} made, all containers removed, then {names}"

    report.look("the API answers questions", search)
    report.look("a collection is kept when all containers are removed", keep)


def look_at_failing(report: Report, project: Project) -> None:
    """Let both services hang, die and stop."""
    services = ("api", "page")

    def hang() -> tuple[bool, str]:
        for service in services:
            project.inside(service, "python", "-c", STOP)
        seen = {s: becomes(partial(project.health, s), "unhealthy", _NOTED_S) for s in services}
        told = ", ".join(f"{s} {project.health(s)} after {seen[s][1]:.0f} s" for s in services)
        return all(fine for fine, _ in seen.values()), told

    def die() -> tuple[bool, str]:
        for service in services:
            with contextlib.suppress(RuntimeError):  # what kills may end with the container
                project.inside(service, "python", "-c", KILL)
        seen = {s: becomes(partial(project.health, s), "healthy", _RESTARTED_S) for s in services}
        told = ", ".join(
            f"{s} {project.health(s)} {seen[s][1]:.0f} s later, "
            f"restarts: {project.state(s)['RestartCount']}"
            for s in services
        )
        return all(fine for fine, _ in seen.values()), told

    def stop() -> tuple[bool, str]:
        began = time.monotonic()
        project.compose("stop")
        took = time.monotonic() - began
        codes = {service: int(project.state(service)["ExitCode"]) for service in services}
        fine = took < _QUICK_S and _KILLED not in codes.values()
        return fine, f"{took:.1f} s, exit codes {codes}"

    report.look("a service that hangs is told to be unhealthy", hang)
    report.look("a service that dies is started again", die)
    report.look("stopping ends both by themselves", stop)


def look_at_indexing_again(report: Report, project: Project, image: str, documents: Path) -> None:
    """Index the same documents without any network and within bounded memory."""

    def again() -> tuple[bool, str]:
        said = project.engine.run(
            *("run", "--rm", "--network", "none", "--memory", _MEMORY, "--read-only"),
            *("--tmpfs", "/tmp", "--user", "10001:10001", "--cap-drop", "ALL"),  # noqa: S108
            *("--security-opt", "no-new-privileges", "-v", f"{project.name}_data:/data"),
            *("-v", f"{documents}:/documents:ro", image, "sh", "-c"),
            "{ precedent models pull && precedent index --whole /documents; } 2>&1",
        )
        last = said.strip().splitlines()[-1]
        return "unchanged" in last and "failed 0" in last, last

    report.look(f"indexing again needs no network, and {_MEMORY} of memory", again)


def look_at_uploads(report: Report, client: Client) -> None:
    """Send a scan and an old Word file to a service that may change its index."""

    def scan() -> tuple[bool, str]:
        sample = next((ROOT / "corpus/sample/documents").glob("letter-*.en.pdf"))
        picture = io.BytesIO(as_scan(sample.read_bytes(), pages=[1]))
        job = client.upload([("scan.pdf", picture), ("old.doc", io.BytesIO(_OLD_WORD))])
        becomes(lambda: client.job(job.job_id).ended_at is not None, expected=True, within_s=_JOB_S)
        files = {file.name: file for file in client.job(job.job_id).files}
        read, old = files["scan.pdf"], files["old.doc"]
        told = f"scan.pdf: {read.outcome}, {read.paragraphs} paragraphs; old.doc: {old.reason}"
        return read.outcome == "indexed" and read.paragraphs > 0, told

    report.look("uploads are recognised by confined readers", scan)
