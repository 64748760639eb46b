"""Read HTML: the article without the site around it, `<ol>` numbers computed as a browser does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from corpus.errors import DamagedFileError, LimitExceededError, NoTextError
from corpus.limits import Limits
from corpus.readers.decoding import decode_page
from corpus.readers.flow import FlowReading, OpeningLine, bounded, folded
from corpus.readers.html.page import (
    closed_tags,
    is_frames,
    main_content,
    page_language,
    page_lines,
)
from corpus.readers.html.walk import Walk
from corpus.readers.html.words import unmarked
from corpus.readers.page import Block, BlockKind
from corpus.readers.placeholders import refuse_placeholder

__all__ = ["read_html"]

_OPENING_LINES = 60


def read_html(data: bytes, source: str, limits: Limits | None = None) -> FlowReading:
    """Read a web page into blocks.

    Navigation, page headers and footers, scripts and hidden parts are left out; where an `article`
    or `main` holds most of the page, only that is read.

    Raises:
        EmptyFileError, WrongTypeError: as `corpus.readers.decoding.decode_text`.
        LimitExceededError: larger than allowed, or more in it than in any document.
        NotADocumentError: a site's error page, saved under a document's name.
        DamagedFileError: the parser gives up.
        NoTextError: nothing but boilerplate, or only frames for other pages.
    """
    limits = limits or Limits()
    if len(data) > limits.max_file_bytes:
        raise LimitExceededError(source, "larger than allowed", "split the file")
    text = closed_tags(decode_page(data, source))
    try:
        tree = LexborHTMLParser(text)
    except SelectolaxError as error:
        raise DamagedFileError(source, f"not readable as HTML: {error}", "save it again") from error
    language = page_language(tree)
    framed = is_frames(tree)
    headings = tuple(node.text() for node in tree.css("title, h1")[:2])
    root = main_content(tree)
    walk = Walk(root) if root is not None else None
    blocks = bounded(walk.blocks(), source, limits) if walk is not None else []
    if not any(block.text for block in blocks):
        if framed:
            cause = "a page of frames, whose text is in other files"
            raise NoTextError(source, cause, "save the page that is framed")
        raise NoTextError(source, "a web page without text of its own", "save the document itself")
    refuse_placeholder("\n".join(block.text for block in blocks), source, headings)
    blocks, marks = _settled(blocks, walk.marks if walk is not None else [])
    body = [block for block in blocks if block.kind is not BlockKind.FOOTNOTE]
    notes = [block for block in blocks if block.kind is BlockKind.FOOTNOTE]
    return FlowReading(
        tuple(replace(block, text=folded(block.text)) for block in body + notes),
        _opening(tree, body),
        language=language,
        marks=tuple(marks),
    )


def _opening(tree: LexborHTMLParser, body: Sequence[Block]) -> tuple[OpeningLine, ...]:
    titled = any(block.kind is BlockKind.HEADING and block.level <= 2 for block in body[:20])
    opening = [
        OpeningLine(line, index, bold=block.bold, heading=block.kind is BlockKind.HEADING)
        for index, block in enumerate(body[:_OPENING_LINES])
        for line in f"{block.number}. {block.text}".removeprefix("None. ").split("\n")
    ]
    return (*page_lines(tree, titled=titled), *opening[:_OPENING_LINES])


def _settled(
    blocks: Sequence[Block], marks: Sequence[tuple[str, str]]
) -> tuple[list[Block], list[tuple[str, str]]]:
    """Decide which raised numbers are note marks: those of which there is a note.

    A block that opens with a raised number is a note where that number is raised, or linked, in
    the words before it; otherwise the number belongs to its words.
    """
    linked = {mark for mark, _ in marks}
    raised: set[str] = set()
    settled: list[Block] = []
    for block in blocks:
        if block.kind is BlockKind.FOOTNOTE and block.number is not None:
            if block.mark not in raised | linked:
                settled.append(Block(BlockKind.TEXT, f"{block.mark} {block.text}"))
                continue
            block = replace(block, number=None)
        elif block.kind is not BlockKind.FOOTNOTE:
            raised.update(raised_in(block.text))
        settled.append(block)
    known = {block.mark for block in settled if block.kind is BlockKind.FOOTNOTE and block.mark}
    found = [(mark, folded(unmarked(words, known)[0])) for mark, words in marks]
    result = []
    for block in settled:
        words, more = unmarked(block.text, known)
        found.extend((mark, folded(words)) for mark in more)
        result.append(replace(block, text=words))
    return result, found


def raised_in(text: str) -> set[str]:
    """Return the signs that are raised in words."""
    return {part.partition("\ue001")[0].strip("[]()") for part in text.split("\ue000")[1:]}
