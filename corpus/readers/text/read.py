"""Read plain text and Markdown: paragraphs, numbers as typed, headings by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.errors import EmptyFileError, LimitExceededError, WrongTypeError
from corpus.limits import Limits
from corpus.readers.decoding import decode_text
from corpus.readers.flow import FlowReading, OpeningLine, bounded, folded, split_number
from corpus.readers.page import Block, BlockKind
from corpus.readers.text.lines import group_lines, read_lines
from corpus.readers.text.marks import (
    is_markdown,
    lift_marks,
    note_of,
    plain_markdown,
    without_matter,
)
from corpus.segmentation.joining import Joiner, learn_joiner

__all__ = ["read_text", "text_blocks"]

_OPENING_LINES = 60
_ROMAN_HEADING = re.compile(r"[IVXLC]{1,6}\.\s+\S")
_LETTER_HEADING = re.compile(r"[A-HА-Я]\.\s+\S")
_CHINESE_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、")
_ARABIC_HEADING = re.compile(
    r"(?:أولا|ثانيا|ثالثا|رابعا|خامسا|سادسا|سابعا|ثامنا|تاسعا|عاشرا)\u064b?\s?[-–]"
)
_ARABIC_LETTER = re.compile(r"(?:ألف|باء|جيم|دال|هاء|واو|زاي|حاء)\s?[-–]")
_ANNEX_HEADING = re.compile(
    r"(?:annex|appendix|annexe|anexo|приложение|дадатак|附件|المرفق|مرفق)(?:\s+[IVXL\d]+)?\Z",
    re.IGNORECASE,
)
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*\Z")
_RULE = re.compile(r"(?:[-*_=~]\s?){3,}\Z")
_UNDERLINE = re.compile(r"(=|-|~|_)\1{2,}\Z")
_BULLET = re.compile(r"(?:[-–—•●▪■◦·]|[*+](?=\s[^*]))\s+(?=\S)")
_QUOTE = re.compile(r"(?:>\s?)+")
_LABEL = re.compile(r"(\(?)(\d{1,4}|[a-zа-я]{1,4})([.)、])\s*")
_LINE_OPENS = re.compile(
    r"\s*(?:\d{1,4}(?:\.\d+)*[.)]?\s+\S|\d{1,4}、|\(?[a-zа-я]{1,4}\)\s+\S|\[\^?\w+\]:?\s|\d{1,3}/\s)"
)
_GOES_ON = re.compile(
    r"[.;:!?…。；：؛؟»”\"\])]\s*\Z|\b(?:and|or|et|ou|y|o|и|или)\s*\Z|(?:و|أو)\s*\Z"
)
_COLUMNS = re.compile(r"\t+| {4,}")
_PIPES = re.compile(r"\|.*\|\Z")
_PIPE_RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?\|?\Z")
_MAIL = re.compile(
    r"(?:from|to|cc|bcc|date|sent|subject|reply-to|de|à|objet|от|кому|тема|дата)\s?:\s.*",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:subject|objet|asunto|тема)\s?:\s*(.+)", re.IGNORECASE)
_SLASHED = r"(?m)(?:\w\s|[.,;:)”\"»]\s?){}/(?=[\s,.;:)]|$)"
_HEADING_CHARS = 120
_SHORT_HEADING = 70
_ONE_LETTER = re.compile(r"([A-Z])\.\s")
# Sentences, captions, salutations, dates and columns; a heading is none of them.
_NO_HEADING = re.compile(
    r"[.;:,!?。；：،؛؟»”\"\])]\s*\Z|:\s|\d|[/@|]|\A(?:mr|mrs|ms|madam|sir|dear|excellenc|monsieur|madame"
    r"|señor|уважаем|г-н|г-жа)\b",
    re.IGNORECASE,
)
_WORD_XML = re.compile(r"mso-application\s+progid=.Word|<pkg:package|<w:wordDocument")


def read_text(data: bytes, source: str, limits: Limits | None = None) -> FlowReading:
    """Read a text file into blocks.

    Paragraphs are separated by blank lines, or by indents and short lines where text is wrapped
    without any; otherwise each line is a paragraph. A line that opens with a number or a letter in
    brackets begins a paragraph of its own. Running heads and page numbers are taken off.

    Raises:
        EmptyFileError, WrongTypeError: as `corpus.readers.decoding.decode_text`; a Word document
            saved as XML is of the wrong type too.
        LimitExceededError: larger than allowed, or more in it than in any document.
    """
    limits = limits or Limits()
    if len(data) > limits.max_file_bytes:
        raise LimitExceededError(source, "larger than allowed", "split the file")
    text = decode_text(data, source)
    if len(text) > limits.max_chars:
        cause = f"{len(text):,} characters, more than {limits.max_chars:,}"
        raise LimitExceededError(source, cause, "split the file")
    if text.lstrip("\ufeff \n").startswith("<") and _WORD_XML.search(text[:4000]):
        raise WrongTypeError(source, "a Word document saved as XML", "save it as DOCX")
    markdown = is_markdown(text, source)
    text, title = without_matter(text) if markdown else (text, "")
    found = read_lines(text)
    groups = [_unquoted(g) if markdown else g for g in group_lines(found, _opens)]
    joiner = learn_joiner(line.strip() for line in found.lines if line)
    blocks = bounded(_text_blocks(groups, joiner, markdown=markdown), source, limits)
    if not blocks:
        raise EmptyFileError(source, "the file holds nothing but blanks", "obtain it again")
    body, marks = lift_marks(_with_slashed_notes(blocks))
    warnings = ("some characters could not be decoded",) if "\ufffd" in text else ()
    notes = [block for block in body if block.kind is BlockKind.FOOTNOTE]
    return FlowReading(
        tuple([block for block in body if block.kind is not BlockKind.FOOTNOTE] + notes),
        _opening(groups, title, body, markdown=markdown),
        heads=found.heads,
        warnings=warnings,
        marks=tuple(marks),
    )


def text_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of text that keeps its own lines, such as preformatted parts of a page."""
    found = read_lines(text)
    joiner = learn_joiner(line.strip() for line in found.lines if line)
    yield from _text_blocks(group_lines(found, _opens), joiner, markdown=False)


def _text_blocks(groups: Sequence[list[str]], joiner: Joiner, *, markdown: bool) -> Iterator[Block]:
    pending: Block | None = None
    letter = ""
    for group in groups:
        for block in _blocks(group, joiner):
            if block.kind is BlockKind.HEADING and (found := _ONE_LETTER.match(block.text)):
                if found[1] in "CDI" and letter and ord(found[1]) == ord(letter) + 1:
                    block = replace(block, level=2)  # "C." after "B." is no Roman hundred
                letter = found[1]
            if pending is not None:
                yield _promoted(pending, block)
            pending = plain_markdown(block) if markdown else block
    if pending is not None:
        yield pending


def _promoted(block: Block, following: Block) -> Block:
    """Make a heading of a short line without a full stop, where a paragraph follows it."""
    text = block.text
    short = block.kind is BlockKind.TEXT and block.number is None and len(text) <= _SHORT_HEADING
    paragraph = following.number is not None or (
        following.kind is BlockKind.TEXT and len(following.text) > _SHORT_HEADING
    )
    if short and paragraph and not _NO_HEADING.search(text) and not text[:1].islower():
        return replace(block, kind=BlockKind.HEADING, level=3)
    return block


def _opening(
    groups: Sequence[list[str]], title: str, body: Sequence[Block], *, markdown: bool
) -> tuple[OpeningLine, ...]:
    headings = {block.text for block in body if markdown and block.kind is BlockKind.HEADING}
    lines = [OpeningLine(title, -1, heading=True)] if title else []
    for index, group in enumerate(groups[:_OPENING_LINES]):
        for line in group:
            words = folded(line)
            if markdown:
                words = plain_markdown(Block(BlockKind.TEXT, words.lstrip("# "))).text
            if index == 0 and (subject := _SUBJECT.fullmatch(words)):
                lines.append(OpeningLine(subject[1], -1, heading=True))
            elif words and not _RULE.fullmatch(words):
                lines.append(OpeningLine(words, index, heading=words in headings))
    return tuple(lines[:_OPENING_LINES])


def _unquoted(group: list[str]) -> list[str]:
    return [
        _QUOTE.sub("", line, count=1) if line.lstrip().startswith(">") else line for line in group
    ]


def _blocks(group: list[str], joiner: Joiner) -> Iterator[Block]:
    stripped = [line.strip() for line in group]
    if len(stripped) == 2 and _UNDERLINE.match(stripped[1]) and not _RULE.fullmatch(stripped[0]):
        yield Block(BlockKind.HEADING, folded(stripped[0]), level=1 if "=" in stripped[1] else 2)
        return
    if len(stripped) > 2 and all(map(_MAIL.fullmatch, stripped[:3])):
        yield Block(BlockKind.TEXT, folded("; ".join(stripped)))
        return
    if rows := _rows(stripped):
        yield from rows
        return
    pieces: list[list[str]] = []
    for line in stripped:
        if not pieces or _begins(line, pieces[-1]):
            pieces.append([])
        pieces[-1].append(line)
    for piece in pieces:
        if not _RULE.fullmatch(piece[0]) or len(piece) > 1:
            yield _block(piece, joiner)


def _rows(lines: Sequence[str]) -> list[Block]:
    """Return the rows of a table, where every line of a group has columns."""
    if all(_PIPES.match(line) for line in lines):
        cells = [line.strip("| ").split("|") for line in lines if not _PIPE_RULE.match(line)]
    else:
        plain = [_LABEL.sub("", line, count=1) if _LABEL.match(line) else line for line in lines]
        if not all(_COLUMNS.search(line) for line in plain):
            return []
        cells = [_COLUMNS.split(line) for line in lines]
    return [Block(BlockKind.TABLE_ROW, " | ".join(map(folded, row)).strip(" |")) for row in cells]


def _opens(line: str) -> bool:
    text = line.strip()
    return bool(_LINE_OPENS.match(line) and (split_number(text)[0] or note_of(text))) or bool(
        _BULLET.match(text)
    )


def _begins(line: str, before: Sequence[str]) -> bool:
    """Tell whether a line inside a group opens a paragraph: a note, a point, the next number."""
    if note_of(line) or _MARKDOWN_HEADING.match(line) or _MARKDOWN_HEADING.match(before[0]):
        return True
    if _BULLET.match(line):
        return bool(_BULLET.match(before[0]) or _GOES_ON.search(before[-1]) or len(line) < 60)
    if not _opens(line):
        return False
    return bool(_GOES_ON.search(before[-1])) or _follows(before[0], line)


def _follows(before: str, line: str) -> bool:
    """Tell whether a line is numbered next after the paragraph before it: "2." after "1."."""
    first, second = _LABEL.match(before), _LABEL.match(line)
    if first is None or second is None or first[1] + first[3] != second[1] + second[3]:
        return False
    if first[2].isdigit() and second[2].isdigit():
        return int(second[2]) == int(first[2]) + 1
    return len(first[2]) == len(second[2]) == 1 and ord(second[2]) == ord(first[2]) + 1


def _block(lines: Sequence[str], joiner: Joiner) -> Block:
    text = lines[0]
    for line in lines[1:]:
        text, separator = joiner.join(text, line)
        text += separator + line
    text = folded(text)
    if (note := note_of(text)) and not _is_slashed(text):
        return note
    if markdown := _MARKDOWN_HEADING.match(text):
        return Block(BlockKind.HEADING, markdown[2], level=len(markdown[1]))
    if level := _heading_level(text, len(lines)):
        return Block(BlockKind.HEADING, text, level=level)
    if bullet := _BULLET.match(text):
        return Block(BlockKind.LIST_ITEM, text[bullet.end() :], level=1)
    number, words = split_number(re.sub(r"^(\d{1,4})\\([.)])", r"\1\2", text))
    if number and not re.fullmatch(r"\d[\d.]*", number):
        return Block(BlockKind.LIST_ITEM, words, number=number, level=1)
    return Block(BlockKind.TEXT, words, number=number)


def _is_slashed(text: str) -> bool:
    return re.match(r"(?:\d{1,3}|\*{1,3})/", text) is not None


def _with_slashed_notes(blocks: Sequence[Block]) -> list[Block]:
    """Make notes of paragraphs that open with "1/", where those count up and are referred to."""
    found: list[Block] = []
    last = 0
    words = "\n".join(block.text for block in blocks if not _is_slashed(block.text))
    for block in blocks:
        note = note_of(block.text) if block.number is None and _is_slashed(block.text) else None
        mark = note.mark if note is not None and note.mark else ""
        counted = not mark.isdigit() or int(mark) == last + 1
        if note is not None and counted and re.search(_SLASHED.format(re.escape(mark)), words):
            last = int(mark) if mark.isdigit() else last
            found.append(note)
        else:
            found.append(block)
    return found


def _heading_level(text: str, lines: int) -> int:
    """Return the level of a heading, 0 for anything else."""
    if lines > 2 or len(text) > _HEADING_CHARS or text[-1:] in set(".;,:!?。；"):
        return 0
    outer = (_ROMAN_HEADING, _CHINESE_HEADING, _ARABIC_HEADING, _ANNEX_HEADING)
    if any(pattern.match(text) for pattern in outer):
        return 1
    if _LETTER_HEADING.match(text) or _ARABIC_LETTER.match(text):
        return 2
    letters = [c for c in text if c.isalpha()]
    shouted = len(letters) > 5 and all(c.isupper() for c in letters if c.lower() != c.upper())
    return 1 if shouted and any(c.lower() != c.upper() for c in letters) and "/" not in text else 0
