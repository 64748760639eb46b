"""A question as vectors, and how near candidates are to it in meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.metadata.language import likeliest_language
from indexer.encoder import Encoder
from indexer.passages import split
from indexer.snapshot import Snapshot
from search_api.ranking.question import PASTED_WORDS, Question, count_words
from search_api.ranking.unread import unread_rows

__all__ = ["Meaning", "encode_ahead", "meaning_of"]

Values = NDArray[np.float32]
Rows = NDArray[np.int64]

LEAST_PASSAGE = 0.3
"""Least share of the passage in a question put to other languages. Of the twenty passages in
English that ten short questions find, 0.17 to 0.53 were then found by the same in French, Russian,
Arabic and Chinese, by the passage alone 0.08 to 0.24; in Belarusian neither finds them."""

AS_PASSAGE_WORDS = 16
"""Words from which it is all passage. From 12 to 20, of the articles of the Universal Declaration
that Arabic asks for in English 0.967 are found first; where only a pasted text is, 0.933."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Vectors of a question.

    Attributes:
        own: (parts, dim) float32, compared with passages of the question's language: one, or one
            for each part of a text that is longer than the model reads.
        foreign: the same, compared with passages of other languages.
        language: of the question, as `snapshot.columns` numbers it, -1 where it holds none of it;
            None where it is not known.
        unread: rows in languages that the model does not read, (n,) bool: their vectors say
            nothing. None where it reads all of them.
    """

    own: Values
    foreign: Values
    language: int | None
    unread: NDArray[np.bool_] | None = None

    @property
    def differs_abroad(self) -> bool:
        """Whether passages of other languages have vectors of their own to be compared with."""
        return self.foreign is not self.own

    def scores(self, snapshot: Snapshot, rows: Rows) -> Values:
        """Return the cosine of each row with the nearest part, (n,) float32.

        What is not read has the least of all: it is no nearer than anything else.
        """
        near = snapshot.vectors.scores_many(self.own, rows).max(axis=0)
        if self.differs_abroad:
            abroad = self.is_foreign(snapshot, rows)
            far = snapshot.vectors.scores_many(self.foreign, rows[abroad])
            near = near.copy()
            near[abroad] = far.max(axis=0)
        return self._as_read(near, rows)

    def document_scores(self, snapshot: Snapshot, rows: Rows) -> Values:
        """Return the cosine of the document of each row, as a whole, with the nearest part, (n,).

        A paragraph rarely says what its document is about: the others do.
        """
        documents, place = np.unique(snapshot.columns.document[rows], return_inverse=True)
        vectors = snapshot.document_vectors.of(documents)
        near = (vectors @ self.own.T).max(axis=1)[place]
        return self._as_read(near, rows)

    def _as_read(self, near: Values, rows: Rows) -> Values:
        """Give what is not read the least of all."""
        if self.unread is not None:
            unread = self.unread[rows]
            near = np.where(unread, min(0.0, float(near[~unread].min(initial=0.0))), near)
        return np.asarray(near, np.float32)

    def all_foreign(self, snapshot: Snapshot) -> NDArray[np.bool_]:
        """Return which of all rows are in another language than the question, (n,) bool."""
        if self.language is None:
            return np.zeros(len(snapshot.columns.document), np.bool_)
        return snapshot.columns.in_other_language(self.language)

    def is_foreign(self, snapshot: Snapshot, rows: Rows) -> NDArray[np.bool_]:
        """Return which rows are in another language than the question, (n,) bool."""
        if self.language is None:
            return np.zeros(len(rows), np.bool_)
        return snapshot.columns.in_other_language(self.language)[rows]


def meaning_of(snapshot: Snapshot, encoder: Encoder, question: Question) -> Meaning:
    """Encode a question.

    A typed question is encoded as a question for passages of its own language. For those of others
    it is encoded as a passage besides, the more the longer it is: the two prompts lead apart, and
    across languages a sentence is found by the second, three words by the first. A pasted text is a
    passage to begin with. What is longer than the model reads is encoded in parts, so that nothing
    of it is cut away.
    """
    language = likeliest_language(question.words)
    number = None if language is None else snapshot.columns.language_number(language)
    unread = unread_rows(snapshot)
    if question.vector is not None:
        known = question.vector[None]
        return Meaning(known, known, number, unread)
    centring = snapshot.centring
    if not question.is_pasted:
        count = count_words(question.words)
        beside = number is not None and snapshot.columns.has_other_language(number)
        if unread is not None or not beside:
            typed = encoder.encode_queries([question.words])
            own = foreign = centring.of_typed(typed, language, count)
        else:
            typed, as_passage = encoder.encode_both([question.words])
            own = centring.of_typed(typed, language, count)
            copied = centring.of_questions(as_passage, language)
            share = max(LEAST_PASSAGE, min(1.0, count / AS_PASSAGE_WORDS))
            foreign = (1 - share) * own + share * copied
            foreign /= np.linalg.norm(foreign, axis=1, keepdims=True)
        return Meaning(own, foreign, number, unread)
    spans = split(question.words, encoder.identity.max_tokens, encoder.count_tokens)
    parts = encoder.encode_passages([question.words[start:end] for start, end in spans])
    pasted = centring.of_questions(parts, language)
    return Meaning(pasted, pasted, number, unread)


def encode_ahead(snapshot: Snapshot, encoder: Encoder, words: Sequence[str]) -> None:
    """Encode typed questions in one go, for an encoder that remembers what `meaning_of` asks.

    Twenty searches among 31,000 passages take 0.7 s so, one by one 1.1 s and more. Pasted texts are
    left to their own searches: they fill a batch by themselves, and are not remembered.
    """
    typed = [each for each in dict.fromkeys(words) if count_words(each) <= PASTED_WORDS]
    if len(typed) < 2:
        return
    encoder.encode_queries(typed)
    numbers = {each: likeliest_language(each) for each in typed}
    abroad = [
        each
        for each, language in numbers.items()
        if language is not None
        and (number := snapshot.columns.language_number(language)) is not None
        and snapshot.columns.has_other_language(number)
    ]
    if abroad:
        encoder.encode_passages(abroad)
