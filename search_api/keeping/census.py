"""Which passages an index had at one time, in 8 bytes each.

A saved search tells new passages from those that merely rose, which takes knowing what the index
had at the last visit, and an old generation is not kept. A key has 32 bits of the passage's id and
32 of its words: among a million passages, one new one in 4,000 is taken for a changed one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np

__all__ = ["Census", "census", "of_these"]


def census(passages: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the keys of passages, given with the sha256 of their words: sorted, little-endian."""
    keys = np.fromiter((_key(*passage) for passage in passages), np.dtype("<u8"))
    keys.sort()
    return keys.tobytes()


class Census:
    """Says what an index had."""

    def __init__(self, keys: bytes) -> None:
        self._keys = np.frombuffer(keys[: len(keys) // 8 * 8], np.dtype("<u8"))

    def had(self, passage_id: str) -> bool:
        """Tell whether it had a passage of this id, with whatever words."""
        first = _half(passage_id) << 32
        return self._first_from(first) <= first + 0xFFFFFFFF

    def had_words(self, passage_id: str, sha256: bytes) -> bool:
        """Tell whether it had a passage of this id with these words."""
        key = _key(passage_id, sha256)
        return self._first_from(key) == key

    def _first_from(self, key: int) -> int:
        at = int(np.searchsorted(self._keys, np.uint64(key)))
        return int(self._keys[at]) if at < len(self._keys) else 1 << 65


def of_these(keys: bytes, passage_ids: Iterable[str]) -> bytes:
    """Return the keys of a census that are of passages of some ids, with whatever words."""
    held = np.frombuffer(keys[: len(keys) // 8 * 8], np.dtype("<u8"))
    halves = np.fromiter(map(_half, passage_ids), np.dtype("<u8"))
    return held[np.isin(held >> np.uint64(32), halves)].tobytes()


def _half(passage_id: str) -> int:
    name = passage_id.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(name, digest_size=4).digest(), "big")


def _key(passage_id: str, sha256: bytes) -> int:
    return _half(passage_id) << 32 | int.from_bytes(sha256[:4], "big")
