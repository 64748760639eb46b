"""Find the pages of a PDF that are pictures of text, and give them the words recognised in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pypdfium2

from corpus.limits import Limits
from corpus.readers.ocr.page_image import PageImages
from corpus.readers.ocr.recognise import (
    INSTALL_REMEDY,
    OCR_VARIABLE,
    OcrMode,
    Recognised,
    ocr_mode,
    recognise,
)
from corpus.readers.ocr.recognised import set_pages
from corpus.readers.ocr.tesseract import Tesseract, find_tesseract
from corpus.readers.page import Line, Page

__all__ = [
    "FEW_LETTERS",
    "Scanned",
    "are_pictures",
    "lacks_text",
    "letters_of",
    "page_list",
    "read_scans",
]

FEW_LETTERS = 60
"""A page with fewer letters is a running head or a stamp over a scanned image."""

# A picture smaller than this is a drawing on a title page, not the page.
_PICTURE_SHARE = 0.25
_COVERED = 0.5
_LOOKED_AT = 10
_LANGUAGE_LETTERS = 200
_TURN_IT_ON = f"set {OCR_VARIABLE}=auto to have it recognised"


@dataclass(frozen=True, slots=True)
class Scanned:
    """What text recognition made of a document.

    Attributes:
        pages: all pages, those of pictures with the words found in them.
        warnings: what was recognised and what could not be, one line each.
        remedy: what the user can do for pages that still have no text, or "".
    """

    pages: tuple[Page, ...]
    warnings: tuple[str, ...] = ()
    remedy: str = ""


def read_scans(
    data: bytes, pages: tuple[Page, ...], limits: Limits, *, again: bool = False
) -> Scanned:
    """Recognise the words of the pages that have none of their own.

    Args:
        data: the file, as pdfium reads it.
        pages: as read from its text layer.
        limits: bounds on time and pages.
        again: take the text layer for worthless, and read every page anew.

    Raises:
        ReadError: the environment asks for a mode that does not exist.
    """
    mode = ocr_mode()
    every = again or mode is OcrMode.FORCE
    if not every and not any(page.width and letters_of(page) < FEW_LETTERS for page in pages):
        return Scanned(pages)
    try:
        with PageImages(data) as images:
            wanted = [page.number for page in pages if _is_wanted(page, images, every=every)]
            if not wanted:
                return Scanned(pages, remedy="obtain a copy with a text layer")
            engine = find_tesseract()
            if mode is OcrMode.OFF or engine is None:
                return _unread(pages, wanted, _TURN_IT_ON if engine else INSTALL_REMEDY)
            language = None if every else _language(pages)
            found = recognise(engine, images, wanted, language, limits)
    except pypdfium2.PdfiumError:
        return Scanned(pages)
    return _merged(pages, found, engine, every=every)


def are_pictures(data: bytes, pages: Sequence[Page]) -> bool:
    """Tell whether most pages are covered by a picture: a scan with a text layer over it."""
    looked_at = [page.number for page in pages if page.lines][:_LOOKED_AT]
    try:
        with PageImages(data) as images:
            covered = sum(images.image_share(number) >= _COVERED for number in looked_at)
    except pypdfium2.PdfiumError:
        return False
    return 2 * covered > len(looked_at)


def _unread(pages: tuple[Page, ...], wanted: Sequence[int], remedy: str) -> Scanned:
    lacking = [page.number for page in pages if page.number in set(wanted) and lacks_text(page)]
    if not lacking:
        return Scanned(pages, remedy=remedy)
    warning = f"no text on {page_list(lacking)} (image or blank); {remedy}"
    return Scanned(pages, (warning,), remedy)


def _is_wanted(page: Page, images: PageImages, *, every: bool) -> bool:
    """Tell whether words should be looked for on a page."""
    if not page.width:
        return False
    if every:
        return True
    letters = letters_of(page)
    if letters >= FEW_LETTERS:
        return False
    if page.has_image or images.image_share(page.number) >= _PICTURE_SHARE:
        return True
    return not letters and not images.is_blank(page.number)


def _language(pages: Sequence[Page]) -> str | None:
    """Return the language of the pages that have text, where there is enough of it."""
    from corpus.metadata.language import detect_language  # imports readers itself

    text = "\n".join(line.text for page in pages for line in page.lines)
    return detect_language(text) if sum(map(str.isalpha, text)) >= _LANGUAGE_LETTERS else None


def _merged(
    pages: tuple[Page, ...], found: Recognised, engine: Tesseract, *, every: bool
) -> Scanned:
    own = [page for page in pages if page.number not in found.pages]
    body = None if every else _body_size(own)
    made = {page.number: page for page in set_pages(list(found.pages.values()), body)}
    merged = tuple(
        made[page.number] if every else _overlaid(page, made[page.number])
        for page in pages
        if page.number in made
    )
    by_number = {page.number: page for page in (*pages, *merged)}
    made = {page.number: page for page in merged if page.ocr}
    warnings = list(found.notes)
    if made:
        warnings.append(
            f"text recognised in images on {page_list(sorted(made))} "
            f"(tesseract {engine.version}, {found.packs})"
        )
    if wordless := [n for n in found.wordless if lacks_text(by_number[n])]:
        warnings.append(f"no words recognised in the images on {page_list(wordless)}")
    if found.unread:
        warnings.append(f"text recognition came to its limit: {page_list(found.unread)} not read")
    remedy = f"tesseract {engine.version} found no words in it: check that it can be read at all"
    return Scanned(tuple(by_number[page.number] for page in pages), tuple(warnings), remedy)


def _overlaid(page: Page, recognised: Page) -> Page:
    """Keep what letters a page has of its own; they are surer than those of its picture."""
    if not page.lines:
        return recognised
    if recognised.turned != page.turned or recognised.mirrored != page.mirrored:
        return recognised if letters_of(recognised) > 2 * FEW_LETTERS else page
    new = [line for line in recognised.lines if not any(_same_place(line, o) for o in page.lines)]
    if letters_of(replace(page, lines=tuple(new))) < FEW_LETTERS:
        return page  # a photograph under a caption
    top = min((line.y for line in new), default=0.0)
    above = [line for line in page.lines if line.y < top]
    below = [line for line in page.lines if line.y >= top]
    return replace(recognised, lines=(*above, *new, *below))


def _same_place(one: Line, other: Line) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    narrower = min(one.x1 - one.x0, other.x1 - other.x0)
    return abs(one.y - other.y) < 0.7 * max(one.size, other.size) and across > 0.3 * narrower


def _body_size(pages: Sequence[Page]) -> float | None:
    """Return the font size most letters of pages are printed in, or None without enough."""
    weights: dict[float, int] = {}
    for page in pages:
        for line in page.lines:
            weights[line.size] = weights.get(line.size, 0) + len(line.text)
    enough = sum(weights.values()) >= _LANGUAGE_LETTERS
    return max(weights, key=lambda size: weights[size]) if enough else None


def letters_of(page: Page) -> int:
    """Count the letters on a page."""
    return sum(sum(map(str.isalpha, line.text)) for line in page.lines)


def lacks_text(page: Page) -> bool:
    """Tell whether a page has no words of its own, or but a running head over a picture."""
    return letters_of(page) < (FEW_LETTERS if page.has_image and not page.ocr else 1)


def page_list(numbers: Sequence[int]) -> str:
    """Write page numbers with runs folded: "pages 2, 5–9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    text = ", ".join("–".join(map(str, run)) for run in runs)
    return f"page {text}" if len(numbers) == 1 else f"pages {text}"
