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
from pathlib import Path
from typing import Any, BinaryIO, cast

from corpus.errors import DamagedFileError, LimitExceededError, ReadError
from corpus.identity import document_id, leading_symbol
from corpus.limits import Limits
from corpus.metadata.dates import year_of
from corpus.readers import jsonl_fields as fields
from corpus.types import Document

__all__ = ["read_jsonl"]

_MAX_LINE_BYTES = 64 * 2**20  # the longest real record has 0.5 MB
_REMEDY = "see docs/jsonl.md for the format"


def read_jsonl(path: Path, limits: Limits | None = None) -> Iterator[Document | ReadError]:
    """Yield the documents of a JSON Lines file in order, reading one line at a time.

    Args:
        path: file of one JSON object a line; gzipped where its first bytes say so.
        limits: bounds; `max_file_bytes` holds for what is unpacked, times 16.

    Yields:
        A document, or a `ReadError` naming the line that could not be read.
    """
    limits = limits or Limits()
    number = 0
    try:
        with _open(path) as stream:
            for number, line in enumerate(_lines(stream, path, limits), 1):
                if line.strip(b" \t\r\n\xef\xbb\xbf"):
                    yield _document_or_error(line, path, number)
    except (OSError, EOFError, zlib.error) as error:
        yield DamagedFileError(
            f"{path}, line {number + 1}",
            f"cannot be read further: {error}",
            "obtain the file again",
        )
    except LimitExceededError as error:
        yield error


def _open(path: Path) -> BinaryIO:
    with path.open("rb") as stream:
        packed = stream.read(2) == b"\x1f\x8b"
    return cast("BinaryIO", gzip.open(path, "rb")) if packed else path.open("rb")


def _lines(stream: BinaryIO, path: Path, limits: Limits) -> Iterator[bytes]:
    read = 0
    while line := stream.readline(_MAX_LINE_BYTES):
        read += len(line)
        if len(line) == _MAX_LINE_BYTES or read > 16 * limits.max_file_bytes:
            raise LimitExceededError(str(path), "a line or the whole is too long", "split the file")
        yield line


def _document_or_error(line: bytes, path: Path, number: int) -> Document | ReadError:
    where = f"{path}, line {number}"
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return DamagedFileError(where, f"not valid JSON: {error}", _REMEDY)
    if not isinstance(record, dict):
        return DamagedFileError(where, "not a JSON object", _REMEDY)
    try:
        digest = hashlib.sha256(line.rstrip(b"\r\n")).hexdigest()
        return _document(record, path, number, digest)
    except fields.FieldError as error:
        return DamagedFileError(where, str(error), _REMEDY)


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
        source=str(path),
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
    )
