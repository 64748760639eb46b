"""Index on a disk that is full at every stage in turn: `python -m tests.robustness.filling DISK`.

DISK is a mounted disk of a few MB. Ballast leaves it a little more room from try to try, so that
the run fails at the catalogue, at each part of the snapshot, at its manifest and at CURRENT; after
each the index is looked at. Once the catalogue has all, room begins at nothing again: what is left
to do needs less than that did. Prints one line of JSON for each try.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from corpus.errors import StorageError
from indexer.build import build_from_documents
from indexer.catalogue import Catalogue
from indexer.embeddings import count_unembedded
from indexer.manifest import current_dir, published_generation, verify_files
from indexer.snapshot import Snapshot
from tests.fakes import FakeEncoder
from tests.robustness.killed import documents_of

STEP = 4096
DOCUMENTS = 20
STAGES = (
    {"migrate", "transaction", "add_vectors"}
    | {"_write_serving", "write_vectors", "write_words", "records_of", "_sync", "set_current"}
    | {"__init__", "publish"}
)
"""Functions by which a try that failed is told from others, the innermost counting."""


def ballast(place: Path, room: int) -> None:
    """Fill a disk until `room` bytes are free."""
    disk = os.statvfs(place.parent)
    free = disk.f_bavail * disk.f_frsize - room
    with place.open("wb") as stream, suppress(OSError):
        while free > 0:
            free -= stream.write(bytes(min(free, 1 << 20)))


def look(index_dir: Path) -> int | None:
    """Open what is in service, as a whole; return its generation."""
    generation = published_generation(index_dir)
    if generation is None:
        return None
    snapshot = Snapshot.open(index_dir)
    try:
        assert verify_files(current_dir(index_dir)) == []
        assert len(snapshot.texts(range(snapshot.passages_held))) == snapshot.passages_held
    finally:
        snapshot.close()
    return generation


def stage_of(error: StorageError) -> str:
    """Return the function of ours that the disk refused."""
    assert error.__cause__ is not None
    frames = traceback.extract_tb(error.__cause__.__traceback__)
    return next(frame.name for frame in reversed(frames) if frame.name in STAGES)


def tries(disk: Path) -> Iterator[dict[str, object]]:
    """Yield what each try came to, until one has room enough."""
    index_dir, filling = disk / "index", disk / "ballast"
    made = documents_of({f"SAMPLE/{number}": 0 for number in range(DOCUMENTS)})
    build_from_documents(made[:10], index_dir, encoder=FakeEncoder())
    before = look(index_dir)
    room, embedded = 0, False
    while True:
        ballast(filling, room)
        told, stage, done = "", "", False
        try:
            build_from_documents(made, index_dir, encoder=FakeEncoder())
            done = True
        except StorageError as error:
            told, stage = str(error), stage_of(error)
        generation = look(index_dir)
        filling.unlink()
        left = sorted(
            path.name
            for path in (index_dir / "generations").iterdir()
            if path.name.startswith(".") or int(path.name) > (generation or 0)
        )
        with Catalogue(index_dir / "catalogue.sqlite") as catalogue:
            held = catalogue.count("documents")
            lacking = count_unembedded(catalogue, FakeEncoder().identity.digest)
        yield {"room": room, "told": told, "stage": stage, "done": done, "generation": generation,
               "before": before, "documents": held, "left": left}  # fmt: skip
        if done:
            return
        room += STEP
        if held == DOCUMENTS and not lacking and not embedded:
            room, embedded = 0, True


if __name__ == "__main__":
    for each in tries(Path(sys.argv[1])):
        print(json.dumps(each), flush=True)  # noqa: T201
