"""What changed in all saved searches: each as `searches.changes` tells it, within one call."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from corpus.errors import PrecedentError, UnknownNameError
from library import records
from library.file import Library
from search_api.keeping.searches import changes, cursor_after, newest_first
from search_api.pool import EnginePool
from search_api.problems import problem_of
from search_api.schemas import Alert, AlertCounts, AlertList, SearchChanges

__all__ = ["alerts"]


async def alerts(
    engines: EnginePool,
    library: Library,
    *,
    hits: int,
    k: int | None,
    cursor: str | None,
    charge: Callable[[int], None],
) -> AlertList:
    """Look at saved searches, the newest first, and tell of those in which something changed.

    Each is asked by itself, so that other requests are answered in between; where the time of a
    call runs out, the cursor says where to go on. One that cannot be asked costs no other.

    Args:
        engines: to ask.
        library: where the searches are kept.
        hits: told of each kind in one alert, at most.
        k: saved searches to look at; None for all.
        cursor: where to go on.
        charge: told how many searches that is, before they are asked; it may refuse.

    Raises:
        QueryError: the cursor is not one of this list.
        PrecedentError: no index is in service, or the library cannot be read.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + engines.timeout_s / 2
    page = await engines.call(lambda _: newest_first(library, k=k, cursor=cursor))
    charge(len(page.rows))
    told: list[Alert] = []
    for looked_at, held in enumerate(page.rows, 1):
        told += await _looked_at(engines, library, held, hits)
        if loop.time() > end and looked_at < len(page.rows):
            return AlertList(
                alerts=tuple(told), looked_at=looked_at, next_cursor=cursor_after(held)
            )
    return AlertList(alerts=tuple(told), looked_at=len(page.rows), next_cursor=page.next_cursor)


async def _looked_at(
    engines: EnginePool, library: Library, held: records.SavedSearch, hits: int
) -> list[Alert]:
    """Return the alert of one saved search, or none."""
    try:
        found = await engines.call(lambda engine: changes(library, engine, held.search_id))
    except UnknownNameError:  # removed meanwhile
        return []
    except PrecedentError as error:
        return [Alert(search_id=held.search_id, name=held.name, problem=problem_of(error))]
    return [_alert(found, hits)] if found.new or found.changed or found.gone else []


def _alert(found: SearchChanges, hits: int) -> Alert:
    return Alert(
        search_id=found.search.id,
        name=found.search.name,
        generation=found.generation,
        counts=AlertCounts(
            new=len(found.new),
            changed=len(found.changed),
            risen=len(found.risen),
            gone=len(found.gone),
        ),
        new=found.new[:hits],
        changed=found.changed[:hits],
        gone=found.gone[:hits],
    )
