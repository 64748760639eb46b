"""What keeps an index whole: one writer at a time, and one model."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import IndexBusyError, IndexMismatchError
from indexer.catalogue import Catalogue
from indexer.encoder import Encoder

__all__ = ["check_model", "only_writer"]


def check_model(catalogue: Catalogue, encoder: Encoder, index_dir: Path) -> None:
    """Refuse to mix vectors of two models in one index."""
    made_with = catalogue.get("model")
    if made_with is None:
        catalogue.put("model", encoder.key)
    elif made_with != encoder.key:
        (held, held_digest), (given, digest) = made_with.split(" "), encoder.key.split(" ")
        raise IndexMismatchError(
            str(index_dir),
            f"was made with model {held} ({held_digest[:12]}), not {given} ({digest[:12]})",
            f"use --model {held}, or index into another folder with --index",
        )


@contextmanager
def only_writer(index_dir: Path) -> Iterator[None]:
    """Hold the index's lock; the system frees it when the process ends, however it ends."""
    index_dir.mkdir(parents=True, exist_ok=True)
    with (index_dir / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise IndexBusyError(
                str(index_dir), "another process is indexing into it", "wait until it ends"
            ) from error
        yield
