"""Work that is killed while it is done: indexing, writing rows, a command, taking uploads.

Each kind of work runs in a process of its own, tells of everything it has committed as soon as it
has, and is killed by the system at a moment of time, by itself at the n-th call that touches the
disk, or by strace at the n-th system call that does.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any
from unittest.mock import patch

from corpus.errors import UnknownNameError
from corpus.types import Document
from indexer.build import build_from_documents, build_index, remove_documents
from indexer.catalogue import Catalogue
from tests.fakes import FakeEncoder, document
from tests.robustness.acts import do_act
from tests.robustness.rows import write_rows
from tests.robustness.taking import take

__all__ = ["Step", "Tell", "counting", "do", "documents_of"]

Tell = Callable[[str], None]

TOUCHING = frozenset(
    {"execute", "executemany", "executescript", "commit", "open", "write", "close", "fsync"}
    | {"rename", "replace", "link", "unlink", "mkdir", "rmdir", "ftruncate", "pwrite"}
    | {"add_document", "wait_merging_threads", "write_index"}
)
"""Names of functions in C that touch the disk, or may."""


@dataclass(frozen=True, slots=True)
class Step:
    """One run of the indexer.

    Attributes:
        kind: "write" documents, "remove" some, or publish the "whole" anew.
        editions: of each document that is held after it, by symbol.
        removed: symbols of the documents that are removed.
    """

    kind: str
    editions: dict[str, int] = field(default_factory=dict)
    removed: tuple[str, ...] = ()


def documents_of(editions: dict[str, int]) -> list[Document]:
    """Return documents: each has words of its own, and some say what another one says."""
    made = []
    for symbol, edition in editions.items():
        number = int(symbol.rpartition("/")[2])
        texts = [
            f"unique{number} edition{edition} paragraph{p} of the invented report"
            for p in range(2 + (number + edition) % 4)
        ]
        shared = " ".join(f"shared{number % 3}word{n}" for n in range(30))
        title = f"Edition {edition}"
        language = ("en", "fr", "ru")[number % 3]
        made.append(document(symbol, *texts, shared, title=title, language=language))
    return made


def do(step: Step, index_dir: Path) -> None:
    """Run the indexer once."""
    encoder = FakeEncoder()
    if step.kind == "remove":
        with suppress(UnknownNameError):  # the kill came after it was published
            remove_documents(step.removed, index_dir, encoder=encoder)
    elif step.kind == "whole":
        build_index([], index_dir, encoder=encoder, whole=True)
    else:
        build_from_documents(documents_of(step.editions), index_dir, encoder=encoder)


def counting(at: int | None) -> Callable[[], int]:
    """Count calls that touch the disk, before and after each; kill this process at number `at`."""
    count = 0

    def look(_frame: FrameType, event: str, called: Any) -> None:
        nonlocal count
        if event in ("c_call", "c_return") and getattr(called, "__name__", "") in TOUCHING:
            count += 1
            if count == at:
                os.killpg(0, signal.SIGKILL)

    sys.setprofile(look)
    return lambda: count


def telling(tell: Tell) -> Any:
    """Tell of what the catalogue has committed."""
    write, remove = Catalogue.write, Catalogue.remove

    def and_tell(self: Catalogue, held: Document, **given: Any) -> None:
        write(self, held, **given)
        tell(f"held {held.id} {held.sha256}")

    def remove_and_tell(self: Catalogue, symbol: str) -> list[str]:
        gone = remove(self, symbol)
        for document_id in gone:
            tell(f"gone {document_id}")
        return gone

    return patch.multiple(Catalogue, write=and_tell, remove=remove_and_tell)


def work(kind: str, place: Path, asked: Any, at: int | None, told: Path | None = None) -> None:
    """Do one piece of work in a process and a group of its own, and tell of it.

    Args:
        kind: "index", "rows", "act" or "take".
        place: folder of the index, of rows, of an installation, or of the index that is taken for.
        asked: a `Step`; kind of rows and number of the first act; an `Act`; or `Uploads`.
        at: number of the call at which to die; None counts nothing.
        told: file for the lines; by default standard output.
    """
    os.setpgid(0, 0)
    out = 1 if told is None else os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def tell(line: str) -> None:
        os.write(out, f"{line}\n".encode())

    tell("ready")
    count = counting(at) if at is not None else None
    if kind == "rows":
        write_rows(place, asked, tell)
    elif kind == "act":
        do_act(place, asked)
    elif kind == "take":
        threading.setprofile(sys.getprofile())  # the jobs have a thread of their own
        take(place, asked, tell)
    else:
        with telling(tell):
            do(asked, place)
    if count is not None:
        sys.setprofile(None)
        tell(f"calls {count()}")
    tell("done")


if __name__ == "__main__":  # under strace
    given = json.loads(sys.argv[1])
    work(given["kind"], Path(given["place"]), Step(**given["step"]), None)
