"""The two ways into segmentation: pages of lines, and blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.footnotes import split_notes
from corpus.furniture import strip_furniture
from corpus.readers.page import Block, Page
from corpus.segmentation.block_numbers import find_block_numbers
from corpus.segmentation.blocks import block_notes, cut_blocks
from corpus.segmentation.boxes import place_pieces
from corpus.segmentation.build import attach_notes, build_paragraphs
from corpus.segmentation.counting import find_numbers
from corpus.segmentation.front import skip_front
from corpus.segmentation.joining import learn_joiner
from corpus.segmentation.joint_labels import gather_labels
from corpus.segmentation.layout import Layout, place_lines
from corpus.segmentation.model import Segmentation
from corpus.segmentation.nature.resolution import looks_like_resolution
from corpus.segmentation.numbers import quality_of
from corpus.segmentation.pages import cut_lines
from corpus.types import Quality

__all__ = ["segment_blocks", "segment_pages"]

# The opening of a resolution stands on its first pages.
_OPENING_LINES = 250
_GAPS_NAMED = 12
# A scanned page may carry a stamp or a running head in letters; fewer than this are no words.
_FEW_LETTERS = 60


def segment_pages(
    pages: Sequence[Page], *, resolution: bool | None = None, annexed: bool = False
) -> Segmentation:
    """Cut the pages of a paged document into paragraphs.

    Args:
        pages: as read, furniture and footnotes included.
        resolution: whether the text is a resolution; None finds out from its layout.
        annexed: the main text is printed as an annex, as views on a communication are.
    """
    stripped = strip_furniture(pages)
    split = split_notes(stripped.pages)
    layout = place_lines(gather_labels(split.pages))
    everything = range(len(layout.lines))
    numbers = find_numbers(layout, everything)
    text = skip_front(layout, min(numbers.members, default=None))
    numbers = find_numbers(layout, text)
    if resolution is None:
        resolution = _is_resolution(layout, text)
    joiner = learn_joiner(placed.line.text for placed in layout.lines)
    pieces = cut_lines(layout, text, numbers, joiner, resolution=resolution)
    place_pieces(pieces, pages)
    paragraphs, sources = build_paragraphs(pieces, resolution=resolution, annexed=annexed)
    quality = replace(
        quality_of(numbers),
        ocr_pages=tuple(page.number for page in pages if page.ocr),
        textless_pages=tuple(page.number for page in pages if _lacks_words(page)),
    )
    return Segmentation(
        paragraphs=paragraphs,
        footnotes=attach_notes(split.notes, paragraphs, sources),
        quality=quality,
        warnings=_warnings(quality),
        running_heads=stripped.running_heads,
        job_number=stripped.job_number,
    )


def segment_blocks(
    blocks: Sequence[Block],
    *,
    resolution: bool | None = None,
    title: str | None = None,
    annexed: bool = False,
) -> Segmentation:
    """Cut the blocks of a flowing document into paragraphs.

    Args:
        blocks: in reading order.
        resolution: whether the text is a resolution; None finds out from its openings.
        title: as metadata reports it; blocks before the text that repeat it are left out.
        annexed: the main text is printed as an annex.
    """
    numbers = find_block_numbers(blocks)
    if resolution is None:
        resolution = looks_like_resolution([(b.text, b.lead_italic) for b in blocks])
    pieces = cut_blocks(blocks, numbers, resolution=resolution, title=title)
    paragraphs, sources = build_paragraphs(pieces, resolution=resolution, annexed=annexed)
    quality = quality_of(numbers)
    return Segmentation(
        paragraphs=paragraphs,
        footnotes=attach_notes(block_notes(blocks), paragraphs, sources),
        quality=quality,
        warnings=_warnings(quality),
    )


def _is_resolution(layout: Layout, text: Sequence[int]) -> bool:
    """Look for the organ's name alone on a line and italic participles, indented, below it."""
    openings = [
        (placed.line.text, placed.line.lead_italic)
        for placed in (layout.lines[i] for i in text[:_OPENING_LINES])
        if placed.indent > 9 or placed.line.italic
    ]
    masthead = " ".join(p.line.text for p in layout.lines[:40] if p.line.page == 1)
    return looks_like_resolution(openings, masthead)


def _lacks_words(page: Page) -> bool:
    """Tell whether a page holds an image of its text and no words."""
    if not page.has_image or page.ocr:
        return False
    letters = sum(character.isalpha() for line in page.lines for character in line.text)
    return letters < _FEW_LETTERS


def _warnings(quality: Quality) -> tuple[str, ...]:
    if not quality.gaps:
        return ()
    named = ", ".join(str(gap) for gap in quality.gaps[:_GAPS_NAMED])
    more = f" and {len(quality.gaps) - _GAPS_NAMED} more" if len(quality.gaps) > _GAPS_NAMED else ""
    return (f"paragraph numbers not found: {named}{more}",)
