"""What an encoder is, whoever runs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.models.store import InstalledModel

__all__ = [
    "PRECISIONS",
    "Encoder",
    "EncoderIdentity",
    "Precision",
    "Vectors",
    "digest_of",
    "identity_of",
    "named",
]

Vectors = NDArray[np.float32]

INT8_SUFFIX = "-int8"

Precision = Literal["float", "int8"]
"""`float`: bf16, f16 or f32, whichever the machine is best at; `int8`: dense layers in 8 bits."""

PRECISIONS: tuple[Precision, ...] = ("float", "int8")


@dataclass(frozen=True, slots=True)
class EncoderIdentity:
    """What makes two vectors comparable.

    Attributes:
        model: name in the registry.
        digest: sha256 of the weights; with `-int8` behind it where layers run in 8 bits, because
            those vectors are farther from the others (cosine 0.9998) than the top ten allows.
        dim: length of a vector.
        max_tokens: where longer texts are cut.
        query_prompt: put before queries.
        passage_prompt: put before passages.
        precision: arithmetic; noted, but between bf16, f16 and f32 no reason to refuse (cosine
            0.9999 between them).
    """

    model: str
    digest: str
    dim: int
    max_tokens: int
    query_prompt: str
    passage_prompt: str
    precision: str

    @property
    def key(self) -> str:
        """Model and digest, as a catalogue keeps them."""
        return f"{self.model} {self.digest}"

    @property
    def int8(self) -> bool:
        """Whether layers run in 8 bits, as they then must for everything compared with it."""
        return self.precision == "int8"


class Keyed(Protocol):
    """An encoder, or what is known of one that is not installed."""

    @property
    def key(self) -> str:
        """Model and digest, which make an index its own."""
        ...


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

    def encode_both(self, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        """Return what `encode_queries` and `encode_passages` give, in one pass."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the length of each text in tokens, prompt and special tokens included, uncut."""
        ...


def digest_of(model: InstalledModel, *, int8: bool) -> str:
    """Return the digest that vectors of this model and arithmetic are kept under."""
    return model.digest + INT8_SUFFIX * int8


def named(model: str, digest: str) -> str:
    """Return how people are told of a model, its weights and the arithmetic it runs in."""
    bits = " in 8 bits" if digest.endswith(INT8_SUFFIX) else ""
    return f"{model} ({digest[:12]}){bits}"


def identity_of(model: InstalledModel, precision: str) -> EncoderIdentity:
    """Return the identity of an installed model run in `precision`."""
    spec = model.spec
    return EncoderIdentity(
        model=model.name,
        digest=digest_of(model, int8=precision == "int8"),
        dim=spec.dim,
        max_tokens=spec.max_tokens,
        query_prompt=spec.query_prompt,
        passage_prompt=spec.passage_prompt,
        precision=precision,
    )
