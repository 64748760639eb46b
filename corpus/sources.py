"""Find the files to read: those named, folders recursively, each once, in a stable order."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.errors import InputError, ReadError
from corpus.sniff import HEAD_BYTES, looks_like_document
from corpus.types import Source

__all__ = ["digest_file", "find_sources"]

_BLOCK_BYTES = 1 << 20


def find_sources(paths: Iterable[Path]) -> Iterator[Source | ReadError]:
    """Yield the files under `paths`, sorted within each folder, with their digests.

    A file named outright is always yielded. Inside folders, hidden files and folders are passed
    over, and so is what has neither a document's extension nor its content. A file reached twice
    (named twice, or through a link) is yielded once, and links that lead in a circle end.

    Yields:
        `Source`, or `ReadError` for a file that cannot be opened; the walk goes on.

    Raises:
        InputError: a path does not exist; said before anything is yielded.
    """
    named = [Path(path) for path in paths]
    for path in named:
        if not path.exists():
            cause = "the link leads nowhere" if path.is_symlink() else "no such file or folder"
            raise InputError(str(path), cause, "check the path")
    return _walk(named)


def _walk(named: list[Path]) -> Iterator[Source | ReadError]:
    seen: set[Path] = set()
    for path in named:
        files = _files_under(path, set()) if path.is_dir() else iter([path])
        for file in files:
            if isinstance(file, ReadError):
                yield file
                continue
            real = file.resolve()
            if real in seen:
                continue
            seen.add(real)
            yield from _source(file, named_outright=file == path)


def _files_under(folder: Path, ancestors: set[Path]) -> Iterator[Path | ReadError]:
    real = folder.resolve()
    if real in ancestors:
        return
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield ReadError(str(folder), f"cannot be listed: {error.strerror}", "check its permissions")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _files_under(entry, ancestors | {real})
        elif entry.is_file():
            yield entry


def _source(file: Path, *, named_outright: bool) -> Iterator[Source | ReadError]:
    try:
        with file.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
            if named_outright or looks_like_document(head, file.name):
                digest = digest_file(file)
                size = os.fstat(stream.fileno()).st_size
                yield Source(path=file.absolute(), sha256=digest, size_bytes=size)
    except OSError as error:
        yield ReadError(str(file), f"cannot be opened: {error.strerror}", "check its permissions")


def digest_file(path: Path) -> str:
    """Return the sha256 of a file, read in blocks of 1 MiB."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()
