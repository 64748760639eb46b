"""Short queries on networks of one fixed length.

A network that takes any shape plans anew whenever a text is of another length than the one before:
3 ms of processor time on top of 6 for a question of a dozen words. A network of one length has
planned once. It holds its own copy of the weights (65 MB), so there are two of them, made only
where many queries come: in a service, not in one command.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from indexer.encoder.batches import padded
from indexer.encoder.compiled import CompiledNetwork
from indexer.encoder.types import Vectors

__all__ = ["QUERY_LENGTHS", "ShortQueries"]

QUERY_LENGTHS = (16, 32)
"""Tokens, prompt included: questions of about 7 and of about 18 words of English. A token costs
0.2 ms, so that longer steps would give back what planning costs."""

QUERIES_BEFORE = 8
"""Queries of a length that come before a network is made for it."""

Compile = Callable[[int], CompiledNetwork]


class ShortQueries:
    """Networks of fixed length that are made aside once queries keep coming."""

    def __init__(self, compile_for: Compile) -> None:
        """Hold no network yet.

        Args:
            compile_for: makes the network for texts of so many tokens.
        """
        self._compile_for = compile_for
        self._lock = threading.Lock()
        self._seen = dict.fromkeys(QUERY_LENGTHS, 0)
        self._made: dict[int, Future[CompiledNetwork]] = {}

    def infer(self, token_ids: Sequence[Sequence[int]]) -> Vectors | None:
        """Return (n, dim), or None where no network is ready for the longest of the texts."""
        longest = max(map(len, token_ids))
        length = next((n for n in QUERY_LENGTHS if longest <= n), None)
        if length is None:
            return None
        made = self._network(length)
        if made is None or not made.done():
            return None
        return made.result().infer(padded(token_ids, length))

    def wait(self) -> None:
        """Wait until every network that is being made is ready."""
        with self._lock:
            made = list(self._made.values())
        for future in made:
            future.result()

    def _network(self, length: int) -> Future[CompiledNetwork] | None:
        with self._lock:
            self._seen[length] += 1
            if length not in self._made and self._seen[length] > QUERIES_BEFORE:
                aside = ThreadPoolExecutor(1, thread_name_prefix="compile")
                self._made[length] = aside.submit(self._compile_for, length)
                aside.shutdown(wait=False)
            return self._made.get(length)
