"""A question as passages of one language are compared with it: terms, pairs, and their rarity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.forward import pair_id, term_ids
from indexer.lexical import LexicalStore

__all__ = ["QuestionTerms", "Vocabulary", "question_terms"]

Ids = NDArray[np.uint32]
Values = NDArray[np.float32]
Places = NDArray[np.int64]
_Term = TypeVar("_Term", bound=Hashable)

_LAST_BITS = np.uint32(0xFFFF)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms of a question, or pairs of them, by their numbers.

    Attributes:
        ids: (t,) uint32, sorted, each once.
        idf: (t,) float32, natural logarithm, as BM25 has it.
        counts: (t,) float32, how often each stands in the question.
        sentences: (s, t) float32, 1 where a sentence of the question has the term.
    """

    ids: Ids
    idf: Values
    counts: Values
    sentences: Values

    def found_in(self, ids: Ids) -> tuple[Places, Places]:
        """Return which of the ids are among the terms, ascending, and which term each of them is.

        A table of the last 16 bits rules out nine in ten first: for the words of 500 passages that
        takes a tenth of the time of looking them all up.
        """
        if not len(self.ids):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        can_be = np.zeros(1 << 16, np.bool_)
        can_be[self.ids & _LAST_BITS] = True
        at = np.flatnonzero(can_be[ids & _LAST_BITS])
        term = np.minimum(np.searchsorted(self.ids, ids[at]), len(self.ids) - 1)
        same = self.ids[term] == ids[at]
        return at[same], term[same]


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """A question in the terms of one language.

    Attributes:
        words: its terms.
        pairs: neighbours within a sentence.
    """

    words: Vocabulary
    pairs: Vocabulary


def question_terms(lexical: LexicalStore, language: str, sentences: Sequence[str]) -> QuestionTerms:
    """Analyse the sentences of a question as passages of a `field_language` are analysed."""
    words = [lexical.terms_of(language, sentence) for sentence in sentences]
    pairs = [list(pairwise(each)) for each in words]
    held = lexical.passages_of_language(language)
    terms, distinct = _distinct(words), _distinct(pairs)
    left, right = term_ids([a for a, _ in distinct]), term_ids([b for _, b in distinct])
    return QuestionTerms(
        _vocabulary(
            term_ids(terms), lexical.document_frequencies(language, terms), held, terms, words
        ),
        _vocabulary(
            pair_id(left, right),
            lexical.pair_frequencies(language, distinct),
            held,
            distinct,
            pairs,
        ),
    )


def _distinct(sentences: Sequence[Sequence[_Term]]) -> list[_Term]:
    return list(dict.fromkeys(term for sentence in sentences for term in sentence))


def _vocabulary(
    ids: Ids,
    frequencies: NDArray[np.int64],
    held: int,
    terms: Sequence[_Term],
    sentences: Sequence[Sequence[_Term]],
) -> Vocabulary:
    """Put terms in the order of their ids; two terms with one id count as the first of them."""
    place = {term: i for i, term in enumerate(terms)}
    counts = np.zeros((len(sentences), len(terms)), np.float32)
    for number, sentence in enumerate(sentences):
        for term, count in Counter(sentence).items():
            counts[number, place[term]] = count
    idf = np.log1p((held - np.minimum(frequencies, held) + 0.5) / (frequencies + 0.5))
    order, first = np.unique(ids, return_index=True)
    return Vocabulary(
        ids=order,
        idf=np.asarray(idf, np.float32)[first],
        counts=counts.sum(axis=0)[first],
        sentences=np.minimum(counts, 1)[:, first],
    )
