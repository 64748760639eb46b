"""What the styles of a Word document give to a paragraph and its runs.

A property is looked for on the paragraph or run itself, then in its style, then in the styles that
one is based on, then in the document's defaults. Source: ECMA-376 part 1, 17.7.2 and 17.7.3.
"""

from __future__ import annotations

import re

from lxml import etree  # type: ignore[import-untyped]

from corpus.readers.docx.parts import attribute, integer, is_on, tag, value

__all__ = ["Styles"]

_MAX_DEPTH = 20
_BODY_LEVEL = 9
# Styles of the United Nations templates: "_ H __M_G", "_ H _Ch_G", "_ H_1_G", "_ H_2/3_G", "HCh".
_UN_HEADING = re.compile(r"H(?P<level>M|Ch|1|23|4|56)G?\Z")
_UN_LEVELS = {"M": 1, "Ch": 1, "1": 2, "23": 3, "4": 4, "56": 5}
_HEADING = re.compile(r"heading (\d)\b", re.IGNORECASE)
_CONTENTS = re.compile(r"toc \d|table of figures|index \d", re.IGNORECASE)
_DEFAULT_SIZE = 10.0


class Styles:
    """The styles of one document, by their ids."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default = "Normal"
        self._chains: dict[str, tuple[etree._Element, ...]] = {}
        self._looks: dict[tuple[str, str], bool] = {}
        for style in root.iter(tag("style")) if root is not None else ():
            key = attribute(style, "styleId") or ""
            self._styles.setdefault(key, style)
            default = attribute(style, "default") in {"1", "true", "on"}
            if default and attribute(style, "type") == "paragraph":
                self._default = key
        defaults = root.find(tag("docDefaults")) if root is not None else None
        run = defaults.find(tag("rPrDefault")) if defaults is not None else None
        self._run_defaults = run.find(tag("rPr")) if run is not None else None

    def style_id(self, paragraph: etree._Element) -> str:
        """Return the id of a paragraph's style, that of the default style where it names none."""
        return value(paragraph.find(tag("pPr")), "pStyle") or self._default

    def chain(self, style_id: str) -> tuple[etree._Element, ...]:
        """Return a style and those it is based on, nearest first."""
        if style_id not in self._chains:
            found: list[etree._Element] = []
            style = self._styles.get(style_id)
            while style is not None and style not in found and len(found) < _MAX_DEPTH:
                found.append(style)
                style = self._styles.get(value(style, "basedOn") or "")
            self._chains[style_id] = tuple(found)
        return self._chains[style_id]

    def list_properties(self, style_id: str) -> etree._Element | None:
        """Return the `numPr` of a (list) style itself, or None."""
        style = self._styles.get(style_id)
        properties = style.find(tag("pPr")) if style is not None else None
        return properties.find(tag("numPr")) if properties is not None else None

    def heading_level(self, paragraph: etree._Element) -> int:
        """Return the level of a heading from 1, or 0 for any other paragraph."""
        chain = self.chain(self.style_id(paragraph))
        for style in chain:
            name = value(style, "name") or ""
            if found := _HEADING.match(name):
                return int(found[1])
            if name.lower() == "title":
                return 1
            if found := _UN_HEADING.fullmatch(re.sub(r"[\s_/]", "", name)):
                return _UN_LEVELS[found["level"]]
        own = paragraph.find(tag("pPr"))
        for properties in (own, *(style.find(tag("pPr")) for style in chain)):
            if (level := value(properties, "outlineLvl")) is not None:
                outline = integer(level, _BODY_LEVEL)
                return outline + 1 if 0 <= outline < _BODY_LEVEL else 0
        return 0

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Tell whether a paragraph is an entry of a table of contents or an index, by its style."""
        chain = self.chain(self.style_id(paragraph))[:1]
        return any(_CONTENTS.fullmatch(value(style, "name") or "") for style in chain)

    def is_set(self, name: str, run: etree._Element | None, style_id: str) -> bool:
        """Tell whether a run is bold ("b"), italic ("i") or hidden ("vanish").

        A statement on the run decides. Otherwise paragraph and character style each may switch it
        on, and where both do it is off again: emphasis in an italic paragraph is upright.

        Args:
            name: of the property.
            run: the run's properties, or None.
            style_id: of the paragraph's style.
        """
        if (direct := is_on(run, name)) is not None:
            return direct
        switched = self._of_style(name, style_id)
        if (character := value(run, "rStyle")) is not None:
            switched ^= self._of_style(name, character)
        return switched or (is_on(self._run_defaults, name) or False)

    def _of_style(self, name: str, style_id: str) -> bool:
        key = (name, style_id)
        if key not in self._looks:
            stated = (is_on(style.find(tag("rPr")), name) for style in self.chain(style_id))
            self._looks[key] = next((found for found in stated if found is not None), False)
        return self._looks[key]

    def size(self, run: etree._Element | None, style_id: str) -> float:
        """Return the size of a run's print in points."""
        styled = (style.find(tag("rPr")) for style in self.chain(style_id))
        for properties in (run, *styled, self._run_defaults):
            if (half_points := value(properties, "sz")) is not None:
                return integer(half_points, int(2 * _DEFAULT_SIZE)) / 2
        return _DEFAULT_SIZE
