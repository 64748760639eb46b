"""Leave out what is no print: specks, rules, stamps, and lines that tesseract itself doubts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.readers.ocr.hocr import PrintedLine, PrintedWord
from corpus.readers.ocr.labels import is_label, with_mended_labels

__all__ = ["legible"]

# The fewer letters a line has, the surer they must be: (letters below, confidence).
_LINE_SURE = ((4, 80.0), (8, 75.0), (25, 65.0), (1_000_000, 50.0))
_LABEL_SURE = 50.0
_SPECK_SURE = 75.0
_SPECK_SIGNS = 4
_WORD_SURE = 40.0
# White space, in heights of the word beside it, that sets a speck off from its line.
_APART = 2.0


def legible(lines: Sequence[PrintedLine]) -> Iterator[PrintedLine]:
    """Yield the lines that tesseract is sure enough of; specks, rules and stamps are not."""
    for line in lines:
        kept = with_mended_labels(replace(line, words=_without_specks(line.words)))
        signs = sum(map(_signs, kept.words))
        enough = next(sure for fewer, sure in _LINE_SURE if signs < fewer)
        if len(kept.words) == 1 and is_label(kept.words[0].text):
            enough = _LABEL_SURE  # drawn apart from its paragraph
        if signs and kept.confidence >= enough and not line.turns:
            yield kept


def _without_specks(words: tuple[PrintedWord, ...]) -> tuple[PrintedWord, ...]:
    """Leave out doubtful signs: those that are no letter, and those that stand apart at an end.

    A doubtful short word inside a line stays, for it may be "a"; a label stays anywhere.
    """
    kept = [word for word in words if _signs(word) or word.confidence >= _WORD_SURE]
    while len(kept) > 1 and _is_apart(kept[0], kept[1]):
        del kept[0]
    while len(kept) > 1 and _is_apart(kept[-1], kept[-2]):
        del kept[-1]
    return tuple(kept)


def _is_apart(word: PrintedWord, beside: PrintedWord) -> bool:
    gap = max(beside.x0 - word.x1, word.x0 - beside.x1)
    doubtful = word.confidence < _SPECK_SURE and _signs(word) < _SPECK_SIGNS
    return doubtful and not is_label(word.text) and gap > _APART * (beside.y1 - beside.y0)


def _signs(word: PrintedWord) -> int:
    return sum(c.isalnum() for c in word.text)
