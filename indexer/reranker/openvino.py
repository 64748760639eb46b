"""A cross-encoder on OpenVINO."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus.errors import ModelError
from indexer.encoder.batches import batches_of, padded
from indexer.encoder.compiled import CompiledNetwork, settings
from indexer.encoder.devices import choose_device
from indexer.models.convert import IR_NAME
from indexer.models.rerankers import RerankerSpec
from indexer.models.store import InstalledModel, require_intact
from indexer.reranker.types import Scores

__all__ = ["OpenVinoReranker", "windows"]

_SPECIAL_TOKENS = 3
"""One before the question, one after it, one after the passage."""


class OpenVinoReranker:
    """Runs an installed cross-encoder on the CPU. Safe to call from several threads.

    Pairs of like length are read in one batch, of bounded size and shape as the encoder's are, so
    that memory stays bounded; batches run side by side. A passage that does not fit beside the
    question is read in windows, and the best of them counts: nothing of it is cut away.
    """

    def __init__(
        self, model: InstalledModel, spec: RerankerSpec, *, threads: int | None = None
    ) -> None:
        """Load and compile the model.

        Args:
            model: the installed model.
            spec: what is known of it.
            threads: cores to use; all available ones by default.

        Raises:
            ModelError: the model's files cannot be loaded.
        """
        from indexer.openvino_runtime import core

        require_intact(model)
        device = choose_device(core(), "cpu")
        self._streams = threads or len(os.sched_getaffinity(0))
        self._max_tokens = spec.max_tokens
        try:
            compiled = core().compile_model(
                core().read_model(str(model.folder / IR_NAME)),
                device.name,
                settings(device.name, device.precision, self._streams),
            )
            self._tokenizer = Tokenizer.from_file(str(model.folder / "tokenizer.json"))
        except RuntimeError as error:
            raise ModelError(
                f"model {model.name}",
                f"OpenVINO cannot load it: {str(error).splitlines()[0]}",
                f"run `precedent models pull {model.name}`",
            ) from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._network = CompiledNetwork(compiled)
        vocabulary = self._tokenizer.get_vocab(with_added_tokens=True)
        self._begin, self._end = vocabulary["[CLS]"], vocabulary["[SEP]"]

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """Return how well each text answers, (n,) float32, higher is better, about -11 to 11.

        A question may fill half of what the model reads, some 150 words; the rest of a longer one
        is not read.
        """
        asked, *read = (
            encoding.ids
            for encoding in self._tokenizer.encode_batch_fast(
                [question, *texts], add_special_tokens=False
            )
        )
        asked = asked[: self._max_tokens // 2]
        parts = [windows(ids, self._max_tokens - _SPECIAL_TOKENS - len(asked)) for ids in read]
        head = [self._begin, *asked, self._end]
        pairs = [[*head, *part, self._end] for part in chain.from_iterable(parts)]
        found = self._infer(pairs, len(head))
        starts = np.cumsum([0, *map(len, parts)])[:-1]
        return np.maximum.reduceat(found, starts) if len(texts) else found

    def _infer(self, pairs: list[list[int]], head: int) -> Scores:
        """Return the score of each pair, of which the first `head` tokens are the question's."""
        scores = np.empty(len(pairs), np.float32)

        def run(batch: tuple[list[int], int]) -> None:
            rows, length = batch
            inputs = padded([pairs[row] for row in rows], length)
            segments: NDArray[np.int64] = inputs["attention_mask"].copy()
            segments[:, :head] = 0
            scores[rows] = self._network.infer({**inputs, "token_type_ids": segments})[:, 0]

        batches = batches_of([len(pair) for pair in pairs], self._max_tokens)
        with ThreadPoolExecutor(self._streams) as threads:
            list(threads.map(run, batches))
        return scores


def windows(ids: list[int], room: int) -> list[list[int]]:
    """Cut a passage into as few parts as fit, of like length; one, which may be empty, at least."""
    count = max(1, -(-len(ids) // room))
    step = max(1, -(-len(ids) // count))
    return [ids[start : start + step] for start in range(0, max(len(ids), 1), step)]
