"""Token ids to padded batches of few shapes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

__all__ = ["batches_of", "padded", "token_ids_of"]

MAX_TOKENS_IN_BATCH = 1024
"""Padding included. More no longer fits the cache of a core beside the weights; less, and what a
batch costs besides its tokens (reading the weights, planning its shape) begins to show."""

MAX_ROWS = 16

LENGTH_STEP = 8
"""Lengths are rounded up to this. 64 lengths times 16 rows bound the shapes, and with them what the
engine keeps for each, at the price of 1 to 2 % more tokens of padding."""


def token_ids_of(tokenizer: Tokenizer, texts: Sequence[str], max_tokens: int) -> list[list[int]]:
    """Return the ids of each text, cut at `max_tokens` but for the token that ends every text.

    Cut here and not by the tokenizer, so that one tokenizer serves counting, which must not cut,
    too: reading a vocabulary of 250,000 takes most of a second in which no other thread runs.
    """
    ids = (encoding.ids for encoding in tokenizer.encode_batch_fast(texts))
    return [i if len(i) <= max_tokens else [*i[: max_tokens - 1], i[-1]] for i in ids]


def batches_of(lengths: Sequence[int], max_tokens: int) -> list[tuple[list[int], int]]:
    """Return batches, longest first, each as (rows, length to pad them to).

    Rows of like length lie together; a batch holds at most `MAX_TOKENS_IN_BATCH` tokens, or one
    text. Every row is in exactly one batch.
    """
    order = sorted(range(len(lengths)), key=lambda row: lengths[row], reverse=True)
    batches, start = [], 0
    while start < len(order):
        length = padded_length(lengths[order[start]], max_tokens)
        rows = order[start : start + max(1, min(MAX_ROWS, MAX_TOKENS_IN_BATCH // length))]
        batches.append((rows, length))
        start += len(rows)
    return batches


def padded_length(length: int, max_tokens: int) -> int:
    """Round up to a whole step, but never past what the model takes."""
    return min(-(-length // LENGTH_STEP) * LENGTH_STEP, max_tokens)


def padded(token_ids: Sequence[Sequence[int]], length: int) -> dict[str, NDArray[np.int64]]:
    """Pad with zeros, whatever the vocabulary's padding token: the mask takes padding out.

    Returns:
        `input_ids` and `attention_mask`, each (rows, length) int64.
    """
    ids = np.zeros((len(token_ids), length), np.int64)
    mask = np.zeros((len(token_ids), length), np.int64)
    for row, held in enumerate(token_ids):
        ids[row, : len(held)] = held
        mask[row, : len(held)] = 1
    return {"input_ids": ids, "attention_mask": mask}
