"""Putting a model in its place: by one installer at a time, whole after a kill at any moment."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from corpus.disk import write_whole
from corpus.errors import ModelError
from indexer.checksums import record_of, seal_of
from indexer.models.convert import IR_NAME

__all__ = ["RECORD", "SEAL", "only_installer", "sweep", "write_record"]

RECORD = "model.json"
SEAL = "seal"
_KEPT = (IR_NAME, "openvino_model.bin", "tokenizer.json")
_SET_BY_US = frozenset({SEAL, "files", "marks"})


@contextmanager
def only_installer(models_dir: Path) -> Iterator[None]:
    """Hold the folder of models: what another installation has half done is not to be swept.

    Raises:
        ModelError: another process is installing there.
    """
    models_dir.mkdir(parents=True, exist_ok=True)
    folder = os.open(models_dir, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            cause = "another process is installing a model there"
            raise ModelError(str(models_dir), cause, "wait until it ends") from error
        yield
    finally:
        os.close(folder)


def sweep(name: str, models_dir: Path) -> None:
    """Remove what installations that were killed left behind, and put back what they moved."""
    place = models_dir / name
    for left in models_dir.glob(f".{name}-*"):
        if not place.exists() and (left / "old" / RECORD).exists():
            (left / "old").rename(place)  # killed between the two renames
        shutil.rmtree(left)


def write_record(folder: Path, fields: Mapping[str, object]) -> None:
    """Write what a folder of a model holds, with what tells later whether it still does."""
    records = {file_name: record_of(folder / file_name) for file_name in _KEPT}
    content: dict[str, object] = {
        **{key: value for key, value in fields.items() if key not in _SET_BY_US},
        "files": {file_name: record.sha256 for file_name, record in records.items()},
        "marks": {name: [record.size, record.modified_ns] for name, record in records.items()},
    }
    content[SEAL] = seal_of(content)
    write_whole(folder / RECORD, json.dumps(content, indent=1).encode())
