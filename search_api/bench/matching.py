"""Passages that may say what a sentence says, each with the evidence for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import field_language
from indexer.encoder import Encoder
from indexer.passages import sentences
from indexer.snapshot import Snapshot
from search_api.ranking import Question, rank
from workbench.closeness import Closeness, closeness
from workbench.grading import (
    Evidence,
    Grade,
    grade,
    may_mean_the_same,
    probability_of_same_meaning,
)
from workbench.words import Word, words_of

__all__ = ["Match", "compared", "matches"]

CANDIDATES = 40
"""Passages, of those found, whose wording is compared."""

READ_FOR_MEANING = 10
"""Passages whose sentences are compared in meaning."""

READ_ABROAD = 4
"""Passages in other languages, of those: no word of theirs says which sentences are worth it."""

WORDING_WEIGHT = 0.4
"""Weight of the words kept beside the cosine of the whole passage, in choosing those."""

MOST_SENTENCES = 12
"""Sentences of one passage that are compared, from its beginning."""

LEAST_LENGTH = 0.4
"""Length, in words, of a sentence that can mean what a text does, as a share of the text's: a name
alone ("The Council,") is told by any text that has it."""

SAME_LANGUAGE_KEPT = 0.5
"""Share of a sentence's words from which a passage that has them in order is in its language."""

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that may say what a sentence says.

    Attributes:
        row: of the snapshot.
        passage: as `Snapshot.passages` gives it.
        evidence: what the two have in common.
        words: of the part that is closest in wording, and where its words stand.
        sentence: characters of its sentence nearest in meaning; None where none was looked for.
    """

    row: int
    passage: sqlite3.Row
    evidence: Evidence
    words: tuple[Word, ...]
    sentence: tuple[int, int] | None = None

    @property
    def grade(self) -> Grade:
        """How closely it says the same."""
        return grade(self.evidence)


def matches(
    snapshot: Snapshot,
    encoder: Encoder,
    text: str,
    *,
    language: str | None = None,
    mask: NDArray[np.bool_] | None = None,
) -> list[Match]:
    """Return the passages found for a sentence with their evidence, best found first.

    Args:
        snapshot: to look in.
        encoder: of the snapshot.
        text: a sentence, or a clause.
        language: of the text, ISO 639-1, where known.
        mask: rows to look among, (n,) bool; None for all.
    """
    ranking = rank(snapshot, encoder, Question(words=text, mask=mask, k=CANDIDATES))
    return compared(snapshot, encoder, text, ranking.rows[:CANDIDATES], language=language)


def compared(
    snapshot: Snapshot,
    encoder: Encoder,
    text: str,
    rows: Sequence[int],
    *,
    language: str | None = None,
) -> list[Match]:
    """Compare a sentence with given passages, in their order, as `matches` does."""
    if not rows:
        return []
    wanted = words_of(text)
    found = []
    for row, passage in zip(rows, snapshot.passages(rows), strict=True):
        held = words_of(passage["text"])
        near = closeness(wanted, held)
        found.append(_worded(snapshot, text, language, row, passage, near, held))
    return _with_meaning(snapshot, encoder, text, language, found)


def _worded(
    snapshot: Snapshot,
    text: str,
    language: str | None,
    row: int,
    passage: sqlite3.Row,
    near: Closeness,
    held: Sequence[Word],
) -> Match:
    part = tuple(held[near.first : near.last])
    told, worded = 0.0, near.kept > SAME_LANGUAGE_KEPT
    # Texts that share their words share their language, whatever was told from a few of them.
    known = language is not None and passage["language"] is not None
    abroad = known and not worded and language != passage["language"]
    if worded:
        words = passage["text"][part[0].start : part[-1].end]
        analysed = field_language(passage["language"])
        told = share(rarity(snapshot, analysed, text), rarity(snapshot, analysed, words))
    evidence = Evidence(near.similarity, near.kept, part_told=told, abroad=abroad)
    return Match(row, passage, evidence, part)


def _with_meaning(
    snapshot: Snapshot,
    encoder: Encoder,
    text: str,
    language: str | None,
    found: Sequence[Match],
) -> list[Match]:
    """Compare the sentences of the likeliest passages with the text in meaning."""
    vector = snapshot.centring.of_passages(encoder.encode_passages([text]), [language])
    rows = np.array([match.row for match in found], np.int64)
    kept = np.array([match.evidence.kept for match in found])
    cosines = snapshot.vectors.scores_many(vector, rows).max(axis=0)
    likeliest = np.argsort(-(cosines + WORDING_WEIGHT * kept), kind="stable").tolist()
    reading = _Reading(snapshot, text, found, cosines)
    for place in likeliest[:READ_FOR_MEANING]:
        reading.add(place)
    return reading.done(encoder, vector[0])


class _Reading:
    """Sentences to compare with a text in meaning, chosen by their words where words can tell.

    Most of what a draft costs is the encoding of sentences. One that has too few of the text's
    words, or that the text has too few of, cannot mean the same however near its vector is, and is
    not encoded; the vector of a passage of one sentence is in the index.
    """

    def __init__(
        self, snapshot: Snapshot, text: str, found: Sequence[Match], cosines: Vector
    ) -> None:
        self._snapshot = snapshot
        self._text = text
        self._length = len(text.split())
        self._found = found
        self._cosines = cosines
        self._said: dict[str, Rarity] = {}
        self._known: dict[int, Match] = {}
        self._open: list[tuple[int, tuple[int, int], Evidence]] = []
        self._abroad = 0

    def add(self, place: int) -> None:
        """Take the sentences of a passage that may mean the same."""
        match = self._found[place]
        if match.grade in (Grade.VERBATIM, Grade.NEAR_VERBATIM):
            return
        if match.evidence.abroad:
            self._abroad += 1
            if self._abroad > READ_ABROAD:
                return
        text = match.passage["text"]
        spans = list(sentences(text))[:MOST_SENTENCES]
        for span in spans:
            length = len(text[span[0] : span[1]].split())
            if not match.evidence.abroad and length < LEAST_LENGTH * self._length:
                continue
            evidence = self._worded(match, text[span[0] : span[1]])
            if not may_mean_the_same(evidence):
                continue
            if len(spans) == 1 and match.passage["parts"] == 1:
                meant = replace(evidence, cosine=float(self._cosines[place]))
                self._known[place] = replace(match, evidence=meant, sentence=span)
            else:
                self._open.append((place, span, evidence))

    def done(self, encoder: Encoder, vector: Vector) -> list[Match]:
        """Encode what was taken, and return the matches with the best sentence of each."""
        out = list(self._found)
        for place, match in self._known.items():
            out[place] = match
        if not self._open:
            return out
        texts = [self._found[i].passage["text"][a:b] for i, (a, b), _ in self._open]
        languages = [self._found[i].passage["language"] for i, _, _ in self._open]
        vectors = self._snapshot.centring.of_passages(encoder.encode_passages(texts), languages)
        best: dict[int, float] = {}
        for (place, span, evidence), cosine in zip(self._open, vectors @ vector, strict=True):
            meant = replace(evidence, cosine=float(cosine))
            score = probability_of_same_meaning(meant)
            if score > best.get(place, -1.0):
                best[place] = score
                out[place] = replace(self._found[place], evidence=meant, sentence=span)
        return out

    def _worded(self, match: Match, sentence: str) -> Evidence:
        if match.evidence.abroad:
            return match.evidence
        language = field_language(match.passage["language"])
        if language not in self._said:
            self._said[language] = rarity(self._snapshot, language, self._text)
        own, other = self._said[language], rarity(self._snapshot, language, sentence)
        return replace(match.evidence, told=share(own, other), telling=share(other, own))


Rarity = dict[str, float]
"""Terms of a text, each with how rare it is among the passages."""


def rarity(snapshot: Snapshot, language: str, text: str) -> Rarity:
    """Return the terms of a text of a `field_language`, with the logarithm of how rare each is."""
    terms = list(dict.fromkeys(snapshot.lexical.terms_of(language, text)))
    having = snapshot.lexical.document_frequencies(language, terms)
    values = np.log1p((len(snapshot.lexical) - having + 0.5) / (having + 0.5))
    return dict(zip(terms, values.tolist(), strict=True))


def share(text: Rarity, by: Rarity) -> float:
    """Return the share of a text's words that another has, each counting by its rarity."""
    whole = sum(text.values())
    return sum(value for term, value in text.items() if term in by) / whole if whole else 0.0
