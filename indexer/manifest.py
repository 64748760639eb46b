"""What a published snapshot says of itself, and the file that names the one in service."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import IndexDamagedError, IndexMismatchError, NoIndexError
from indexer.encoder import EncoderIdentity

__all__ = ["SNAPSHOT_VERSION", "Manifest", "current_dir", "published_generation", "set_current"]

SNAPSHOT_VERSION = 1
"""Version of the files of a snapshot; raised when old ones cannot be read as they are."""

_CURRENT = "CURRENT"
_GENERATIONS = "generations"
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Identity and size of a snapshot.

    Attributes:
        snapshot_version: of the files.
        software: version that wrote it.
        generation: number of this publication, from 1.
        change: the catalogue's count of changes it was made at.
        published_at: ISO 8601, UTC.
        encoder: model, digest, prompts, dimension, precision.
        chunking: version of how paragraphs are split.
        documents: rows.
        paragraphs: rows.
        passages: rows; vectors and lexical entries must be as many.
        languages: of the documents, ISO 639-1, sorted.
    """

    snapshot_version: int
    software: str
    generation: int
    change: int
    published_at: str
    encoder: EncoderIdentity
    chunking: int
    documents: int
    paragraphs: int
    passages: int
    languages: tuple[str, ...]

    def write(self, folder: Path) -> None:
        """Write the manifest into a snapshot's folder."""
        (folder / _MANIFEST).write_text(json.dumps(asdict(self), indent=1) + "\n")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read and check the manifest of a snapshot.

        Raises:
            IndexDamagedError: it is missing or not readable.
            IndexMismatchError: another version of the software wrote it.
        """
        path = folder / _MANIFEST
        try:
            fields = json.loads(path.read_text())
            version = fields["snapshot_version"]
            if version == SNAPSHOT_VERSION:
                fields["encoder"] = EncoderIdentity(**fields["encoder"])
                fields["languages"] = tuple(fields["languages"])
                return cls(**fields)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamagedError(
                str(path), "is missing or not readable", _rebuild(folder.parent.parent)
            ) from error
        raise IndexMismatchError(
            str(folder),
            f"snapshot version {version}, this software reads version {SNAPSHOT_VERSION}",
            _rebuild(folder.parent.parent),
        )


def _rebuild(index_dir: Path) -> str:
    return f"run `precedent index --index {index_dir}` with any path to publish it anew"


def generation_dir(index_dir: Path, generation: int) -> Path:
    """Return the folder of a generation."""
    return index_dir / _GENERATIONS / f"{generation:06d}"


def published_generation(index_dir: Path) -> int | None:
    """Return the generation in service, or None; reads one small file."""
    try:
        return int((index_dir / _CURRENT).read_text())
    except (OSError, ValueError):
        return None


def current_dir(index_dir: Path) -> Path:
    """Return the folder of the generation in service.

    Raises:
        NoIndexError: nothing was published.
        IndexDamagedError: what was published is gone.
    """
    generation = published_generation(index_dir)
    if generation is None:
        raise NoIndexError(
            str(index_dir), "holds no published index", "run `precedent index PATH` first"
        )
    folder = generation_dir(index_dir, generation)
    if not folder.is_dir():
        raise IndexDamagedError(
            str(index_dir), f"generation {generation} is missing", _rebuild(index_dir)
        )
    return folder


def set_current(index_dir: Path, generation: int) -> None:
    """Put a generation in service by one atomic rename."""
    scratch = index_dir / f".{_CURRENT}-{os.getpid()}"
    with scratch.open("w") as stream:
        stream.write(f"{generation}\n")
        stream.flush()
        os.fsync(stream.fileno())
    scratch.replace(index_dir / _CURRENT)
    sync_folder(index_dir)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
