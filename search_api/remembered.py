"""Remembering what questions and sentences were encoded to, and how passages answered."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np

from indexer.encoder import Encoder, EncoderIdentity, Vectors
from indexer.reranker import Reranker
from indexer.reranker import Scores as PairScores

__all__ = ["MAX_CHARACTERS", "RememberingEncoder", "RememberingReranker"]

MAX_QUESTIONS = 1024
"""Vectors kept: 1.5 MB of 384 dimensions."""

MAX_SENTENCES = 8192
"""Vectors kept of sentences of hits: 13 MB. Hits of one question are hits of the next."""

MAX_CHARACTERS = 400
"""Longer texts are pasted, seldom twice the same, and not kept."""

MAX_PAIRS = 20_480
"""Scores kept of question and passage: of the same number of questions, in some 3 MB."""


class RememberingEncoder:
    """An encoder that encodes a short text once, however often it is asked for.

    One question is asked again and again: for its next page, under another filter, grouped, by
    whoever opens a link to it. Encoding is most of what an answer costs, 5 to 10 ms of processor
    time for a short question, and the more where the sentences of its hits are compared with it.
    What is remembered is in memory only, the last `MAX_QUESTIONS` and `MAX_SENTENCES`, and is gone
    when the process ends: a question is never written anywhere.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._questions = _Remembered(encoder.encode_queries, MAX_QUESTIONS)
        self._sentences = _Remembered(encoder.encode_passages, MAX_SENTENCES)

    @property
    def key(self) -> str:
        """Model and digest."""
        return self._encoder.key

    @property
    def identity(self) -> EncoderIdentity:
        """What the vectors are."""
        return self._encoder.identity

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dim) float32, L2-normalised, in the order of `texts`."""
        return self._questions.encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dim) float32, L2-normalised, in the order of `texts`."""
        return self._sentences.encode(texts)

    def encode_both(self, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        """Return what `encode_queries` and `encode_passages` give, together where all are new."""
        if self._questions.knows_any(texts) or self._sentences.knows_any(texts):
            return self.encode_queries(texts), self.encode_passages(texts)
        questions, sentences = self._encoder.encode_both(texts)
        self._questions.remember(texts, questions)
        self._sentences.remember(texts, sentences)
        return questions, sentences

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the length of each text in tokens, prompt and special tokens included, uncut."""
        return self._encoder.count_tokens(texts)


class _Remembered:
    """The vectors of the last texts of one kind."""

    def __init__(self, encode: Callable[[Sequence[str]], Vectors], size: int) -> None:
        self._encode = encode
        self._size = size
        self._vectors: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dim) float32; each text that is not known is encoded once."""
        if not texts:
            return self._encode(texts)
        found = self._recall(texts)
        unknown = list(dict.fromkeys(text for text in texts if text not in found))
        if unknown:
            encoded = self._encode(unknown)
            found |= zip(unknown, encoded, strict=True)
            self.remember(unknown, encoded)
        return np.stack([found[text] for text in texts])

    def _recall(self, texts: Sequence[str]) -> dict[str, Vectors]:
        with self._lock:
            found = {text: self._vectors[text] for text in texts if text in self._vectors}
            for text in found:
                self._vectors.move_to_end(text)
            return found

    def knows_any(self, texts: Sequence[str]) -> bool:
        """Tell whether one of the texts is known."""
        with self._lock:
            return not self._vectors.keys().isdisjoint(texts)

    def remember(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Keep the vectors of texts that are short, in place of the longest unasked."""
        with self._lock:
            for text, vector in zip(texts, vectors, strict=True):
                if len(text) <= MAX_CHARACTERS:
                    self._vectors[text] = vector.copy()
            while len(self._vectors) > self._size:
                self._vectors.popitem(last=False)


class RememberingReranker:
    """A reranker that reads a question with a passage once, however often that is asked for.

    The next page, and each press of a button on the page for people, asks for the same again, and
    reading costs far more than all else. Kept are digests and scores, in memory only.
    """

    def __init__(self, reranker: Reranker) -> None:
        self._reranker = reranker
        self._scores: OrderedDict[bytes, float] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """Name of its model."""
        return self._reranker.name

    @property
    def languages(self) -> frozenset[str]:
        """Languages it reads, ISO 639-1."""
        return self._reranker.languages

    def is_installed(self) -> bool:
        """Tell whether it can be used; loads nothing."""
        return self._reranker.is_installed()

    def scores(self, question: str, texts: Sequence[str]) -> PairScores:
        """Return how well each text answers, (n,) float32, higher is better."""
        keys = [_digest(question, text) for text in texts]
        with self._lock:
            known = {key: self._scores[key] for key in keys if key in self._scores}
        unknown = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if unknown:
            read = self._reranker.scores(question, list(unknown.values()))
            known |= dict(zip(unknown, read.tolist(), strict=True))
        with self._lock:
            for key in keys:
                self._scores[key] = known[key]
                self._scores.move_to_end(key)
            while len(self._scores) > MAX_PAIRS:
                self._scores.popitem(last=False)
        return np.array([known[key] for key in keys], np.float32)


def _digest(question: str, text: str) -> bytes:
    asked = hashlib.blake2b(question.encode(errors="surrogatepass"), digest_size=16).digest()
    return hashlib.blake2b(asked + text.encode(errors="surrogatepass"), digest_size=16).digest()
