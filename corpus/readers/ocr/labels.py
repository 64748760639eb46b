"""Mend what recognition does to paragraph numbers and document symbols.

Both are what people cite, and both are what a recogniser trained on sentences reads worst: "7." as
"7:", with the white space after it as a dash, and every Latin letter of a symbol on an Arabic page
as an Arabic one. Only what the print itself shows is mended; a number is never counted out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from corpus.readers.ocr.hocr import PrintedLine, PrintedWord

__all__ = ["is_label", "with_latin", "with_mended_labels"]

_LABEL = re.compile(r"[^\w\s]?(?:\d{1,4}|\w|[ivx]{1,4})[^\w\s]+|\d{1,3}(?:\.\d{1,3})?\W?")
_NUMBER = re.compile(r"(\d{1,4})[.:;,。，．、”\"]*")
_LETTER = re.compile(r"\(?[©¢€]\)")
_AS_C = str.maketrans("©¢€", "ccc")
# A tab is read as a dash, and in Chinese as any sign that leaves white beside it.
_SIGNS = re.compile(r"[—–=_”“，。、.,:-]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_LABEL = re.compile(r"(\d{1,3})[，。、“”]+([\u3400-\u9fff].*)")
_HAN_SIGNS = "”“，。、.,:"
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u06ff\u0750-\u077f]")
_ARABIC_NUMBER = re.compile(r"[-–—=.]*\d{1,3}(?:[-–—=.]+\d{0,3})?")
_LATIN_NUMBER = re.compile(r"[-–—=]*(\d{1,3})[-–—=]*")
# A symbol, a job number, or an English word of the masthead ("Distr.: General").
_LATIN_WORD = re.compile(
    r"[A-Z]{1,6}(?:/[A-Za-z0-9.()-]+)+,?|[A-Z]{2}\.\d\d-\d{5}|[A-Z]?[a-z]{3,}\W?"
)
_LATIN = re.compile(r"[A-Za-z]")
_LATIN_SURE = 75.0
# White space between a number and its paragraph is a tab: wider than any space between words, in
# heights of the word after it. A number without its stop needs more.
_TAB = 0.9
_WIDE_TAB = 1.6
_HAN_TAB = 0.8


def is_label(text: str) -> bool:
    """Tell whether a word may be a paragraph's number or letter: "7.", "(a)", "7:"."""
    return _LABEL.fullmatch(text) is not None


def with_mended_labels(line: PrintedLine) -> PrintedLine:
    """Give the number that opens a line its full stop, and take away the signs read after it.

    A number is one only where white space wider than a word's stands after it.
    """
    words = line.words
    if len(words) < 2 or _RIGHT_TO_LEFT.search(words[1].text):
        return line
    first, rest = words[0], list(words[1:])
    while len(rest) > 1 and _SIGNS.fullmatch(rest[0].text):
        del rest[0]
    if glued := _HAN_LABEL.fullmatch(first.text):
        first, rest = replace(first, text=f"{glued[1]}."), [replace(first, text=glued[2]), *rest]
        return replace(line, words=(first, *rest))
    number = _NUMBER.fullmatch(first.text)
    wide = _HAN_TAB if _HAN.search(rest[0].text) else _WIDE_TAB
    gap = (rest[0].x0 - first.x1) / max(1.0, rest[0].y1 - rest[0].y0)
    if number and gap >= (_TAB if len(number[0]) > len(number[1]) else wide):
        label = f"{number[1]}."
    elif _LETTER.fullmatch(first.text) and gap >= _TAB:
        label = first.text.translate(_AS_C)
    elif _LABEL.fullmatch(first.text) and _HAN.search(rest[0].text):
        label = first.text
    else:
        return line
    opening = rest[0].text.lstrip(_HAN_SIGNS) if _HAN.search(rest[0].text) else ""
    rest[0] = replace(rest[0], text=opening or rest[0].text)
    return replace(line, words=(replace(first, text=label), *rest))


def with_latin(lines: Sequence[PrintedLine], latin: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Put Latin words and numbers of right-to-left lines as a reading in English gave them.

    Args:
        lines: as read in Arabic.
        latin: the same page, read in English; most of it is nonsense.
    """
    words = [word for line in latin for word in line.words]
    return [replace(line, words=_overlaid(line.words, words)) for line in lines]


def _overlaid(
    words: tuple[PrintedWord, ...], latin: Sequence[PrintedWord]
) -> tuple[PrintedWord, ...]:
    result: list[PrintedWord] = []
    for position, word in enumerate(words):
        other = max(latin, key=lambda o: _shared(word, o), default=None)
        if other is None or _shared(word, other) < 0.5:
            result.append(word)
        elif other.confidence >= _LATIN_SURE and _LATIN_WORD.fullmatch(other.text):
            if other not in result:
                result.append(other)
        elif position == 0 and len(words) > 1 and _ARABIC_NUMBER.fullmatch(word.text):
            number = _LATIN_NUMBER.fullmatch(other.text)
            result.append(replace(word, text=f"{number[1]}-") if number else word)
        else:
            result.append(word)
    return _in_reading_order(result)


def _in_reading_order(words: Sequence[PrintedWord]) -> tuple[PrintedWord, ...]:
    """Read Latin words from the left where they stand together among others."""
    ordered: list[PrintedWord] = []
    for latin, group in groupby(words, key=lambda word: _LATIN.search(word.text) is not None):
        run = list(group)
        ordered.extend(sorted(run, key=lambda word: word.x0) if latin else run)
    return tuple(ordered)


def _shared(one: PrintedWord, other: PrintedWord) -> float:
    """Return the share of the narrower of two words that the other covers."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    if across <= 0 or down <= 0.3 * min(one.y1 - one.y0, other.y1 - other.y0):
        return 0.0
    return across / max(1.0, min(one.x1 - one.x0, other.x1 - other.x0))
