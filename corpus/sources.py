"""Find the files to read: those named, folders recursively, each once, in a stable order."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from corpus.errors import InputError, LimitExceededError, ReadError, WrongTypeError
from corpus.limits import Limits
from corpus.sidecars.apply import is_sidecar, sidecar_digest
from corpus.sidecars.files import Rows
from corpus.sniff import HEAD_BYTES, looks_like_document
from corpus.types import Source

__all__ = ["Omit", "digest_file", "find_sources", "printable_path"]

_BLOCK_BYTES = 1 << 20
_LIMITS = Limits()
_RECORDS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
_SPECIAL = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)

Omit = Callable[[Path, str, str], None]
"""Told (path, kind, why) of what a folder holds and is passed over; see `find_sources`."""


def printable_path(path: Path) -> str:
    r"""Return a path as text that can be stored and printed, whatever its bytes.

    Names are bytes on Linux, and some are no UTF-8 (unpacked from old archives); Python holds such
    bytes as lone surrogates, which neither SQLite nor JSON nor a terminal takes. They are written
    as `\xff`, as a shell's `$'…'` reads them.
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def find_sources(
    paths: Iterable[Path], omitted: Omit | None = None, rows: Rows | None = None
) -> Iterator[Source | ReadError]:
    """Yield the files under `paths`, sorted within each folder, with their digests.

    A file named outright is always yielded, unless it is a sidecar or manifest, which speaks of
    others. Inside folders, hidden files and folders are passed over, and so is what has neither a
    document's extension nor its content, and what is no file (a pipe would never end). A file
    reached twice (named twice, or through a link) is yielded once, and links that lead in a circle
    end.

    Args:
        paths: files and folders.
        omitted: told of each thing passed over in a folder: its path, "hidden", "unknown-type",
            "special-file" or "broken-link", and why in words. A hidden folder is told once.
        rows: read what is said beside files; without them it is read in this process.

    Yields:
        `Source`, or `ReadError` for a file that cannot be opened; the walk goes on.

    Raises:
        InputError: a path does not exist; said before anything is yielded.
    """
    named = [Path(path) for path in paths]
    for path in named:
        try:
            path.stat()
        except OSError as error:
            raise _missing(path, error) from error
    return _walk(named, omitted or (lambda _path, _kind, _why: None), rows or Rows())


def _missing(path: Path, error: OSError) -> InputError:
    shown = printable_path(path)
    if isinstance(error, PermissionError):
        return InputError(shown, f"cannot be opened: {error.strerror}", "check its permissions")
    cause = "the link leads nowhere" if path.is_symlink() else "no such file or folder"
    return InputError(shown, cause, "check the path")


def _walk(named: list[Path], omitted: Omit, rows: Rows) -> Iterator[Source | ReadError]:
    seen: set[str] = set()
    for path in named:
        files = _files_under(path, omitted) if path.is_dir() else iter([path])
        for file in files:
            if isinstance(file, ReadError):
                yield file
                continue
            real = os.path.realpath(file)
            if real in seen:
                continue
            seen.add(real)
            if is_sidecar(file):
                continue
            yield from _source(file, file == path, omitted, rows)


def _files_under(top: Path, omitted: Omit) -> Iterator[Path | ReadError]:
    """Yield the files of a folder, sorted, those of its folders in their place.

    Its own stack, since folders may be nested deeper than Python calls may be.
    """
    stack = [(top, frozenset[tuple[int, int]](), True)]
    while stack:
        path, above, is_folder = stack.pop()
        if not is_folder:
            yield path
            continue
        try:
            about = path.stat()
            # Not by its path, whose resolution takes the longer the deeper it lies.
            here = (about.st_dev, about.st_ino)
            if here in above:
                continue
            entries = sorted(path.iterdir())
        except OSError as error:
            cause = f"cannot be listed: {error.strerror}"
            yield ReadError(printable_path(path), cause, "check its permissions")
            continue
        inside = []
        for entry in entries:
            kind = _kind_of(entry, omitted)
            if isinstance(kind, ReadError):
                yield kind
            elif kind is not None:
                inside.append((entry, above | {here}, kind == "folder"))
        stack.extend(reversed(inside))


def _kind_of(entry: Path, omitted: Omit) -> str | ReadError | None:
    """Return "file" or "folder", None for what is passed over, or why it cannot be looked at."""
    if entry.name.startswith("."):
        omitted(entry, "hidden", "its name begins with a full stop")
        return None
    try:
        mode = entry.stat().st_mode
    except FileNotFoundError:
        omitted(entry, "broken-link", "the link leads nowhere")
        return None
    except OSError as error:
        if os.path.islink(entry):  # noqa: PTH114 - where the look itself is refused, not a link
            omitted(entry, "broken-link", f"the link cannot be followed: {error.strerror}")
            return None
        return ReadError(
            printable_path(entry), f"cannot be opened: {error.strerror}", "check its permissions"
        )
    if stat.S_ISDIR(mode):
        return "folder"
    if stat.S_ISREG(mode):
        return "file"
    omitted(entry, "special-file", f"{_special(mode)}, not a file")
    return None


def _special(mode: int) -> str:
    return next((name for test, name in _SPECIAL if test(mode)), "no ordinary file")


def _source(
    file: Path, named_outright: bool, omitted: Omit, rows: Rows
) -> Iterator[Source | ReadError]:
    shown = printable_path(file)
    try:
        mode = file.stat().st_mode
        if not stat.S_ISREG(mode):  # opening a pipe would wait for ever
            cause = f"{_special(mode)}, not a file"
            yield WrongTypeError(shown, cause, "give files and folders")
            return
        with file.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
            size = os.fstat(stream.fileno()).st_size
        if not (named_outright or looks_like_document(head, file.name)):
            omitted(file, "unknown-type", "neither named nor made like a document")
            return
        allowed = _LIMITS.max_file_bytes * (16 if file.name.lower().endswith(_RECORDS) else 1)
        if size > allowed:  # not even its digest is taken: a sparse file may claim terabytes
            cause = f"{size / 2**20:,.0f} MiB, more than {allowed / 2**20:,.0f} MiB"
            yield LimitExceededError(shown, cause, "split the file")
            return
        said = sidecar_digest(file, rows)
        yield Source(_full_path(file), digest_file(file), size, sidecar=said)
    except OSError as error:
        yield ReadError(shown, f"cannot be opened: {error.strerror}", "check its permissions")


def _full_path(file: Path) -> Path:
    """Return the absolute path, the same however it was typed; links stay as they are."""
    full = file.absolute()
    plain = Path(os.path.normpath(full))
    # "folder/../file" is another file where the folder is a link. To resolve both takes as long as
    # all else that is done to find a file, and hardly a path has such a part.
    return plain if plain == full or plain.resolve() == full.resolve() else full


def digest_file(path: Path) -> str:
    """Return the sha256 of a file, read in blocks of 1 MiB."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()
