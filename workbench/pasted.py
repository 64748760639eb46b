"""The paragraphs of a text that somebody pasted.

Readers of files (`corpus.readers`) take a title, a masthead and running heads away. In a draft that
is being checked nothing may be taken away but what is plainly a heading or a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.types import Paragraph, ParagraphKind

__all__ = ["paragraphs_of"]

_BLANK = re.compile(r"\n\s*\n")
_NOTE = re.compile(r"\[\^?[\w*†‡]{1,5}\]:")
_NOTE_MARK = re.compile(r"\[\^[\w*†‡]{1,5}\]")
_NUMBER = re.compile(r"(?:OP|PP)?\s?(\d{1,3}(?:\.\d{1,3})*)\s?[.)、]\s*(?=\S)")
_ITEM = re.compile(r"(?:\(?[a-zа-я]{1,4}\)|\([0-9]{1,3}\)|[•–—*-])\s+\S", re.IGNORECASE)
_ENDED = re.compile(r"[.!?:;…。！？；：؟؛]['\"”’»)\]]*\s*$")
_MARKDOWN = re.compile(r"#{1,6}\s+")
_HEADING_WORDS = 12
_WRAPPED = 50
"""Characters below which nobody wraps a line."""


def paragraphs_of(text: str) -> list[Paragraph]:
    """Return the paragraphs of a text in order, headings among them, notes left out.

    A blank line ends a paragraph, and a few words between two, which end in no full stop, are a
    heading. Within lines that follow one another a number opens a new one, a
    letter in brackets or a dash an item of the same (on a line of its own, as in `Paragraph.text`);
    other lines go on where the one before was wrapped, and are paragraphs where it ended.
    """
    parts = [list(_blocks(part)) for part in _BLANK.split(_plain(text))]
    blocks = [(block, len(part) == 1) for part in parts for block in part if not _NOTE.match(block)]
    found: list[Paragraph] = []
    section: tuple[str, ...] = ()
    for place, (block, alone) in enumerate(blocks):
        words = _NOTE_MARK.sub("", block).strip()
        if not words:
            continue
        if alone and _is_heading(words) and place + 1 < len(blocks):
            section = (_MARKDOWN.sub("", words),)
            found.append(_paragraph(place, None, ParagraphKind.HEADING, (), section[0]))
            continue
        number = _NUMBER.match(words)
        rest = words[number.end() :] if number else words
        kind = ParagraphKind.BODY
        found.append(_paragraph(place, number[1] if number else None, kind, section, rest))
    return found


def _plain(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines)


def _blocks(part: str) -> Iterator[str]:
    """Yield the paragraphs of lines that follow one another without a blank one."""
    held = ""
    for line in filter(None, part.split("\n")):
        if not held:
            held = line
        elif _ITEM.match(line):
            held = f"{held}\n{line}"
        elif _opens(line) or _ENDED.search(held) or _stands_alone(held, line):
            yield held
            held = line
        else:
            held = f"{held} {line}"
    if held:
        yield held


def _opens(line: str) -> bool:
    return any(mark.match(line) for mark in (_NUMBER, _NOTE, _MARKDOWN))


def _stands_alone(held: str, line: str) -> bool:
    """Tell a line that ends where its writer ended it from one that was wrapped."""
    return len(held.rpartition("\n")[2]) < _WRAPPED and line[:1].isupper()


def _is_heading(words: str) -> bool:
    if _MARKDOWN.match(words):
        return True
    short = len(words.split()) <= _HEADING_WORDS and "\n" not in words
    return short and not _ENDED.search(words) and not words.endswith(",")


def _paragraph(
    place: int, number: str | None, kind: ParagraphKind, section: tuple[str, ...], text: str
) -> Paragraph:
    return Paragraph(f"u{place + 1}", number, kind, section, (), text)
