"""How alike the words of paragraphs are, many with many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from workbench.words import Word, words_of

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["Text", "similarities", "similarity"]

LEAST_SHARED = 0.25
"""Least share of distinct words two paragraphs must have in common for their order to be compared:
what has fewer cannot reach `workbench.aligning.SAME_WORDING`, unless one word is most of it."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph as it is aligned.

    Attributes:
        label: in its document: `12`, `pp3`, `u1`.
        numbered: whether the label is printed, or counts preambular paragraphs, so that it is the
            same in all languages; not what was labelled by place.
        words: of the whole paragraph.
    """

    label: str
    numbered: bool
    words: tuple[Word, ...]

    @classmethod
    def of(cls, label: str, text: str, *, numbered: bool) -> Text:
        """Read a paragraph."""
        return cls(label, numbered, tuple(words_of(text)))

    @property
    def keys(self) -> tuple[str, ...]:
        """Return what makes its words equal to others, in order."""
        return tuple(word.key for word in self.words)


def similarity(first: Text, second: Text) -> float:
    """Return 2 * words in common, in order, / words of both: 0 to 1, and 1 of two empty ones."""
    return float(Indel.normalized_similarity(first.keys, second.keys))


def similarities(
    first: Sequence[Text], second: Sequence[Text], must: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return how alike the words are, (first, second) float64; 0 of what is clearly no pair.

    Args:
        first: paragraphs of one document.
        second: of another.
        must: (first, second) bool, pairs to be measured however few words they share.
    """
    vocabulary: dict[str, int] = {}
    a, b = _bags(first, vocabulary), _bags(second, vocabulary)
    width = max(len(vocabulary), 1)
    shared = (_matrix(a, width) @ _matrix(b, width).T).toarray()
    sizes = np.add.outer([len(bag) for bag in a], [len(bag) for bag in b])
    near = (2 * shared >= LEAST_SHARED * sizes) | must
    out = np.zeros(near.shape, np.float64)
    keys_a, keys_b = [text.keys for text in first], [text.keys for text in second]
    for i, j in np.argwhere(near).tolist():
        out[i, j] = Indel.normalized_similarity(keys_a[i], keys_b[j])
    return out


def _bags(texts: Sequence[Text], vocabulary: dict[str, int]) -> list[list[int]]:
    """Return the distinct words of each text as numbers, new words added to the vocabulary."""
    return [
        [vocabulary.setdefault(key, len(vocabulary)) for key in dict.fromkeys(text.keys)]
        for text in texts
    ]


def _matrix(bags: Sequence[Sequence[int]], width: int) -> csr_matrix:
    from scipy.sparse import csr_matrix  # not above: every start of the service would wait for it

    columns = [word for bag in bags for word in bag]
    starts = np.concatenate([[0], np.cumsum([len(bag) for bag in bags])])
    return csr_matrix((np.ones(len(columns), np.int32), columns, starts), shape=(len(bags), width))
