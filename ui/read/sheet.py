"""The image of a page, with the paragraphs on it framed."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from precedent_client import Download, ForeignServiceError
from search_api.schemas import Box, Reading, ReadParagraph
from ui.parts.markup import Markup, element
from ui.read.address import link_to_place
from ui.service import connection
from ui.wording import read as texts

__all__ = ["WIDTH", "marked_paragraph", "page_shown", "sheet"]

WIDTH = 1200
"""Of the picture, in dots: sharp in a column of 600 on a screen of two dots a pixel."""

_AROUND = 3.0
"""Points between the ink and its frame."""


def marked_paragraph(reading: Reading) -> ReadParagraph | None:
    """Return the paragraph asked for, where it is in the window."""
    if reading.marked is None:
        return None
    at = reading.marked.ordinal - reading.offset
    return reading.paragraphs[at] if 0 <= at < len(reading.paragraphs) else None


def page_shown(reading: Reading, asked: int | None) -> int:
    """Return the page to show: the one asked for, else where the marked paragraph begins."""
    pages: Sequence[int] = ()
    if reading.passage is not None:
        pages = reading.passage.pages
    elif (marked := marked_paragraph(reading)) is not None:
        pages = marked.pages
    shown = asked or next(iter(pages), 1)
    return max(1, min(shown, reading.document.page_count or 1))


def sheet(reading: Reading, page: int, q: str) -> Markup:
    """Show a page; every paragraph of the window on it can be chosen, the marked one is framed.

    Raises:
        ServiceError: there is no image, or no service.
    """
    document = reading.document
    found = connection.client().page_image(document.document_id, page, width=WIDTH)
    width, height = _size(found)
    name = document.symbol or document.title or document.source
    alt = texts.IMAGE_ALT.format(page=page, name=name)
    frames: list[Markup] = []
    for paragraph in reading.paragraphs:
        here = reading.marked is not None and paragraph.ordinal == reading.marked.ordinal
        boxes = [box for box in paragraph.boxes if box.page == page]
        if here and boxes:
            citation = reading.passage.citation if reading.passage else paragraph.text[:80]
            alt = texts.IMAGE_ALT_MARKED.format(page=page, name=name, citation=citation)
        to = None if here else link_to_place(paragraph, document.document_id, q)
        frames += [_frame(box, width, height, to) for box in boxes]
    data = base64.b64encode(found.content).decode()
    return element(
        "div",
        element(
            "div",
            element("img", src=f"data:image/png;base64,{data}", alt=alt),
            *frames,
            class_="p-sheet",
            style=f"aspect-ratio: {width:.2f} / {height:.2f}",
        ),
        class_="p-sheet-frame",
        tabindex="0",
        role="region",
        aria_label=texts.IMAGE,
    )


def _frame(box: Box, width: float, height: float, to: str | None) -> Markup:
    """Draw a box in shares of the page, so that it scales with the picture."""
    x0, y0 = max(0.0, box.x0 - _AROUND), max(0.0, box.y0 - _AROUND)
    x1, y1 = min(width, box.x1 + _AROUND), min(height, box.y1 + _AROUND)
    style = (
        f"left: {100 * x0 / width:.3f}%; top: {100 * y0 / height:.3f}%; "
        f"width: {100 * (x1 - x0) / width:.3f}%; height: {100 * (y1 - y0) / height:.3f}%"
    )
    if to is None:
        return element("span", class_="p-frame p-framed", style=style)
    # For the pointer alone: with the keyboard, the numbers beside the text lead to the same.
    return element(
        "a",
        href=to,
        target="_self",
        data_go="",
        class_="p-frame",
        style=style,
        tabindex="-1",
        aria_hidden="true",
    )


def _size(found: Download) -> tuple[float, float]:
    try:
        width = float(found.headers["precedent-page-width"])
        height = float(found.headers["precedent-page-height"])
    except (KeyError, ValueError) as error:
        url = connection.client().url
        raise ForeignServiceError(url, "a picture does not say how large its page is") from error
    return max(1.0, width), max(1.0, height)
