"""Answers given before, as they were sent.

One question comes again and again: the page asks it anew whenever a reader opens the context of a
hit, and a link is opened by many. What is remembered is what an answer of the same index was, its
times included; it is in memory only, and gone when the process ends or a newer index is served.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Self

from search_api.engine_like import EngineLike
from search_api.schemas import SearchRequest, SearchResponse

__all__ = ["MAX_BYTES", "Answer", "Answers"]

MAX_BYTES = 16 << 20
"""Of all answers together: some eight hundred of ten hits."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it is sent.

    Attributes:
        content: JSON of a `SearchResponse`.
        next_cursor: of that.
    """

    content: bytes
    next_cursor: str | None

    @classmethod
    def of(cls, response: SearchResponse) -> Self:
        """Write an answer."""
        return cls(response.model_dump_json().encode(), response.next_cursor)


class Answers:
    """The last answers of the index in service; safe to ask from several threads."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._generation: int | None = None
        self._held: OrderedDict[SearchRequest, Answer] = OrderedDict()
        self._bytes = 0

    def answer(self, engine: EngineLike, request: SearchRequest) -> Answer:
        """Return the answer of an engine, from memory where it was given before.

        Raises:
            PrecedentError: what the engine raises; that is not remembered.
        """
        with self._lock:
            self._serve(engine.generation)
            held = self._held.get(request)
            if held is not None:
                self._held.move_to_end(request)
                return held
        written = Answer.of(engine.search(request))
        with self._lock:
            if engine.generation == self._generation:
                self._keep(request, written)
        return written

    def _serve(self, generation: int) -> None:
        """Forget what another generation of the index answered."""
        if generation != self._generation:
            self._generation = generation
            self._held.clear()
            self._bytes = 0

    def _keep(self, request: SearchRequest, written: Answer) -> None:
        before = self._held.pop(request, None)
        self._bytes += len(written.content) - (0 if before is None else len(before.content))
        self._held[request] = written
        while self._bytes > self._max_bytes:
            _, forgotten = self._held.popitem(last=False)
            self._bytes -= len(forgotten.content)
