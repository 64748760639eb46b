"""The mean vector of each language of a collection, and what is left of a vector without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from indexer.damage import damaged

__all__ = ["Centring", "Totals"]

Vectors = NDArray[np.float32]

LONG_SHARE = 0.5
"""Share of what passages have in common that is taken from a question of a sentence's length. With
all of it taken nDCG@10 of meaning alone falls on scifact from 0.664 to 0.643."""

SHORT_SHARE = 0.75
"""Share of what short phrases have in common that is taken from a question of a few words. 0.5 to 1
differ by 0.007 in nDCG@10 of meaning alone on ohchr-issues (dev), where it rises from 0.272 so."""

SHORT_WORDS, LONG_WORDS = 3, 9
"""Words of a question to which it is short, and from which it is long; between them, it is partly
either."""

_ARRAYS = ("passages", "questions", "common", "phrases")

Totals = Mapping[str | None, tuple[NDArray[np.floating], int]]
"""By language: the sum of its passages' vectors, (dim,), and how many they are."""

KNOWN_AFTER = 10
"""Passages of a language after which its own mean weighs as much as the one that is expected of it
from the other languages and the parallel sentences. With 30 articles of the Universal Declaration
in each language, half the weight left Arabic and Belarusian at 0.93 to 0.97, three quarters at
0.97 to 1."""


@dataclass(frozen=True, slots=True)
class Centring:
    """What is taken from vectors before they are compared.

    Attributes:
        languages: ISO 639-1, sorted.
        passages: (languages, dim) float32, taken from passages of each.
        questions: (languages, dim) float32, taken from questions in each. Where the collection
            holds a language, that of its passages; else that of the parallel sentences.
        common: (dim,) float32, taken where the language is not known.
        phrases: (languages + 1, dim) float32, the mean of short phrases encoded as questions, the
            last where the language is not known; None in a snapshot that was made without it.
    """

    languages: tuple[str, ...]
    passages: Vectors
    questions: Vectors
    common: Vectors
    phrases: Vectors | None = None

    @classmethod
    def none(cls, dim: int) -> Centring:
        """Return a centring that changes nothing."""
        return cls((), np.zeros((0, dim), np.float32), np.zeros((0, dim), np.float32),
                   np.zeros(dim, np.float32))  # fmt: skip

    @classmethod
    def fit(
        cls,
        totals: Totals,
        parallel: Mapping[str, Vectors],
        dim: int,
        phrases: Mapping[str, Vectors] | None = None,
    ) -> Centring:
        """Measure a collection.

        Args:
            totals: of the passages, by language.
            parallel: (sentences, dim) float32 by language, vectors of the parallel sentences.
            dim: length of a vector.
            phrases: (phrases, dim) float32 by language, encoded as questions; None for unknown.
        """
        expected = {language: vectors.mean(axis=0) for language, vectors in parallel.items()}
        neutral = np.mean([*expected.values()], axis=0) if expected else np.zeros(dim)
        bias = {language: mean - neutral for language, mean in expected.items()}
        known = [(total, n, bias.get(name or "")) for name, (total, n) in totals.items() if n]
        held = sum(n for _, n, _ in known)
        common = neutral
        if held:
            sums = [total if b is None else total - n * b for total, n, b in known]
            common = np.sum(sums, axis=0) / held
        languages = tuple(sorted({*expected, *(name for name in totals if name)}))
        passages, questions = [], []
        for language in languages:
            total, n = totals.get(language, (np.zeros_like(neutral), 0))
            guess = common + bias.get(language, 0)
            mean = (total + KNOWN_AFTER * guess) / (n + KNOWN_AFTER)
            passages.append(mean)
            questions.append(mean if n else expected[language])
        return cls(
            languages,
            np.asarray(passages, np.float32).reshape(-1, dim),
            np.asarray(questions, np.float32).reshape(-1, dim),
            np.asarray(common, np.float32),
            _means(phrases, languages) if phrases else None,
        )

    def of_passages(self, vectors: Vectors, languages: Sequence[str | None]) -> Vectors:
        """Return (n, dim) float32, L2-normalised: passages without what is common to them."""
        place = {language: i for i, language in enumerate(self.languages)}
        table = np.vstack([self.passages, self.common])
        taken = table[[place.get(language or "", -1) for language in languages]]
        return _normalised(vectors - taken)

    def of_questions(self, vectors: Vectors, language: str | None, share: float = 1.0) -> Vectors:
        """Return (n, dim) float32, L2-normalised: questions without a share of what is common."""
        taken = self.common
        if language in self.languages:
            taken = self.questions[self.languages.index(language)]
        return _normalised(vectors - share * taken)

    def of_typed(self, vectors: Vectors, language: str | None, words: int) -> Vectors:
        """Return (n, dim) float32, L2-normalised: questions of so many words, typed.

        A few words encoded as a question lie elsewhere than passages do, and what passages have in
        common is not what they have. Questions as long as a sentence lie between.
        """
        long = self.of_questions(vectors, language, LONG_SHARE)
        short_share = float(np.interp(words, (SHORT_WORDS, LONG_WORDS), (1.0, 0.0)))
        if self.phrases is None or not short_share:
            return long
        place = self.languages.index(language) if language in self.languages else -1
        short = _normalised(vectors - SHORT_SHARE * self.phrases[place])
        return _normalised(short_share * short + (1 - short_share) * long)

    def save(self, path: Path) -> None:
        """Write it to a file."""
        with path.open("wb") as stream:
            languages = np.array(self.languages, "U8")
            arrays: Any = {name: getattr(self, name) for name in _ARRAYS}
            np.savez(
                stream, languages=languages, **{k: v for k, v in arrays.items() if v is not None}
            )

    @classmethod
    def open(cls, path: Path) -> Centring:
        """Read what `save` wrote.

        Raises:
            IndexDamagedError: the file is missing or cut short.
        """
        try:
            # Opened here, for NumPy does not close what turns out to be no archive.
            with path.open("rb") as stream, np.load(stream, allow_pickle=False) as held:
                return cls(
                    tuple(str(name) for name in held["languages"]),
                    held["passages"],
                    held["questions"],
                    held["common"],
                    held.get("phrases"),
                )
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise damaged(path, "cannot be read", error) from error


def _means(phrases: Mapping[str, Vectors], languages: Sequence[str]) -> Vectors:
    """Return the mean of each language's phrases and, last, the mean of them all."""
    own = {language: vectors.mean(axis=0) for language, vectors in phrases.items()}
    neutral = np.mean([*own.values()], axis=0)
    rows = [*(own.get(language, neutral) for language in languages), neutral]
    return np.asarray(rows, np.float32)


def _normalised(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)
