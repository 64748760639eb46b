"""How much of one text stands in another: near-duplicates by shared runs of words.

A text is the set of its shingles, runs of five words whatever stands between them, hashed. Two
texts are compared by containment, the share of the one's shingles that the other has; both ways,
because a letter that quotes a resolution in full contains it and is no version of it.

Comparing every pair of documents is not needed: a sample of each text's shingles, one in sixteen
and the same ones everywhere (Broder's "mod" sketch), is kept with the document, and only pairs that
share a good part of their samples are compared in full.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.types import Paragraph, ParagraphKind

__all__ = [
    "SHINGLE_WORDS",
    "Shingles",
    "containment",
    "folded_words",
    "shingles",
    "sketch",
    "sketch_of",
    "sketch_row",
    "texts_compared",
]

Shingles = NDArray[np.uint64]

SHINGLE_WORDS = 5
"""Words of a shingle: fewer are shared by texts of one subject, more break at each small change."""

_SAMPLED = np.uint64((1 << 64) // 16)
_STEP = 0x9E3779B97F4A7C15  # odd, so that the place of a word in its run counts
_MIX = np.uint64(0xD6E8FEB86659FD93)
_SHIFT = np.uint64(32)

# A Chinese character is as much as a word; there is no space between words to go by.
_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3400-\u9fff\uf900-\ufaff]+")


def folded_words(text: str) -> list[str]:
    """Return the words of a text without case and without what stands between them."""
    return _WORD.findall(text.casefold())


@lru_cache(maxsize=1 << 18)
def _word_hash(word: str) -> int:
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def shingles(words: Sequence[str], size: int = SHINGLE_WORDS) -> Shingles:
    """Return the distinct hashed runs of `size` words, sorted, (n,) uint64; the same everywhere.

    A text of fewer words than a run is one shingle; one without words has none.
    """
    if not words:
        return np.empty(0, np.uint64)
    hashes = np.fromiter((_word_hash(word) for word in words), np.uint64, len(words))
    size = min(size, len(hashes))
    runs = np.zeros(len(hashes) - size + 1, np.uint64)
    for place in range(size):
        factor = np.uint64(pow(_STEP, place + 1, 1 << 64))
        runs += hashes[place : place + len(runs)] * factor
    runs = (runs ^ (runs >> _SHIFT)) * _MIX
    return np.unique(runs ^ (runs >> _SHIFT))


def sketch(found: Shingles) -> Shingles:
    """Return the sample of a text's shingles, sorted."""
    return found[found < _SAMPLED]


def texts_compared(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    """Yield the texts by which documents are compared: all but headings and footnotes."""
    for paragraph in paragraphs:
        if paragraph.kind not in (ParagraphKind.HEADING, ParagraphKind.FOOTNOTE):
            yield paragraph.text


def sketch_row(document_id: str, texts: Iterable[str]) -> tuple[str, int, bytes]:
    """Return the values of a row of `sketches`."""
    found = shingles([word for text in texts for word in folded_words(text)])
    return document_id, len(found), sketch(found).astype("<u8").tobytes()


def sketch_of(blob: bytes) -> Shingles:
    """Return the sketch of a row of `sketches`."""
    return np.frombuffer(blob, "<u8").astype(np.uint64)


def containment(one: Shingles, other: Shingles) -> tuple[float, float]:
    """Return the share of `one` that stands in `other`, and the share of `other` in `one`."""
    if not len(one) or not len(other):
        return 0.0, 0.0
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared / len(one), shared / len(other)
