"""What every encoder of an installed model has, whichever engine runs it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from tokenizers import Tokenizer

from indexer.encoder.devices import Device
from indexer.encoder.types import EncoderIdentity, Vectors
from indexer.models.store import InstalledModel

__all__ = ["InstalledEncoder", "normalised", "tokenizer_of"]


class InstalledEncoder:
    """Who it is, where it runs, and how long texts are to it."""

    def __init__(self, identity: EncoderIdentity, device: Device, tokenizer: Tokenizer) -> None:
        """Take what is known once the model is loaded.

        Args:
            identity: what the vectors are.
            device: where it runs.
            tokenizer: that neither cuts nor pads.
        """
        self._identity = identity
        self._device = device
        self._tokenizer = tokenizer

    @property
    def key(self) -> str:
        """Model and digest."""
        return f"{self._identity.model} {self._identity.digest}"

    @property
    def identity(self) -> EncoderIdentity:
        """What the vectors are."""
        return self._identity

    @property
    def device(self) -> Device:
        """Where it runs."""
        return self._device

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the length of each text in tokens, prompt and special tokens included, uncut."""
        prompt = self._identity.passage_prompt
        encodings = self._tokenizer.encode_batch_fast([prompt + text for text in texts])
        return [len(encoding.ids) for encoding in encodings]


def tokenizer_of(model: InstalledModel) -> Tokenizer:
    """Read a model's tokenizer, and let it neither cut nor pad."""
    tokenizer = Tokenizer.from_file(str(model.folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def normalised(vectors: Vectors) -> Vectors:
    """Undo the small error that half precision leaves in the length of a vector."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
