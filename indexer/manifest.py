"""What a published snapshot says of itself, and the file that names the one in service."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from corpus.disk import sync_folder
from corpus.errors import IndexDamagedError, IndexMismatchError, NoIndexError
from indexer.analysis import ANALYSIS_VERSION
from indexer.checksums import Damage, FileRecord, damages, seal_of
from indexer.encoder import EncoderIdentity

__all__ = [
    "SNAPSHOT_VERSION",
    "Manifest",
    "current_dir",
    "may_be_in_service",
    "next_generation",
    "published_generation",
    "set_current",
    "verify_files",
]

SNAPSHOT_VERSION = 4
"""Version of the files of a snapshot; raised when other software cannot read them as they are."""

_READ_VERSIONS = (3, SNAPSHOT_VERSION)
"""Version 3 had no records of its files: they are not compared with any."""

_CURRENT = "CURRENT"
_GENERATIONS = "generations"
_MANIFEST = "manifest.json"
_SEAL = "seal"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Identity and size of a snapshot.

    Attributes:
        snapshot_version: of the files.
        software: version that wrote it.
        generation: number of this publication, from 1.
        catalogue: identity of the catalogue it was made from.
        change: the catalogue's count of changes it was made at.
        published_at: ISO 8601, UTC.
        encoder: model, digest, prompts, dimension, precision.
        chunking: version of how paragraphs are split.
        analysis: version of how text becomes terms.
        documents: rows.
        paragraphs: rows.
        passages: rows that have one; lexical entries must be as many.
        rows: numbers given to passages, some of which are gone; vectors must be as many.
        languages: of the documents, ISO 639-1, sorted.
        files: every other file of the snapshot by its path in the folder, as it was published;
            empty in snapshots of version 3.
    """

    snapshot_version: int
    software: str
    generation: int
    catalogue: str
    change: int
    published_at: str
    encoder: EncoderIdentity
    chunking: int
    analysis: int
    documents: int
    paragraphs: int
    passages: int
    rows: int
    languages: tuple[str, ...]
    files: Mapping[str, FileRecord] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Write the manifest into a snapshot's folder, sealed with a digest of itself."""
        fields = asdict(self)
        fields[_SEAL] = seal_of(fields)
        (folder / _MANIFEST).write_text(json.dumps(fields, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read and check the manifest of a snapshot.

        Raises:
            IndexDamagedError: it is missing, not readable or altered.
            IndexMismatchError: another version of the software wrote it.
        """
        path = folder / _MANIFEST
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
            version, analysis = int(fields["snapshot_version"]), int(fields.get("analysis", 0))
            sealed = fields.pop(_SEAL, None) == seal_of(fields) if version > 3 else True
            known = version in _READ_VERSIONS and analysis == ANALYSIS_VERSION
            if sealed and known:
                fields["encoder"] = EncoderIdentity(**fields["encoder"])
                fields["languages"] = tuple(fields["languages"])
                held = fields.get("files", {})
                fields["files"] = {name: FileRecord(*record) for name, record in held.items()}
                return cls(**fields)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise IndexDamagedError(
                str(path), "is missing or not readable", _rebuild(folder.parent.parent)
            ) from error
        if not sealed and version in _READ_VERSIONS:
            raise IndexDamagedError(
                str(path), "is not as it was published (sha256)", _rebuild(folder.parent.parent)
            )
        if version in _READ_VERSIONS:
            raise IndexMismatchError(
                str(folder),
                f"its words were analysed by version {analysis}, this software analyses "
                f"questions by version {ANALYSIS_VERSION}",
                _newer(analysis > ANALYSIS_VERSION) + _rebuild(folder.parent.parent),
            )
        raise IndexMismatchError(
            str(folder),
            f"snapshot version {version}, this software reads version {SNAPSHOT_VERSION}",
            _newer(version > SNAPSHOT_VERSION) + _rebuild(folder.parent.parent),
        )


def verify_files(folder: Path, *, thorough: bool = True) -> list[Damage]:
    """Compare every file of a snapshot with what its manifest says of it.

    Args:
        folder: of the snapshot.
        thorough: read all in full, 1.7 GB/s; else those alone whose time of change is another.

    Returns:
        what is damaged, by path; nothing of a snapshot of version 3, which has no records.

    Raises:
        IndexUnusableError: the manifest itself cannot be used.
    """
    return damages(folder, Manifest.read(folder).files, thorough=thorough)


def _newer(is_newer: bool) -> str:
    return "install the newer Precedent, or " * is_newer


def _rebuild(index_dir: Path) -> str:
    return f"run `precedent index --index {index_dir}` with any path to publish it anew"


def generation_dir(index_dir: Path, generation: int) -> Path:
    """Return the folder of a generation."""
    return index_dir / _GENERATIONS / f"{generation:06d}"


def published_generation(index_dir: Path) -> int | None:
    """Return the generation in service, or None where none is named; reads one small file."""
    try:
        return _named((index_dir / _CURRENT).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def may_be_in_service(index_dir: Path, generation: int) -> bool:
    """Tell whether a generation is in service; it may be where that cannot be read just now."""
    try:
        return _named((index_dir / _CURRENT).read_text(encoding="ascii")) == generation
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True


def next_generation(index_dir: Path) -> int:
    """Return a number that no generation has had, as far as can be told.

    Beyond what is in service, and where that cannot be read beyond what is there: a reader that has
    a generation open must see by its number that another has come.
    """
    published = published_generation(index_dir)
    if published is not None:
        return published + 1
    return max(_held(index_dir), default=0) + 1


def current_dir(index_dir: Path) -> Path:
    """Return the folder of the generation in service.

    Raises:
        NoIndexError: nothing was published.
        IndexDamagedError: what was published is gone, or which it was.
    """
    generation = published_generation(index_dir)
    if generation is None:
        if _held(index_dir):
            cause = "does not name a generation, and there are some"
            raise IndexDamagedError(str(index_dir / _CURRENT), cause, _rebuild(index_dir))
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
    try:
        with scratch.open("w", encoding="ascii") as stream:
            stream.write(f"{generation} {_check_of(str(generation))}\n")
            stream.flush()
            os.fsync(stream.fileno())
        scratch.replace(index_dir / _CURRENT)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise
    sync_folder(index_dir)


def _named(content: str) -> int:
    """Return the number in a CURRENT; raise ValueError where it is not as it was written.

    The number has a checksum behind it: a 7 that became a 6 would put the generation before the one
    published last in service. Earlier versions wrote the number alone.
    """
    number, *check = content.split()
    if check and check != [_check_of(number)]:
        raise ValueError(content)
    return int(number)


def _check_of(number: str) -> str:
    return f"{zlib.crc32(number.encode()):08x}"


def _held(index_dir: Path) -> list[int]:
    """Return the numbers of generations whose folders are there."""
    folders = (index_dir / _GENERATIONS).glob("[0-9]*")
    return [int(folder.name) for folder in folders if folder.name.isdigit()]
