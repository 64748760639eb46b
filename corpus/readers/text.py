"""Read plain text: paragraphs between blank lines, numbers as typed, headings by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.errors import EmptyFileError, LimitExceededError, WrongTypeError
from corpus.limits import Limits
from corpus.readers.flow import FlowReading, OpeningLine, folded, split_number
from corpus.readers.page import Block, BlockKind
from corpus.sniff import text_encoding

__all__ = ["decode_text", "read_text"]

_OPENING_LINES = 60
_ROMAN_HEADING = re.compile(r"[IVXLC]{1,6}\.\s+\S")
_LETTER_HEADING = re.compile(r"[A-HА-Я]\.\s+\S")
_CHINESE_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、")
_ANNEX_HEADING = re.compile(
    r"(?:annex|appendix|annexe|anexo|приложение|дадатак|附件|مرفق)(?:\s+[IVXL\d]+)?\Z",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"(#{1,6})\s+(\S.*)")
_UNDERLINE = re.compile(r"(=|-|~|_)\1{3,}\Z")
_NOTE = re.compile(r"\[(\d{1,3}|\*{1,3}|†)\]:?\s+(\S.*)", re.DOTALL)
_NOTE_MARK = re.compile(r"\s?\[(\d{1,3}|\*{1,3}|†)\]")
_LINE_OPENS = re.compile(r"\s*(?:\d{1,4}(?:\.\d+)*[.)]?\s+\S|\(?[a-zа-я]{1,2}\)\s+\S|\[\d+\]\s)")
_HEADING_CHARS = 120


def decode_text(data: bytes, source: str) -> str:
    """Return a text file's characters, its encoding found by `corpus.sniff.text_encoding`.

    Raises:
        EmptyFileError: nothing in it.
        WrongTypeError: the bytes are no text.
    """
    if not data.strip():
        raise EmptyFileError(source, "the file is empty", "obtain it again")
    encoding = text_encoding(data)
    if encoding is None:
        raise WrongTypeError(source, "not a text file", "give PDF, DOCX, HTML, TXT or JSON Lines")
    return data.decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")


def read_text(data: bytes, source: str, limits: Limits | None = None) -> FlowReading:
    """Read a text file into blocks.

    Paragraphs are separated by blank lines; where there are none, each line is a paragraph. A line
    that opens with a number or a letter in brackets begins a paragraph of its own.

    Raises:
        EmptyFileError, WrongTypeError: as `decode_text`.
        LimitExceededError: larger than allowed.
    """
    limits = limits or Limits()
    if len(data) > limits.max_file_bytes:
        raise LimitExceededError(source, "larger than allowed", "split the file")
    text = decode_text(data, source).translate({0: None, 12: "\n\n"})
    lines = [line.rstrip() for line in text.split("\n")]
    groups = list(_groups(lines))
    blocks = [block for group in groups for block in _blocks(group)]
    if not blocks:
        raise EmptyFileError(source, "the file holds nothing but blanks", "obtain it again")
    opening = [
        OpeningLine(folded(line), index)
        for index, group in enumerate(groups[:_OPENING_LINES])
        for line in group
    ]
    warnings = ("some characters could not be decoded",) if "\ufffd" in text else ()
    notes = [block for block in blocks if block.kind is BlockKind.FOOTNOTE]
    body, marks = _without_marks(
        [block for block in blocks if block.kind is not BlockKind.FOOTNOTE],
        {note.mark for note in notes},
    )
    first = tuple(opening[:_OPENING_LINES])
    return FlowReading(tuple(body + notes), first, warnings=warnings, marks=tuple(marks))


def _without_marks(
    blocks: list[Block], known: set[str | None]
) -> tuple[list[Block], list[tuple[str, str]]]:
    """Take "[1]" out of the words where there is a note of that mark."""
    marks: list[tuple[str, str]] = []
    cleaned = []
    for block in blocks:
        found = [mark for mark in _NOTE_MARK.findall(block.text) if mark in known]
        words = _NOTE_MARK.sub(lambda m: "" if m[1] in known else m[0], block.text)
        marks.extend((mark, words) for mark in found)
        cleaned.append(replace(block, text=words) if found else block)
    return cleaned, marks


def _groups(lines: list[str]) -> Iterator[list[str]]:
    spaced = any(not line.strip() for line in lines[1:-1]) and any(line.strip() for line in lines)
    group: list[str] = []
    for line in lines:
        if line.strip():
            group.append(line)
            if spaced:
                continue
        if group:
            yield group
        group = []
    if group:
        yield group


def _blocks(group: list[str]) -> Iterator[Block]:
    if len(group) == 2 and _UNDERLINE.match(group[1].strip()):
        yield Block(BlockKind.HEADING, folded(group[0]), level=1 if "=" in group[1] else 2)
        return
    pieces: list[list[str]] = []
    for line in group:
        if not pieces or _begins(line, pieces[-1]):
            pieces.append([])
        pieces[-1].append(line)
    for piece in pieces:
        if not _UNDERLINE.match(piece[0].strip()):
            yield _block(piece)


def _begins(line: str, before: list[str]) -> bool:
    """Tell whether a line inside a group opens a paragraph: numbered, after a finished one."""
    finished = re.search(
        r"[.;:!?…。；：؛»”\"\]]\s*\Z|\b(?:and|or|et|ou|y|o|и|или)\s*\Z", before[-1]
    )
    return bool(_LINE_OPENS.match(line) and finished and split_number(line.strip())[0]) or bool(
        _NOTE.match(line.strip())
    )


def _block(lines: list[str]) -> Block:
    text = folded(" ".join(lines))
    if note := _NOTE.match(text):
        return Block(BlockKind.FOOTNOTE, note[2], mark=note[1])
    if markdown := _MARKDOWN.match(text):
        return Block(BlockKind.HEADING, markdown[2], level=len(markdown[1]))
    if level := _heading_level(text, len(lines)):
        return Block(BlockKind.HEADING, text, level=level)
    if len(lines) == 1 and re.search(r"\S(?:\t| {4,})\S", lines[0].strip()):
        cells = re.split(r"\t| {4,}", lines[0].strip())
        if not split_number(lines[0].strip())[0]:
            return Block(BlockKind.TABLE_ROW, " | ".join(map(folded, cells)))
    number, words = split_number(text)
    if number and not number[0].isdigit():
        return Block(BlockKind.LIST_ITEM, words, number=number, level=1)
    return Block(BlockKind.TEXT, words, number=number)


def _heading_level(text: str, lines: int) -> int:
    """Return the level of a heading, 0 for anything else."""
    if lines > 2 or len(text) > _HEADING_CHARS or text[-1:] in set(".;,:!?。；"):
        return 0
    if _ROMAN_HEADING.match(text) or _CHINESE_HEADING.match(text) or _ANNEX_HEADING.match(text):
        return 1
    if _LETTER_HEADING.match(text):
        return 2
    letters = [c for c in text if c.isalpha()]
    shouted = len(letters) > 5 and all(c.isupper() for c in letters if c.lower() != c.upper())
    return 1 if shouted and any(c.lower() != c.upper() for c in letters) and "/" not in text else 0
