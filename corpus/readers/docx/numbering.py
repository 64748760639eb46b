"""Automatic numbering of Word documents: the number a paragraph shows.

Word stores no numbers, only counters: a paragraph names a list and level, directly or through its
style; the list names an abstract list, whose counters all its lists share unless they start anew.
Source: ECMA-376 part 1, 17.9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]

from corpus.readers.docx.numerals import format_number
from corpus.readers.docx.parts import attribute, integer, is_on, tag, value
from corpus.readers.docx.styles import Styles

__all__ = ["Label", "Numbering"]

_LEVELS = 9
_MAX_LINKS = 5


@dataclass(frozen=True, slots=True)
class Label:
    """What Word prints before a paragraph.

    Attributes:
        text: as shown ("12.", "(a)"); "" where nothing is numbered.
        level: depth in its list, from 0.
        bullet: a sign, not a number.
    """

    text: str = ""
    level: int = 0
    bullet: bool = False


@dataclass(slots=True)
class _Level:
    """One level of an abstract list."""

    start: int = 1
    style: str = "decimal"
    pattern: str = ""
    text: str = ""
    legal: bool = False
    restart: int | None = None
    paragraph_style: str | None = None


@dataclass(slots=True)
class _List:
    """A list: its abstract list, its own starts and levels."""

    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, _Level] = field(default_factory=dict)


class Numbering:
    """The counters of one document, advanced paragraph by paragraph in reading order."""

    def __init__(self, styles: Styles, numbering: etree._Element | None) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()
        if numbering is not None:
            self._read(numbering)

    def _read(self, root: etree._Element) -> None:
        links: dict[str, str] = {}
        for abstract in root.iter(tag("abstractNum")):
            key = attribute(abstract, "abstractNumId") or ""
            self._abstract[key] = dict(_levels(abstract))
            if link := value(abstract, "numStyleLink"):
                links[key] = link
        for num in root.iter(tag("num")):
            entry = _List(value(num, "abstractNumId") or "")
            for override in num.iter(tag("lvlOverride")):
                level = integer(attribute(override, "ilvl"), 0)
                entry.levels |= dict(_levels(override))
                if (start := value(override, "startOverride")) is not None:
                    entry.starts[level] = integer(start, 1)
            self._lists[attribute(num, "numId") or ""] = entry
        for entry in self._lists.values():
            entry.abstract = self._linked(entry.abstract, links)

    def _linked(self, abstract: str, links: dict[str, str]) -> str:
        """Follow "this list looks like that style's list" to the list that has the levels."""
        for _ in range(_MAX_LINKS):
            if abstract not in links:
                break
            num_id = value(self._styles.list_properties(links[abstract]), "numId")
            if num_id not in self._lists or self._lists[num_id].abstract == abstract:
                break
            abstract = self._lists[num_id].abstract
        return abstract

    def _place(self, paragraph: etree._Element) -> tuple[_List | None, str, int]:
        """Return (list, its id, level); a paragraph's own statement goes before its styles'."""
        own = paragraph.find(tag("pPr"))
        styles = self._styles.chain(self._styles.style_id(paragraph))
        num_id: str | None = None
        level: int | None = None
        for properties in (own, *(style.find(tag("pPr")) for style in styles)):
            numbered = properties.find(tag("numPr")) if properties is not None else None
            if numbered is None:
                continue
            if level is None and (given := value(numbered, "ilvl")) is not None:
                level = integer(given, 0)
            if num_id is None:
                num_id = value(numbered, "numId")
        entry = self._lists.get(num_id or "")
        if num_id is None or entry is None or num_id == "0":
            return None, "", 0
        if level is None:
            levels = {**self._abstract.get(entry.abstract, {}), **entry.levels}
            named = [attribute(style, "styleId") for style in styles]
            linked = (i for name in named for i, lv in levels.items() if lv.paragraph_style == name)
            level = next(linked, 0)
        return entry, num_id, min(max(level, 0), _LEVELS - 1)

    def label(self, paragraph: etree._Element) -> Label:
        """Advance the counters by a paragraph, empty or not; return what is shown before it."""
        entry, num_id, level = self._place(paragraph)
        if entry is None:
            return Label()
        levels = {**self._abstract.get(entry.abstract, {}), **entry.levels}
        counters = self._counters.setdefault(entry.abstract, [None] * _LEVELS)
        self._advance(num_id, entry, level, levels, counters)
        current = levels.get(level, _Level(text=f"%{level + 1}."))
        if current.style == "bullet":
            return Label("", level, bullet=True)

        def shown(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            of = levels.get(index, _Level())
            count = counters[index] if counters[index] is not None else of.start
            if current.legal:
                return str(count or 0)
            if of.pattern:
                return f"{count or 0:0{len(of.pattern)}}"
            return format_number(count or 0, of.style)

        return Label(re.sub(r"%([1-9])", shown, current.text).strip(), level)

    def _advance(
        self,
        num_id: str,
        entry: _List,
        level: int,
        levels: dict[int, _Level],
        counters: list[int | None],
    ) -> None:
        before = counters[level]
        if level in entry.starts and (num_id, level) not in self._started:
            counters[level] = entry.starts[level]
        elif before is None:
            counters[level] = levels.get(level, _Level()).start
        else:
            counters[level] = before + 1
        self._started.add((num_id, level))
        for deeper in range(level + 1, _LEVELS):
            restart = levels.get(deeper, _Level()).restart
            if restart is None or (restart > 0 and level < restart):
                counters[deeper] = None


def _levels(parent: etree._Element) -> list[tuple[int, _Level]]:
    found = []
    for node in parent.findall(tag("lvl")):
        restart = value(node, "lvlRestart")
        # A format of one's own stands in an alternative, with a plain one for older programs.
        formats = list(node.iter(tag("numFmt")))
        style = attribute(formats[0], "val") if formats else None
        own = (attribute(formats[0], "format") or "") if style == "custom" else ""
        pattern = own.partition(",")[0].strip()
        level = _Level(
            start=integer(value(node, "start"), 0 if node.find(tag("start")) is None else 1),
            style=style or "decimal",
            pattern=pattern if re.fullmatch(r"0*1", pattern) else "",
            text=value(node, "lvlText") or "",
            legal=is_on(node, "isLgl") or False,
            restart=None if restart is None else integer(restart, 0),
            paragraph_style=value(node, "pStyle"),
        )
        found.append((integer(attribute(node, "ilvl"), 0), level))
    return found
