"""Break a source's blocks into printed lines, in the measures of the Geneva layout.

Lines say where each stretch of words stands; what page they fall on is decided by `layout_pdf`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from corpus.sample.mastheads import MASTHEADS
from corpus.sample.source import Block, BlockKind, Run, SampleSource, runs

__all__ = ["BODY_X", "LEFT", "RIGHT", "Segment", "TextLine", "typeset", "typeset_note"]

# Points, measured on documents issued in Geneva since 2015 (A4).
LEFT, BODY_X, INDENT_X, DEEP_X = 56.7, 113.3, 142.0, 170.1
BODY_RIGHT, RIGHT = 482.0, 538.6
PITCH, GAP = 12.0, 18.0
SUMMARY_RIGHT = 482.0
_NOTE_PITCH = 10.5

Measure = Callable[[str, str, float], float]
_CJK = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]")
_CLOSING = "，。、；：）》”’」』！？％"
_OPENING = "（《“‘「『"


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of one style at one place.

    Attributes:
        x: left edge (right edge where the page runs right to left, measured from the right).
        text: the words.
        style: "", "B", "I" or "BI".
        size: points.
        rise: points above the baseline.
    """

    x: float
    text: str
    style: str = ""
    size: float = 10.0
    rise: float = 0.0


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line to print.

    Attributes:
        segments: in logical order.
        lead: points from the baseline before to this one.
        notes: footnotes whose marks stand in it.
        keep: stays with the line that follows.
        boxed: belongs to the summary's box.
        rule: draw a rule below it, across the body.
    """

    segments: tuple[Segment, ...]
    lead: float = PITCH
    notes: tuple[str, ...] = ()
    keep: bool = False
    boxed: bool = False
    rule: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """Where a block's lines begin and end.

    Attributes:
        first: x of the first line's words.
        rest: x of the other lines.
        right: right edge of all.
        size: points.
        bold: set in bold.
        pitch: between lines.
    """

    first: float
    rest: float
    right: float = BODY_RIGHT
    size: float = 10.0
    bold: bool = False
    pitch: float = PITCH


def _pieces(text: str) -> Iterator[str]:
    """Yield stretches after which a line may end, trailing spaces included."""
    for word in re.findall(r"\S+\s*|\s+", text):
        start = 0
        for at in range(1, len(word)):
            before, after = word[at - 1], word[at]
            breakable = _CJK.match(before) or _CJK.match(after)
            if breakable and after not in _CLOSING + " " and before not in _OPENING:
                yield word[start:at]
                start = at
        yield word[start:]


def _atoms(found: list[Run]) -> Iterator[list[Run]]:
    """Group pieces that no line end may separate, such as a word and its note mark."""
    atom: list[Run] = []
    for run in found:
        parts = [run.text] if run.style == "mark" else list(_pieces(run.text))
        for index, part in enumerate(parts):
            glued = index == 0 and atom and not atom[-1].text.endswith(" ")
            if atom and not glued:
                yield atom
                atom = []
            atom.append(replace(run, text=part))
    if atom:
        yield atom


def _font(run: Run, shape: Shape) -> tuple[str, float]:
    if run.style == "mark":
        return "", 6.0
    return ("B" if shape.bold else "") + run.style, shape.size


def _break(found: list[Run], shape: Shape, measure: Measure) -> Iterator[list[Run]]:
    line: list[Run] = []
    x = shape.first
    for atom in _atoms(found):
        width = sum(measure(run.text, *_font(run, shape)) for run in atom)
        bare = atom[-1].text.rstrip()
        slack = measure(atom[-1].text, *_font(atom[-1], shape)) - measure(
            bare, *_font(atom[-1], shape)
        )
        if line and x + width - slack > shape.right:
            yield line
            line, x = [], shape.rest
        line.extend(atom)
        x += width
    if line:
        yield line


def _segments(line: list[Run], x: float, shape: Shape, measure: Measure) -> Iterator[Segment]:
    joined: list[Run] = []
    for run in line:
        if joined and joined[-1].style == run.style != "mark":
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    for index, run in enumerate(joined):
        style, size = _font(run, shape)
        text = run.text.rstrip() if index == len(joined) - 1 else run.text
        yield Segment(x, text, style, size, 3.0 if run.style == "mark" else 0.0)
        x += measure(text, style, size)


def _flow(
    text: str, shape: Shape, measure: Measure, lead: float, label: Segment | None = None
) -> Iterator[TextLine]:
    broken = list(_break(runs(text), shape, measure))
    for index, line in enumerate(broken):
        x = shape.first if index == 0 else shape.rest
        segments = list(_segments(line, x, shape, measure))
        if index == 0 and label:
            segments.insert(0, label)
        notes = tuple(run.text for run in line if run.style == "mark")
        # The first of several lines is never left alone at the foot of a page.
        keep = index == 0 and len(broken) > 1
        yield TextLine(tuple(segments), lead if index == 0 else shape.pitch, notes, keep)


def _heading(block: Block, measure: Measure) -> Iterator[TextLine]:
    size = {1: 14.0, 2: 12.0}.get(block.level, 10.0)
    label = None
    if block.label:
        width = measure(block.label, "B", size)
        label = Segment(BODY_X - 12.0 - width, block.label, "B", size)
    shape = Shape(BODY_X, BODY_X, 455.0, size, bold=True, pitch=size + 2)
    for line in _flow(block.text, shape, measure, 32.0 if block.level == 1 else 28.0, label):
        yield replace(line, keep=True)


def _numbered(block: Block, source: SampleSource, measure: Measure) -> Iterator[TextLine]:
    number = block.label or ""
    decimal = "." in number
    printed = number if decimal else number + MASTHEADS[source.language].stop
    if decimal and source.meta["kind"] == "upr-report":
        at, shape = INDENT_X, Shape(DEEP_X + 6, INDENT_X)
    elif source.meta["kind"] in _RESOLUTIONS:
        at, shape = INDENT_X, Shape(DEEP_X, BODY_X)
    else:
        at, shape = BODY_X, Shape(INDENT_X, BODY_X)
    yield from _flow(block.text, shape, measure, GAP, Segment(at, printed))
    yield from _subs(block, measure)


_RESOLUTIONS = {"resolution", "draft-resolution", "draft-amendment"}


def _subs(block: Block, measure: Measure) -> Iterator[TextLine]:
    for sub in block.subs:
        shape = Shape(DEEP_X, BODY_X)
        yield from _flow(sub.text, shape, measure, GAP, Segment(INDENT_X, sub.label))


def _plain(block: Block, source: SampleSource, measure: Measure) -> Iterator[TextLine]:
    first = BODY_X if source.meta["kind"] == "letter" else INDENT_X
    yield from _flow(block.text, Shape(first, BODY_X), measure, GAP)
    yield from _subs(block, measure)


def _right(block: Block, measure: Measure) -> Iterator[TextLine]:
    for index, text in enumerate(block.text.splitlines()):
        x = BODY_RIGHT - measure(text, "I", 10.0)
        yield TextLine((Segment(x, text, "I"),), GAP if index == 0 else PITCH, keep=True)


def _table(block: Block) -> Iterator[TextLine]:
    width = (BODY_RIGHT - BODY_X) / len(block.rows[0])
    for index, row in enumerate(block.rows):
        style, size = ("I", 8.0) if index == 0 else ("", 9.0)
        cells = (
            Segment(BODY_X + column * width, cell, style, size) for column, cell in enumerate(row)
        )
        last = index == len(block.rows) - 1
        lead = 22.0 if index == 0 else 15.0
        yield TextLine(tuple(cells), lead, keep=not last, rule=index == 0 or last)


def _summary(blocks: list[Block], title: str, measure: Measure) -> Iterator[TextLine]:
    yield TextLine((Segment(70.0, title, "I", 12.0),), 40.0, keep=True, boxed=True)
    for block in blocks:
        shape = Shape(INDENT_X, BODY_X, SUMMARY_RIGHT)
        for line in _flow(block.text, shape, measure, GAP):
            yield replace(line, boxed=True)


def _block(block: Block, source: SampleSource, measure: Measure) -> Iterator[TextLine]:
    if block.kind is BlockKind.HEADING:
        return _heading(block, measure)
    if block.kind is BlockKind.NUMBERED:
        return _numbered(block, source, measure)
    if block.kind is BlockKind.RIGHT:
        return _right(block, measure)
    if block.kind is BlockKind.TABLE:
        return _table(block)
    return _plain(block, source, measure)


def _body(source: SampleSource, measure: Measure) -> Iterator[TextLine]:
    before = BlockKind.PLAIN
    for block in source.blocks:
        if block.kind is not BlockKind.SUMMARY:
            lines = list(_block(block, source, measure))
            # More room below the summary's box and below a heading.
            if before is BlockKind.SUMMARY:
                lines[0] = replace(lines[0], lead=lines[0].lead + 16.0)
            elif before is BlockKind.HEADING and block.kind is not BlockKind.HEADING:
                lines[0] = replace(lines[0], lead=24.0)
            yield from lines
        before = block.kind


def typeset(source: SampleSource, measure: Measure) -> Iterator[TextLine]:
    """Yield every line of a source below the masthead: session, titles, summary, body."""
    lead = 0.0
    for name, style, size in (
        ("council", "B", 12.0),
        ("session", "B", 10.0),
        ("session_dates", "", 10.0),
        ("agenda_item", "", 10.0),
        ("agenda_title", "B", 10.0),
    ):
        shape = Shape(LEFT, LEFT, 300.0, size, bold=style == "B")
        for line in _flow(source.get(name), shape, measure, lead):
            yield line
            lead = PITCH
    for name, size, lead in (("title", 14.0, 34.0), ("subtitle", 12.0, 30.0)):
        shape = Shape(BODY_X, BODY_X, 455.0, size, bold=True, pitch=size + 1.5)
        yield from _flow(source.get(name), shape, measure, lead)
    summary = [block for block in source.blocks if block.kind is BlockKind.SUMMARY]
    if summary:
        yield from _summary(summary, MASTHEADS[source.language].summary, measure)
    yield from _body(source, measure)


def typeset_note(mark: str, text: str, measure: Measure) -> list[TextLine]:
    """Return the lines of a footnote, its raised mark first."""
    shape = Shape(BODY_X, BODY_X, BODY_RIGHT, 9.0, pitch=_NOTE_PITCH)
    label = Segment(105.0, mark, "", 6.0, 3.0)
    return list(_flow(text, shape, measure, _NOTE_PITCH + 1.0, label))
