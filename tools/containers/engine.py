"""The container engine of this machine, and the compose file's services as it runs them."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = [
    "COMPOSE_FILE",
    "ROOT",
    "Engine",
    "NoEngineError",
    "Project",
    "becomes",
    "health_checked",
    "opened",
]

ROOT = Path(__file__).resolve().parents[2]
COMPOSE_FILE = ROOT / "docker-compose.yml"
_BUILD_S = 3600.0
_LOOK_AGAIN_S = 0.25
_LAST_LINES = 4
_SYSTEMD = Path("/run/systemd/system")
_CHECK_AGAIN_S = 10.0


class NoEngineError(Exception):
    """There is nothing here that containers could be run with; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A command line that speaks Docker's language, and the compose that goes with it.

    Attributes:
        cli: `docker` or `podman`.
        compose: the command that reads a compose file.
        environment: what both are started with.
    """

    cli: str
    compose: tuple[str, ...]
    environment: Mapping[str, str]

    def run(self, *arguments: str, timeout_s: float = 300) -> str:
        """Return what the engine prints; raise RuntimeError with its words where it fails."""
        return _output([self.cli, *arguments], self.environment, timeout_s)

    def version(self) -> str:
        """Return the names and versions of the engine and of compose."""
        form = "{{.Server.Version}}" if self.cli == "docker" else "{{.Client.Version}}"
        engine = self.run("version", "--format", form).strip()
        compose = _output([*self.compose, "version", "--short"], self.environment, 60).strip()
        return f"{self.cli} {engine}, compose {compose}"

    def inspect(self, kind: str, name: str) -> dict[str, Any]:
        """Return what the engine knows of an image or a container."""
        found: dict[str, Any] = json.loads(self.run(kind, "inspect", name))[0]
        return found


@dataclass(frozen=True, slots=True)
class Project:
    """The services of the compose file under a name of their own, beside any that are in use.

    Attributes:
        engine: that runs them.
        name: of the project; its volumes begin with it.
        variables: that the compose file asks for.
        files: compose files, later ones over earlier ones.
    """

    engine: Engine
    name: str
    variables: Mapping[str, str]
    files: tuple[Path, ...] = field(default=(COMPOSE_FILE,))

    def compose(self, *arguments: str, timeout_s: float = 300) -> str:
        """Return what compose prints; raise RuntimeError with its words where it fails."""
        files = [part for file in self.files for part in ("-f", str(file))]
        command = [*self.engine.compose, *files, "-p", self.name, *arguments]
        return _output(command, {**self.engine.environment, **self.variables}, timeout_s)

    def build(self) -> None:
        """Build both images."""
        self.compose("build", timeout_s=_BUILD_S)

    def container(self, service: str) -> str:
        """Return the id of a service's container, running or not."""
        return self.compose("ps", "-a", "-q", service).split()[-1]

    def state(self, service: str) -> dict[str, Any]:
        """Return the state of a service's container: status, exit code, health."""
        found: dict[str, Any] = self.engine.inspect("container", self.container(service))
        return {**found["State"], "RestartCount": found.get("RestartCount", 0)}

    def health(self, service: str) -> str:
        """Return what the health check of a service says: starting, healthy, unhealthy."""
        state = self.state(service)
        told = state.get("Health") or state.get("Healthcheck") or {}
        return str(told.get("Status", "none"))

    def address(self, service: str) -> str:
        """Return the address of a service in the project's own network."""
        found = self.engine.inspect("container", self.container(service))
        networks = found["NetworkSettings"]["Networks"].values()
        return next(str(one["IPAddress"]) for one in networks if one["IPAddress"])

    def inside(self, service: str, *command: str) -> str:
        """Return what a command prints in the running container of a service."""
        return self.compose("exec", "-T", service, *command)


@contextlib.contextmanager
def opened(name: str | None = None) -> Iterator[Engine]:
    """Find an engine that answers: the one named, else docker, else podman.

    Podman is reached through its socket that speaks Docker's language, which is opened here and
    closed at the end.

    Raises:
        NoEngineError: there is none, or no compose.
    """
    environment = dict(os.environ)
    if name in (None, "docker") and _answers(["docker", "info"], environment):
        yield Engine("docker", _compose(environment), environment)
        return
    if name in (None, "podman") and shutil.which("podman"):
        with _podman_socket() as address:
            environment |= {"DOCKER_HOST": address, "DOCKER_BUILDKIT": "0"}
            yield Engine("podman", _compose(environment), environment)
        return
    wanted = name or "docker nor podman"
    raise NoEngineError(f"neither {wanted} answers here" if name is None else f"no {name} answers")


@contextlib.contextmanager
def health_checked(engine: Engine, project: str) -> Iterator[None]:
    """Run the health checks of a project's containers, where podman finds no systemd to do it."""
    if engine.cli != "podman" or _SYSTEMD.exists():
        yield
        return
    ended = threading.Event()

    def check() -> None:
        while not ended.wait(_CHECK_AGAIN_S):
            for container in _running(engine, project):
                with contextlib.suppress(RuntimeError):  # so it tells that one is not healthy
                    engine.run("healthcheck", "run", container)

    checking = threading.Thread(target=check)
    checking.start()
    try:
        yield
    finally:
        ended.set()
        checking.join()


def becomes(look: Callable[[], object], expected: object, within_s: float) -> tuple[bool, float]:
    """Look until it is as expected; return whether it came to that, and after how many seconds."""
    began = time.monotonic()
    while (held := look() == expected) is False and time.monotonic() - began < within_s:
        time.sleep(_LOOK_AGAIN_S)
    return held, time.monotonic() - began


def _running(engine: Engine, project: str) -> list[str]:
    try:
        return engine.run("ps", "-q", "--filter", f"name={project}").split()
    except RuntimeError:  # one went while they were listed
        return []


def _compose(environment: Mapping[str, str]) -> tuple[str, ...]:
    for command in (("docker", "compose"), ("docker-compose",)):
        if _answers([*command, "version"], environment):
            return command
    raise NoEngineError("neither `docker compose` nor docker-compose is installed")


def _answers(command: Sequence[str], environment: Mapping[str, str]) -> bool:
    if not shutil.which(command[0]):
        return False
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=60)
    return done.returncode == 0


@contextlib.contextmanager
def _podman_socket() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        socket = Path(folder, "podman.sock")
        command = ["podman", "system", "service", "--time=0", f"unix://{socket}"]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as service:
            try:
                if not becomes(socket.exists, expected=True, within_s=30)[0]:
                    raise NoEngineError("podman opens no socket (`podman system service`)")
                yield f"unix://{socket}"
            finally:
                service.terminate()


def _output(command: Sequence[str], environment: Mapping[str, str], timeout_s: float) -> str:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=timeout_s,
    )
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()[-_LAST_LINES:]
        raise RuntimeError(f"{command[0]} left with {done.returncode}: {' '.join(said)}")
    return done.stdout
