"""Answers given before, as they were sent.

One question comes again and again: the page asks it anew whenever a reader opens the context of a
hit, and a link is opened by many. What is remembered is what an answer of the same index was, its
times included; it is in memory only, and gone when the process ends. A newer index is asked what
was asked last before it is served, so that not everybody has to wait for an answer at once.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Self

from search_api.engine_like import EngineLike
from search_api.schemas import SearchRequest, SearchResponse

__all__ = ["MAX_BYTES", "MAX_RENEWED", "RENEWAL_S", "Answer", "Answers"]

MAX_BYTES = 16 << 20
"""Of all answers together: some eight hundred of ten hits."""

MAX_RENEWED = 256
"""Questions that a newer index is asked before it is served."""

RENEWAL_S = 15.0
"""Longest that it is kept from service by them. Of eight clients that ask the same two hundred
questions over and over, none waits more than 0.03 s at the change with them, 0.1 s without."""


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
        self._held = _Held(max_bytes)
        self._renewed: tuple[int, _Held] | None = None

    def answer(self, engine: EngineLike, request: SearchRequest) -> Answer:
        """Return the answer of an engine, from memory where it was given before.

        Raises:
            PrecedentError: what the engine raises; that is not remembered.
        """
        with self._lock:
            held = self._held.get(request) if engine.generation == self._generation else None
        if held is not None:
            return held
        written = Answer.of(engine.search(request))
        with self._lock:
            if engine.generation == self._generation:
                self._held.keep(request, written)
        return written

    def renew(self, engine: EngineLike, goes_on: Callable[[], bool] = lambda: True) -> None:
        """Ask an engine that is to be served what was asked last, within bounds.

        It ends early where `goes_on` says so. No question keeps an index from service, whatever
        fault it meets: whoever asks it again is told.
        """
        until = time.monotonic() + RENEWAL_S
        with self._lock:
            asked = self._held.last(MAX_RENEWED)
        renewed: list[tuple[SearchRequest, Answer]] = []
        for request in asked:
            if time.monotonic() > until or not goes_on():
                break
            if request.rerank:  # seconds each
                continue
            with contextlib.suppress(Exception):
                renewed.append((request, Answer.of(engine.search(request))))
        held = _Held(self._max_bytes)
        for request, answer in reversed(renewed):
            held.keep(request, answer)
        with self._lock:
            self._renewed = engine.generation, held

    def serve(self, generation: int | None) -> None:
        """Remember answers of this generation from now on, and forget what others answered."""
        with self._lock:
            if generation == self._generation:
                return
            renewed, self._renewed = self._renewed, None
            self._generation = generation
            if renewed is not None and renewed[0] == generation:
                self._held = renewed[1]
            else:
                self._held = _Held(self._max_bytes)


class _Held:
    """Answers of one generation, of so many bytes together, in the order they were asked for."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._answers: OrderedDict[SearchRequest, Answer] = OrderedDict()
        self._bytes = 0

    def get(self, request: SearchRequest) -> Answer | None:
        """Return an answer, which counts as the last one asked for, or None."""
        held = self._answers.get(request)
        if held is not None:
            self._answers.move_to_end(request)
        return held

    def keep(self, request: SearchRequest, answer: Answer) -> None:
        """Remember an answer in place of those that were not asked for longest."""
        before = self._answers.pop(request, None)
        self._bytes += len(answer.content) - (0 if before is None else len(before.content))
        self._answers[request] = answer
        while self._bytes > self._max_bytes:
            _, forgotten = self._answers.popitem(last=False)
            self._bytes -= len(forgotten.content)

    def last(self, count: int) -> list[SearchRequest]:
        """Return what was asked last, the latest first."""
        return list(islice(reversed(self._answers), count))
