"""What `precedent doctor` looks at: each part that has to be in order, checked by itself."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from pathlib import Path

from corpus.errors import ModelError, NoIndexError, PrecedentError, ServiceError
from precedent.supervision import require_free_port
from workbench.standing import standing_file, standing_table

__all__ = ["Finding", "State", "diagnose"]

PORTS = {8000: "the API", 8501: "the page"}
LOW_DISK_BYTES = 1 << 30
TRIAL = "corpus.sandbox.trial:attempt"
_PYTHON = (3, 11)
_CONVERTER = "torch"


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
    yield _device()
    yield _model(models_dir)
    yield _reranker(models_dir)
    if (standing := standing_file()) is not None:
        yield _standing(standing)
    yield _index(index_dir, models_dir)
    yield _program("chromium", "the browser tests")
    yield _recognition()
    yield _old_word()
    yield _confinement()


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
    if missing == [_CONVERTER]:
        remedy = f"without {_CONVERTER}, models are used, but none can be installed"
        return Finding("packages", State.NOTE, f"all but {_CONVERTER} are installed", remedy)
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


def _device() -> Finding:
    """Say what encodes here; torch is loaded only where there is an NVIDIA card to ask it of."""
    from indexer.encoder.devices import VARIABLE, choose_device, has_nvidia_driver
    from indexer.openvino_runtime import core

    part = "device"
    try:
        passages, questions = choose_device(core()), choose_device(core(), "cpu")
    except ModelError as error:
        return Finding(part, State.FAILED, f"{error.subject}: {error.cause}", error.remedy)
    given = os.environ.get(VARIABLE)
    detail = (
        f"passages are encoded on {passages.name} in {passages.precision}, "
        f"questions on {questions.name} in {questions.precision}"
        + (f" ({VARIABLE}={given})" if given else "")
    )
    if not given and passages.name != "cuda" and has_nvidia_driver():
        return Finding(
            part,
            State.NOTE,
            f"{detail}, though there is an NVIDIA card",
            "install a build of torch that can use it",
        )
    return Finding(part, State.OK, detail)


def _model(models_dir: Path) -> Finding:
    from indexer.models import DEFAULT_MODEL, verify

    return _tried(
        f"model {DEFAULT_MODEL}", lambda: f"intact ({verify(DEFAULT_MODEL, models_dir).origin})"
    )


def _reranker(models_dir: Path) -> Finding:
    """Look for the cross-encoder, which nothing but reranking on request needs."""
    from indexer.models import DEFAULT_RERANKER, verify

    part = f"reranker {DEFAULT_RERANKER}"
    if not (models_dir / DEFAULT_RERANKER).exists():
        remedy = f"for it: precedent models pull {DEFAULT_RERANKER}"
        return Finding(part, State.NOTE, "not installed; only rerank would use it", remedy)
    return _tried(part, lambda: f"intact ({verify(DEFAULT_RERANKER, models_dir).origin})")


def _standing(file: Path) -> Finding:
    def read_it() -> str:
        standing_table()
        return f"{file} is in force"

    return _tried("table of standing", read_it)


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
            f"generation {info.generation}, {info.model.name} in {info.model.precision}, "
            f"vector index {info.vector_index.kind} ({info.vector_index.exact:,} exact, "
            f"{info.vector_index.coded:,} coded)"
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


def _recognition() -> Finding:
    """Look for text recognition, and which of the UN's languages it reads."""
    from corpus.readers.ocr.language import UN_PACKS
    from corpus.readers.ocr.recognise import INSTALL_REMEDY
    from corpus.readers.ocr.tesseract import debian_package, find_tesseract

    engine = find_tesseract()
    if engine is None:
        return Finding("tesseract", State.NOTE, "not installed; scans stay unread", INSTALL_REMEDY)
    missing = [pack for pack in UN_PACKS if pack not in engine.packs]
    read = ", ".join(sorted(engine.packs - {"osd"}))
    detail = f"{engine.version} at {engine.program}, for reading scans in {read}"
    if not missing:
        return Finding("tesseract", State.OK, detail)
    remedy = f"for the others: apt-get install {' '.join(map(debian_package, missing))}"
    return Finding("tesseract", State.NOTE, detail, remedy)


def _old_word() -> Finding:
    """Look for a program that reads old Word files."""
    from corpus.readers.doc import INSTALL_REMEDY

    for name in ("soffice", "libreoffice", "antiword", "catdoc"):
        if (place := shutil.which(name)) is not None:
            return Finding("old Word files", State.OK, f"{place} reads them")
    return Finding("old Word files", State.NOTE, "no program reads .doc files", INSTALL_REMEDY)


@contextlib.contextmanager
def _bystander() -> Iterator[int]:
    """Yield the number of a process that waits, and has nothing to do with any other."""
    waiting = [sys.executable, "-c", "input()"]
    with subprocess.Popen(waiting, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        yield process.pid


def _confinement() -> Finding:
    """Try what a hostile file would try, and say what this system would let it do."""
    from corpus.sandbox.pool import ParsingPool
    from corpus.sandbox.trial import Trial

    part = "confinement of readers"
    with (
        tempfile.TemporaryDirectory() as place,
        _bystander() as other,
        ParsingPool[Trial](TRIAL, workers=1, returns=Trial) as pool,
    ):
        file = Path(place, "file")
        file.write_text(str(other), encoding="ascii")
        trial = pool.run_one(file)
    held = "system calls filtered" if trial.seccomp else "system calls not filtered"
    bounds = f"files bounded (Landlock {trial.landlock})" if trial.landlock else "files not bounded"
    if trial.succeeded:
        cause = f"a hostile file could {', '.join(trial.succeeded)}: {held}, {bounds}"
        remedy = "Linux 5.13 or later with seccomp and Landlock stops that; see docs/security.md"
        return Finding(part, State.NOTE, cause, remedy)
    return Finding(part, State.OK, f"it cannot {', '.join(trial.refused)}; {held}, {bounds}")
