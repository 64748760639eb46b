"""What the files of a published snapshot were when it was published, and whether they still are.

Each has a size, a digest and a time of change in the manifest. Opening a snapshot looks at sizes
and times, which costs a few microseconds a file, and reads in full only a file whose time is
another: one that was copied, restored, or written to. A file that a failing disk has altered keeps
its time; `precedent check` reads every file in full. Sizes come first in either: a mapped file that
was cut short would end the process that reads past its end.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Damage", "FileRecord", "damages", "record_of", "records_of", "seal_of", "sha256_of"]

_ALWAYS_READ = frozenset({".store"})
"""Ends of names of small files (4 bytes a passage) that Tantivy takes lengths from as it opens: one
bit of 8,000 that were turned had it ask for 500 PB of memory, which ends the process."""

_NOT_KEPT = frozenset({".lock", ".part"})
"""Suffixes of files that hold nothing: Tantivy locks beside what it reads."""


class FileRecord(NamedTuple):
    """A file as it was published.

    Attributes:
        size: bytes.
        sha256: 64 hexadecimal digits.
        modified_ns: when its content last changed, as the file system tells it. It is compared for
            being the same and never for being later, so a clock that jumps changes nothing.
    """

    size: int
    sha256: str
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not what was published.

    Attributes:
        path: of the file.
        cause: what is wrong with it.
    """

    path: Path
    cause: str

    def __str__(self) -> str:
        return f"{self.path}: {self.cause}"


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file, as 64 hexadecimal digits; 1.7 GB/s where the CPU has it."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def seal_of(fields: Mapping[str, Any]) -> str:
    """Return the digest of a record's other fields, in one spelling of them."""
    spelled = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()


def record_of(path: Path) -> FileRecord:
    """Read a file; return what is recorded of it."""
    about = path.stat()
    return FileRecord(about.st_size, sha256_of(path), about.st_mtime_ns)


def records_of(
    folder: Path, earlier: tuple[Path, Mapping[str, FileRecord]] | None = None
) -> dict[str, FileRecord]:
    """Return a record of every file under a folder, by its path there.

    Args:
        folder: of a snapshot whose parts are written.
        earlier: folder and records of the snapshot that files may be linked from: what is the same
            file is not read again, so that publication costs what has changed.
    """
    found: dict[str, FileRecord] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in _NOT_KEPT:
            name = path.relative_to(folder).as_posix()
            found[name] = _carried_over(path, name, earlier) or record_of(path)
    return found


def _carried_over(
    path: Path, name: str, earlier: tuple[Path, Mapping[str, FileRecord]] | None
) -> FileRecord | None:
    if earlier is None or (record := earlier[1].get(name)) is None:
        return None
    about, other = path.stat(), earlier[0] / name
    unchanged = (about.st_size, about.st_mtime_ns) == (record.size, record.modified_ns)
    return record if unchanged and other.exists() and path.samefile(other) else None


def damages(
    folder: Path, records: Mapping[str, FileRecord], *, thorough: bool = True
) -> list[Damage]:
    """Return the files that are not as recorded, by path.

    Args:
        folder: that they lie in.
        records: by path there.
        thorough: read every file in full; else those alone whose time of change is another, and
            those of which a turned bit could end the process.
    """
    found = ((folder / name, _cause(folder / name, records[name], thorough)) for name in records)
    return [Damage(path, cause) for path, cause in found if cause is not None]


def _cause(path: Path, record: FileRecord, thorough: bool) -> str | None:
    try:
        about = path.stat()
        if about.st_size != record.size:
            return f"has {about.st_size:,} bytes, not {record.size:,}"
        is_marked = about.st_mtime_ns == record.modified_ns
        if is_marked and not thorough and path.suffix not in _ALWAYS_READ:
            return None
        return None if sha256_of(path) == record.sha256 else "is not as it was published (sha256)"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:  # a folder in its place, a sector that cannot be read, no permission
        return f"cannot be read: {error.strerror}"
