"""One job of the indexer in a process of its own: `python -m indexer.job`.

A service that answers searches must go on answering while documents are read and embedded, and be
none the worse where that fails. So it asks a new process, in one line of JSON on standard input,
and is told in lines of JSON on standard output: how far it has come, what became of each file, and
in the end what was done or why not. The process runs at a low priority, does one job and ends; it
ends at once when standard input does, so that it never outlives who asked.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import TextIO

from corpus.errors import IndexBusyError, IndexUnusableError, PrecedentError, UnknownNameError
from indexer.asked import Asked
from indexer.build import build_index, refresh_views, remove_documents
from indexer.encoder import Encoder
from indexer.manifest import Manifest, current_dir
from indexer.models import DEFAULT_MODEL
from indexer.report import BuildReport, Outcome, Progress
from indexer.restricted.place import FOLDERS, collection_dir

__all__ = ["main"]

_NICENESS = 10
_BUSY_S = 1.0
"""Between two looks whether another process still writes to the index."""

_FOR_OTHERS = {
    "subject": "the index",
    "cause": "cannot be written now",
    "remedy": "ask who administers it; the service's log says why",
}
"""Told of an error that the asker may not know."""

Tell = Callable[[str, object], None]


def main(encoder: Encoder | None = None) -> None:
    """Do the job that standard input asks for; exit with 0 where it was done, else with 1.

    Args:
        encoder: used instead of the model, in tests.
    """
    tell = _speaker()
    sys.excepthook = _fault_teller(tell)
    asked = Asked(**json.loads(sys.stdin.readline()))
    threading.Thread(target=_end_with_asker, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    try:
        report = _done(asked, encoder, tell)
    except PrecedentError as error:
        said = {"subject": error.subject, "cause": error.cause, "remedy": error.remedy}
        if _is_hidden(said, asked):
            tell("hidden", said)
            said = _FOR_OTHERS
        tell("error", said)
        sys.exit(1)
    tell("done", report.summary())


def _is_hidden(said: dict[str, str], asked: Asked) -> bool:
    """Tell whether an error speaks of a restricted collection that the job is not of.

    A run writes to all of them, so that one that is damaged stops public jobs too, and whoever
    asked for such a job may not know that there are any.
    """
    if asked.action == "views":  # told to nobody but the log
        return False
    text = "\n".join(said.values())
    if asked.restricted is not None:
        text = text.replace(str(collection_dir(Path(asked.index_dir), asked.restricted)), "")
    inside = (f"{Path(asked.index_dir) / folder}{os.sep}" for folder in FOLDERS)
    return any(folder in text for folder in inside) or (
        asked.restricted is None and "restricted" in text.replace(asked.index_dir, "")
    )


def _done(asked: Asked, encoder: Encoder | None, tell: Tell) -> BuildReport:
    """Do the job, after whoever else writes to the index."""
    while True:
        try:
            return _do(asked, encoder, tell)
        except IndexBusyError:
            tell("progress", asdict(Progress("wait", 0, None, "")))
            time.sleep(_BUSY_S)


def _do(asked: Asked, encoder: Encoder | None, tell: Tell) -> BuildReport:
    index_dir = Path(asked.index_dir)
    models_dir = None if asked.models_dir is None else Path(asked.models_dir)

    def progress(step: Progress) -> None:
        tell("progress", asdict(step))

    def settle(outcome: Outcome) -> None:
        tell("outcome", asdict(outcome))

    if asked.action == "views":
        return refresh_views(index_dir, models_dir=models_dir, encoder=encoder, progress=progress)
    if asked.action == "remove":
        try:
            return remove_documents(
                [asked.document_id], index_dir, models_dir=models_dir, encoder=encoder,
                progress=progress, asked=True,
            )  # fmt: skip
        except UnknownNameError:
            if not asked.again:
                raise
            # It was removed, and the job cut before that was told: what is left is to publish.
    return build_index(
        [Path(file) for file in asked.files],
        index_dir,
        model=_model_of(index_dir),
        models_dir=models_dir,
        encoder=encoder,
        progress=progress,
        workers=1,  # of two processors one stays with those who search
        whole=asked.action == "rebuild",
        settle=settle,
        restricted=asked.restricted,
        asked=True,
    )


def _model_of(index_dir: Path) -> str:
    try:
        return Manifest.read(current_dir(index_dir)).encoder.model
    except IndexUnusableError:  # nothing is published yet, or what is has to be rebuilt
        return DEFAULT_MODEL


def _speaker() -> Tell:
    """Return what writes a line; what libraries print goes nowhere, as the lines must be whole."""
    out: TextIO = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="backslashreplace")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)

    def tell(what: str, value: object) -> None:
        out.write(json.dumps({what: value}) + "\n")
        out.flush()

    return tell


def _fault_teller(tell: Tell) -> Callable[..., None]:
    """Return a hook that tells a fault by place and class; its message may quote a document."""

    def hook(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
        places = "".join(traceback.format_tb(trace))
        tell("fault", {"kind": f"{kind.__module__}.{kind.__qualname__}", "places": places})

    return hook


def _end_with_asker() -> None:
    """Wait until standard input ends, and the process with it."""
    while sys.stdin.read(1 << 16):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
