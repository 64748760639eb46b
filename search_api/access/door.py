"""Who may come in: the keys as they are now, and what each has asked for already.

All of it is in memory; a thread looks at the file once a second. So a request costs a look-up and a
SHA-256 (see docs/access.md for what that is), and a key that is revoked stops working in a second
or two.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Self

from corpus.errors import InputError, ServiceError
from search_api.access.caller import Caller
from search_api.access.errors import NoKeyError, RateError
from search_api.access.keys import Key, KeyFile, digest_of, key_id_of
from search_api.access.limits import AddressBuckets, Bucket, Quotas, allowance

__all__ = ["Door"]

_log = logging.getLogger(__name__)

_LOOK_S = 1.0
_STALE_S = 15.0
"""Past it, keys that could not be read again open nothing: one of them may have been revoked."""

_WRONG_A_MINUTE = 30
"""Wrong keys taken from an address; more are not looked at."""

_DECOY = Key("", "", frozenset(), digest_of(""), "")


class Door:
    """Lets in who has a key; used by the event loop alone."""

    def __init__(
        self,
        file: KeyFile,
        *,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Name the keys.

        Args:
            file: where they are.
            clock: seconds that do not jump.
            wall: the time of day, for expiry and quotas.
        """
        self._file = file
        self._clock = clock
        self._wall = wall
        self._keys: Mapping[str, tuple[Key, Caller]] = {}
        self._read_at = float("-inf")
        self._buckets: dict[str, Bucket] = {}
        self._quotas = Quotas()
        self._wrong = AddressBuckets()
        self._logged = ""
        self._ending = asyncio.Event()
        self._watching: asyncio.Task[None] | None = None

    def admit(self, presented: str | None, address: str) -> tuple[Caller, Mapping[str, str]]:
        """Return who holds a key, and headers for the answer.

        Raises:
            NoKeyError: there is none, or it opens nothing.
            RateError: too much was asked with it, or too many wrong ones came from the address.
            ServiceError: the keys could not be read for some time.
        """
        now = self._clock()
        if now - self._read_at > _STALE_S:
            raise ServiceError("the keys", "cannot be read", "the log of the service says why")
        if presented is None:
            raise NoKeyError(
                "the request",
                "carries no key",
                "send it in the header `Authorization: Bearer prk_…`; "
                "`precedent keys add NAME` makes one",
            )
        key, caller = self._keys.get(key_id_of(presented) or "", (_DECOY, None))
        today = self._wall()
        if not key.is_of(presented, today) or caller is None:
            self._count_wrong(address, now)
            raise NoKeyError("the key", "is not known here", "see `precedent keys list`")
        state = key.state(today.date())
        if state != "active":
            self._count_wrong(address, now)
            cause = "was revoked" if state == "revoked" else f"expired on {key.expires_on}"
            raise NoKeyError("the key", cause, "ask for another")
        return caller, self._count(key, now, today, 1)

    def opens(self, presented: str | None) -> bool:
        """Tell whether a key that was let in would be still; for answers that go on for long.

        Nothing is counted.
        """
        if presented is None or self._clock() - self._read_at > _STALE_S:
            return False
        key, _ = self._keys.get(key_id_of(presented) or "", (_DECOY, None))
        today = self._wall()
        return key.is_of(presented, today) and key.state(today.date()) == "active"

    def charge(self, key_id: str, requests: int) -> None:
        """Count a request that was let in as one, and holds several, as these.

        All at once, in place of the one: whoever comes again when told to has as many as it takes.

        Raises:
            RateError: that is more than is left; then nothing is counted but, where the file has it
                already, the one.
            InputError: that is more than a whole day has.
        """
        held = self._keys.get(key_id)
        if held is None or requests <= 1:
            return
        key, now, today = held[0], self._clock(), self._wall()
        if key.quota is not None and requests > key.quota:
            cause = f"counts as {requests} requests, and the key has {key.quota} a day"
            raise InputError("the request", cause, "ask for fewer at once")
        if key.rate is not None:
            self._bucket(key).give_back(key.rate)
        stays = not self._quotas.give_back(key_id, today)
        self._count(key, now, today, requests, counted=int(stays))

    def _bucket(self, key: Key) -> Bucket:
        return self._buckets.get(key.key_id) or self._buckets.setdefault(key.key_id, Bucket())

    def _count(
        self, key: Key, now: float, today: datetime, cost: int, *, counted: int = 0
    ) -> Mapping[str, str]:
        bucket, quotas = self._bucket(key), self._quotas
        verdict = allowance(
            bucket, quotas, key.key_id, key.rate, key.quota, now, today, cost, counted
        )
        wait_s = verdict.retry_after_s
        if wait_s:
            cause = f"has had its {verdict.bound}"
            remedy = f"ask again in {wait_s} s"
            raise RateError("the key", cause, remedy, wait_s, verdict.headers)
        return verdict.headers

    def _count_wrong(self, address: str, now: float) -> None:
        wait = self._wrong.take(address, _WRONG_A_MINUTE, now)
        if wait:
            cause = "has sent too many wrong keys"
            raise RateError("this address", cause, "send the right one", int(wait) + 1)

    # Keeping up with the file ------------------------------------------------------------------

    async def look(self) -> None:
        """Read the keys anew, and have counted in the file what was asked since."""
        day, spent = self._quotas.handed_out(self._wall())
        try:
            keys, kept, counted = await asyncio.to_thread(self._exchange, day, spent)
        except ServiceError as error:
            self._tell(f"keys not read: {error}")
            return
        self._keys = keys
        self._read_at = self._clock()
        if counted:
            self._quotas.taken_over(day, spent, kept)

    def _exchange(
        self, day: str, spent: Mapping[str, int]
    ) -> tuple[dict[str, tuple[Key, Caller]], dict[str, int], bool]:
        keys = {each.key_id: (each, _caller(each)) for each in self._file.all()}
        known = {key_id: spent[key_id] for key_id in spent if key_id in keys}
        try:
            kept, counted = self._file.count(day, known), True
        except ServiceError as error:  # a folder that may only be read: then in memory alone
            self._tell(f"requests not counted in the file: {error}")
            kept, counted = {}, False
        else:
            self._logged = ""
        return keys, kept, counted

    def _tell(self, line: str) -> None:
        if line != self._logged:  # once, not at every look
            _log.warning("%s", line)
        self._logged = line

    async def __aenter__(self) -> Self:
        """Read the keys, and again every second until the end."""
        await self.look()
        self._ending = asyncio.Event()  # here: an event belongs to the loop that waits for it
        self._watching = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop looking; what was asked in the last second is counted still.

        A look under way is seen to its end: what it counts would be counted once more.
        """
        self._ending.set()
        if self._watching is not None:
            await self._watching
        await self.look()

    async def _watch(self) -> None:
        while not await self._ends_within(_LOOK_S):
            try:
                await self.look()
            except Exception as error:  # whatever it is, the next look may not meet it
                self._tell(f"keys not read: {type(error).__name__}")

    async def _ends_within(self, seconds: float) -> bool:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._ending.wait(), seconds)
        return self._ending.is_set()


def _caller(key: Key) -> Caller:
    return Caller(key.name, key.scopes, key.key_id)
