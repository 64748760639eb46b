"""Signs typed into a text: Markdown, and the marks of notes ("[1]", "1/", "[^1]")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.readers.flow import folded
from corpus.readers.page import Block, BlockKind

__all__ = ["is_markdown", "lift_marks", "note_of", "plain_markdown", "without_matter"]

_ATX = re.compile(r"^#{1,6}\s+\S", re.MULTILINE)
_LINK = re.compile(
    r"(!?)\[([^\[\]]*)\]\((?:<[^>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"]*\")?\)"
)
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])|(?<![\w_])_(?=\S)([^_]+?)(?<=\S)_(?![\w_])"
)
_CODE = re.compile(r"(`+)([^`]+)\1")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MATTER = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", re.DOTALL)
_MATTER_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_NOTE = re.compile(
    r"(?:\[\^(?P<markdown>[\w-]{1,12})\]:|\[(?P<bracketed>\d{1,3}|\*{1,3}|†)\]:?"
    r"|(?P<slashed>\d{1,3}|\*{1,3})/)\s+(?P<text>\S.*)",
    re.DOTALL,
)
_MARK = re.compile(
    r"\s?\[\^(?P<markdown>[\w-]{1,12})\]|\s?\[(?P<bracketed>\d{1,3}|\*{1,3}|†)\]"
    r"|(?:(?<=[\w.,;:)”\"»])\s|(?<=[.,;:)”\"»]))(?P<slashed>\d{1,3}|\*{1,3})/(?=[\s,.;:)]|\Z)"
)


def is_markdown(text: str, source: str) -> bool:
    """Tell whether a text is Markdown: by its name, or by headings or links in it."""
    if source.lower().endswith((".md", ".markdown")):
        return True
    return bool(_ATX.search(text)) or len(_LINK.findall(text)) > 1 or len(_STRONG.findall(text)) > 3


def without_matter(text: str) -> tuple[str, str]:
    """Take the settings off the top of a Markdown file; return (text, title they give)."""
    found = _MATTER.match(text)
    title = _MATTER_TITLE.search(found[1]) if found else None
    return _COMMENT.sub("", text[found.end() :] if found else text), title[1] if title else ""


def plain_markdown(block: Block) -> Block:
    """Take the signs of Markdown out of a block's words, and keep what they say of its print."""
    text = _LINK.sub(lambda m: m[2], block.text)
    text = _CODE.sub(lambda m: m[2], text)
    strong = _STRONG.fullmatch(text.strip())
    text = _STRONG.sub(lambda m: m[2], text)
    lead = _EMPHASIS.match(text)
    text = _EMPHASIS.sub(lambda m: m[1] or m[2], text)
    text = folded(_ESCAPED.sub(r"\1", text))
    words = folded(lead[1] or lead[2]) if lead else ""
    return replace(block, text=text, bold=block.bold or bool(strong), lead_italic=words)


def note_of(text: str) -> Block | None:
    """Return the note that a paragraph is, by the mark it opens with, or None."""
    found = _NOTE.match(text)
    if found is None:
        return None
    mark = found["markdown"] or found["bracketed"] or found["slashed"]
    return Block(BlockKind.FOOTNOTE, found["text"], mark=mark)


def lift_marks(blocks: Sequence[Block]) -> tuple[list[Block], list[tuple[str, str]]]:
    """Take the marks of notes that there are out of the words.

    Returns:
        The blocks, and (mark, words it stood in) in order.
    """
    known = {block.mark for block in blocks if block.kind is BlockKind.FOOTNOTE}
    marks: list[tuple[str, str]] = []
    cleaned: list[Block] = []
    for block in blocks:
        found: list[str] = []

        def lifted(match: re.Match[str], found: list[str] = found) -> str:
            mark = match["markdown"] or match["bracketed"] or match["slashed"]
            if mark not in known:
                return match[0]
            found.append(mark)
            return ""

        if known and block.kind is not BlockKind.FOOTNOTE:
            words = folded(_MARK.sub(lifted, block.text))
            marks.extend((mark, words) for mark in found)
            block = replace(block, text=words) if found else block
        cleaned.append(block)
    return cleaned, marks
