"""The mean vector of each language of a collection, and what is left of a vector without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from indexer.damage import damaged

__all__ = ["Centring", "Totals"]

Vectors = NDArray[np.float32]

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
    """

    languages: tuple[str, ...]
    passages: Vectors
    questions: Vectors
    common: Vectors

    @classmethod
    def none(cls, dim: int) -> Centring:
        """Return a centring that changes nothing."""
        return cls((), np.zeros((0, dim), np.float32), np.zeros((0, dim), np.float32),
                   np.zeros(dim, np.float32))  # fmt: skip

    @classmethod
    def fit(cls, totals: Totals, parallel: Mapping[str, Vectors], dim: int) -> Centring:
        """Measure a collection.

        Args:
            totals: of the passages, by language.
            parallel: (sentences, dim) float32 by language, vectors of the parallel sentences.
            dim: length of a vector.
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

    def save(self, path: Path) -> None:
        """Write it to a file."""
        with path.open("wb") as stream:
            np.savez(
                stream,
                languages=np.array(self.languages, "U8"),
                passages=self.passages,
                questions=self.questions,
                common=self.common,
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
                )
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise damaged(path, "cannot be read", error) from error


def _normalised(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)
