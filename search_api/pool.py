"""Calling the engine in service from a few threads, each call within its time."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import secrets
from collections.abc import Callable
from typing import Self, TypeVar

from corpus.errors import PrecedentError
from search_api.access.caller import LOCAL
from search_api.answers import Answers
from search_api.engine_like import EngineLike
from search_api.problems import LateError
from search_api.serving import EngineHolder
from search_api.settings import Settings
from search_api.turns import Turns

__all__ = ["EnginePool"]

_Answer = TypeVar("_Answer")


class EnginePool:
    """Calls the engine from a few threads, so that a slow search does not stop the service.

    Threads of our own rather than the event loop's: a call that outlives its deadline cannot be
    interrupted, and here it goes on counting against `engine_threads` until it ends.

    Attributes:
        holder: of the engine in service.
        run: of this process, drawn anew each time: what software, settings and models make of an
            index is known to stay as it is until it ends.
    """

    def __init__(self, holder: EngineHolder, settings: Settings) -> None:
        self.holder = holder
        self.run = secrets.token_hex(8)
        self.logs_queries = settings.log_queries
        self._timeout_s = settings.request_timeout_s
        self._turns = Turns(settings.engine_threads, settings.max_waiting)
        self._caller = LOCAL.name

    def asked_by(self, caller: str) -> Self:
        """Return the same pool as a caller has it: who asks much waits behind who asks little."""
        theirs = copy.copy(self)
        theirs._caller = caller
        return theirs

    def beside(self, holder: EngineHolder) -> EnginePool:
        """Return a pool over another engine that works with the threads, and bounds, of this."""
        beside = copy.copy(self)
        beside.holder = holder
        beside.run = secrets.token_hex(8)  # the same generation of another view is another index
        return beside

    @property
    def answers(self) -> Answers:
        """Answers that the engine in service has given."""
        return self.holder.answers

    @property
    def timeout_s(self) -> float:
        """Longest that one answer may take, waiting included, in seconds."""
        return self._timeout_s

    @property
    def running(self) -> int:
        """Calls that have a thread."""
        return self._turns.running

    @property
    def waiting(self) -> int:
        """Calls that wait for a thread."""
        return self._turns.waiting

    async def call(self, ask: Callable[[EngineLike], _Answer]) -> _Answer:
        """Ask the engine in service.

        Raises:
            BusyError: too many requests wait already, or (LateError) the answer took too long.
            PrecedentError: what the engine raises, or why there is none.
        """
        return await self._run(lambda: self._ask(ask))

    async def call_anyway(self, ask: Callable[[EngineLike | None], _Answer]) -> _Answer:
        """Do what needs the engine only where there is one; None stands for none.

        Raises:
            BusyError: too many requests wait already, or (LateError) the answer took too long.
        """
        return await self._run(lambda: self._ask_anyway(ask))

    async def _run(self, work: Callable[[], _Answer]) -> _Answer:
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._turns.run(work, self._caller)
        except TimeoutError as error:
            raise LateError(
                "the service", f"no answer within {self._timeout_s:g} s", "ask for less, or later"
            ) from error

    def _ask(self, ask: Callable[[EngineLike], _Answer]) -> _Answer:
        with self.holder.lease() as engine:
            return ask(engine)

    def _ask_anyway(self, ask: Callable[[EngineLike | None], _Answer]) -> _Answer:
        with contextlib.ExitStack() as held:
            engine: EngineLike | None = None
            with contextlib.suppress(PrecedentError):
                engine = held.enter_context(self.holder.lease())
            return ask(engine)

    def close(self) -> None:
        """Drop the requests that still wait; those under way end by themselves."""
        self._turns.close()
