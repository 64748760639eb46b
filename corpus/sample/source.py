"""A sample source: TOML front matter between `+++` lines, then a small Markdown.

The marks, one block between blank lines: `# I. Title` and `## A. Title` are headings;
`12. text`, `2.1 text` are numbered paragraphs, with sub-paragraphs "(a) text" on lines of their
own; `! text` belongs to the boxed summary; `>> text` stands at the right; `| a | b |` are table
rows; `[^1]: text` is a footnote; anything else is an unnumbered paragraph. Inside a block `*words*`
are italic and `[^1]` is a footnote mark.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

__all__ = ["NOTICE", "Block", "BlockKind", "Run", "SampleSource", "SubParagraph", "read_sources"]

NOTICE = "Fictional sample document of the Precedent project."

_HEADING = re.compile(r"(#+) (?:(\S{1,7}?(?:\.(?= )|、|-(?= ))) ?)?(.+)", re.DOTALL)
_NUMBERED = re.compile(r"(\d+(?:\.\d+)*)\.? +(?=\S)(.+)", re.DOTALL)
_SUB = re.compile(r"(\(?\w{1,3}\)) +(.+)")
_NOTE = re.compile(r"\[\^(\w+)\]: +(.+)", re.DOTALL)
_INLINE = re.compile(r"\[\^(\w+)\]|\*([^*]+)\*")


class BlockKind(StrEnum):
    """What a block of a source is."""

    HEADING = "heading"
    NUMBERED = "numbered"
    PLAIN = "plain"
    SUMMARY = "summary"
    RIGHT = "right"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one style.

    Attributes:
        text: the words, or the mark.
        style: "" upright, "I" italic, "B" bold, "mark" a raised footnote mark.
    """

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class SubParagraph:
    """A sub-paragraph "(a) text".

    Attributes:
        label: as printed, brackets included.
        text: its words.
    """

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a source.

    Attributes:
        kind: what it is.
        text: its words with the inline marks.
        label: "I." of a heading or "12" of a paragraph; None where there is none.
        level: heading level from 1.
        subs: sub-paragraphs.
        rows: cells of a table, the heading row first.
    """

    kind: BlockKind
    text: str
    label: str | None = None
    level: int = 0
    subs: tuple[SubParagraph, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class SampleSource:
    """A committed source of one sample document.

    Attributes:
        path: of the source file.
        sha256: of its bytes.
        meta: the front matter as read.
        blocks: the body, in order.
        notes: footnotes by mark.
    """

    path: Path
    sha256: str
    meta: dict[str, Any]
    blocks: tuple[Block, ...]
    notes: dict[str, str]

    def get(self, name: str) -> str:
        """Return a text field of the front matter, or an empty string."""
        return str(self.meta.get(name, ""))

    @property
    def symbol(self) -> str | None:
        """The symbol, or None where the source declares `symbol = "none"`."""
        symbol = str(self.meta["symbol"])
        return None if symbol == "none" else symbol

    @property
    def language(self) -> str:
        """ISO 639-1."""
        return str(self.meta["language"])

    @property
    def date(self) -> date:
        """The date printed on the document."""
        value = self.meta["date"]
        if not isinstance(value, date):
            raise TypeError(f"{self.path.name}: date is not a TOML date")
        return value

    @property
    def document_name(self) -> str:
        """File name of the document made from this source."""
        if self.meta["format"] == "jsonl":
            return "structured.jsonl"
        return f"{self.path.stem}.{self.meta['format']}"


def runs(text: str) -> list[Run]:
    """Split a block's text at its inline marks."""
    found: list[Run] = []
    at = 0
    for match in _INLINE.finditer(text):
        if match.start() > at:
            found.append(Run(text[at : match.start()]))
        mark, italic = match.groups()
        found.append(Run(mark, "mark") if mark else Run(italic, "I"))
        at = match.end()
    if at < len(text):
        found.append(Run(text[at:]))
    return found


def plain(text: str) -> str:
    """Return a block's words without inline marks or footnote marks."""
    return "".join(run.text for run in runs(text) if run.style != "mark")


def _table(lines: list[str]) -> Block:
    rows = tuple(tuple(cell.strip() for cell in line.strip("| ").split("|")) for line in lines)
    return Block(BlockKind.TABLE, "", rows=rows)


def _block(chunk: str) -> Block:
    lines = chunk.splitlines()
    if lines[0].startswith("|"):
        return _table(lines)
    for sign, kind in (("! ", BlockKind.SUMMARY), (">> ", BlockKind.RIGHT)):
        if lines[0].startswith(sign):
            return Block(kind, chunk.removeprefix(sign))
    if heading := _HEADING.fullmatch(chunk):
        return Block(BlockKind.HEADING, heading[3], heading[2], len(heading[1]))
    text: list[str] = []
    subs: list[SubParagraph] = []
    for line in lines:
        if sub := _SUB.fullmatch(line):
            subs.append(SubParagraph(sub[1], sub[2]))
        else:
            text.append(line)
    body = " ".join(text)
    if numbered := _NUMBERED.fullmatch(body):
        return Block(BlockKind.NUMBERED, numbered[2], numbered[1], subs=tuple(subs))
    return Block(BlockKind.PLAIN, body, subs=tuple(subs))


def read_source(path: Path) -> SampleSource:
    """Read one source file."""
    data = path.read_bytes()
    _, front, body = data.decode("utf-8").split("+++\n", 2)
    blocks: list[Block] = []
    notes: dict[str, str] = {}
    for chunk in re.split(r"\n\s*\n", body.strip()):
        if note := _NOTE.fullmatch(chunk.strip()):
            notes[note[1]] = note[2]
        else:
            blocks.append(_block(chunk.strip()))
    digest = hashlib.sha256(data).hexdigest()
    return SampleSource(path, digest, tomllib.loads(front), tuple(blocks), notes)


def read_sources(folder: Path) -> list[SampleSource]:
    """Read every source of a folder, in the order of their names."""
    return [read_source(path) for path in sorted(folder.glob("*.md"))]
