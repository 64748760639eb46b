"""An encoder on torch, for NVIDIA cards: the installed sentence-transformers form of a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from indexer.encoder.devices import Device
from indexer.encoder.installed import InstalledEncoder, normalised, tokenizer_of
from indexer.encoder.types import Vectors, identity_of
from indexer.models.store import InstalledModel, require_intact

__all__ = ["TorchEncoder"]

BATCH_SIZE = 64


class TorchEncoder(InstalledEncoder):
    """Runs `SentenceTransformer` on a card in half precision.

    Loading torch takes seconds, so it is used where many passages are encoded, not for queries.
    """

    def __init__(self, model: InstalledModel, device: Device) -> None:
        """Load the model onto the card.

        Args:
            model: an installed model.
            device: one of torch's, in f16 or f32.
        """
        from sentence_transformers import SentenceTransformer

        require_intact(model)
        super().__init__(identity_of(model, device.precision), device, tokenizer_of(model))
        self._model: Any = SentenceTransformer(
            str(model.sentence_transformer_dir), device=device.name, local_files_only=True
        )
        if device.precision == "f16":
            self._model.half()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dim) float32, L2-normalised, in the order of `texts`."""
        return self._encode(texts, "query")

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dim) float32, L2-normalised, in the order of `texts`."""
        return self._encode(texts, "document")

    def encode_both(self, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        """Return what `encode_queries` and `encode_passages` give."""
        return self.encode_queries(texts), self.encode_passages(texts)

    def _encode(self, texts: Sequence[str], role: str) -> Vectors:
        if not texts:
            return np.empty((0, self._identity.dim), np.float32)
        encoded = self._model.encode(
            list(texts), prompt_name=role, batch_size=BATCH_SIZE, show_progress_bar=False
        )
        return normalised(np.asarray(encoded, np.float32))
