"""Keeping an engine in service: opening it, swapping it for a newer one, calling it from threads.

The application needs no more of an engine than `EngineLike`, so that it can be built and tested
without vectors. The real one is imported when it is opened.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol, TypeVar

from corpus.errors import NoIndexError, PrecedentError, ServiceError
from search_api.problems import BusyError
from search_api.schemas import (
    Document,
    DocumentList,
    Facets,
    Filters,
    Info,
    Neighbours,
    SearchRequest,
    SearchResponse,
)
from search_api.settings import Settings

__all__ = ["EngineHolder", "EngineLike", "EngineOpener", "EnginePool", "IndexOpener"]

_log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")


class EngineLike(Protocol):
    """What the service asks of an engine; calls may come from several threads at once."""

    @property
    def generation(self) -> int:
        """Return the generation of the index it has open."""

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer a search."""

    def passage(self, passage_id: str, *, before: int = 2, after: int = 2) -> Neighbours:
        """Return a passage with its neighbours."""

    def similar(self, passage_id: str, *, k: int = 10, filters: Filters = ...) -> SearchResponse:
        """Return the passages nearest in meaning to one."""

    def document(self, symbol: str, *, language: str | None = None) -> Document:
        """Return a document by symbol or by document id."""

    def documents(self, *, filters: Filters, text: str | None, offset: int, k: int) -> DocumentList:
        """Return a page of the documents."""

    def facets(self, filters: Filters) -> Facets:
        """Count the values of every facet."""

    def info(self) -> Info:
        """Return what is served."""

    def close(self) -> None:
        """Let go of files and memory."""


class EngineOpener(Protocol):
    """Where engines come from."""

    def published(self) -> int | None:
        """Return the generation now published, or None; cheap enough to ask every second."""

    def open(self) -> EngineLike:
        """Open what is published.

        Raises:
            PrecedentError: it cannot be opened.
        """


class IndexOpener:
    """Opens the real engine over an index directory."""

    def __init__(self, index_dir: Path, models_dir: Path | None) -> None:
        self._index_dir = index_dir
        self._models_dir = models_dir

    def published(self) -> int | None:
        """Return the generation that the index directory publishes."""
        from search_api.engine import published_generation

        return published_generation(self._index_dir)

    def open(self) -> EngineLike:
        """Open the index and its model, which takes about a second."""
        from search_api.engine import Engine

        return Engine.open(self._index_dir, models_dir=self._models_dir)


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
    """

    def __init__(
        self, opener: EngineOpener, *, name: str = "index", reopen_s: float = 10.0
    ) -> None:
        self._opener = opener
        self._name = name
        self._reopen_s = reopen_s
        self._lock = threading.Lock()
        self._refreshing = threading.Lock()
        self._served: _Served | None = None
        self._failure: PrecedentError = self._no_index()
        self._tried: tuple[int, float] | None = None
        self._closed = False
        self._logged = ""

    def _no_index(self) -> PrecedentError:
        return NoIndexError(
            self._name, "nothing has been published there", "run `precedent index PATH`"
        )

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
        self._serve(self._opener.open())

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

    async def _watch(self, poll_s: float) -> None:
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


class EnginePool:
    """Calls the engine from a few threads, so that a slow search does not stop the service.

    Threads of our own rather than the event loop's: a call that outlives its deadline cannot be
    interrupted, and here it goes on counting against `engine_threads` until it ends.
    """

    def __init__(self, holder: EngineHolder, settings: Settings) -> None:
        self.holder = holder
        self._threads = settings.engine_threads
        self._max_waiting = settings.max_waiting
        self._timeout_s = settings.request_timeout_s
        self._executor = ThreadPoolExecutor(settings.engine_threads, thread_name_prefix="engine")
        self._in_flight = 0

    async def call(self, ask: Callable[[EngineLike], _Answer]) -> _Answer:
        """Ask the engine in service.

        Raises:
            BusyError: too many requests wait already, or the answer took too long.
            PrecedentError: what the engine raises, or why there is none.
        """
        if self._in_flight >= self._threads + self._max_waiting:
            raise BusyError("the service", "too many requests are waiting", "ask again shortly")
        self._in_flight += 1
        call = asyncio.get_running_loop().run_in_executor(self._executor, self._ask, ask)
        call.add_done_callback(self._end)
        try:
            return await asyncio.wait_for(call, self._timeout_s)
        except TimeoutError as error:
            raise BusyError(
                "the service", f"no answer within {self._timeout_s:g} s", "ask again or for less"
            ) from error

    def _ask(self, ask: Callable[[EngineLike], _Answer]) -> _Answer:
        with self.holder.lease() as engine:
            return ask(engine)

    def _end(self, _: object) -> None:
        self._in_flight -= 1

    def close(self) -> None:
        """Drop the requests that still wait; those under way end by themselves."""
        self._executor.shutdown(wait=False, cancel_futures=True)
