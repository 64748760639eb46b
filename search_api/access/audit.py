"""The audit log: who changed what and when, each entry tied to the one before it.

JSON Lines, appended to and never rewritten. An entry carries the SHA-256 of the entry before it
(`previous`) and its own (`hash`), so that one that is altered, taken out or put in is seen by
`check`. Beside the file lies its head, the number and hash of the last entry, so that entries cut
off the end are seen too: `check` compares, and so does whoever notes the next entry, which then
says for good what was lost (`lost`).

What it is not: a signature. Who may write the file may also write all of it anew. Against that
helps only a hash that was noted elsewhere (`check(expected=...)`).
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from corpus.errors import ServiceError
from search_api.access.entry import Entry, entry_after, faults, read_entry
from search_api.access.place import audit_path
from search_api.access.tail import is_ended, last_entry, write

__all__ = ["LOCAL_ACTOR", "AuditCheck", "AuditLog", "Entry", "check_writable", "note", "note_done"]

LOCAL_ACTOR: Final = "local"
"""Whoever acts without a key: the owner of this computer."""

_ROOM_BYTES = 16_384
"""Written and removed to see whether the disk has room; few entries are as long."""


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """What became of a check.

    Attributes:
        entries: whole entries in the file.
        last_hash: of the last of them, to be noted elsewhere; "" where there are none.
        wrong: what does not agree, in the order of the file; empty where all does.
    """

    entries: int
    last_hash: str
    wrong: tuple[str, ...]


def note(
    act: str,
    object_: str,
    outcome: str = "done",
    *,
    actor: str = LOCAL_ACTOR,
    path: Path | None = None,
    **details: object,
) -> None:
    """Note an act in the audit log; for commands and for whatever has no log at hand.

    Args:
        act: what was done, such as "backup" or "restricted.release".
        object_: what to: a file's name, a document's key, a collection.
        outcome: "done", or "refused: why", "failed: why".
        actor: who; "local" for whoever sits at this computer.
        path: the log; by default that of `audit_path`. Where that is "off", nothing is noted.
        details: more of it; numbers, strings and lists of these. What is None is left out.

    Raises:
        ServiceError: the log cannot be written.
    """
    file = path or audit_path()
    if file is not None:
        AuditLog(file).note(act, object_, outcome, actor=actor, details=details)


def check_writable() -> None:
    """Make sure that an act can be noted, before it is done; for commands.

    Raises:
        ServiceError: it cannot.
    """
    file = audit_path()
    if file is not None:
        AuditLog(file).check_writable()


def note_done(act: str, object_: str, **details: object) -> None:
    """Note what was done without asking first whether it can be: withdrawing a key must not wait.

    Raises:
        ServiceError: the log cannot be written; it says that the act is done.
    """
    file = audit_path()
    try:
        if file is not None:
            AuditLog(file).note(act, object_, details=details)
    except ServiceError as error:
        cause = f"done, but not noted: {error.subject}: {error.cause}"
        raise ServiceError(f"{act} {object_}", cause, error.remedy) from error


class AuditLog:
    """The file; safe to share between threads and processes, which take turns (`flock`)."""

    def __init__(self, path: Path) -> None:
        """Name the file; it is made by the first entry."""
        self.path = path

    def check_writable(self) -> None:
        """Make sure that an act can be noted, before it is done: that there is room for it too.

        Raises:
            ServiceError: it cannot.
        """
        with self._refused(), tempfile.TemporaryFile(dir=self._folder()) as scratch:
            scratch.write(b" " * _ROOM_BYTES)
            scratch.flush()
            os.fsync(scratch.fileno())
        if self.path.exists():  # else the first act makes it
            with self._open() as descriptor:
                last_entry(descriptor, self.path)  # so it is an audit log

    def note(
        self,
        act: str,
        object_: str,
        outcome: str = "done",
        *,
        actor: str = LOCAL_ACTOR,
        details: Mapping[str, object] | None = None,
    ) -> Entry:
        """Append an entry and have it on disk before returning it.

        A line that was cut short, by a loss of power, is left as it is and ended; the entry after
        it says so (`after_cut`: SHA-256 of what is left of it). So it does where the entry is gone
        that was the last before (`lost`: its number and hash).

        Raises:
            ServiceError: the log cannot be written.
        """
        with self._open() as descriptor:
            last, rest = last_entry(descriptor, self.path)
            entry = entry_after(
                last,
                rest,
                {**(details or {}), "lost": self._lost(last)},
                at=datetime.now(UTC).isoformat(timespec="milliseconds"),
                actor=actor,
                act=act,
                object=object_,
                outcome=outcome,
            )
            end = b"" if is_ended(descriptor) else b"\n"
            write(descriptor, end + entry.line())
            os.fsync(descriptor)
            self._keep_head(entry)
        return entry

    def entries(self) -> Iterator[Entry]:
        """Yield the entries that can be read, first to last.

        Raises:
            ServiceError: the file cannot be read.
        """
        for line in self._lines():
            entry = read_entry(line)
            if entry is not None:
                yield entry

    def check(self, expected: str | None = None) -> AuditCheck:
        """Follow the chain from the first entry to the last.

        Args:
            expected: a hash that was noted earlier; it must be that of one of the entries.

        Raises:
            ServiceError: the file cannot be read.
        """
        head = self._head()  # before the lines: what is noted meanwhile is behind it
        wrong: list[str] = []
        last: Entry | None = None
        unread = b""
        count, seen = 0, set[tuple[int, str]]()
        for number, line in enumerate(self._lines(), 1):
            entry = read_entry(line)
            if entry is None:
                unread += line
                continue
            wrong.extend(f"line {number}: {what}" for what in faults(entry, line, last, unread))
            unread, last, count = b"", entry, count + 1
            seen.add((entry.n, entry.hash))
        if b"\n" in unread:  # else it was cut short, which the next entry will say
            wrong.append("what stands behind the last entry is none")
        if head is None and seen and self._head() is None:
            wrong.append(
                f"{self._head_path.name} is not there, or not readable, which tells the last"
            )
        if head is not None and head not in seen:
            wrong.append(
                f"entry {head[0]}, which was the last at some time, is not there as it was"
            )
        if expected is not None and all(expected != each for _, each in seen):
            wrong.append(f"no entry has the hash {expected}")
        return AuditCheck(count, last.hash if last else "", tuple(wrong))

    # The file ----------------------------------------------------------------------------------

    @property
    def _head_path(self) -> Path:
        return self.path.with_name(f"{self.path.name}.head")

    def _folder(self) -> Path:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.path.parent

    @contextlib.contextmanager
    def _open(self) -> Iterator[int]:
        """Open the file to append, alone."""
        with self._refused():
            self._folder()
            flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
            descriptor = os.open(self.path, flags, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                yield descriptor
            finally:
                os.close(descriptor)  # gives the lock back

    @contextlib.contextmanager
    def _refused(self) -> Iterator[None]:
        """Tell what the system refuses, with the remedy."""
        try:
            yield
        except OSError as error:
            raise ServiceError(
                str(self.path),
                f"the audit log cannot be written: {error.strerror or error}",
                "make room and its folder writable, or name another file in PRECEDENT_AUDIT",
            ) from error

    def _lines(self) -> Iterator[bytes]:
        try:
            with self.path.open("rb") as file:
                yield from file
        except FileNotFoundError:
            return
        except OSError as error:
            cause = f"cannot be read: {error.strerror or error}"
            raise ServiceError(str(self.path), cause, "run this as its owner") from error

    def _keep_head(self, entry: Entry) -> None:
        """Have number and hash of the last entry on disk; an older head does no harm."""
        aside = self._head_path.with_name(f"{self._head_path.name}.new")
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            write(descriptor, f"{entry.n} {entry.hash}\n".encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        aside.replace(self._head_path)

    def _lost(self, last: Entry | None) -> str | None:
        """Return number and hash of an entry that was the last and is gone; None where none is.

        A head that is older is that of a crash between an entry and its head; the entry is there.
        The same crash at the very first entry leaves no head at all.
        """
        head = self._head()
        if head is None:
            return "the head" if last is not None and last.n > 1 else None
        if last is not None and head == (last.n, last.hash):
            return None
        is_there = any(head == (entry.n, entry.hash) for entry in self.entries())
        return None if is_there else f"{head[0]} {head[1]}"

    def _head(self) -> tuple[int, str] | None:
        with contextlib.suppress(OSError, ValueError):
            n, _, kept = self._head_path.read_text(encoding="ascii").strip().partition(" ")
            return int(n), kept
        return None
