"""The encoder that serves: an installed model on OpenVINO."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from corpus.errors import ModelError
from indexer.encoder.batches import batches_of, padded, token_ids_of
from indexer.encoder.compiled import ACTIVATIONS_A_SCALE, CompiledNetwork, settings
from indexer.encoder.devices import Device, choose_device
from indexer.encoder.eight_bits import to_eight_bits
from indexer.encoder.installed import InstalledEncoder, normalised, tokenizer_of
from indexer.encoder.queries import ShortQueries
from indexer.encoder.types import Vectors, identity_of
from indexer.models.convert import IR_NAME
from indexer.models.store import InstalledModel, require_intact

__all__ = ["OpenVinoEncoder"]


_FIRST_INFERENCE = threading.Lock()
"""The binding looks numpy up at its first inference; where two threads came to that at once, they
waited for each other for ever, once in some ten runs."""


class OpenVinoEncoder(InstalledEncoder):
    """Runs an installed model on OpenVINO, one stream a core, one thread a stream.

    Batches are formed of texts of like length and run side by side. Against
    `SentenceTransformer.encode` on the same texts: `benchmarks/results/`. Safe to call from several
    threads; a single query takes one thread.
    """

    def __init__(
        self,
        model: InstalledModel,
        *,
        threads: int | None = None,
        int8: bool = False,
        device: Device | None = None,
        fixed_shapes: bool = True,
    ) -> None:
        """Load and compile the model.

        Args:
            model: an installed model.
            threads: cores to use; all available ones by default.
            int8: run the dense layers in 8 bits: faster, at a loss (docs/models.md).
            device: one of OpenVINO's; the CPU by default.
            fixed_shapes: make networks of fixed length for single short texts (`ShortQueries`).

        Raises:
            ModelError: the model's files cannot be loaded.
        """
        from indexer.openvino_runtime import core

        require_intact(model)
        chosen = device or choose_device(core(), "cpu")
        self._device_name = chosen.name
        self._streams = threads or len(os.sched_getaffinity(0))
        self._settings = settings(chosen.name, chosen.precision, self._streams)
        if int8:
            self._settings["DYNAMIC_QUANTIZATION_GROUP_SIZE"] = str(ACTIVATIONS_A_SCALE)
        self._int8, self._core = int8, core()
        self._path = str(model.folder / IR_NAME)
        try:
            # Side by side: compiling leaves Python free, and reading a vocabulary does not.
            with ThreadPoolExecutor(1) as aside:
                compiling = aside.submit(self._compile)
                tokenizer = tokenizer_of(model)
                self._network = compiling.result()
        except RuntimeError as error:
            raise ModelError(
                f"model {model.name}",
                f"OpenVINO cannot load it: {str(error).splitlines()[0]}",
                f"run `precedent models pull {model.name}`",
            ) from error
        with _FIRST_INFERENCE:
            self._network.infer(padded([[0]], 8))
        fixed = fixed_shapes and chosen.name == "CPU"
        self._short = ShortQueries(self._compile) if fixed else None
        identity = identity_of(model, "int8" if int8 else chosen.precision)
        super().__init__(identity, chosen, tokenizer)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dim) float32, L2-normalised, in the order of `texts`."""
        return self._encode(self._as_queries(texts))

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dim) float32, L2-normalised, in the order of `texts`."""
        return self._encode(self._as_passages(texts))

    def encode_both(self, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        """Return what `encode_queries` and `encode_passages` give, in one pass.

        A short question takes seven tenths of the processor time so: the weights are read once.
        """
        both = self._encode(self._as_queries(texts) + self._as_passages(texts))
        return both[: len(texts)], both[len(texts) :]

    def wait_for_short_queries(self) -> None:
        """Wait for the networks of short queries that are being made (see `ShortQueries`)."""
        if self._short is not None:
            self._short.wait()

    def _as_queries(self, texts: Sequence[str]) -> list[list[int]]:
        return self._token_ids([self._identity.query_prompt + text for text in texts])

    def _as_passages(self, texts: Sequence[str]) -> list[list[int]]:
        return self._token_ids([self._identity.passage_prompt + text for text in texts])

    def _token_ids(self, texts: list[str]) -> list[list[int]]:
        return token_ids_of(self._tokenizer, texts, self._identity.max_tokens)

    def _encode(self, token_ids: list[list[int]]) -> Vectors:
        if len(token_ids) in (1, 2) and self._short is not None:
            short = self._short.infer(token_ids)
            if short is not None:
                return normalised(short)
        vectors = np.empty((len(token_ids), self._identity.dim), np.float32)
        batches = batches_of([len(ids) for ids in token_ids], self._identity.max_tokens)

        def run(batch: tuple[list[int], int]) -> None:
            rows, length = batch
            vectors[rows] = self._network.infer(padded([token_ids[i] for i in rows], length))

        if len(batches) == 1:
            run(batches[0])
        elif batches:
            with ThreadPoolExecutor(self._streams) as threads:
                list(threads.map(run, batches))
        return normalised(vectors)

    def _compile(self, length: int | None = None) -> CompiledNetwork:
        """Compile for any shape, or for texts of `length` tokens.

        How many texts is left open: where that was fixed too, compiling took 2 s, not 0.3, for the
        engine then widens the table of all words ten times over and forgets it again.
        """
        model: Any = self._core.read_model(self._path)
        if self._int8:
            to_eight_bits(model)
        if length is not None:
            model.reshape({port: [-1, length] for port in model.inputs})
        return CompiledNetwork(self._core.compile_model(model, self._device_name, self._settings))
