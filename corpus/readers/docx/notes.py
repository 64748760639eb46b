"""The notes of a Word document: their marks, counted as Word counts them, and their words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

from corpus.readers.docx.numerals import format_number
from corpus.readers.docx.parts import attribute, integer, tag, value
from corpus.readers.page import Block, BlockKind

__all__ = ["Notes"]

_KINDS = ("footnote", "endnote")


@dataclass(slots=True)
class _Count:
    """How notes of one kind are numbered. Endnotes are Roman unless the file says otherwise."""

    style: str
    start: int = 1
    by_section: bool = False
    next: int = 1


class Notes:
    """Gives each reference its mark in reading order, and reads the notes referred to."""

    def __init__(self, settings: etree._Element | None, body: etree._Element) -> None:
        self._counts = {"footnote": _Count("decimal"), "endnote": _Count("lowerRoman")}
        first = next(body.iter(tag("sectPr")), None)
        for kind, count in self._counts.items():
            for holder in (settings, first):
                stated = holder.find(tag(f"{kind}Pr")) if holder is not None else None
                if stated is not None:
                    count.style = value(stated, "numFmt") or count.style
                    count.start = integer(value(stated, "numStart"), count.start)
                    restart = value(stated, "numRestart")
                    count.by_section = (restart or "") == "eachSect" or (
                        restart is None and count.by_section
                    )
            count.next = count.start
        self._marks: dict[tuple[str, str], tuple[str, bool]] = {}

    def mark(self, kind: str, note_id: str, typed: str) -> str:
        """Return the mark of a reference; a typed one takes no number."""
        key = (kind, note_id)
        if key not in self._marks:
            count = self._counts[kind]
            self._marks[key] = (typed or format_number(count.next, count.style), bool(typed))
            count.next += not typed
        return self._marks[key][0]

    def end_section(self) -> None:
        """Begin anew where notes are numbered by section."""
        for count in self._counts.values():
            if count.by_section:
                count.next = count.start

    def blocks(
        self,
        part: Callable[[str], etree._Element | None],
        texts: Callable[[etree._Element], Iterator[str]],
    ) -> Iterator[Block]:
        """Yield the notes, footnotes first, in order of their references."""
        for kind in _KINDS:
            order = [key for key in self._marks if key[0] == kind]
            root = part(f"{kind}s") if order else None
            if root is None:
                continue
            found = {attribute(note, "id") or "": note for note in root.iter(tag(kind))}
            for key in order:
                note = found.get(key[1])
                if note is None or attribute(note, "type") not in {None, "normal"}:
                    continue
                mark, typed = self._marks[key]
                text = " ".join(texts(note))
                text = text.removeprefix(mark).strip() if typed else text
                if text:
                    yield Block(BlockKind.FOOTNOTE, text, mark=mark)
