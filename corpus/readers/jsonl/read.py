"""Read documents from JSON Lines: one JSON object a line, plain or gzipped.

For people who have structured text already; the format is described in `docs/jsonl.md`. A line that
cannot be read costs only itself.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from corpus.errors import (
    DamagedFileError,
    LimitExceededError,
    ReadError,
    RestrictedRecordError,
)
from corpus.identity import document_id, leading_symbol
from corpus.limits import Limits
from corpus.metadata.dates import year_of
from corpus.metadata.relations import relations_of_symbol
from corpus.readers.jsonl import fields
from corpus.readers.jsonl.known import Known, KnownRecord
from corpus.sandbox.handed import open_file
from corpus.sources import printable_path
from corpus.symbols import Symbol
from corpus.types import Document, Relation

__all__ = ["read_jsonl"]

_MAX_LINE_BYTES = 64 * 2**20  # the longest real record has 0.5 MB
# A record becomes objects in this process before a field of it is looked at: of one value in each
# two bytes it would be a gigabyte of them.
_MAX_VALUES = 2_000_000
_MAX_BLANK_LINES = 1_000_000
# A file that is no JSON Lines at all is left after this many lines.
_MAX_BAD_LINES = 100
_REMEDY = "see docs/jsonl.md for the format"


def read_jsonl(
    path: Path, limits: Limits | None = None, known: Known | None = None
) -> Iterator[Document | KnownRecord | ReadError]:
    """Yield the documents of a JSON Lines file in order, reading one line at a time.

    Args:
        path: file of one JSON object a line; gzipped where its first bytes say so.
        limits: bounds; `max_file_bytes` holds for what is unpacked, times 16.
        known: records that need not be read. To know one again takes a fiftieth of the time to
            read it.

    Yields:
        A document, a record that is known, or a `ReadError` naming the line that could not be read.
        After 100 bad lines that are more than nine in ten, the rest is not looked at.
    """
    limits = limits or Limits()
    name = printable_path(path)
    tally = _Tally(name)
    known = known or Known()
    digests = set(known.digests)
    try:
        with _open(path) as stream:
            for line in _lines(stream, name, limits):
                tally.lines += 1
                if not line.strip(b" \t\r\n\xef\xbb\xbf"):
                    tally.count(None)
                    continue
                tally.check_room(limits.max_records)
                if known.lines is not None and tally.lines not in known.lines:
                    tally.count_known()
                elif digests and (digest := _digest(line)) in digests:
                    # Taken out: a second record of the same words is to count as a duplicate.
                    digests.remove(digest)
                    tally.count_known()
                    yield KnownRecord(tally.lines, digest)
                else:
                    found = _document_or_error(line, path, tally.lines)
                    if isinstance(found, ReadError) and b"restricted" in line:
                        found = RestrictedRecordError(found.subject, found.cause, found.remedy)
                    yield found
                    tally.count(found)
    except (OSError, EOFError, zlib.error) as error:
        yield DamagedFileError(
            f"{name}, line {tally.lines + 1}",
            f"cannot be read further: {error}",
            "obtain the file again",
        )
    except LimitExceededError as error:
        yield error


@dataclass(slots=True)
class _Tally:
    """What the lines of a file were so far."""

    name: str
    lines: int = 0
    blank: int = 0
    good: int = 0
    bad: int = 0

    def count(self, found: Document | ReadError | None) -> None:
        """Count a line; None is a blank one.

        Raises:
            LimitExceededError: they are so many blank or bad ones that the rest is not worth it.
        """
        self.blank += found is None
        self.good += isinstance(found, Document)
        self.bad += isinstance(found, ReadError)
        if self.blank > _MAX_BLANK_LINES:
            cause = f"more than {_MAX_BLANK_LINES:,} blank lines"
            raise LimitExceededError(self.name, cause, "not an ordinary document")
        if self.bad >= _MAX_BAD_LINES and self.bad > 9 * self.good:
            cause = f"{self.bad:,} of its first {self.lines:,} lines cannot be read; it is left"
            raise LimitExceededError(self.name, cause, _REMEDY)

    def check_room(self, most: int) -> None:
        """Make sure that one more record may be read.

        Raises:
            LimitExceededError: they are too many.
        """
        if self.good + self.bad >= most:
            cause = f"more than {most:,} records; those after them are not read"
            raise LimitExceededError(self.name, cause, "split the file")

    def count_known(self) -> None:
        """Count a record that is not read."""
        self.good += 1


@contextmanager
def _open(path: Path) -> Iterator[BinaryIO]:
    with open_file(path) as stream:
        packed = stream.read(2) == b"\x1f\x8b"
        stream.seek(0)
        if not packed:
            yield stream
            return
        with gzip.GzipFile(fileobj=stream) as unpacked:
            yield cast("BinaryIO", unpacked)


def _lines(stream: BinaryIO, name: str, limits: Limits) -> Iterator[bytes]:
    read = 0
    while line := stream.readline(_MAX_LINE_BYTES):
        read += len(line)
        if len(line) == _MAX_LINE_BYTES or read > 16 * limits.max_file_bytes:
            raise LimitExceededError(name, "a line or the whole is too long", "split the file")
        yield line


def _digest(line: bytes) -> str:
    return hashlib.sha256(line.rstrip(b"\r\n")).hexdigest()


def _document_or_error(line: bytes, path: Path, number: int) -> Document | ReadError:
    where = f"{printable_path(path)}, line {number}"
    if line.count(b'"') // 2 + line.count(b"[") + line.count(b"{") > _MAX_VALUES:
        cause = f"more than {_MAX_VALUES:,} values in one record"
        return LimitExceededError(where, cause, "not an ordinary document")
    try:
        record = json.loads(
            line.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_no_constant
        )
    except fields.FieldError as error:
        return DamagedFileError(where, str(error), _REMEDY)
    except (ValueError, RecursionError) as error:
        return DamagedFileError(where, f"not valid JSON: {error}", _REMEDY)
    if not isinstance(record, dict):
        return DamagedFileError(where, "not a JSON object", _REMEDY)
    try:
        return _document(record, path, number, _digest(line))
    except fields.FieldError as error:
        return DamagedFileError(where, str(error), _REMEDY)


def _relations(record: dict[str, Any], symbol: Symbol | None) -> tuple[Relation, ...]:
    """Return what the record says of other documents, else what its symbol implies."""
    if record.get("relations") is not None or symbol is None:
        return fields.relations_of(record)
    return relations_of_symbol(symbol)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build an object whose names differ: of two values under one name either may be meant."""
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise fields.FieldError(f"`{twice[:60]}` is given twice")
    return made


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no value of JSON")


def _document(record: dict[str, Any], path: Path, line_number: int, digest: str) -> Document:
    given = fields.text_of(record, "symbol")
    symbol = leading_symbol(given)
    name = symbol.text if symbol else given
    date = fields.date_of(record)
    language = fields.language_of(record)
    title = fields.text_of(record, "title")
    fallback = fields.text_of(record, "id") or f"{path.name.partition('.')[0]}-{line_number}"
    paragraphs = fields.paragraphs_of(record)
    warnings = []
    if given and symbol is None:
        warnings.append(f"{given!r} is not a document symbol; kept as given")
    status, remark = fields.status_of(record)
    if remark:
        warnings.append(remark)
    return Document(
        id=document_id(name, language, title, fallback),
        symbol=name,
        title=title,
        kind=fields.text_of(record, "kind") or (symbol.kind if symbol else None),
        body=fields.text_of(record, "body") or (symbol.body if symbol else None),
        mandate=fields.text_of(record, "mandate"),
        country=fields.countries_of(record),
        session=fields.text_of(record, "session") or (symbol.session if symbol else None),
        agenda_item=fields.text_of(record, "agenda_item"),
        date=date,
        year=fields.year_of_record(record) or year_of(date) or (symbol.year if symbol else None),
        language=language,
        source=printable_path(path),
        sha256=digest,
        paragraphs=paragraphs,
        footnotes=fields.footnotes_of(record, paragraphs),
        quality=fields.quality_of(paragraphs),
        warnings=tuple(warnings),
        status=status or (symbol.status if symbol else None),
        superseded_by=fields.text_of(record, "superseded_by"),
        vote=fields.vote_of(record),
        url=fields.text_of(record, "url"),
        file_format="jsonl",
        mandate_holder=fields.text_of(record, "mandate_holder"),
        job_number=fields.text_of(record, "job_number"),
        relations=_relations(record, symbol),
        restricted=fields.restricted_of(record),
    )
