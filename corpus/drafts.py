"""A draft as running text, for those who check it: paragraphs parted by an empty line, notes after.

A note's mark stays where it stands, as `[^1]`, and its note is a line that opens with it: a
citation in a note speaks for the sentence of its mark. Of formats that keep no place for marks
(PDF, HTML, old Word files) a note's mark ends its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import EmptyFileError, LimitExceededError, ReadError, WrongTypeError
from corpus.limits import Limits
from corpus.parse import parse_file
from corpus.readers.decoding import decode_text
from corpus.readers.docx.read import read_docx
from corpus.readers.page import BlockKind
from corpus.sandbox.handed import open_file
from corpus.sniff import HEAD_BYTES, Format, sniff
from corpus.sources import printable_path

__all__ = ["Draft", "read_draft", "written_mark"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A text in the making, as it was read from a file.

    Attributes:
        text: the words, with marks of notes in place and the notes at the end.
        warnings: what the user should know, one line each.
    """

    text: str
    warnings: tuple[str, ...] = ()


def read_draft(path: Path, limits: Limits | None = None) -> Draft:
    """Read a draft from a file; for `corpus.sandbox.pool`, since a file may be hostile.

    Raises:
        ReadError: it cannot be read, is empty, or holds many documents (JSON Lines).
    """
    limits = limits or Limits()
    name = printable_path(path)
    try:
        data = _bytes(path, name, limits)
    except OSError as error:
        raise ReadError(name, f"cannot be opened: {error.strerror}", "check its name") from error
    form = sniff(data[:HEAD_BYTES], name)
    if form is Format.DOCX:
        reading = read_docx(data, name, limits, written_mark=written_mark)
        notes = [b for b in reading.blocks if b.kind is BlockKind.FOOTNOTE]
        body = [b.text for b in reading.blocks if b.kind is not BlockKind.FOOTNOTE]
        return Draft(_joined(body, [(b.mark or "", b.text) for b in notes]), reading.warnings)
    if form is Format.TXT:
        text = decode_text(data, name)
        if len(text) > limits.max_chars:
            raise LimitExceededError(name, f"more than {limits.max_chars:,} characters", "split it")
        return Draft(text.replace("\f", "\n\n"))
    if form in {Format.JSONL, Format.JSONL_GZ}:
        raise WrongTypeError(name, "holds many documents", "give one draft: DOCX, TXT, PDF or HTML")
    return _structured(path, limits)


def _bytes(path: Path, name: str, limits: Limits) -> bytes:
    with open_file(path) as stream:
        data = stream.read(limits.max_file_bytes + 1)
    if len(data) > limits.max_file_bytes:
        allowed = f"more than {limits.max_file_bytes / 2**20:.0f} MiB"
        raise LimitExceededError(name, allowed, "split the file")
    if not data.strip():
        raise EmptyFileError(name, "the file is empty", "give one with words in it")
    return data


def _structured(path: Path, limits: Limits) -> Draft:
    (document,) = parse_file(path, limits)
    marks: dict[str | None, str] = {}
    for note in document.footnotes:
        held = marks.get(note.paragraph_id, "")
        marks[note.paragraph_id] = held + written_mark(note.mark)
    body = [p.text + marks.get(p.id, "") for p in document.paragraphs]
    notes = [(note.mark, note.text) for note in document.footnotes]
    return Draft(_joined(body, notes), document.warnings)


def _joined(body: list[str], notes: list[tuple[str, str]]) -> str:
    return "\n\n".join([*body, *_notes(notes)])


def _notes(notes: list[tuple[str, str]]) -> Iterator[str]:
    for mark, text in notes:
        yield f"{written_mark(mark)}: {' '.join(text.split())}"


def written_mark(mark: str) -> str:
    """Return a note's mark as it stands in a draft."""
    bare = re.sub(r"[^\w*†‡]", "", mark)[:5]
    return f"[^{bare or '*'}]"
