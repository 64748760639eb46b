"""An upload as it arrives: multipart parts streamed to disk, bounded, and judged by their content.

Written over python-multipart's parser rather than Starlette's forms, which take a file of any
length and spool it to a temporary folder that may be memory. Nothing here runs a reader: a file is
opened only in the sandboxed worker of the indexer.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from corpus.errors import InputError, ReadError
from corpus.sidecars.apply import is_sidecar
from corpus.sniff import HEAD_BYTES, looks_like_document, sniff
from search_api.intake.errors import TooLargeError
from search_api.intake.names import safe_name
from search_api.schemas import UploadBounds

__all__ = ["Arrival", "Arrived", "boundary_of", "too_many_bytes"]

_MOST_HEADER_BYTES = 16_384
"""Of a line of a part's head: longer than any file system's names, and no more."""

_KINDS = "give PDF, DOCX, HTML, TXT or JSON Lines"


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that has arrived.

    Attributes:
        name: made safe.
        bytes: its length; of one that is too long, as much as came of it.
        sha256: of it.
        path: where it lies, or None where it is refused.
        reason: why it is refused.
        remedy: what can be done.
    """

    name: str
    bytes: int
    sha256: str = ""
    path: Path | None = None
    reason: str = ""
    remedy: str = ""


def boundary_of(content_type: str) -> bytes:
    """Return what parts an upload.

    Raises:
        InputError: it is not sent as multipart/form-data.
    """
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise InputError(
            "the request", "is not multipart/form-data", "send files as a form does: curl -F"
        )
    return boundary


class Arrival:
    """Takes an upload in, piece by piece."""

    def __init__(self, folder: Path, boundary: bytes, bounds: UploadBounds) -> None:
        """Prepare to write into a folder.

        Raises:
            InputError: the boundary cannot be one.
        """
        self.files: list[Arrived] = []
        self._folder = folder
        self._bounds = bounds
        self._taken = 0
        self._ended = False
        self._field, self._value = bytearray(), bytearray()
        self._heads: dict[bytes, bytes] = {}
        self._part: _Part | None = None
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin,
                    "on_header_field": lambda data, start, end: self._field.extend(data[start:end]),
                    "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
                    "on_header_end": self._end_header,
                    "on_headers_finished": self._open,
                    "on_part_data": self._write,
                    "on_part_end": self._close,
                    "on_end": self._end,
                },
                max_header_size=_MOST_HEADER_BYTES,
            )
        except FormParserError as error:
            raise _not_a_form(error) from error

    def take(self, data: bytes) -> None:
        """Take in a piece of the body.

        Raises:
            InputError: it is no form, or one with something else than files in it.
            TooLargeError: there are more files, or bytes, than are taken.
        """
        self._taken += len(data)
        if self._taken > self._bounds.bytes:
            raise too_many_bytes(self._bounds)
        try:
            self._parser.write(data)
        except FormParserError as error:
            raise _not_a_form(error) from error

    def finish(self) -> list[Arrived]:
        """Return the files.

        Raises:
            InputError: the body was cut short, or holds no file.
        """
        if not self._ended:
            raise InputError("the upload", "ends in the middle", "send it again")
        if not self.files:
            raise InputError("the upload", "holds no file", "give at least one")
        return self.files

    def close(self) -> None:
        """Close the file that was being written, if the upload broke off."""
        if self._part is not None:
            self._part.file.close()

    def _begin(self) -> None:
        self._heads.clear()

    def _end_header(self) -> None:
        self._heads[bytes(self._field).lower()] = bytes(self._value)
        self._field.clear()
        self._value.clear()

    def _open(self) -> None:
        _, options = parse_options_header(self._heads.get(b"content-disposition"))
        name = options.get(b"filename")
        if name is None:
            field = options.get(b"name", b"").decode("utf-8", "replace")[:50]
            raise InputError(
                "the upload", f"has a field that is no file: {field!r}", "leave it out"
            )
        if len(self.files) >= self._bounds.files:
            cause = f"more than {self._bounds.files:,} files"
            raise TooLargeError("the upload", cause, "send it in parts, or run `precedent index`")
        path = self._folder / str(len(self.files))
        self._part = _Part(safe_name(name.decode("utf-8", "replace")), path, path.open("xb"))

    def _write(self, data: bytes, start: int, end: int) -> None:
        assert self._part is not None  # noqa: S101  (its head came first)
        self._part.write(data[start:end], self._bounds.file_bytes)

    def _close(self) -> None:
        assert self._part is not None  # noqa: S101
        self.files.append(self._part.judged(self._bounds.file_bytes))
        self._part = None

    def _end(self) -> None:
        self._ended = True


class _Part:
    """A file that is arriving."""

    def __init__(self, name: str, path: Path, file: BinaryIO) -> None:
        self.file = file
        self._name, self._path = name, path
        self._bytes = 0
        self._head = b""
        self._digest = hashlib.sha256()

    def write(self, data: bytes, most: int) -> None:
        """Write a piece; of a file that is too long nothing more is written."""
        self._bytes += len(data)
        if self._bytes > most:
            return
        if len(self._head) < HEAD_BYTES:
            self._head += data[: HEAD_BYTES - len(self._head)]
        self._digest.update(data)
        self.file.write(data)

    def judged(self, most: int) -> Arrived:
        """Return the whole file, or why it is refused; it is removed then."""
        self.file.close()
        try:
            self._judge(most)
        except ReadError as error:
            self._path.unlink()
            return Arrived(self._name, self._bytes, reason=error.cause, remedy=error.remedy)
        return Arrived(self._name, self._bytes, self._digest.hexdigest(), self._path)

    def _judge(self, most: int) -> None:
        if self._bytes > most:
            cause = f"{self._bytes / 2**20:,.0f} MB, more than {most / 2**20:,.0f} MB"
            raise ReadError(self._name, cause, "index it with `precedent index`")
        if is_sidecar(Path(self._name)):
            cause = "says something of other files and is none to read itself"
            raise ReadError(self._name, cause, "index its folder with `precedent index`")
        sniff(self._head, self._name)
        if not looks_like_document(self._head, self._name):
            raise ReadError(self._name, "neither named nor made like a document", _KINDS)


def too_many_bytes(bounds: UploadBounds) -> TooLargeError:
    """Return the refusal of an upload that is too long."""
    return TooLargeError(
        "the upload",
        f"more than {bounds.bytes / 2**20:,.0f} MB in all",
        "send it in parts, or run `precedent index`",
    )


def _not_a_form(error: FormParserError) -> InputError:
    cause = f"cannot be read as multipart/form-data ({type(error).__name__})"
    return InputError("the upload", cause, "send files as a form does: curl -F")
