"""What `precedent doctor` looks at: each part that has to be in order, checked by itself."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from pathlib import Path

from corpus.errors import NoIndexError, PrecedentError, ServiceError
from precedent.supervision import require_free_port

__all__ = ["Finding", "State", "diagnose"]

PORTS = {8000: "the API", 8501: "the page"}
LOW_DISK_BYTES = 1 << 30
_PYTHON = (3, 11)


class State(StrEnum):
    """How a part is."""

    OK = "ok"
    NOTE = "note"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one part.

    Attributes:
        part: what was looked at.
        state: ok, note (worth knowing, nothing is broken) or failed (Precedent will not work).
        detail: what was found.
        remedy: what to do about it, or "".
    """

    part: str
    state: State
    detail: str
    remedy: str = ""


def diagnose(index_dir: Path, models_dir: Path, home: Path) -> Iterator[Finding]:
    """Look at every part, cheapest first; none of it contacts anything or changes anything."""
    yield _python()
    yield _packages()
    yield _disk(home)
    for port, purpose in PORTS.items():
        yield _port(port, purpose)
    yield _model(models_dir)
    yield _index(index_dir, models_dir)
    yield _program("chromium", "the browser tests")
    yield _program("tesseract", "reading scans")


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < _PYTHON:
        return Finding("python", State.FAILED, version, "install Python 3.11 or later")
    return Finding("python", State.OK, version)


def _packages() -> Finding:
    """Look for every package the project requires; their versions are the lock's business."""
    try:
        requirements = metadata.requires("precedent") or []
    except metadata.PackageNotFoundError:
        return Finding(
            "packages", State.FAILED, "precedent is not installed", "run `pip install -e .`"
        )
    names = [_name(line) for line in requirements if "extra ==" not in line]
    missing = [name for name in names if not _is_installed(name)]
    if missing:
        return Finding(
            "packages", State.FAILED, f"missing: {', '.join(missing)}", "run `make setup`"
        )
    return Finding("packages", State.OK, f"all {len(names)} are installed")


def _name(requirement: str) -> str:
    end = next((i for i, c in enumerate(requirement) if not (c.isalnum() or c in "-_.")), None)
    return requirement[:end]


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _disk(home: Path) -> Finding:
    existing = next(place for place in (home, *home.parents) if place.exists())
    free = shutil.disk_usage(existing).free
    detail = f"{free / (1 << 30):,.1f} GiB free for {home}"
    if free < LOW_DISK_BYTES:
        remedy = "free some space or point PRECEDENT_HOME to another disk"
        return Finding("disk", State.FAILED, detail, remedy)
    return Finding("disk", State.OK, detail)


def _port(port: int, purpose: str) -> Finding:
    part = f"port {port}"
    try:
        require_free_port(port, "")
    except ServiceError as error:
        remedy = f"if that is not {purpose} itself, choose another port"
        return Finding(part, State.NOTE, error.cause, remedy)
    return Finding(part, State.OK, f"free for {purpose}")


def _model(models_dir: Path) -> Finding:
    from indexer.models import DEFAULT_MODEL, verify

    return _tried(
        f"model {DEFAULT_MODEL}", lambda: f"intact ({verify(DEFAULT_MODEL, models_dir).origin})"
    )


def _index(index_dir: Path, models_dir: Path) -> Finding:
    def open_it() -> str:
        from search_api.engine import Engine

        engine = Engine.open(index_dir, models_dir=models_dir)
        try:
            info = engine.info()
        finally:
            engine.close()
        return (
            f"opens: {info.documents:,} documents, {info.passages:,} passages, "
            f"generation {info.generation}, {info.model.name}"
        )

    part = f"index {index_dir}"
    try:
        return _tried(part, open_it, beside=NoIndexError)
    except NoIndexError as error:
        return Finding(part, State.NOTE, error.cause, error.remedy)


def _tried(
    part: str, look: Callable[[], str], beside: type[PrecedentError] | tuple[()] = ()
) -> Finding:
    try:
        return Finding(part, State.OK, look())
    except beside:
        raise
    except PrecedentError as error:
        detail = error.cause if error.subject == part else f"{error.subject}: {error.cause}"
        return Finding(part, State.FAILED, detail, error.remedy)


def _program(name: str, purpose: str) -> Finding:
    place = shutil.which(name)
    if place is None:
        return Finding(name, State.NOTE, f"not installed; only {purpose} would use it")
    return Finding(name, State.OK, f"{place}, for {purpose}")
