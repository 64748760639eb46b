"""Keeping an engine in service, and swapping it for a newer one."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import AsyncIterator, Iterator

from corpus.errors import NoIndexError, PrecedentError, ServiceError
from search_api.answers import Answers
from search_api.engine_like import EngineLike
from search_api.openers import EngineOpener

__all__ = ["EngineHolder"]

_log = logging.getLogger(__name__)


class _Served:
    """An engine, the requests that use it, and whether it has been replaced."""

    __slots__ = ("engine", "retired", "users")

    def __init__(self, engine: EngineLike) -> None:
        self.engine = engine
        self.users = 0
        self.retired = False


class EngineHolder:
    """Holds the engine in service and replaces it when a newer index is published.

    A replacement is opened aside while the old engine goes on answering; one assignment swaps
    them, and the old one is closed by whoever uses it last. An index that cannot be opened
    changes nothing for those who search: the old engine stays, and the reason is logged. Where
    there is no old engine, `lease` raises it.

    Attributes:
        answers: that the engine in service has given.
    """

    def __init__(
        self,
        opener: EngineOpener,
        *,
        name: str = "index",
        reopen_s: float = 10.0,
        remedy: str = "run `precedent index PATH`",
    ) -> None:
        self.answers = Answers()
        self._opener = opener
        self._name = name
        self._remedy = remedy
        self._reopen_s = reopen_s
        self._lock = threading.Lock()
        self._refreshing = threading.Lock()
        self._served: _Served | None = None
        self._failure: PrecedentError = self._no_index()
        self._tried: tuple[int, float] | None = None
        self._closed = False
        self._logged = ""

    def _no_index(self) -> PrecedentError:
        return NoIndexError(self._name, "nothing has been published there", self._remedy)

    @contextlib.contextmanager
    def lease(self) -> Iterator[EngineLike]:
        """Lend the engine in service; it is not closed before it is given back.

        Raises:
            PrecedentError: none is in service; says why, with the remedy.
        """
        with self._lock:
            served = self._served
            if served is None:  # a new error each time: one raised again keeps every traceback
                raise type(self._failure)(*self._failure.args)
            served.users += 1
        try:
            yield served.engine
        finally:
            with self._lock:
                served.users -= 1
                last = served.retired and served.users == 0
            if last:
                served.engine.close()

    def refresh(self) -> None:
        """Open what is newly published, if anything is, and put it in service.

        Blocks while it opens; meant for a thread of its own. Does nothing when a refresh is
        already under way.
        """
        if not self._refreshing.acquire(blocking=False):
            return
        try:
            self._refresh()
        except PrecedentError as error:
            self._fail(error)
        finally:
            self._refreshing.release()

    def _refresh(self) -> None:
        published = self._opener.published()
        if published is None:
            raise self._no_index()
        with self._lock:
            if self._served is not None and self._served.engine.generation == published:
                return
        if self._tried is not None:
            generation, tried_at = self._tried
            if generation == published and time.monotonic() - tried_at < self._reopen_s:
                return
        self._tried = (published, time.monotonic())
        engine = self._opener.open()
        if self._served is not None:  # the old one answers meanwhile; else being ready goes first
            engine.warm()
            self.answers.renew(engine, lambda: not self._closed)
        self._serve(engine)

    def _fail(self, error: PrecedentError) -> None:
        with self._lock:
            self._failure = error
        if str(error) != self._logged:  # once, not at every look
            _log.warning("index not opened: %s", error)
        self._logged = str(error)

    def _serve(self, engine: EngineLike | None) -> None:
        with self._lock:
            if self._closed and engine is not None:  # opened while the service was stopping
                unused: EngineLike | None = engine
            else:
                unused = self._replace(engine)
        if unused is not engine and engine is not None:
            self._logged = ""
            _log.info("serving generation %d of the index", engine.generation)
        if unused is not None:
            unused.close()

    def _replace(self, engine: EngineLike | None) -> EngineLike | None:
        """Swap, under the lock; return the replaced engine if nobody uses it any more."""
        replaced, self._served = self._served, None if engine is None else _Served(engine)
        self.answers.serve(None if engine is None else engine.generation)
        if replaced is None:
            return None
        replaced.retired = True
        return None if replaced.users else replaced.engine

    def close(self) -> None:
        """Take the engine out of service; it is closed once its last request ends."""
        with self._lock:
            self._closed = True
            self._failure = ServiceError("the service", "is stopping")
        self._serve(None)

    @contextlib.asynccontextmanager
    async def watching(self, poll_s: float) -> AsyncIterator[None]:
        """Open the engine, then look for a newer index every `poll_s` seconds until the end."""
        await self._attempt()
        watch = asyncio.create_task(self._watch(poll_s))
        try:
            yield
        finally:
            watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watch
            self.close()

    def warm(self) -> None:
        """Ask the engine in service a first question, if there is one."""
        with contextlib.suppress(PrecedentError), self.lease() as engine:
            engine.warm()

    async def _watch(self, poll_s: float) -> None:
        await asyncio.to_thread(self.warm)
        while True:
            await asyncio.sleep(poll_s)
            await self._attempt()

    async def _attempt(self) -> None:
        """Refresh in a thread; a fault in opening ends neither the service nor the watch."""
        attempt = asyncio.ensure_future(asyncio.to_thread(self.refresh))
        await asyncio.wait({attempt})
        fault = attempt.exception()
        if fault is not None:
            _log.error("index not opened, by a fault of the service", exc_info=fault)
            self._fail(ServiceError(self._name, "a fault in opening it", "the log says where"))
