"""The words of inline HTML: line breaks, note marks, the signs that Word writes before lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from corpus.readers.flow import folded

__all__ = ["Inline", "inline_words", "is_inline", "unmarked"]

_INLINE = re.compile(
    r"a|abbr|acronym|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|label|mark|nobr|q|rb|rp|rt"
    r"|ruby|s|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr|time|data|img|picture|map"
    r"|o:p|st1:[\w-]+|u\d+:p"
)
_SILENT = {"img", "rt", "rp", "del", "picture", "map", "-comment"}
_MARK = re.compile(r"[\[(]?(?P<mark>\d{1,3}|\*{1,4}|[†‡]|[a-z])[\])]?")
_LIST_SIGN = re.compile(r"[·•●▪■◦o§ØüvÞà➢–-]\s*")
_MAX_DEPTH = 200
# A raised number may be a mark or a power: kept between these until the notes are known.
_OPEN, _CLOSE = "\ue000", "\ue001"
_RAISED = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")


@dataclass(slots=True)
class Inline:
    """Inline words as they are gathered.

    Attributes:
        parts: words, a line feed for each `<br>`.
        marks: marks that link to a note.
        bullet: Word wrote the sign of a list before the words.
        styled: (whether in italics, words), in order.
        bold: for each stretch of words, whether it is bold.
    """

    parts: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    bullet: bool = False
    styled: list[tuple[bool, str]] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """The words of each line, blanks folded; an empty one for each blank line."""
        return [folded(line) for line in "".join(self.parts).split("\n")]

    @property
    def lead_italic(self) -> str:
        """The words it opens with in italics."""
        lead = ""
        for italic, text in self.styled:
            if not italic and text.strip():
                if lead.strip() or not re.fullmatch(
                    r"\s*(?:\d{1,4}\s*[.)-]?|\(\w{1,4}\))\s*", text
                ):
                    break
                continue
            lead += text
        return folded(lead)


def is_inline(node: LexborNode) -> bool:
    """Tell whether an element stands in a line of words."""
    return _INLINE.fullmatch(node.tag or "") is not None


def unmarked(text: str, known: set[str]) -> tuple[str, list[str]]:
    """Take raised marks of known notes out of words; others are words ("10 m2")."""
    marks: list[str] = []

    def decide(match: re.Match[str]) -> str:
        found = _MARK.fullmatch(match[1])
        if found and found["mark"] in known:
            marks.append(found["mark"])
            return ""
        return match[1]

    return _RAISED.sub(decide, text), marks


def raised_mark(text: str) -> str | None:
    """Return the raised sign that words open with, or None."""
    found = _RAISED.match(text)
    mark = _MARK.fullmatch(found[1]) if found else None
    return mark["mark"] if mark else None


def inline_words(nodes: list[LexborNode]) -> Inline:
    """Gather the words of inline nodes."""
    found = Inline()
    for node in nodes:
        _gather(node, found, italic=False, bold=False, depth=0)
    return found


def _gather(node: LexborNode, found: Inline, *, italic: bool, bold: bool, depth: int) -> None:
    tag = node.tag or ""
    if tag == "br":
        found.parts.append("\n")
        return
    if tag == "-text":
        _add(re.sub(r"\s+", " ", node.text(deep=False)), found, italic=italic, bold=bold)
        return
    if tag in _SILENT:
        return
    style = (node.attributes.get("style") or "").lower().replace(" ", "")
    if "mso-list:ignore" in style and _LIST_SIGN.fullmatch(folded(node.text())):
        found.bullet = True
        return
    if depth >= _MAX_DEPTH:
        _add(folded(node.text()), found, italic=italic, bold=bold)
        return
    if (mark := _linked_mark(node)) is not None:
        found.marks.append(mark)
        return
    if tag == "sup" and _MARK.fullmatch(text := folded(node.text())):
        _add(f"{_OPEN}{text}{_CLOSE}", found, italic=italic, bold=bold)
        return
    italic = italic or tag in {"i", "em"} or "font-style:italic" in style
    if "font-style:normal" in style:
        italic = False
    heavy = re.search(r"font-weight:(\w+)", style)
    bold = bold or tag in {"b", "strong"}
    if heavy:
        bold = heavy[1] in {"bold", "bolder", "600", "700", "800", "900"}
    child = node.child
    while child is not None:
        _gather(child, found, italic=italic, bold=bold, depth=depth + 1)
        child = child.next


def _add(text: str, found: Inline, *, italic: bool, bold: bool) -> None:
    found.parts.append(text)
    if text:
        found.styled.append((italic, text))
    if text.strip():
        found.bold.append(bold)


def _linked_mark(node: LexborNode) -> str | None:
    """Return the mark of a note that an element is, by its link into the page."""
    if node.tag not in {"a", "sup"}:
        return None
    text = _MARK.fullmatch(folded(node.text()))
    if text is None:
        return None
    for link in [node, *node.css("a")]:
        if (
            link.tag == "a"
            and (link.attributes.get("href") or "").rpartition("/")[2].find("#") >= 0
        ):
            return text["mark"]
    return None
