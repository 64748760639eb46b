"""Reading a backup that may be damaged, or made to harm.

Nothing of it is believed before it is compared with its digest, and no member has a name by which
it could be written outside the folder it is taken out to.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import InputError
from precedent.backup.contents import (
    CATALOGUE,
    DIGEST_LENGTH,
    LONGEST_LIST,
    MANIFEST,
    MOST_MEMBERS,
    SEAL,
    Contents,
    is_member_name,
    says_too_much,
)

__all__ = ["Backup", "is_backup", "open_backup"]

_BLOCK = 1 << 20
_OTHER = "use another backup"
_END = struct.Struct("<4s8xL4xH")
"""Of a ZIP: its signature, the bytes of its list of members, those of its comment."""

_LONG_END = struct.Struct("<4s36xQ8x4s4xQ4x")
"""Before it in a large one: signature, bytes of the list; signature of where that stands, where."""

_LONGEST_MEMBERS = MOST_MEMBERS * 512
_HEX = re.compile(rb"[0-9a-f]+")

Tell = Callable[[int, int], object]


class Backup:
    """An opened backup whose list of members has been read and found possible."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        """Take an opened archive; use `open_backup` instead.

        Raises:
            InputError: it is no backup, of a later version, or impossible.
        """
        self.path = path
        self._archive = archive
        entries = archive.infolist()
        self._check_entries(entries)
        self.contents = Contents.read(self._bytes(MANIFEST), path.name)
        listed = {name: member.size for name, member in self.contents.members.items()}
        held = {entry.filename: entry.file_size for entry in entries if entry.filename != MANIFEST}
        if held != listed:
            raise self._refused("its members are not those of its list")
        if CATALOGUE not in listed:
            raise self._refused("holds no catalogue")

    @property
    def size_out(self) -> int:
        """Bytes of all members when they are out."""
        return sum(member.size for member in self.contents.members.values())

    def verify(self, tell: Tell | None = None) -> str:
        """Compare the file, and every member, with its digest; return that of the file.

        Raises:
            InputError: something is not as it was when the backup was made.
        """
        digest = self._verify_whole()
        done = 0
        for name in self.contents.members:
            for block in self.blocks(name):
                done += len(block)
                if tell is not None:
                    tell(done, self.size_out)
        return digest

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield a member; what was yielded counts only once this ends without an error.

        Raises:
            InputError: it is damaged.
        """
        member = self.contents.members[name]
        digest, size = hashlib.sha256(), 0
        try:
            with self._archive.open(name) as stream:
                while block := stream.read(_BLOCK):
                    size += len(block)
                    if size > member.size:
                        break
                    digest.update(block)
                    yield block
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
            raise self._refused(f"{name} is damaged: {error}") from error
        if size != member.size or digest.hexdigest() != member.sha256:
            raise self._refused(f"{name} is damaged: it is not what was backed up (sha256)")

    def extract(self, name: str, target: Path) -> None:
        """Write a member to a new file, readable by its owner alone, and to the disk."""
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(target, "xb", opener=_private) as stream:
            for block in self.blocks(name):
                stream.write(block)
            stream.flush()
            os.fsync(stream.fileno())  # what it replaces is gone once it has its name

    def names(self, prefix: str) -> list[str]:
        """Return names of members that begin so, sorted."""
        return sorted(name for name in self.contents.members if name.startswith(prefix))

    def _verify_whole(self) -> str:
        with self.path.open("rb") as stream:
            found = hashlib.sha256()
            left = self.path.stat().st_size - DIGEST_LENGTH
            while left > 0 and (block := stream.read(min(_BLOCK, left))):
                found.update(block)
                left -= len(block)
            said = stream.read()
        if said.decode("ascii", "replace") != found.hexdigest():
            raise self._refused("is damaged: its sha256 is not the one it ends with")
        return found.hexdigest()

    def _check_entries(self, entries: list[zipfile.ZipInfo]) -> None:
        names = [entry.filename for entry in entries]
        if len(entries) > MOST_MEMBERS:
            raise self._refused(f"holds {len(entries):,} members")
        if len(set(names)) != len(names):
            raise self._refused("holds two members of one name")
        for entry in entries:
            kind = stat.S_IFMT(entry.external_attr >> 16)  # 0 where who packed it told none
            if not is_member_name(entry.filename) or entry.orig_filename != entry.filename:
                raise self._refused(f"holds {entry.filename!r}, which no backup does")
            if kind not in (0, stat.S_IFREG):
                raise self._refused(f"{entry.filename} is no plain file")
            if entry.flag_bits & 1 or entry.compress_type not in (
                zipfile.ZIP_STORED,
                zipfile.ZIP_DEFLATED,
            ):
                raise self._refused(f"{entry.filename} is packed as no backup is")
        self._check_sizes(entries)

    def _check_sizes(self, entries: list[zipfile.ZipInfo]) -> None:
        size = self.path.stat().st_size
        total = sum(entry.file_size for entry in entries)
        if says_too_much(total, size):
            raise self._refused(f"says it holds {total:,} bytes in {size:,}")
        end = 0
        for entry in sorted(entries, key=lambda each: each.header_offset):
            if entry.header_offset < end:
                raise self._refused("its members overlap")
            end = entry.header_offset + entry.compress_size
        if end > size:
            raise self._refused("is cut short")

    def _bytes(self, name: str) -> bytes:
        try:
            with self._archive.open(name) as stream:
                content = stream.read(LONGEST_LIST + 1)
        except KeyError as error:
            raise self._refused("is no backup of Precedent: it has no list of members") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
            raise self._refused(f"{name} is damaged: {error}") from error
        if len(content) > LONGEST_LIST:
            raise self._refused("its list of members is too long")
        return content

    def _refused(self, cause: str) -> InputError:
        return InputError(str(self.path), cause, _OTHER)


def is_backup(path: Path) -> bool:
    """Tell whether a file ends as a backup does; it may be damaged all the same."""
    length = len(SEAL) + DIGEST_LENGTH
    try:
        with path.open("rb") as stream:
            stream.seek(-length, 2)
            return stream.read(len(SEAL)) == SEAL
    except OSError:
        return False


@contextmanager
def open_backup(path: Path) -> Iterator[Backup]:
    """Open a backup and look at its list; `verify` compares the rest.

    Raises:
        InputError: it is not there, no backup, damaged, or of a later version.
    """
    if not path.is_file():
        raise InputError(str(path), "no such file", "name a file that `precedent backup` wrote")
    if not is_backup(path):
        raise InputError(
            str(path),
            "is no backup of Precedent, or is cut short",
            "name a whole file that `precedent backup` wrote; decrypt it first if it is encrypted",
        )
    _check_list(path)
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"is damaged: {error}", _OTHER) from error
    with archive:
        yield Backup(path, archive)


def _check_list(path: Path) -> None:
    """Make sure that a backup lists no more members than any has, before the list is read.

    The list is read to the end of the bytes it is said to have, whatever number of members is said:
    half a kilobyte of memory for each. A backup has one comment, of known length, so that its end
    cannot be looked for in two places.

    Raises:
        InputError: it does, or does not end as a backup does.
    """
    refused = InputError(str(path), "is damaged: it does not end as a backup does", _OTHER)
    length = len(SEAL) + DIGEST_LENGTH
    with path.open("rb") as stream:
        end = stream.seek(-(_END.size + length), os.SEEK_END) if _is_long(path, length) else -1
        if end < 0:
            raise refused
        signature, size, comment = _END.unpack(stream.read(_END.size))
        digest = stream.read(length)[-DIGEST_LENGTH:]
        if signature != b"PK\5\6" or comment != length or not _HEX.fullmatch(digest):
            raise refused
        if end >= _LONG_END.size and stream.seek(end - _LONG_END.size) >= 0:
            long, long_size, locator, place = _LONG_END.unpack(stream.read(_LONG_END.size))
            if locator == b"PK\6\7":
                size, end = long_size, end - _LONG_END.size
                if (long, place) != (b"PK\6\6", end):
                    raise refused
        if size > min(end, _LONGEST_MEMBERS):
            raise refused
        stream.seek(end - size)
        if stream.read(size).count(b"PK\1\2") > MOST_MEMBERS:
            raise InputError(str(path), f"holds more than {MOST_MEMBERS:,} members", _OTHER)


def _is_long(path: Path, length: int) -> bool:
    return path.stat().st_size >= _END.size + length


def _private(path: str, flags: int) -> int:

    return os.open(path, flags, 0o600)
