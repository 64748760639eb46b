"""From texts to vectors.

`Encoder` is what the rest of the project knows: two methods and an identity. `OpenVinoEncoder` is
the one that serves; tests use a hashed bag of words of the same shape.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus.errors import ModelError
from indexer.models.convert import IR_NAME
from indexer.models.store import InstalledModel, require

__all__ = [
    "Encoder",
    "EncoderIdentity",
    "LazyEncoder",
    "OpenVinoEncoder",
    "Vectors",
    "open_encoder",
]

Vectors = NDArray[np.float32]

BATCH_SIZE = 8
"""Texts in a batch. Sorted by length, 8 wastes almost nothing on padding and keeps a batch of long
paragraphs inside the cache; 4 took as long on two cores, 16 some tenth longer."""


@dataclass(frozen=True, slots=True)
class EncoderIdentity:
    """What makes two vectors comparable.

    Attributes:
        model: name in the registry.
        digest: sha256 of the weights.
        dim: length of a vector.
        max_tokens: where longer texts are cut.
        query_prompt: put before queries.
        passage_prompt: put before passages.
        precision: arithmetic; noted, but no reason to refuse (cosine 0.9999 between the two).
    """

    model: str
    digest: str
    dim: int
    max_tokens: int
    query_prompt: str
    passage_prompt: str
    precision: str


class Encoder(Protocol):
    """Turns texts into vectors whose inner product is their similarity."""

    @property
    def key(self) -> str:
        """Model and digest, which make an index its own; known without loading the model."""
        ...

    @property
    def identity(self) -> EncoderIdentity:
        """What the vectors are."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dim) float32, L2-normalised, in the order of `texts`."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dim) float32, L2-normalised, in the order of `texts`."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the length of each text in tokens, prompt and special tokens included, uncut."""
        ...


class LazyEncoder:
    """An installed model that is loaded when something is first encoded.

    A run of the indexer that finds nothing new then takes a fraction of a second, not three.
    """

    def __init__(self, model: InstalledModel) -> None:
        self._model = model
        self._loaded: OpenVinoEncoder | None = None

    @property
    def key(self) -> str:
        """Model and digest."""
        return f"{self._model.name} {self._model.digest}"

    @property
    def identity(self) -> EncoderIdentity:
        """What the vectors are; loads the model, for the precision depends on this machine."""
        return self._load().identity

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dim) float32, L2-normalised, in the order of `texts`."""
        return self._load().encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dim) float32, L2-normalised, in the order of `texts`."""
        return self._load().encode_passages(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the length of each text in tokens, prompt and special tokens included, uncut."""
        return self._load().count_tokens(texts)

    def _load(self) -> OpenVinoEncoder:
        if self._loaded is None:
            self._loaded = OpenVinoEncoder(self._model)
        return self._loaded


class OpenVinoEncoder:
    """Runs an installed model on OpenVINO, one stream a core, one thread a stream.

    Batches are formed of texts of like length and run side by side. Against
    `SentenceTransformer.encode` on the same texts: `benchmarks/results/encode.json`. Safe to call
    from several threads.
    """

    def __init__(self, model: InstalledModel, *, threads: int | None = None) -> None:
        """Load and compile the model.

        Args:
            model: an installed model.
            threads: cores to use; all available ones by default.

        Raises:
            ModelError: the model's files cannot be loaded.
        """
        from indexer.openvino_runtime import best_precision, ov

        spec = model.spec
        cores = threads or len(os.sched_getaffinity(0))
        core = ov.Core()
        precision = best_precision(core)
        try:
            self._tokenizer = _tokenizer(model.folder / "tokenizer.json", spec.max_tokens)
            self._compiled = core.compile_model(
                str(model.folder / IR_NAME),
                "CPU",
                {
                    "PERFORMANCE_HINT": "THROUGHPUT",
                    "NUM_STREAMS": str(cores),
                    "INFERENCE_NUM_THREADS": str(cores),
                    "INFERENCE_PRECISION_HINT": precision,
                },
            )
        except RuntimeError as error:
            raise ModelError(
                f"model {model.name}",
                f"OpenVINO cannot load it: {str(error).splitlines()[0]}",
                f"run `precedent models pull {model.name}`",
            ) from error
        self._idle: SimpleQueue[Any] = SimpleQueue()
        self._streams = cores
        self._counter = Tokenizer.from_file(str(model.folder / "tokenizer.json"))
        self._counter.no_truncation()
        self._counter.no_padding()
        self._identity = EncoderIdentity(
            model=model.name,
            digest=model.digest,
            dim=spec.dim,
            max_tokens=spec.max_tokens,
            query_prompt=spec.query_prompt,
            passage_prompt=spec.passage_prompt,
            precision=precision,
        )

    @property
    def key(self) -> str:
        """Model and digest."""
        return f"{self._identity.model} {self._identity.digest}"

    @property
    def identity(self) -> EncoderIdentity:
        """What the vectors are."""
        return self._identity

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dim) float32, L2-normalised, in the order of `texts`."""
        return self._encode([self._identity.query_prompt + text for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dim) float32, L2-normalised, in the order of `texts`."""
        return self._encode([self._identity.passage_prompt + text for text in texts])

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the length of each text in tokens, prompt and special tokens included, uncut."""
        prompt = self._identity.passage_prompt
        encodings = self._counter.encode_batch_fast([prompt + text for text in texts])
        return [len(encoding.ids) for encoding in encodings]

    def _encode(self, texts: list[str]) -> Vectors:
        vectors = np.empty((len(texts), self._identity.dim), np.float32)
        if not texts:
            return vectors
        token_ids = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(texts)]
        order = sorted(range(len(texts)), key=lambda i: len(token_ids[i]), reverse=True)
        batches = [order[i : i + BATCH_SIZE] for i in range(0, len(order), BATCH_SIZE)]

        def run(rows: list[int]) -> None:
            vectors[rows] = self._infer(_inputs(token_ids, rows))

        if len(batches) == 1:
            run(batches[0])
        else:
            with ThreadPoolExecutor(self._streams) as threads:
                list(threads.map(run, batches))
        return _normalised(vectors)

    def _infer(self, inputs: dict[str, NDArray[np.int64]]) -> Vectors:
        """Run one batch on a request that no other thread has, and hand the request back.

        `openvino.AsyncInferQueue` is not used: its callbacks enter Python from threads of its own,
        and a process that ended soon after the last of them aborted, or hung, three times in four.
        """
        try:
            request = self._idle.get_nowait()
        except Empty:
            request = self._compiled.create_infer_request()
        try:
            result: Vectors = np.array(request.infer(inputs, share_outputs=True)[0])
        finally:
            self._idle.put(request)
        return result


def open_encoder(name: str, models_dir: Path) -> OpenVinoEncoder:
    """Open an installed model, or raise ModelError with the command that installs it."""
    return OpenVinoEncoder(require(name, models_dir))


def _tokenizer(path: Path, max_tokens: int) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    return tokenizer


def _inputs(token_ids: list[list[int]], rows: list[int]) -> dict[str, NDArray[np.int64]]:
    """Pad with zeros, whatever the vocabulary's padding token: the mask takes padding out."""
    longest = max(len(token_ids[i]) for i in rows)
    ids = np.zeros((len(rows), longest), np.int64)
    mask = np.zeros((len(rows), longest), np.int64)
    for row, i in enumerate(rows):
        ids[row, : len(token_ids[i])] = token_ids[i]
        mask[row, : len(token_ids[i])] = 1
    return {"input_ids": ids, "attention_mask": mask}


def _normalised(vectors: Vectors) -> Vectors:
    """Undo the small error that bf16 leaves in the length of a vector."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
