"""Which view of the index a caller has, and the engines of the views that are in use.

A caller is given the engine of exactly the restricted collections among its scopes, or none: where
that view is not published, the answer is 503 and never that of another. What a view's engine has is
all there is for whoever asks it; no answer is filtered afterwards.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.requests import HTTPConnection

from indexer.restricted.place import PUBLIC, View, collections_of, name_of
from search_api.access.caller import LOCAL, caller_of
from search_api.openers import EngineOpener
from search_api.pool import EnginePool
from search_api.serving import EngineHolder
from search_api.settings import Settings

__all__ = ["ViewOpener", "Views", "names_of_caller", "view_of"]

ViewOpener = Callable[[View], EngineOpener]
"""Returns what opens the engine of a view."""


def names_of_caller(connection: HTTPConnection, settings: Settings) -> frozenset[str]:
    """Return the restricted collections that a caller may see, whether or not there are such.

    Whoever needs no key sees what `local_restricted` names, by default nothing.
    """
    caller = caller_of(connection)
    return frozenset(settings.local_restricted) if caller is LOCAL else caller.restricted


def view_of(connection: HTTPConnection, settings: Settings) -> View:
    """Return the restricted collections there are that a caller may see."""
    names = names_of_caller(connection, settings)
    return names & frozenset(collections_of(settings.index_dir)) if names else PUBLIC


@dataclass(slots=True)
class _Held:
    """The engines of a view, from the first request for it until none came for long."""

    pool: EnginePool
    used_at: float
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None


class Views:
    """The pools of the views in use; the public one is always there."""

    def __init__(self, public: EnginePool, settings: Settings, opener: ViewOpener | None) -> None:
        self._public = public
        self._settings = settings
        self._opener = opener
        self._held: dict[View, _Held] = {}

    async def pool(self, connection: HTTPConnection) -> EnginePool:
        """Return the pool of the caller's view, opened where it is not; others do not wait."""
        view = view_of(connection, self._settings)
        if not view or self._opener is None:
            return self._public
        held = self._held.get(view)
        if held is None:
            held = self._open(view, self._opener(view))
        held.used_at = time.monotonic()
        await held.ready.wait()
        return held.pool

    @property
    def open_views(self) -> int:
        """How many views are in use beside the public one."""
        return len(self._held)

    async def close(self) -> None:
        """Take all but the public view out of service."""
        held = list(self._held.values())
        self._held.clear()
        for each in held:
            if each.task is not None:
                each.task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await each.task

    def _open(self, view: View, opener: EngineOpener) -> _Held:
        holder = EngineHolder(
            opener,
            name="the index of these restricted collections",
            reopen_s=self._settings.reopen_s,
            remedy=f"run `precedent restricted views add {name_of(view).replace('+', ',')}`",
        )
        held = _Held(self._public.beside(holder), time.monotonic())
        self._held[view] = held
        held.task = asyncio.create_task(self._keep(view, held))
        return held

    async def _keep(self, view: View, held: _Held) -> None:
        """Serve a view until nobody has asked it for `view_idle_s`."""
        idle_s = self._settings.view_idle_s
        try:
            async with held.pool.holder.watching(self._settings.poll_s):
                held.ready.set()
                while (left_s := held.used_at + idle_s - time.monotonic()) > 0:
                    await asyncio.sleep(left_s)
                self._forget(view, held)
        finally:
            held.ready.set()
            self._forget(view, held)

    def _forget(self, view: View, held: _Held) -> None:
        if self._held.get(view) is held:
            del self._held[view]
