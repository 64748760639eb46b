"""Who has the next thread: callers in turn, and no more of them waiting than will be answered."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from search_api.problems import BusyError

__all__ = ["LONGEST_WAIT_S", "Turns"]

LONGEST_WAIT_S = 30.0
"""Most that is told to wait, as long as one answer may take: the queue is another by then."""

_NEWS = 0.2
"""How much the last call counts in what calls take: some ten of them tell."""

_Answer = TypeVar("_Answer")


@dataclass(eq=False, frozen=True, slots=True)
class _Call:
    """Work that waits or is done, who asked for it, and where its answer goes."""

    work: Callable[[], Any]
    caller: str
    answer: asyncio.Future[Any]


class Turns:
    """A few threads, and a queue for each caller, of which the first is served in turn.

    An executor's own queue would do for one caller. It has no bound, keeps what nobody waits for
    any more until a thread comes to it, and serves who asks most most. Used from one event loop.

    Attributes:
        running: calls that have a thread; one that was given up counts until it ends.
        waiting: calls that have none yet.
    """

    def __init__(
        self,
        threads: int,
        max_waiting: int,
        *,
        name: str = "engine",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.running = 0
        self.waiting = 0
        self._threads = threads
        self._clock = clock
        self._call_s = 0.0
        self._max_waiting = max_waiting
        self._queues: OrderedDict[str, dict[_Call, None]] = OrderedDict()
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=name)

    async def run(self, work: Callable[[], _Answer], caller: str) -> _Answer:
        """Do work in a thread, once it is this caller's turn.

        Cancelled, it leaves the queue at once; what has begun goes on to its end.

        Raises:
            BusyError: too many wait already, or it had to give way to a caller with fewer waiting.
        """
        loop = asyncio.get_running_loop()
        call = _Call(work, caller, loop.create_future())
        if self.running < self._threads:
            self._start(call, loop)
        else:
            self._queue(call)
        try:
            answer: _Answer = await call.answer
        finally:
            self._leave(call)
        return answer

    def _queue(self, call: _Call) -> None:
        if self.waiting >= self._max_waiting:
            self._make_room(call.caller)
        self._queues.setdefault(call.caller, {})[call] = None
        self.waiting += 1

    def _make_room(self, caller: str) -> None:
        """Refuse the last call of the caller with most, unless that is who asks now.

        Raises:
            BusyError: it is.
        """
        own = len(self._queues.get(caller, ()))
        greediest = max(self._queues.values(), key=len, default=())
        if len(greediest) <= own + 1:
            raise self._too_many()
        last = next(reversed(greediest))
        self._leave(last)
        if not last.answer.done():  # given up, and its caller has not had time to leave
            last.answer.set_exception(self._too_many())

    def _too_many(self) -> BusyError:
        """Return a refusal that says when those who wait now are likely to be through."""
        error = BusyError("the service", "too many requests are waiting", "ask again shortly")
        error.retry_after_s = min(self.waiting * self._call_s / self._threads, LONGEST_WAIT_S)
        return error

    def _leave(self, call: _Call) -> None:
        """Take a call out of its queue, if it is in one."""
        queue = self._queues.get(call.caller)
        if queue is None or call not in queue:
            return
        del queue[call]
        self.waiting -= 1
        if not queue:
            del self._queues[call.caller]

    def _start(self, call: _Call, loop: asyncio.AbstractEventLoop) -> None:
        self.running += 1
        began = self._clock()

        def tell(done: Future[Any]) -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits
                loop.call_soon_threadsafe(self._end, call, done, loop, began)

        self._executor.submit(call.work).add_done_callback(tell)

    def _end(
        self, call: _Call, done: Future[Any], loop: asyncio.AbstractEventLoop, began: float
    ) -> None:
        self.running -= 1
        self._call_s += _NEWS * (self._clock() - began - self._call_s)
        if not call.answer.done():
            _pass_on(done, call.answer)
        if not self._queues:
            return
        caller, queue = next(iter(self._queues.items()))
        following = next(iter(queue))
        self._leave(following)
        if caller in self._queues:
            self._queues.move_to_end(caller)
        self._start(following, loop)

    def close(self) -> None:
        """Drop the calls that still wait; those under way end by themselves."""
        for queue in list(self._queues.values()):
            for call in list(queue):
                self._leave(call)
                call.answer.cancel()
        self._executor.shutdown(wait=False, cancel_futures=True)


def _pass_on(done: Future[Any], answer: asyncio.Future[Any]) -> None:
    if done.cancelled():
        answer.cancel()
        return
    error = done.exception()
    if error is None:
        answer.set_result(done.result())
    else:
        answer.set_exception(error)
