"""Recognise the words of pages that are only pictures, where the program tesseract is installed.

A page costs one to two seconds, so it is asked only for pages without text of their own, or for all
where the user or the document gives cause. Each page has a time limit, and so has the whole; what
is not read in it is named. Nothing is invented: lines that tesseract itself doubts are left out,
and a photograph stays a page without text.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from corpus.errors import ReadError
from corpus.limits import Limits
from corpus.readers.ocr.hocr import PrintedLine, read_hocr
from corpus.readers.ocr.labels import with_latin
from corpus.readers.ocr.language import (
    DEFAULT_PACK,
    missing_pack_remedy,
    pack_of,
    packs_of_script,
    stand_in,
)
from corpus.readers.ocr.noise import legible
from corpus.readers.ocr.page_image import PageImages
from corpus.readers.ocr.recognised import PrintedPage, page_slope
from corpus.readers.ocr.tesseract import Tesseract
from corpus.sandbox.deadline import extra_time

__all__ = ["INSTALL_REMEDY", "OCR_VARIABLE", "OcrMode", "Recognised", "ocr_mode", "recognise"]

OCR_VARIABLE = "PRECEDENT_OCR"
INSTALL_REMEDY = (
    "install tesseract (Debian: apt-get install tesseract-ocr tesseract-ocr-fra …; "
    "macOS: brew install tesseract tesseract-lang) and read it again"
)

# tesseract is sure of 90 to 96 of 100 on clean print in the right language, of 70 to 85 on print in
# another language of the same letters, and of less than 60 on other letters and turned pages.
_SURE = 86.0
_DOUBTFUL = 75.0
_PAGE_SURE = 60.0
_PAGE_LETTERS = 20
_TURN_SURE = 1.0
# Of a page that lay more askew than a third of a degree the words are read, and the numbers not.
_ASKEW = 0.006
_TOO_ASKEW = 0.1
_SCRIPTS = ("Latin", "Cyrillic", "Arabic", "Han")
# English beside Russian costs nothing and reads the symbols; beside Arabic it finds English in it,
# so there it is read by itself and only what is surely Latin is taken over.
_WITH_LATIN = {"rus", "bel", "ukr"}
_ALONE = {"ara"}
# After so many pages in a row that took too long, the rest would too.
_MAX_LATE = 3


class OcrMode(StrEnum):
    """Whether words are looked for in pictures.

    `auto`: on pages without text, and again where the text of a scan reads badly; `off`: never;
    `force`: on every page of every PDF, whatever text it holds.
    """

    AUTO = "auto"
    OFF = "off"
    FORCE = "force"


def ocr_mode() -> OcrMode:
    """Return what the environment variable `PRECEDENT_OCR` asks for; `auto` where it is not set.

    Raises:
        ReadError: it has no known value.
    """
    value = os.environ.get(OCR_VARIABLE, "").strip().lower() or OcrMode.AUTO.value
    if value not in set(OcrMode):
        raise ReadError(OCR_VARIABLE, f"is {value!r}", "set it to auto, off or force")
    return OcrMode(value)


@dataclass(slots=True)
class Recognised:
    """What came of the pages that were looked at.

    Attributes:
        pages: those in which words were found, by number.
        wordless: pages that were looked at and hold no legible words.
        unread: pages that were not looked at, or not to their end, for want of time.
        notes: what the user should know, one line each.
    """

    pages: dict[int, PrintedPage] = field(default_factory=dict)
    wordless: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def packs(self) -> str:
        """The languages that were read, most pages first, as "eng, rus"."""
        counted = Counter(page.packs for page in self.pages.values())
        return ", ".join(packs for packs, _ in counted.most_common())


def recognise(
    engine: Tesseract,
    images: PageImages,
    wanted: Sequence[int],
    language: str | None,
    limits: Limits,
) -> Recognised:
    """Look for words on pages.

    Args:
        engine: the installed program.
        images: the document's pages.
        wanted: physical pages, ascending.
        language: of the document's other pages (ISO 639-1), or None where none is known.
        limits: bounds on pages and time.
    """
    reader = _PageReader(engine, images, language, limits)
    found = Recognised(unread=list(wanted[limits.max_ocr_pages :]))
    late = 0
    for position, number in enumerate(wanted[: limits.max_ocr_pages]):
        if late >= _MAX_LATE or reader.spent_s >= limits.ocr_time_s:
            found.unread.extend(wanted[position : limits.max_ocr_pages])
            break
        page = reader.read(number)
        late = late + 1 if page is None else 0
        if page is None:
            found.unread.append(number)
        elif page.lines:
            found.pages[number] = page
        else:
            found.wordless.append(number)
    found.unread.sort()
    found.notes.extend(reader.notes)
    return found


class _PageReader:
    """Reads page after page, and keeps the language it found the last in."""

    def __init__(
        self, engine: Tesseract, images: PageImages, language: str | None, limits: Limits
    ) -> None:
        self.spent_s = 0.0
        self.notes: list[str] = []
        self._engine = engine
        self._images = images
        self._limits = limits
        self._packs = self._together(self._available(pack_of(language))) if language else None

    def read(self, number: int) -> PrintedPage | None:
        """Return a page, without lines where it is not legible; None where it took too long."""
        known = self._packs
        page = self._once(number, known or self._any(), 0)
        if page is None:
            return None
        if turns := _turns(page.lines):
            page = self._best(page, iter((self._once(number, page.packs, turns),)))
        if page.confidence < _DOUBTFUL:
            page = self._best(page, self._otherwise(number, page))
        if page.confidence < _SURE or known is None:
            page = self._best(page, self._in_its_language(number, page))
        slope = page_slope(page.lines)
        if not page.turns and _ASKEW < abs(slope) < _TOO_ASKEW:
            page = self._best(page, iter((self._once(number, page.packs, 0, slope),)))
        if page.packs in _ALONE:
            latin = self._once(number, DEFAULT_PACK, page.turns, page.slope)
            page = replace(page, lines=tuple(with_latin(page.lines, latin.lines if latin else ())))
        page = replace(page, lines=tuple(legible(page.lines)))
        if not _is_legible(page):
            return replace(page, lines=())
        self._packs = page.packs
        return page

    def _any(self) -> str:
        installed = self._engine.packs - {"osd"}
        return DEFAULT_PACK if DEFAULT_PACK in installed else min(installed, default=DEFAULT_PACK)

    def _available(self, pack: str | None) -> str | None:
        """Return the pack, or one that knows its letters, and say so once."""
        if pack is None:
            return None
        found = stand_in(pack, self._engine.packs)
        if found != pack:
            used = f"{found!r} was used" if found else "it was not used"
            note = f"tesseract's language pack {pack!r} is not installed, {used}"
            if (line := f"{note}: {missing_pack_remedy(pack)}") not in self.notes:
                self.notes.append(line)
        return found

    def _once(self, number: int, packs: str, turns: int, slope: float = 0.0) -> PrintedPage | None:
        began = time.monotonic()
        try:
            with extra_time(self._limits.ocr_page_s):
                image = self._images.draw(number, turns, slope)
                if image is None:
                    return PrintedPage(number, (), 1, 1, 72.0)
                left = self._limits.ocr_page_s - (time.monotonic() - began)
                answer = self._engine.recognise(image, packs, max(1.0, left))
        finally:
            self.spent_s += time.monotonic() - began
        if answer is None:
            return None
        lines = read_hocr(answer)
        size = (image.width, image.height, image.dpi)
        return PrintedPage(number, lines, *size, turns, packs, slope)

    def _otherwise(self, number: int, page: PrintedPage) -> Iterator[PrintedPage | None]:
        """Read a doubtful page in its own letters, and upright."""
        began = time.monotonic()
        with extra_time(self._limits.ocr_page_s):
            image = self._images.draw(number)
            seen = self._engine.orientation(image, self._limits.ocr_page_s) if image else None
        self.spent_s += time.monotonic() - began
        scripts: tuple[str, ...] = _SCRIPTS if seen is None else (seen.script,)
        turns = seen.turns if seen and seen.turns_confidence >= _TURN_SURE else 0
        for script in scripts:
            for pack in packs_of_script(script, self._engine.packs)[:1]:
                packs = self._together(pack)
                if packs and (packs, turns) != (page.packs, page.turns):
                    yield self._once(number, packs, turns)

    def _in_its_language(self, number: int, page: PrintedPage) -> Iterator[PrintedPage | None]:
        """Read a page again in the language that its words turn out to be in."""
        from corpus.metadata.language import detect_language  # imports readers itself

        packs = self._together(self._available(pack_of(detect_language(page.text))))
        if packs is not None and packs != page.packs:
            yield self._once(number, packs, page.turns)

    def _together(self, pack: str | None) -> str | None:
        """Add English to the languages that take its words in: symbols are in Latin letters."""
        if pack in _WITH_LATIN and DEFAULT_PACK in self._engine.packs:
            return f"{pack}+{DEFAULT_PACK}"
        return pack

    def _best(self, page: PrintedPage, others: Iterator[PrintedPage | None]) -> PrintedPage:
        return max((page, *(other for other in others if other)), key=_worth)


def _turns(lines: Sequence[PrintedLine]) -> int:
    """Return the quarter turns that put most letters of a page upright."""
    letters: Counter[int] = Counter()
    for line in lines:
        letters[line.turns] += _letters([line])
    return letters.most_common(1)[0][0] if letters else 0


def _worth(page: PrintedPage) -> float:
    """Weigh how much was read by how surely: a few sure words of a turned page are no reading."""
    return _letters([line for line in page.lines if not line.turns]) * page.confidence**2


def _letters(lines: Sequence[PrintedLine]) -> int:
    return sum(c.isalpha() for line in lines for word in line.words for c in word.text)


def _is_legible(page: PrintedPage) -> bool:
    return page.confidence >= _PAGE_SURE and _letters(page.lines) >= _PAGE_LETTERS
