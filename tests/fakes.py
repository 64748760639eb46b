"""Stand-ins for fast tests: an encoder without a model, and invented documents."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from itertools import chain

import numpy as np

from corpus.types import Document, Paragraph, ParagraphKind
from indexer.centring import parallel_sentences
from indexer.encoder import EncoderIdentity, Vectors
from indexer.reranker import Scores

_WORD = re.compile(r"\w+")

_PARALLEL = frozenset(chain.from_iterable(parallel_sentences().values()))
"""Embedded once for every index, whatever is in it."""


class FakeEncoder:
    """A hashed bag of words: shared words raise similarity, so planted answers rank first."""

    def __init__(
        self,
        *,
        dim: int = 64,
        max_tokens: int = 64,
        digest: str = "f" * 64,
        precision: str = "f32",
        model: str = "fake",
    ) -> None:
        self.identity = EncoderIdentity(model, digest, dim, max_tokens, "", "", precision)
        self.key = f"{model} {digest}"
        self.embedded = 0

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += sum(text not in _PARALLEL for text in texts)
        return self._encode(texts)

    def encode_both(self, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        return self.encode_queries(texts), self.encode_passages(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(_WORD.findall(text)) + 2 for text in texts]

    def _encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.identity.dim), np.float32)
        for row, text in enumerate(texts):
            for word in _WORD.findall(text.lower()):
                digest = hashlib.sha256(word.encode()).digest()
                sign = 1.0 if digest[4] & 1 else -1.0
                vectors[row, int.from_bytes(digest[:4]) % self.identity.dim] += sign
        vectors[:, 0] += 0.01
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class FakeReranker:
    """Scores a text by a word of it: `wanted` gives the score of each, other texts have -5.

    Attributes:
        asked: (question, texts) of each call.
    """

    name = "fake-reranker"
    languages = frozenset({"en"})

    def __init__(self, wanted: dict[str, float], *, installed: bool = True) -> None:
        self._wanted = wanted
        self._installed = installed
        self.asked: list[tuple[str, list[str]]] = []

    def is_installed(self) -> bool:
        return self._installed

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        self.asked.append((question, list(texts)))
        return np.array([self._score(text) for text in texts], np.float32)

    def _score(self, text: str) -> float:
        return max((self._wanted.get(word, -5.0) for word in _WORD.findall(text)), default=-5.0)


def document(
    symbol: str,
    *texts: str,
    language: str = "en",
    kind: str = "special-rapporteur-report",
    body: str = "Sample Council",
    country: tuple[str, ...] = (),
    year: int | None = 2024,
    title: str = "An invented report",
) -> Document:
    """Return an invented document of numbered paragraphs."""
    return Document(
        id=f"{symbol.replace('/', '_')}:{language}",
        symbol=symbol,
        title=title,
        kind=kind,
        body=body,
        mandate=None,
        country=country,
        session=None,
        agenda_item=None,
        date=None if year is None else str(year),
        year=year,
        language=language,
        source=f"{symbol}.txt",
        sha256=hashlib.sha256("|".join([symbol, title, *texts]).encode()).hexdigest(),
        paragraphs=tuple(
            Paragraph(str(n), str(n), ParagraphKind.BODY, (), (1,), text)
            for n, text in enumerate(texts, 1)
        ),
    )
