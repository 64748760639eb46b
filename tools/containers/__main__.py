"""Build the container images, run them as the compose file says, and see whether it keeps its word.

    python -m tools.containers
    python -m tools.containers --stand-in
    python -m tools.containers --engine podman --base my-python:3.11

Every promise of docs/containers.md is looked at in images and containers of their own, which are
removed at the end; services of yours that run are not touched. Needs Docker or podman, and compose;
some looks need root and iproute2 (a neighbour on the network), or Chromium (the page). What could
not be looked at is said.

Exit code: 0 where every promise that was looked at held, 1 where one did not, 98 where there is no
engine.
"""

from __future__ import annotations

import argparse
import contextlib
import secrets
import socket
import sys
import tempfile
from pathlib import Path

from precedent_client import Client
from tools.containers.base import STAND_IN, make_stand_in
from tools.containers.confined import look_at_confinement, look_at_reach
from tools.containers.engine import (
    COMPOSE_FILE,
    ROOT,
    Engine,
    NoEngineError,
    Project,
    health_checked,
    opened,
)
from tools.containers.images import look_at_images
from tools.containers.life import (
    look_at_failing,
    look_at_indexing_again,
    look_at_uploads,
    look_at_work,
)
from tools.containers.page import look_at_page
from tools.containers.report import Report

UNABLE = 98
HUB_BASE = "python:3.11-slim-bookworm"
_SERVE, _INDEX = "precedent-looked-at-serve", "precedent-looked-at-index"
_IMAGES = f"""\
services:
  indexer: {{ image: {_INDEX} }}
  api: {{ image: {_SERVE} }}
  page: {{ image: {_SERVE} }}
"""
_UPLOADS = """\
services:
  api:
    environment: { PRECEDENT_UPLOADS: "on" }
    volumes: ["data:/data"]
"""


def main(arguments: list[str] | None = None) -> int:
    """Look at everything; return the exit code."""
    given = _parser().parse_args(arguments)
    report = Report()
    try:
        with opened(given.engine) as engine, contextlib.ExitStack() as ending:
            base = make_stand_in(engine, given.along) if given.stand_in else given.base
            about = {"engine": engine.version(), "base": base}
            print("\n".join(f"{name}: {value}" for name, value in about.items()), flush=True)
            _look(report, engine, base, given, ending)
    except NoEngineError as missing:
        print(f"not looked at: {missing}", file=sys.stderr)
        return UNABLE
    print(report.closing())
    if given.save:
        report.save(given.save, command="python -m tools.containers", **about)
    return 1 if report.failed else 0


def _look(
    report: Report,
    engine: Engine,
    base: str,
    given: argparse.Namespace,
    ending: contextlib.ExitStack,
) -> None:
    folder = Path(ending.enter_context(tempfile.TemporaryDirectory()))
    (folder / "images.yml").write_text(_IMAGES, encoding="utf-8")
    (folder / "uploads.yml").write_text(_UPLOADS, encoding="utf-8")
    api_port, page_port = _free_ports(2)
    variables = {
        "PRECEDENT_BASE": base,
        "PRECEDENT_DOCUMENTS": str(given.documents),
        "PRECEDENT_API_PORT": str(api_port),
        "PRECEDENT_PAGE_PORT": str(page_port),
    }
    files = (COMPOSE_FILE, folder / "images.yml")
    project = Project(engine, f"precedent-looked-at-{secrets.token_hex(3)}", variables, files)
    if not report.look("both images are built", lambda: _built(project, base)):
        return
    look_at_images(report, engine, _SERVE, _INDEX, base)
    ending.enter_context(health_checked(engine, project.name))
    ending.callback(project.compose, "down", "--volumes", "--timeout", "5")
    if not report.look("index, then answer, then show", lambda: _up(project)):
        return
    client = Client(f"http://127.0.0.1:{api_port}")
    look_at_confinement(report, project)
    look_at_reach(report, project, (api_port, page_port))
    look_at_page(report, f"http://127.0.0.1:{page_port}", given.picture)
    look_at_work(report, project, client)
    look_at_failing(report, project)
    look_at_indexing_again(report, project, _INDEX, given.documents)
    open_project = Project(engine, project.name, variables, (*files, folder / "uploads.yml"))
    open_project.compose("up", "-d")
    look_at_uploads(report, client)


def _built(project: Project, base: str) -> tuple[bool, str]:
    project.build()
    return True, f"on {base}"


def _up(project: Project) -> tuple[bool, str]:
    project.compose("up", "-d", timeout_s=900)
    log = project.engine.run("logs", project.container("indexer")).strip().splitlines()
    code = int(project.state("indexer")["ExitCode"])
    health = project.health("api")
    return code == 0 and health == "healthy", f"indexer: {log[-1]}; api is {health}"


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.containers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--engine", choices=("docker", "podman"), help="default: what answers")
    parser.add_argument("--base", default=HUB_BASE, help="base image [default: %(default)s]")
    parser.add_argument(
        "--stand-in",
        action="store_true",
        help=f"make a base of Debian's packages, {STAND_IN}, where no image hub is reached; needs "
        "mmdebstrap",
    )
    parser.add_argument(
        "--along",
        action="append",
        default=[],
        metavar="PATH[=PLACE]",
        help="file or folder of this machine that goes into the stand-in, such as pip's settings",
    )
    parser.add_argument(
        "--documents",
        type=Path,
        default=ROOT / "corpus" / "sample" / "documents",
        help="folder to index [default: the sample]",
    )
    parser.add_argument("--picture", type=Path, help="where a picture of the page is kept")
    parser.add_argument("--save", type=Path, help="where all findings are kept, as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
