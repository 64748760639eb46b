"""The files of a store: a list of segments, and beside it the segments.

`vectors.faiss` lists segments (JSON), `vectors.0-123000` holds the vectors of one and
`vectors.0-123000.rabitq` its codes, where it has any. Segment files never change once written.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.damage import damaged

__all__ = ["FORMAT", "listed", "segment_file", "single_file", "write_index"]

FORMAT = "precedent vectors 1"


def segment_file(path: Path, first: int, end: int) -> Path:
    """Return where the vectors of rows `first` to `end` of the store at `path` are kept."""
    return path.with_name(f"{path.stem}.{first}-{end}")


def write_index(index: Any, path: Path) -> None:
    """Write an index of FAISS to a file.

    Through Python's file, for FAISS only prints what goes wrong as it closes one: on a full disk
    the last megabyte was missing, and nobody was told.

    Raises:
        OSError: it cannot be written.
    """
    refused: list[OSError] = []

    with path.open("wb") as stream:

        def put(block: bytes) -> None:
            try:
                stream.write(block)
            except OSError as error:
                refused.append(error)
                raise

        writer: Any = faiss.PyCallbackIOWriter  # type: ignore[attr-defined]  # made by SWIG
        try:
            faiss.write_index(index, writer(put))
        except RuntimeError as error:
            if refused:
                raise refused[0] from error
            raise


def listed(path: Path) -> dict[str, Any] | None:
    """Return what the file at `path` lists, or None for the file of an earlier version."""
    try:
        content = path.read_bytes() if path.stat().st_size < 1_000_000 else b"Ix"
    except OSError as error:
        raise damaged(path, f"cannot be read: {error.strerror}") from error
    if content.startswith(b"Ix"):
        return None
    try:
        found = json.loads(content)
    except ValueError as error:
        raise damaged(path, "does not list its segments") from error
    if not isinstance(found, dict):
        raise damaged(path, "does not list its segments")
    return found


def single_file(path: Path) -> NDArray[np.float32]:
    """Return the vectors of a file of an earlier version, (n, dim) float32."""
    try:
        index = faiss.read_index(str(path))
    except RuntimeError as error:
        raise damaged(path, "FAISS cannot read it", error) from error
    if not isinstance(index, faiss.IndexFlat):
        raise damaged(path, f"is a {type(index).__name__}, not flat")
    return np.asarray(index.reconstruct_n(0, index.ntotal), np.float32).reshape(-1, index.d)
