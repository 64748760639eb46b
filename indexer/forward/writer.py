"""Writing the forward index: a new one, or one that shares what it can with an earlier one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from indexer.forward.segment import Segment
from indexer.forward.terms import TermIds
from indexer.linked_files import link_or_copy

__all__ = ["FORMAT", "LIST", "ForwardWriter"]

FORMAT = "precedent forward 1"
LIST = "segments.json"

_SEGMENT_ROWS = 1_000_000
"""Rows that a segment grows to at most, so that adding to a large index never rewrites all."""

_BUFFERED_TERMS = 1 << 20


class ForwardWriter:
    """Writes an index row by row; what an earlier one shares with it is linked."""

    def __init__(self, folder: Path, kept: Sequence[Segment], first: int) -> None:
        """Begin the segment that starts at row `first`; use `opened` instead."""
        self._folder = folder
        self._kept = kept
        self._first = first
        self._lengths: list[NDArray[np.int64]] = []
        self._pending: list[TermIds] = []
        self._buffered = 0
        self._file: BinaryIO = (folder / ".terms").open("wb")

    @classmethod
    @contextmanager
    def opened(
        cls, folder: Path, previous: Sequence[Segment] = (), rows: int = 0
    ) -> Iterator[ForwardWriter]:
        """Yield a writer, and finish the index where the block ends well.

        The new rows are a segment of their own. It takes in the last ones while they are less than
        twice as large, so that segments stay few and a row is rewritten a few times only.

        Args:
            folder: made where missing.
            previous: segments to go on from, in another folder, which are left as they are.
            rows: that will be added to `previous`.
        """
        folder.mkdir(parents=True, exist_ok=True)
        kept = list(previous)
        absorbed: list[Segment] = []
        size = rows
        while size and kept and len(kept[-1]) < 2 * size and len(kept[-1]) + size <= _SEGMENT_ROWS:
            absorbed.insert(0, kept.pop())
            size += len(absorbed[0])
        writer = cls(folder, kept, sum(map(len, kept)))
        try:
            for segment in absorbed:
                writer._absorb(segment)
            yield writer
            writer._finish()
        finally:
            writer._file.close()

    def add(self, sequence: TermIds) -> None:
        """Append a row."""
        self._pending.append(sequence)
        self._buffered += len(sequence)
        if self._buffered >= _BUFFERED_TERMS:
            self._flush()

    def _absorb(self, segment: Segment) -> None:
        self._file.write(segment.terms.data)
        self._lengths.append(np.diff(segment.offsets))

    def _flush(self) -> None:
        if self._pending:
            lengths = np.fromiter(map(len, self._pending), np.int64, len(self._pending))
            self._lengths.append(lengths)
            self._file.write(np.concatenate(self._pending).astype("<u4").data)
        self._pending, self._buffered = [], 0

    def _finish(self) -> None:
        self._flush()
        self._file.close()
        listed = []
        first = 0
        for segment in self._kept:
            stem = self._folder / f"{first}-{first + len(segment)}"
            for suffix in (".terms", ".offsets"):
                link_or_copy(segment.stem.with_suffix(suffix), stem.with_suffix(suffix))
            listed.append((len(segment), len(segment.terms)))
            first += len(segment)
        lengths = np.concatenate([np.empty(0, np.int64), *self._lengths])
        scratch = self._folder / ".terms"
        if len(lengths):
            stem = self._folder / f"{first}-{first + len(lengths)}"
            offsets = np.concatenate([[0], np.cumsum(lengths)]).astype("<i8")
            stem.with_suffix(".offsets").write_bytes(offsets.tobytes())
            scratch.replace(stem.with_suffix(".terms"))
            listed.append((len(lengths), int(offsets[-1])))
        else:
            scratch.unlink()
        content = {"format": FORMAT, "segments": listed}
        (self._folder / LIST).write_text(json.dumps(content) + "\n", encoding="utf-8")
