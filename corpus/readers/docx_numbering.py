"""Automatic numbering of Word documents: the number a paragraph shows, and headings.

Word stores no numbers, only counters: a paragraph names a list and level, directly or through its
style; the list names an abstract list, whose counters all its lists share unless they start anew.
Source: ECMA-376 part 1, 17.9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]

from corpus.roman import roman_numeral

__all__ = ["Numbering", "attribute", "tag"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LEVELS = 9
_MAX_STYLE_DEPTH = 20
# Styles of the United Nations templates: chapter, level-1, level-23 and single headings.
_UN_HEADING = re.compile(r"_?\s*H_?\s*_?(?P<level>M|Ch|1|23|4|56)_?G?\Z")
_UN_LEVELS = {"M": 1, "Ch": 1, "1": 2, "23": 3, "4": 4, "56": 5}


def tag(name: str) -> str:
    """Return the qualified name of a word-processing element."""
    return f"{{{_W}}}{name}"


def attribute(node: etree._Element | None, name: str) -> str | None:
    """Return a word-processing attribute, or None."""
    return None if node is None else node.get(tag(name))


def _value(node: etree._Element | None, child: str) -> str | None:
    return attribute(node.find(tag(child)), "val") if node is not None else None


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else default


@dataclass(slots=True)
class _Level:
    """One level of an abstract list."""

    start: int = 1
    style: str = "decimal"
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

    def __init__(self, styles: etree._Element | None, numbering: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        for style in styles.iter(tag("style")) if styles is not None else ():
            self._styles[attribute(style, "styleId") or ""] = style
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
            if link := _value(abstract, "numStyleLink"):
                links[key] = link
        for num in root.iter(tag("num")):
            entry = _List(_value(num, "abstractNumId") or "")
            for override in num.iter(tag("lvlOverride")):
                level = _integer(attribute(override, "ilvl"), 0)
                entry.levels |= dict(_levels(override))
                if (start := _value(override, "startOverride")) is not None:
                    entry.starts[level] = _integer(start, 1)
            self._lists[attribute(num, "numId") or ""] = entry
        for key, style_id in links.items():  # "this list looks like that style's list"
            properties = self._styles.get(style_id)
            num_id = _value(_list_properties(properties), "numId")
            if num_id in self._lists:
                self._abstract[key] = self._abstract.get(self._lists[num_id].abstract, {})

    def _chain(self, paragraph: etree._Element) -> list[etree._Element]:
        """Return the paragraph's properties, then those of its styles, nearest first."""
        own = paragraph.find(tag("pPr"))
        found = [own] if own is not None else []
        style = self._styles.get(_value(own, "pStyle") or "Normal")
        for _ in range(_MAX_STYLE_DEPTH):
            if style is None:
                break
            if (properties := style.find(tag("pPr"))) is not None:
                found.append(properties)
            style = self._styles.get(_value(style, "basedOn") or "")
        return found

    def heading_level(self, paragraph: etree._Element) -> int:
        """Return the level of a heading from 1, or 0 for any other paragraph."""
        style = self._styles.get(_value(paragraph.find(tag("pPr")), "pStyle") or "")
        for _ in range(_MAX_STYLE_DEPTH):
            if style is None:
                break
            name = _value(style, "name") or ""
            if found := re.fullmatch(r"heading (\d)", name, re.IGNORECASE):
                return int(found[1])
            if name.lower() == "title":
                return 1
            if found := _UN_HEADING.fullmatch(name.replace(" ", "")):
                return _UN_LEVELS[found["level"]]
            style = self._styles.get(_value(style, "basedOn") or "")
        for properties in self._chain(paragraph):
            if (level := _value(properties, "outlineLvl")) is not None:
                return _integer(level, 9) + 1 if _integer(level, 9) < _LEVELS else 0
        return 0

    def _place(self, paragraph: etree._Element) -> tuple[str | None, int]:
        """Return (list, level) of a paragraph; its own statement goes before its styles'."""
        num_id: str | None = None
        level: int | None = None
        for properties in self._chain(paragraph):
            numbered = properties.find(tag("numPr"))
            if numbered is None:
                continue
            if level is None and (given := _value(numbered, "ilvl")) is not None:
                level = _integer(given, 0)
            if num_id is None:
                num_id = _value(numbered, "numId")
        if num_id is None or num_id not in self._lists:
            return None, 0
        if level is None:
            style_id = _value(paragraph.find(tag("pPr")), "pStyle")
            levels = self._abstract.get(self._lists[num_id].abstract, {})
            linked = (
                i for i, lvl in levels.items() if style_id and lvl.paragraph_style == style_id
            )
            level = next(linked, 0)
        return num_id, min(max(level, 0), _LEVELS - 1)

    def label(self, paragraph: etree._Element) -> tuple[str | None, int, bool]:
        """Advance the counters; return (label as shown or None, level, whether it is a bullet)."""
        num_id, level = self._place(paragraph)
        if num_id is None or not "".join(paragraph.itertext()).strip():
            return None, 0, False
        entry = self._lists[num_id]
        levels = {**self._abstract.get(entry.abstract, {}), **entry.levels}
        counters = self._counters.setdefault(entry.abstract, [None] * _LEVELS)
        self._advance(num_id, entry, level, levels, counters)
        current = levels.get(level, _Level(text=f"%{level + 1}."))
        if current.style == "bullet":
            return None, level, True
        if current.style == "none" and "%" not in current.text:
            return current.text or None, level, False

        def shown(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            of = levels.get(index, _Level())
            value = counters[index] if counters[index] is not None else of.start
            return _formatted(value or 0, "decimal" if current.legal else of.style)

        return re.sub(r"%([1-9])", shown, current.text) or None, level, False

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


def _list_properties(style: etree._Element | None) -> etree._Element | None:
    properties = style.find(tag("pPr")) if style is not None else None
    return properties.find(tag("numPr")) if properties is not None else None


def _levels(parent: etree._Element) -> list[tuple[int, _Level]]:
    found = []
    for node in parent.findall(tag("lvl")):
        restart = _value(node, "lvlRestart")
        level = _Level(
            start=_integer(_value(node, "start"), 1),
            style=_value(node, "numFmt") or "decimal",
            text=_value(node, "lvlText") or "",
            legal=node.find(tag("isLgl")) is not None,
            restart=None if restart is None else _integer(restart, 0),
            paragraph_style=_value(node, "pStyle"),
        )
        found.append((_integer(attribute(node, "ilvl"), 0), level))
    return found


def _formatted(value: int, style: str) -> str:
    if style in {"lowerLetter", "upperLetter"} and value > 0:
        letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)  # … z, aa, bb
        return letters.upper() if style == "upperLetter" else letters
    if style in {"lowerRoman", "upperRoman"} and 0 < value < 4000:
        roman = roman_numeral(value)
        return roman if style == "upperRoman" else roman.lower()
    if style in {"russianLower", "russianUpper"} and 0 < value < 30:
        letter = "абвгдежзиклмнопрстуфхцчшщэюя"[min(value, 28) - 1]
        return letter.upper() if style == "russianUpper" else letter
    if style == "decimalZero":
        return f"{value:02}"
    return str(value)
