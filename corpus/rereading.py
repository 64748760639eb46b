"""Decide whether the text layer of a PDF should be read again from its pictures, and which is kept.

Old scans carry a text layer of the recognition programs of their day, and a few files have fonts
without a key to their letters. Such a layer is read first, for it costs nothing, and where its
words or its paragraph numbers are plainly broken the pages are recognised anew. What is kept is
what measures better, and the document says which it was.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.readers.ocr.scans import are_pictures, letters_of
from corpus.readers.ocr.text_quality import odd_share
from corpus.readers.page import Page
from corpus.types import Quality

__all__ = ["KEPT", "NOT_READ_AGAIN", "READ_AGAIN", "is_better", "is_doubtful"]

READ_AGAIN = "the text layer reads badly: its pages were recognised anew"
KEPT = "the text layer reads badly, and recognising its pages anew was no better"
NOT_READ_AGAIN = "the text layer reads badly: compare what you cite with the page"
# Readable files stay below 10 in 1,000 words of odd shape.
_ODD = 0.02
# Files born digital have gaps in their numbering too, but not one in ten, nor any number without.
_GAP_SHARE = 0.1
_MIN_GAPS = 3
_MIN_UNUSED = 5
_MIN_LETTERS = 500
# A reading that loses so much of the text is not the better one.
_KEPT_LETTERS = 0.5
_BETTER = 0.6


def is_doubtful(data: bytes, pages: Sequence[Page], quality: Quality) -> bool:
    """Tell whether recognising the pages anew may give a better reading.

    Args:
        data: the file.
        pages: as read from its text layer.
        quality: of the paragraphs made of them.
    """
    if any(page.ocr for page in pages) or sum(map(letters_of, pages)) < _MIN_LETTERS:
        return False
    if _odd(pages) >= _ODD:
        return True
    gaps = len(quality.gaps)
    broken = gaps >= _MIN_GAPS and gaps >= _GAP_SHARE * (quality.chain + gaps)
    unnumbered = not quality.chain and quality.unused_candidates >= _MIN_UNUSED
    return (broken or unnumbered) and are_pictures(data, pages)


def is_better(
    pages: Sequence[Page], quality: Quality, again: Sequence[Page], quality_again: Quality
) -> bool:
    """Tell whether the second reading is better than the first.

    It must keep the text, must not lose numbered paragraphs, and must have either fewer words of
    odd shape or a longer chain with fewer gaps.
    """
    if sum(map(letters_of, again)) < _KEPT_LETTERS * sum(map(letters_of, pages)):
        return False
    numbers, numbers_again = _worth(quality), _worth(quality_again)
    if numbers_again < 0.9 * numbers:
        return False
    return _odd(again) < _BETTER * _odd(pages) or numbers_again > numbers


def _odd(pages: Sequence[Page]) -> float:
    return odd_share(line.text for page in pages for line in page.lines)


def _worth(quality: Quality) -> int:
    return quality.chain - 2 * len(quality.gaps) - len(quality.repeats)
