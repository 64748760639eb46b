"""Separate notes at the foot of pages, and at the end, from the text they annotate.

A footnote is printed 1 to 1.5 points smaller than the body, below all of it, and opens with its
mark (raised, so it stands in `Line.superscripts` at offset 0). Endnotes, which the template of 2009
used, stand under a heading "Notes".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.readers.page import Line, Page, Superscript

__all__ = ["RawNote", "SplitNotes", "body_size", "split_notes"]

_NOTES_HEADING = re.compile(
    r"(?:end\s?)?notes?|notas?|примечани[ея]|сноски|尾注|注|الحواشي", re.IGNORECASE
)
_AFTER_NOTES = re.compile(
    r"(?:annex|appendix|annexe|anexo|приложение|附件|المرفق)\b.{0,12}", re.IGNORECASE
)
_PLAIN_MARK = re.compile(r"(\d{1,3}|\*{1,4}|[†‡])(?:/|\.|\))?\s+(?=\S)")
_INLINE_MARK = re.compile(
    r"\s(?P<slashed>\d{1,3}|[a-z])/(?=[\s,.;:)]|$)|(?<=[\w)”\".,;])(?P<star>\*{1,4})(?=[\s,.;:)]|$)"
)
_RULE = re.compile(r"[_\-–—]{5,}")
_ENDED = re.compile(r"[.!?;)\]”\"’]\s*$")
# Notes are 9 on 10 points (Geneva), 8.5 on 10 (New York), 10 on 12 (2009).
_SMALLER_BY = 0.4
# A note as large as the body is believed only in the lower half of its page.
_LOWER_HALF = 0.5


@dataclass(frozen=True, slots=True)
class RawNote:
    """A note before its paragraph is known.

    Attributes:
        mark: as printed.
        text: the note.
        page: physical page it begins on.
        at_end: an endnote, whose mark may stand on any earlier page.
        plain: its mark is printed on the line ("1/", "*"), not raised.
    """

    mark: str
    text: str
    page: int
    at_end: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class SplitNotes:
    """Pages without notes, and the notes in reading order."""

    pages: tuple[Page, ...]
    notes: tuple[RawNote, ...]


def body_size(pages: Sequence[Page]) -> float:
    """Return the font size most characters are printed in, in points; 0.0 without text."""
    weights: dict[float, int] = {}
    for page in pages:
        for line in page.lines:
            weights[line.size] = weights.get(line.size, 0) + len(line.text)
    return max(weights, key=lambda size: weights[size]) if weights else 0.0


def split_notes(pages: Sequence[Page]) -> SplitNotes:
    """Take the footnotes and endnotes out of pages."""
    size = body_size(pages)
    kept: list[Page] = []
    notes: list[RawNote] = []
    in_endnotes = False
    for page in pages:
        lines = page.lines
        start, stop = 0, len(lines)
        if not in_endnotes:
            start = _endnotes_start(lines, size)
            if start < len(lines):
                in_endnotes = True
            else:
                start = _foot_start(page, size, notes)
            before = len(notes)
            _gather(lines[start:], notes, at_end=in_endnotes)
            cut = replace(page, lines=_without_rules(lines[:start], lines[start:]))
            # "2/" may refer to a note of an earlier page; a star only to one of its own.
            plain = frozenset(
                note.mark
                for i, note in enumerate(notes)
                if note.plain and (i >= before or note.mark.isdigit())
            )
            kept.append(_lift_plain_marks(cut, plain))
            continue
        stop = next((i for i, ln in enumerate(lines) if _AFTER_NOTES.fullmatch(ln.text)), stop)
        _gather(lines[:stop], notes, at_end=True)
        in_endnotes = stop == len(lines)
        kept.append(replace(page, lines=lines[stop:]))
    return SplitNotes(tuple(kept), tuple(notes))


def _opens_with_mark(line: Line) -> bool:
    return bool(line.superscripts) and line.superscripts[0].offset == 0


def _opens_with_star(line: Line) -> bool:
    return re.match(r"(?:\*{1,4}|[†‡])\s", line.text) is not None


def _opens_with_slash(line: Line) -> bool:
    return re.match(r"(?:\d{1,3}|[a-z])/\s", line.text) is not None


def _lift_plain_marks(page: Page, marks: frozenset[str]) -> Page:
    """Take marks that are printed on the line ("1/", "*") out of the text of a page.

    Only marks of notes that were found on the page: what else looks like one stays.
    """
    if not marks:
        return page
    return replace(page, lines=tuple(_lift(line, marks) for line in page.lines))


def _lift(line: Line, marks: frozenset[str]) -> Line:
    text, found = line.text, list(line.superscripts)
    for match in reversed(list(_INLINE_MARK.finditer(text))):
        mark = match["slashed"] or match["star"]
        if mark in marks:
            removed = match.end() - match.start()
            found = [
                s if s.offset <= match.start() else replace(s, offset=s.offset - removed)
                for s in found
            ]
            found.append(Superscript(mark, match.start()))
            text = text[: match.start()] + text[match.end() :]
    if text == line.text:
        return line
    marks_in_order = tuple(sorted(found, key=lambda s: s.offset))
    return replace(line, text=text.strip(), superscripts=marks_in_order)


def _is_small(line: Line, size: float) -> bool:
    return line.size <= size - _SMALLER_BY


def _endnotes_start(lines: Sequence[Line], size: float) -> int:
    """Return the index of a "Notes" heading that notes follow, or the number of lines."""
    for i, line in enumerate(lines[:-1]):
        if not _NOTES_HEADING.fullmatch(line.text.strip()):
            continue
        following = lines[i + 1 : i + 4]
        if any(_opens_with_mark(ln) for ln in following) or (
            _PLAIN_MARK.match(following[0].text) and _is_small(following[0], size)
        ):
            return i
    return len(lines)


def _foot_start(page: Page, size: float, notes: Sequence[RawNote]) -> int:
    """Return the index of the first line of the notes at the foot of a page."""
    lines = page.lines
    if (ruled := _after_rule(page)) is not None:
        return ruled
    # The longest run of small print that ends the page.
    run = len(lines)
    while run and _is_small(lines[run - 1], size):
        run -= 1
    marked = next(
        (
            i
            for i in range(run, len(lines))
            if _opens_with_mark(lines[i])
            or _opens_with_star(lines[i])
            or _opens_with_slash(lines[i])
        ),
        None,
    )
    if marked is not None:
        open_before = bool(notes) and not _ENDED.search(notes[-1].text)
        continued = open_before and notes[-1].page == page.number - 1 and marked - run <= 12
        return run if continued else marked
    # Notes as large as the body: the first line in the lower half that opens with a mark.
    for i, line in enumerate(lines):
        if (
            (_opens_with_mark(line) or _opens_with_star(line))
            and line.y > _LOWER_HALF * page.height
            and (i == 0 or line.y - lines[i - 1].y > 1.3 * line.size)
            and all(later.size <= size + 0.1 and not later.bold for later in lines[i:])
        ):
            return i
    return len(lines)


def _after_rule(page: Page) -> int | None:
    """Return the index after a typed rule ("_____") that notes with plain marks follow."""
    for i, line in enumerate(page.lines[:-1]):
        following = page.lines[i + 1]
        if (
            _RULE.fullmatch(line.text.strip())
            and line.y > 0.4 * page.height
            and (
                _opens_with_mark(following)
                or re.match(r"(?:\d{1,3}|[a-z*]{1,2})/\s", following.text)
            )
        ):
            return i + 1
    return None


def _without_rules(lines: Sequence[Line], notes: Sequence[Line]) -> tuple[Line, ...]:
    if notes and lines and _RULE.fullmatch(lines[-1].text.strip()):
        return tuple(lines[:-1])
    return tuple(lines)


def _gather(lines: Sequence[Line], notes: list[RawNote], *, at_end: bool) -> None:
    """Append the notes in lines; lines before the first mark continue the last note."""
    for line in lines:
        text = line.text
        mark: str | None = None
        plain = False
        if _opens_with_mark(line):
            mark = line.superscripts[0].mark
        elif (match := _PLAIN_MARK.match(text)) and _is_next(match.group(1), notes):
            mark, text, plain = match.group(1), text[match.end() :], True
        if mark is not None:
            notes.append(RawNote(mark, text.strip(), line.page, at_end, plain))
        elif notes and not _NOTES_HEADING.fullmatch(text.strip()):
            last = notes[-1]
            notes[-1] = replace(last, text=_joined(last.text, text))
        elif not _NOTES_HEADING.fullmatch(text.strip()):
            notes.append(RawNote("", text.strip(), line.page, at_end))


def _is_next(mark: str, notes: Sequence[RawNote]) -> bool:
    """Tell whether a plain number can be the next mark, so that years do not open notes."""
    if not mark.isdigit():
        return True
    last = next((n.mark for n in reversed(notes) if n.mark.isdigit()), None)
    return int(mark) == (int(last) + 1 if last else 1)


def _joined(before: str, after: str) -> str:
    after = after.strip()
    # Addresses and compound words are broken after a hyphen or a slash: no space belongs there.
    if before.endswith(("-", "/")) and after[:1].isalnum():
        return before + after
    return f"{before} {after}" if after else before
