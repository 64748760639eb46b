"""The folder of uploads, in the index folder: files by digest, jobs, and what is arriving.

    uploads/lock                         held by the service that takes uploads
    uploads/files/<sha256>/<name>        a file, alone in its folder, so that none speaks of another
    uploads/jobs/<job id>.json           what was asked and what became of it
    uploads/arriving/<random>/           an upload under way; swept when a service starts

`precedent index` never looks here: it reads the paths it is given, and removes no document because
its file is not among them. So what is uploaded and what is indexed from folders lie side by side.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from corpus.disk import sync_folder
from corpus.restricted import is_name
from indexer.restricted.place import FOLDERS, collection_dir
from search_api.intake.errors import NotAllowedError, QueueFullError
from search_api.intake.room import Room

__all__ = ["MOST_ARRIVING", "Kept", "UploadFolder", "size_of"]

MOST_ARRIVING = 8
"""Uploads that may arrive at the same time, in public and into each restricted collection: who may
not see one is not to notice that something arrives there."""

_SPARE_BYTES = 256 * 2**20
"""Left free on the disk: publication writes beside what is in service."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the folder.

    Attributes:
        path: where it lies.
        fresh: whether it came with this upload; else an earlier one had brought the same bytes.
    """

    path: Path
    fresh: bool


class UploadFolder:
    """Files that were uploaded.

    Attributes:
        index_dir: folder of the index, absolute.
        root: of uploads.
        jobs: folder of the records of jobs.
        promises: room on the disk, shared by all uploads under way.
    """

    def __init__(self, index_dir: Path) -> None:
        """Name the folder; nothing is made or opened."""
        self.index_dir = index_dir.absolute()
        self.root = self.index_dir / "uploads"
        self.jobs = self.root / "jobs"
        self._files = self.root / "files"
        self._arriving = self.root / "arriving"
        self._lock: TextIO | None = None
        self._name: str | None = None
        self._under_way: Counter[str | None] = Counter()
        self.promises = Room(lambda: self.room())

    def check_writable(self) -> None:
        """Look whether the index folder may be written to.

        Raises:
            NotAllowedError: it may not.
        """
        there = next(place for place in (self.root, *self.root.parents) if place.exists())
        if not os.access(there, os.W_OK | os.X_OK):
            raise NotAllowedError(
                "the index",
                "may only be read by this service",
                "give it a folder it may write to; docs/page.md tells how",
            )

    def claim(self) -> None:
        """Make the folder and hold it as the one service that takes uploads; once is enough.

        Raises:
            NotAllowedError: it cannot be made, or another service has it.
        """
        if self._lock is not None:
            return
        self.check_writable()
        try:
            self.make()
            lock = (self.root / "lock").open("w")
        except OSError as error:
            cause = f"cannot be written to: {error.strerror}"
            raise NotAllowedError("the index", cause, "look at its permissions") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.close()
            raise NotAllowedError(
                "the index", "another service takes its uploads", "use that one, or stop it"
            ) from error
        self._lock = lock
        shutil.rmtree(self._arriving, ignore_errors=True)
        self._arriving.mkdir(mode=0o700)
        for name in self.collections():
            apart = UploadFolder(collection_dir(self.index_dir, name))
            shutil.rmtree(apart._arriving, ignore_errors=True)

    def release(self) -> None:
        """Let another service take uploads."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def collections(self) -> list[str]:
        """Return the restricted collections that something was uploaded into, sorted by name.

        One that is new has no catalogue until its first job has begun.
        """
        folders = self.index_dir.glob(f"{FOLDERS[0]}/*/{self.root.name}")
        return sorted(path.parent.name for path in folders if is_name(path.parent.name))

    def of(self, restricted: str | None) -> UploadFolder:
        """Return the folder of what is uploaded into a restricted collection.

        It lies with the collection: the same bytes, uploaded publicly, are a file of their own.
        Nothing is made: who looks may be in a service that can write nowhere.
        """
        if restricted is None:
            return self
        folder = UploadFolder(collection_dir(self.index_dir, restricted))
        folder._name, folder._under_way = restricted, self._under_way
        folder.promises = self.promises
        return folder

    @contextlib.contextmanager
    def arriving(self) -> Iterator[Path]:
        """Lend a folder for an upload under way; what is still in it at the end is removed.

        Raises:
            QueueFullError: too many are under way.
        """
        if self._under_way[self._name] >= MOST_ARRIVING:
            raise QueueFullError("the service", "too many uploads arrive", "wait for one to end")
        self._under_way[self._name] += 1
        try:
            self.make()
            folder = Path(tempfile.mkdtemp(dir=self._arriving))
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            self._under_way[self._name] -= 1

    def make(self) -> None:
        """Make the folder if need be.

        Raises:
            OSError: it cannot be made.
        """
        for folder in (self.jobs, self._files, self._arriving):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def room(self) -> int:
        """Return how many bytes may be written before the disk is too full, promised or not."""
        return max(0, shutil.disk_usage(self.root).free - _SPARE_BYTES)

    def keep(self, arrived: Path, sha256: str, name: str) -> Kept:
        """Move a file that has arrived to its place; the same bytes are kept once, as first named.

        Args:
            arrived: the file, which is gone from there afterwards.
            sha256: of it.
            name: a safe name.
        """
        folder = self._files / sha256
        folder.mkdir(exist_ok=True, mode=0o700)
        held = next((path for path in folder.iterdir() if path.is_file()), None)
        if held is not None:
            arrived.unlink()
            return Kept(held, fresh=False)
        with arrived.open("rb") as stream:
            os.fsync(stream.fileno())
        kept = arrived.replace(folder / name)
        for changed in (folder, self._files):  # a job that is promised outlives a power cut
            sync_folder(changed)
        return Kept(kept, fresh=True)

    def discard(self, path: Path) -> None:
        """Remove a file of an upload; any other file stays."""
        if path.parent.parent == self._files:
            path.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                path.parent.rmdir()

    def files(self) -> list[Path]:
        """Return the files that are kept."""
        return [path for path in self._files.glob("*/*") if path.is_file()]

    def held(self) -> tuple[int, int]:
        """Return how many files are kept, and their bytes."""
        sizes = [path.stat().st_size for path in self.files()]
        return len(sizes), sum(sizes)


def size_of(folder: Path, without: Collection[Path] = ()) -> int:
    """Return the bytes of a folder on disk; a file of several names counts once.

    What goes while one looks counts as gone: generations of the index are replaced at any time.

    Args:
        folder: to look at.
        without: folders in it that do not count.
    """
    seen: set[tuple[int, int]] = set()
    total = 0
    for top, inside, names in os.walk(folder):
        inside[:] = [name for name in inside if Path(top, name) not in without]
        for name in names:
            with contextlib.suppress(OSError):
                about = os.lstat(Path(top, name))
                if (about.st_dev, about.st_ino) not in seen:
                    seen.add((about.st_dev, about.st_ino))
                    total += about.st_size
    return total
